"""mlpviz: the first page, step through."""

from mlpviz.interface.shell import page, session, toolbar
from mlpviz.interface.step import page as step

session.visit("step")
page.start("step", session.whole_query())
toolbar.notices()
step.page()
