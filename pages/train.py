"""The Train page: training on data, watched live."""

from mlpviz.interface import address, page, panels, session, train, train_controls

session.visit("train")
page.start("train", session.query())
train_controls.toolbar()
panels.notices()
train.watch()
address.show()
