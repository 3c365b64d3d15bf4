"""mlpviz: the first page, step through."""

from mlpviz.interface.shell import address, page, session
from mlpviz.interface.shell import toolbar as panels
from mlpviz.interface.step import page as step

session.visit("step")
page.start("step", session.query())
panels.notices()
step.page()
address.show()
