"""A preset, an optimiser and an initialiser are one row each, which the pages that choose among them offer."""

from dataclasses import replace

import pytest

from mlpviz.engine.initializers import INITIALIZERS
from mlpviz.engine.training.optimizers import OPTIMIZERS
from mlpviz.examples.presets import PRESETS
from mlpviz.setup.setup import BY_NAME
from tests.support.opened import Opened, named


@pytest.mark.parametrize(
    ("table", "like", "menus"),
    [
        (PRESETS, "xor", {"step": "preset", "network": "preset", "derive": "preset", "check": "preset"}),
        (INITIALIZERS, "he_normal", {"network": "initializer", "train": "initializer"}),
        (OPTIMIZERS, "sgd", {"train": "optimizer"}),
    ],
    ids=["preset", "initializer", "optimizer"],
)
def test_an_added_row_is_offered_read_and_chosen(table, like, menus, monkeypatch):
    monkeypatch.setitem(table, "another", replace(table[like], name="another", title="Another one"))
    for page, name in menus.items():
        opened = Opened(page)
        assert "Another one" in named(opened.app.selectbox, name).options
        opened.choose(name, "another")
        assert not opened.errors
        assert BY_NAME[name].get(opened.setup) == "another" if name in BY_NAME else opened.setup.preset == "another"
        assert Opened(page, **opened.link).setup == opened.setup
