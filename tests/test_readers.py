"""A thousand texts that people might hand in, right ones changed by chance: each is read or refused, in its budget.

``python -m tests.measure.fuzz_readers`` goes on with as many more as one has time for.
"""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings

from tests.support.hostile_readers import READERS, outcome, texts

CASES = {"link": 400, "setup file": 300, "table": 60, "matrix": 300, "formula": 15}
"""A formula has its own thousand in ``tests/derivation/test_fuzz.py``; pandas is slow where its calls are counted."""


@pytest.mark.parametrize("name", READERS)
def test_whatever_is_handed_in_is_read_or_refused(name):
    kinds = Counter()

    @settings(
        max_examples=CASES[name],
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(texts(name))
    def handed_in(text):
        kinds[outcome(name, text)] += 1

    for text in READERS[name][1]:
        assert outcome(name, text) != "refused", text
    handed_in()
    assert kinds["refused"] >= CASES[name] // 10
    assert kinds.total() - kinds["refused"] >= CASES[name] // 30
