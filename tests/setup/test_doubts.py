"""What can be computed and is hardly meant is said beside it, and only then."""

import pytest

from mlpviz.examples.presets import PRESETS
from mlpviz.interface.shell.presets import PRESET_SETUPS
from mlpviz.setup.checks import doubts
from mlpviz.setup.setup import replaced
from tests.support.opened import Opened

SOFTMAX = PRESET_SETUPS["softmax-batch"]


def said(**values):
    return [str(each) for each in doubts(replaced(SOFTMAX, values))]


def test_targets_that_do_not_sum_to_1_are_named_by_their_first_sample():
    Y = ((0.5, 0.25, 0.25), (1.0, 1.0, 0.0), *SOFTMAX.Y[2:])
    (sentence,) = said(Y=Y)
    assert "1 sample do not sum to 1 (the first: sample 2)" in sentence
    assert not said(Y=((0.1, 0.2, 0.7),) * len(SOFTMAX.Y))
    assert not said(Y=Y, loss="squared_error")


def test_a_softmax_of_one_output_learns_nothing():
    one = {"widths": (*SOFTMAX.widths[:-1], 1), "Y": ((1.0,),) * len(SOFTMAX.Y), "entries": {}}
    (sentence,) = said(**one)
    assert "always 1" in sentence


@pytest.mark.parametrize("name", PRESETS)
def test_no_preset_is_doubted(name):
    assert not list(doubts(PRESET_SETUPS[name]))


def test_a_doubt_stands_on_the_page():
    page = Opened(preset="softmax-batch", Y=";".join(["1,1,0"] * len(SOFTMAX.Y)))
    assert "do not sum to 1" in page.texts.replace("\\", "")
