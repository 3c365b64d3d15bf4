"""What is said of the corpus of whole programs, against floors; the labels are proven in tests/corpus."""

from tests.measure.corpus_programs import rates_of, total

FLOORS = {
    "read": 0.04,
    "no false alarm": 0.99,
    "told": 0.03,
    "bugs marked": 0.04,
    "causes named": 0.04,
    "first fault first": 0.03,
}
"""The least share of the lines, or programs, of the whole corpus; raised with the reader, never lowered."""


def test_the_programs_are_read_at_least_as_well_as_before():
    rates = rates_of(later=False)
    for what, floor in FLOORS.items():
        counts = total(rates, what)
        assert counts[True] >= floor * counts.total(), (what, counts)
