"""Many networks are timed per network and step, and only where all costs agree."""

import numpy as np
import pytest

from mlpviz.benchmark import many


def test_the_table_has_a_row_for_each_network_and_count(monkeypatch):
    contestants = {name: many.CONTESTANTS[name] for name in ("NumPy",)}
    monkeypatch.setattr(many, "CONTESTANTS", contestants)
    monkeypatch.setattr(many, "COUNTS", (2,))
    monkeypatch.setattr(many, "LETTERS", ("a",))
    (head, _line, row) = many.table(1).splitlines()
    assert head.split("|")[-2].strip() == "NumPy"
    assert float(row.split("|")[-2]) > 0


def test_other_costs_than_ours_are_not_timed():
    many.check({"NumPy": np.array([1.0, 2.0]), "another": np.array([1.0])})
    with pytest.raises(ValueError, match="differ from ours"):
        many.check({"NumPy": np.array([1.0, 2.0]), "another": np.array([1.0, 2.1])})
