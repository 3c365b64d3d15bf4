"""Small products as kernels, tile by tile."""

from itertools import product as every

import numpy as np
import pytest

from mlpviz.benchmark.configurations import CONFIGURATIONS
from mlpviz.engine.gpu.codegen.kernel import kernel
from mlpviz.engine.gpu.codegen.tiles import LARGE, SMALL, TileWriter, tile_side, tile_threads
from mlpviz.engine.gpu.schedule.launches import Kernel, Product
from mlpviz.engine.gpu.schedule.tiled import LONGEST, Tiled, tiled
from mlpviz.engine.normal_form import Trees
from mlpviz.maths.expressions import Symbol
from tests.support.emulator import Memory
from tests.support.nvrtc import compiled
from tests.support.oracle import distance
from tests.support.plans import TOLERANCE, planned

pytestmark = pytest.mark.xdist_group("emulator")

LEFT, RIGHT, OUT = Symbol("left one"), Symbol("right one"), Symbol("out")
FLAGS = list(every((False, True), repeat=2))
SHAPES = [(1, 1, 1), (3, 8, 5), (8, 16, 9), (17, 300, 8), (9, 7, 129), (130, 3, 136), (150, 130, 140)]
"""Rows, terms and columns: one tile and several, parts of tiles, parts of pieces."""


def made(rows, terms, columns, flags=(False, False)):
    """A product as tiles, and the shapes of its arrays."""
    shapes = {
        LEFT: (terms, rows) if flags[0] else (rows, terms),
        RIGHT: (columns, terms) if flags[1] else (terms, columns),
        OUT: (rows, columns),
    }
    trees = Trees(shapes.__getitem__, lambda symbol: None)
    return tiled(Product(LEFT, RIGHT, OUT, *flags), trees), shapes, trees


def written(shape, flags, dtype):
    found, shapes, trees = made(*shape, flags)
    return kernel([found], trees, dtype, {OUT: str(found.product)}), shapes


@pytest.fixture(scope="module")
def at_once(emulator):
    """All products compiled together, which takes a tenth of the time."""
    emulator.compile(written(*given)[0] for given in every(SHAPES, FLAGS, TOLERANCE))


@pytest.mark.parametrize("dtype", TOLERANCE)
@pytest.mark.parametrize("flags", FLAGS)
@pytest.mark.parametrize("shape", SHAPES)
def test_a_product_is_numpys(shape, flags, dtype, emulator, at_once):
    launch, shapes = written(shape, flags, dtype)
    memory, generator = Memory(emulator), np.random.default_rng(0)
    memory.put({symbol: generator.standard_normal(shapes[symbol]).astype(dtype) for symbol in (LEFT, RIGHT)})
    memory.add(OUT, shapes[OUT], dtype)
    memory.make([launch])
    left, right = (memory.arrays[symbol].astype("float64") for symbol in (LEFT, RIGHT))
    right_one = (left.T if flags[0] else left) @ (right.T if flags[1] else right)
    assert distance(memory.arrays[OUT], right_one) < TOLERANCE[dtype] / 10
    first = memory.arrays[OUT].copy()
    memory.make([launch], seed=3)
    np.testing.assert_array_equal(memory.arrays[OUT], first)


def test_nan_and_infinity_stay_in_their_rows_and_columns(emulator):
    launch, shapes = written((9, 20, 10), (False, False), "float32")
    memory = Memory(emulator)
    left, right = np.ones(shapes[LEFT], np.float32), np.ones(shapes[RIGHT], np.float32)
    left[3, 4], right[5, 6] = np.nan, np.inf
    memory.put({LEFT: left, RIGHT: right})
    memory.add(OUT, shapes[OUT], "float32")
    memory.make([launch])
    np.testing.assert_array_equal(memory.arrays[OUT], left @ right)


@pytest.mark.parametrize("dtype", TOLERANCE)
@pytest.mark.parametrize("threads", [256, 512, 1024])
@pytest.mark.parametrize(("shape", "side"), [((8, 1000, 8), SMALL), ((256, 200, 256), LARGE)])
def test_it_fits_beside_any_other_region(shape, side, threads, dtype):
    """With the threads of that, and in the memory that a block gets unasked."""
    found, _, trees = made(*shape)
    assert tile_side(found.size) == side and tile_threads(found) <= 512
    writer = TileWriter(found, trees, dtype, threads)
    assert writer.depth % writer.groups == 0 and writer.groups * writer.half**2 == threads
    assert (writer.shared + threads) * np.dtype(dtype).itemsize <= 48 * 1024


def test_large_products_are_the_librarys():
    assert isinstance(made(256, 256, 256)[0], Tiled)
    for shape in ((257, 256, 256), (64, 64, 2048), (8, LONGEST + 1, 8)):
        assert isinstance(made(*shape)[0], Product)


@pytest.mark.parametrize(("name", "products"), [("c", 0), ("d", 0), ("e", 6), ("f", 8)])
def test_products_by_the_library_in_a_step(name, products):
    given = CONFIGURATIONS[name]
    launches = planned(given.architecture, given.batch_size).launches
    assert sum(isinstance(each, Product) for each in launches) == products


def test_independent_products_share_a_launch():
    names = [each.name for each in planned(CONFIGURATIONS["d"].architecture, 256).launches if isinstance(each, Kernel)]
    assert any("product_dW_2" in name and "product_delta_1" in name for name in names), names


def test_nvidias_compiler_takes_them():
    for shape, flags in zip(SHAPES[1:5], FLAGS, strict=True):
        ptx, log = compiled(written(shape, flags, "float32")[0].source, 90)
        assert not log and b".f64" not in ptx
