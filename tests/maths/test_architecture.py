"""What an architecture accepts, and the sentence for everything that it does not."""

import math
import re
from fractions import Fraction

import numpy as np
import pytest

import mlpviz
from mlpviz.maths.activations import ACTIVATIONS
from mlpviz.maths.losses import LOSSES, REDUCTIONS

RIGHT = {
    "widths": (2, 3, 2),
    "activations": ("relu", "sigmoid"),
    "loss": "half_squared_error",
    "reduction": "sum",
    "bias": True,
    "l2": 0.0,
}


def build(**changed):
    return mlpviz.Architecture(**{**RIGHT, **changed})


WRONG = [
    ({"widths": (2, 0, 2)}, "widths[1] must be a whole number of units from 1 up, got 0"),
    ({"widths": (-3, 3, 2)}, "widths[0] must be a whole number of units from 1 up, got -3"),
    ({"widths": (2, 3, 2.5)}, "widths[2] must be a whole number of units from 1 up, got 2.5"),
    ({"widths": (2, 3.0, 2)}, "widths[1] must be a whole number of units from 1 up, got 3.0"),
    ({"widths": (2, True, 2)}, "widths[1] must be a whole number of units from 1 up, got True"),
    ({"widths": (2, "10", 2)}, "widths[1] must be a whole number of units from 1 up, got '10'"),
    ({"widths": (2, None, 2)}, "widths[1] must be a whole number of units from 1 up, got None"),
    ({"widths": (2, math.nan, 2)}, "widths[1] must be a whole number of units from 1 up, got nan"),
    ({"widths": (2,), "activations": ()}, "widths must name at least an input and an output layer, got (2,)"),
    ({"widths": ()}, "widths must name at least an input and an output layer, got ()"),
    ({"widths": "2 3 2"}, "widths must be a sequence with one entry a layer, got '2 3 2'"),
    ({"widths": 3}, "widths must be a sequence with one entry a layer, got 3"),
    ({"activations": "relu"}, "activations must be a sequence with one entry a layer, got 'relu'"),
    (
        {"activations": ("relu",)},
        "activations must name one activation for each of the 2 layers after the input, got 1",
    ),
    ({"activations": ("relu", "Sigmoid")}, f"activations[1] must be one of {', '.join(ACTIVATIONS)}; got 'Sigmoid'"),
    ({"activations": (None, "relu")}, f"activations[0] must be one of {', '.join(ACTIVATIONS)}; got None"),
    ({"activations": (["relu"], "relu")}, f"activations[0] must be one of {', '.join(ACTIVATIONS)}; got ['relu']"),
    ({"loss": "mse"}, f"loss must be one of {', '.join(LOSSES)}; got 'mse'"),
    ({"loss": None}, f"loss must be one of {', '.join(LOSSES)}; got None"),
    ({"reduction": "mean"}, f"reduction must be one of {', '.join(REDUCTIONS)}; got 'mean'"),
    ({"bias": 1}, "bias must be True or False, got 1"),
    ({"bias": "yes"}, "bias must be True or False, got 'yes'"),
    ({"l2": -0.1}, "l2 must be a finite number from 0 up, got -0.1"),
    ({"l2": math.nan}, "l2 must be a finite number from 0 up, got nan"),
    ({"l2": math.inf}, "l2 must be a finite number from 0 up, got inf"),
    ({"l2": "much"}, "l2 must be a finite number from 0 up, got 'much'"),
    ({"l2": "0.1"}, "l2 must be a finite number from 0 up, got '0.1'"),
    ({"l2": None}, "l2 must be a finite number from 0 up, got None"),
    ({"l2": True}, "l2 must be a finite number from 0 up, got True"),
    (
        {"loss": "binary_cross_entropy", "activations": ("relu", "tanh")},
        "loss binary_cross_entropy needs sigmoid as the output activation, got tanh",
    ),
    (
        {"loss": "cross_entropy", "activations": ("relu", "relu")},
        "loss cross_entropy needs softmax or sigmoid as the output activation, got relu",
    ),
]


@pytest.mark.parametrize(("changed", "message"), WRONG, ids=str)
def test_what_is_wrong_is_named(changed, message):
    with pytest.raises(ValueError, match=rf"^{re.escape(message)}$"):
        build(**changed)


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("output", ACTIVATIONS)
def test_an_entropy_takes_its_outputs_and_a_squared_error_takes_all(loss, output):
    allowed = LOSSES[loss].outputs is None or output in LOSSES[loss].outputs
    if allowed:
        assert build(loss=loss, activations=("relu", output)).activation(2) is ACTIVATIONS[output]
    else:
        with pytest.raises(ValueError, match=f"loss {loss} needs .* as the output activation, got {output}"):
            build(loss=loss, activations=("relu", output))


def test_numpy_integers_are_whole_numbers():
    architecture = build(widths=np.array([2, 3, 2], np.int32))
    assert architecture.widths == (2, 3, 2)
    assert all(type(n) is int for n in architecture.widths)


def test_lists_are_stored_as_tuples():
    architecture = build(widths=[2, 3, 2], activations=["relu", "sigmoid"])
    assert architecture == build()
    assert (architecture.widths, architecture.activations) == ((2, 3, 2), ("relu", "sigmoid"))


def test_generators_are_read_once():
    assert build(widths=(n for n in (2, 3, 2)), activations=(name for name in RIGHT["activations"])) == build()


def test_it_is_a_key():
    assert {build(): 1}[build(widths=[2, 3, 2])] == 1
    assert len({build(), build(l2=0.1), build(bias=False), build(reduction="mean_samples")}) == 4


def test_it_is_frozen():
    with pytest.raises(AttributeError):
        build().loss = "squared_error"


@pytest.mark.parametrize("l2", [0, 1, 0.5, np.float32(0.5), Fraction(1, 2), 1e9])
def test_l2_becomes_a_float(l2):
    assert type(build(l2=l2).l2) is float and build(l2=l2).l2 == float(l2)


def test_counts():
    assert build().depth == 2
    assert build().parameter_count == (2 * 3 + 3) + (3 * 2 + 2)
    assert build(bias=False).parameter_count == 2 * 3 + 3 * 2
    assert build(widths=(784, 10), activations=("softmax",), loss="cross_entropy").parameter_count == 7850


def test_what_is_absent():
    assert build().absent == {"l2", "scale"}
    assert build(bias=False, l2=0.1, reduction="mean_elements").absent == {"b"}
