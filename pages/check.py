"""The Check page: a formula of the learner's own, judged, and the mistakes of the source texts to find."""

from mlpviz.interface.check import page as check
from mlpviz.interface.lesson import place
from mlpviz.interface.room import strip
from mlpviz.interface.shell import address, large, page, session, teaching, toolbar

session.visit("check")
page.start("check", session.whole_query())
strip.strip()
place.lesson()
if teaching.whole_page():
    check.toolbar()
    toolbar.notices()
    large.in_turn(session.current(), check.debugger)
address.show()
