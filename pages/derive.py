"""The Derive page: where every formula comes from, line by line, with the present network's numbers."""

from mlpviz.interface import address, derive, page, panels, session

session.visit("derive")
page.start("derive", session.query())
derive.toolbar()
panels.notices()
derive.walkthrough()
address.show()
