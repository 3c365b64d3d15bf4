"""axe-core finds nothing of ours on a sample of the pages' states; ``python -m tests.measure.axe`` looks at all."""

from tests.support import axe

VISITS = (
    (("a number asked", "notation open"), False),
    (("derive",), True),
    (("does not multiply",), False),
    (("settings open",), True),
)
"""States of which each has elements that no other has, in a theme; a page goes on from one to the next."""


def test_axe_finds_nothing_of_ours(open_app):
    for (first, *more), dark in VISITS:
        page = open_app(axe.STATES[first].path, dark=dark)
        for name in (first, *more):
            axe.STATES[name].reached(page)
            assert axe.ours(page, axe.axe_script()) == [], name
