"""The Derive page: where every formula comes from, line by line, with the present network's numbers."""

from mlpviz.interface.derive import page as derive
from mlpviz.interface.lesson import place
from mlpviz.interface.room import strip
from mlpviz.interface.shell import address, large, page, session, teaching, toolbar

session.visit("derive")
page.start("derive", session.whole_query())
strip.strip()
place.lesson()
if teaching.whole_page():
    derive.toolbar()
    toolbar.notices()
    large.in_turn(session.current(), derive.walkthrough)
address.show()
