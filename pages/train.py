"""The Train page: training on data, watched live."""

from mlpviz.interface.lesson import place
from mlpviz.interface.room import strip
from mlpviz.interface.shell import address, page, session, teaching, toolbar
from mlpviz.interface.train import controls as train_controls
from mlpviz.interface.train import page as train

session.visit("train")
train.come_back()
page.start("train", session.whole_query())
strip.strip()
place.lesson()
if teaching.whole_page():
    train_controls.toolbar()
    toolbar.notices()
    train.watch()
address.show()
