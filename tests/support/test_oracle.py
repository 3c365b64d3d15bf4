"""The oracles know every activation and every loss; of one that they do not know they say so."""

import pytest

from mlpviz.maths.activations import ACTIVATIONS
from mlpviz.maths.losses import LOSSES
from tests.support.oracle import NUMPY_ACTIVATIONS, NUMPY_LOSSES, TORCH_ACTIVATIONS, TORCH_LOSSES


@pytest.mark.parametrize(
    ("oracle", "table"),
    [
        (NUMPY_ACTIVATIONS, ACTIVATIONS),
        (TORCH_ACTIVATIONS, ACTIVATIONS),
        (NUMPY_LOSSES, LOSSES),
        (TORCH_LOSSES, LOSSES),
    ],
    ids=["activations in NumPy", "activations in PyTorch", "losses in NumPy", "losses in PyTorch"],
)
def test_every_function_has_its_oracle(oracle, table):
    assert oracle.keys() == table.keys()
