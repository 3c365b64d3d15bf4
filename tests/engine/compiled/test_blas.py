"""Long products of machine code are those of NumPy's BLAS, however their arrays lie in memory."""

import importlib.util
import itertools

import numpy as np
import pytest

from mlpviz.engine.compiled.loops import Loops, layout_of
from mlpviz.engine.normal_form import Trees
from mlpviz.maths.expressions import MatMul, Symbol, Transpose

needs_numba = pytest.mark.skipif(importlib.util.find_spec("numba") is None, reason="Numba is not installed")
L, R, OUT = Symbol("L"), Symbol("R"), Symbol("out")


@needs_numba
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_a_product_is_the_same_in_every_layout(dtype):
    from mlpviz.engine.compiled.blas import library_product

    blas, chance = library_product(dtype), np.random.default_rng(0)
    assert blas is not None
    for (m, k, n), orders, turned in itertools.product(
        [(5, 7, 3), (1, 4, 6), (4, 1, 2), (6, 3, 1)],
        itertools.product("CF", repeat=3),
        itertools.product([False, True], repeat=2),
    ):
        left, right = chance.standard_normal((m, k)), chance.standard_normal((k, n))
        arrays = {
            L: np.asarray(left.T if turned[0] else left, dtype, orders[0]),
            R: np.asarray(right.T if turned[1] else right, dtype, orders[1]),
            OUT: np.full((m, n), np.nan, dtype, orders[2]),
        }
        trees = Trees(lambda symbol, of=arrays: of[symbol].shape, lambda symbol: None)
        node = MatMul(*(Transpose(each) if turn else each for each, turn in zip((L, R), turned, strict=True)))
        for calls in (True, False):
            text = Loops(trees, lambda symbol, of=arrays: layout_of(of[symbol]), calls).by_library(OUT, node)
            assert text.startswith("blas" if calls else "np.dot")
            exec(text, {"np": np, "blas": blas, "real": np.dtype(dtype).type, **{s.name: a for s, a in arrays.items()}})
            np.testing.assert_allclose(arrays[OUT], left @ right, 1e-4 if dtype == "float32" else 1e-12)
            arrays[OUT][...] = np.nan
