"""mlpviz: the first page, step through."""

from mlpviz.interface import address, page, panels, session, step

session.visit("step")
page.start("step", session.query())
panels.notices()
step.page()
address.show()
