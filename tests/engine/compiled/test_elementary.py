"""exp, log and what is made of them in machine code are those of NumPy, but for a few of the last digits."""

import math

import numpy as np
import pytest

from mlpviz.engine.compiled.elementary import ELEMENTARY, elementary

ENDS = [0.0, -0.0, np.inf, -np.inf, np.nan, 1e30, -1e30, 88.8, -87.5, -103, 709.7, -745, 1e-30, -1e-30, 1e-8, 0.3, -0.4,
        -1, -0.999, 1e-40, 3e-39, 1.1754942e-38, 1, 1.4142135, 0.70710677, 2.0**100]  # fmt: skip


def functions(dtype):
    known = {"math": math, "np": np, "real": np.dtype(dtype).type, "njit": lambda **_: lambda function: function}
    exec(elementary(dtype), known)
    return {name: known[name] for name in ELEMENTARY}


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_they_are_numpys_functions(dtype):
    chance = np.random.default_rng(0)
    everywhere = [*chance.uniform(-100, 80, 1500), *chance.uniform(-1, 1, 500), *np.exp(chance.uniform(-30, 30, 500))]
    for name, function in functions(dtype).items():
        x = np.array(ENDS + everywhere, dtype)
        ours, theirs = np.array([function(each) for each in x]), getattr(np, name)(x)
        assert ours.dtype == dtype
        finite = np.isfinite(theirs)
        np.testing.assert_array_equal(np.isfinite(ours), finite)
        np.testing.assert_array_equal(ours[~finite], theirs[~finite])
        digits = np.abs(ours[finite] - theirs[finite]) / np.spacing(np.abs(theirs[finite]))
        assert digits.max() <= 8, (name, x[finite][digits.argmax()])
