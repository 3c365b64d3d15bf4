"""What updates in the browser have led to becomes part of the setup, of its link and of its file."""

import numpy as np
import pytest

from mlpviz.engine.training.optimizers import OPTIMIZERS
from mlpviz.maths.messages import Refusal
from mlpviz.setup.arrays import parameters_of, stand_of
from mlpviz.setup.file import decode_file, encode_file
from mlpviz.setup.link import as_text, decode, query_of, shortened
from mlpviz.setup.reached import after_updates, begun_anew
from mlpviz.setup.setup import replaced
from tests.support.setups import BASES, BATCH

UPDATES = 57


def moved(setup):
    """Arrays such as updates of a setup lead to: every one that they move, with other numbers."""
    generator, parameters = np.random.default_rng(0), parameters_of(setup)
    kinds = ["", *OPTIMIZERS[setup.optimizer].state]
    shapes = {f"{letter}[{l}]": a.shape for letter in "Wb" for l, a in enumerate(getattr(parameters, letter)) if l}
    return {f"{kind} {key}".lstrip(): generator.normal(size=shape) for kind in kinds for key, shape in shapes.items()}


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_link_and_file_carry_what_was_reached(optimizer):
    base = BATCH
    setup = replaced(base, {"optimizer": optimizer})
    arrays = moved(setup)
    after = after_updates(setup, UPDATES, arrays)
    for again in (
        after,
        decode(query_of(as_text(shortened(after, base)[0])), BASES),
        decode_file(encode_file(after), BASES),
    ):
        parameters, stand = parameters_of(again), stand_of(again)
        for l in (1, 2):
            assert np.array_equal(parameters.W[l], arrays[f"W[{l}]"]) and np.array_equal(
                parameters.b[l], arrays[f"b[{l}]"]
            )
        assert again.updates == UPDATES and stand.t == UPDATES + 1
        for symbol, array in stand.arrays(parameters):
            assert np.array_equal(array, arrays[str(symbol)])


def test_what_was_not_moved_stays():
    setup = BATCH
    after = after_updates(setup, 1, {"W[1]": np.zeros((4, 3))})
    assert not parameters_of(after).W[1].any()
    assert np.array_equal(parameters_of(after).W[2], parameters_of(setup).W[2])


@pytest.mark.parametrize(
    ("updates", "arrays"),
    [
        (-1, {}),
        (10**16, {}),
        ("1", {}),
        (1, {"W[3]": np.zeros((4, 3))}),
        (1, {"velocity W[1]": np.zeros((4, 3))}),
        (1, {"W[1]": np.zeros(5)}),
        (1, {"W[1]": np.full((4, 3), np.nan)}),
        (1, {"W[1]": np.full((4, 3), 1e301)}),
    ],
)
def test_what_is_none_of_the_network_is_refused(updates, arrays):
    with pytest.raises(Refusal):
        after_updates(BATCH, updates, arrays)


def test_no_update_lies_behind_another_network_or_optimiser():
    setup = after_updates(replaced(BATCH, {"optimizer": "adam"}), UPDATES, {})
    for change in ({"optimizer": "rmsprop"}, {"seed": 4}, {"bias": False}, {"entries": {}}):
        assert begun_anew(setup, replaced(setup, change)).updates == 0
        assert begun_anew(setup, replaced(setup, change)).optimizer_state == ()
    for change in ({"learning_rate": 0.1}, {"X": ((1.0, 1.0, 0.0),) * 3}):
        assert begun_anew(setup, replaced(setup, change)).updates == UPDATES
