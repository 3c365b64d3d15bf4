"""Texts by chance: none brings the reader down, and what is said of each can be printed.

As many more as one has time for: ``python -m tests.measure.fuzz_reader 0 100000``.
"""

from collections import Counter
from random import Random

from tests.support.fuzzed import told

TEXTS = 150


def test_no_line_and_no_program_brings_the_reader_down():
    random = Random(10)
    kinds = Counter(told(random, whole=number % 50 == 0)[0] for number in range(TEXTS))
    assert set(kinds) <= {"right", "wrong", "shape", "refused"}
    assert kinds["refused"] > TEXTS / 13
    assert kinds["wrong"] + kinds["right"] + kinds["shape"] > TEXTS / 13


FOUND = (35830, 38928, 86208)
"""Texts of ``python -m tests.measure.fuzz_reader``: of two something was said that could not be printed, one hung."""


def test_what_was_found_by_many_more_texts_stays_mended():
    for number in FOUND:
        random = Random(number)
        assert told(random, whole=random.random() < 0.003)[0] in ("refused", "wrong")
