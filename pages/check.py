"""The Check page: a formula of the learner's own, judged, and the mistakes of the source texts to find."""

from mlpviz.interface import address, check, page, panels, session

session.visit("check")
page.start("check", session.query())
check.toolbar()
panels.notices()
check.debugger()
address.show()
