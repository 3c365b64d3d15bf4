"""What a link fixes: the edits of it are refused, and no others."""

import pytest

from mlpviz.maths.messages import Refusal
from mlpviz.setup.fixing import FIXES, check_fixed, get, is_fixed
from mlpviz.setup.setup import replaced
from tests.support.setups import BASE

EDITS = {
    "numbers": {"seed": 5, "X": ((1.0, 2.0),), "entries": {}, "updates": 3},
    "notation": {"orientation": "columns", "cost": "C", "first_layer": 1, "hand": "nielsen"},
    "network": {"loss": "squared_error", "bias": False, "preset": "xor", "l2": 0.5},
}
FREE = {"step": 4, "digits": 6, "asked": "delta1.0.1", "predict": "guess", "code": "torch", "learning_rate": 0.25}


def test_each_word_fixes_its_own_and_nothing_else():
    for word in FIXES:
        for other, edits in EDITS.items():
            for name, value in edits.items():
                after = replaced(BASE, {name: value})
                assert get(after, name) != get(BASE, name), name
                if word == other:
                    with pytest.raises(Refusal, match="the link fixes it"):
                        check_fixed(BASE, after, (word,))
                else:
                    check_fixed(BASE, after, (word,))
                assert is_fixed(name, (word,)) is (word == other), (word, name)
        for name, value in FREE.items():
            check_fixed(BASE, replaced(BASE, {name: value}), tuple(FIXES))
            assert not is_fixed(name, tuple(FIXES))
    check_fixed(BASE, replaced(BASE, {"seed": 5}), ())
