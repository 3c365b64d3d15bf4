"""What Share offers on Step and Derive: made when somebody asks for it and not before, from what is on screen."""

import pytest

from mlpviz.interface.exports import offers
from tests.support.exports import carried_out, cells_carried_out
from tests.support.opened import Opened

ENDINGS = ["page", ".tex", ".ipynb", "-numpy.py", "-torch.py"]


@pytest.fixture
def offered(monkeypatch):
    """What is offered, by its key: the file's name, and what makes it."""
    found = {}
    monkeypatch.setattr(offers, "button", lambda title, key, name, mime, make: found.__setitem__(key, (name, make)))
    return found


@pytest.mark.parametrize(("name", "query"), [("step", {"preset": "xor"}), ("derive", {"walkthrough": "modules"})])
def test_everything_that_is_offered_is_made_of_what_is_on_screen(name, query, offered, monkeypatch):
    asked = []
    monkeypatch.setattr(offers, "as_paper", lambda document: asked.append(document))
    page = Opened(name, orientation="columns", **query)
    assert offered == {}
    page.app.session_state["share"] = True
    page.run()
    assert list(offered) == ENDINGS
    assert not asked
    files = {key: make() for key, (_name, make) in offered.items()}
    assert carried_out(files["-numpy.py"]) and carried_out(files["-torch.py"])
    assert cells_carried_out(files[".ipynb"])
    assert files["page"].startswith("<!doctype html>")
    assert files[".tex"].rstrip().endswith(r"\end{document}")
    assert offered["page"][0] == {"step": "xor.html", "derive": "modules.html"}[name]


def test_a_network_that_is_too_large_for_a_document_has_a_page(offered):
    page = Opened("step", widths="784,300,10", preset="two-three-two")
    page.app.session_state["share"] = True
    page.run()
    assert list(offered) == ["page"]
    assert any("too large for a document" in each.value for each in page.app.caption)
