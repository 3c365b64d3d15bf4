"""The Texts page: the source texts, and for every point of each the line where it is shown."""

from mlpviz.interface.lesson import place
from mlpviz.interface.room import strip
from mlpviz.interface.shell import address, page, session, toolbar
from mlpviz.interface.texts import page as texts

session.visit("texts")
page.start("texts", session.whole_query())
strip.strip()
place.lesson()
texts.toolbar()
toolbar.notices()
texts.shelf()
address.show()
