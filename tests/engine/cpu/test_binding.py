"""Binding against evaluating: random trees must leave the value that the plain reading gives."""

from typing import Any

import numpy as np
import pytest

import mlpviz
from mlpviz.engine.cpu.binding import HostBinder
from mlpviz.engine.evaluate import evaluate
from mlpviz.engine.trace import PHASES
from mlpviz.maths.equations import Equation, steps
from mlpviz.maths.expressions import Apply, Expression, MatMul, Max, Negate, Number, Sum, Symbol, Transpose, apply, walk
from mlpviz.maths.functions import FUNCTIONS, definition
from mlpviz.maths.shapes import ShapeError, symbol_shape
from tests.support.oracle import problem
from tests.support.work import work

M = 5
SQUARE = mlpviz.Architecture((3, 3, 2), ("tanh", "sigmoid"), "binary_cross_entropy", "mean_elements", l2=0.1)
OBLONG = mlpviz.Architecture((2, 4, 3), ("tanh", "softmax"), "cross_entropy", "mean_elements", l2=0.1)
TARGETS = [("Z", 1), ("delta", 2), ("dW", 1), ("db", 2), ("losses", None), ("cost", None), ("delta", 1)]
LEAVES = [("A", 0), ("A", 1), ("A", 2), ("Z", 2), ("W", 1), ("W", 2), ("b", 1), ("b", 2), ("Y", None)]
UNARY = ["tanh", "sigmoid", "softplus", "abs", "silu", "normal_cdf", "expm1", "softmax", "relu", "leaky_relu", "elu"]


class Trees:
    """Random trees of a wanted shape; a subtree is often used again, so that values are held and handed on.

    Shapes are symbolic, as the engine checks them: that n[0] and n[1] are both 3 does not make them the same.
    """

    def __init__(self, trace, seed):
        self.generator, self.architecture = np.random.default_rng(seed), trace.architecture
        self.symbols = [Symbol(*leaf) for leaf in LEAVES]
        self.dimensions = [1, Symbol("m"), *(Symbol("n", l) for l in range(len(trace.architecture.widths)))]
        self.made: list[tuple[Any, Expression]] = []

    def shape(self, symbol):
        return symbol_shape(symbol, self.architecture)

    def pick(self, options):
        return options[int(self.generator.integers(len(options)))]

    def tree(self, shape, depth):
        again = [tree for made, tree in self.made if made == shape]
        if again and self.generator.random() < 0.3:
            return self.pick(again)
        made = self.leaf(shape) if depth <= 0 else self.pick(self.makers(shape))(shape, depth - 1)
        self.made.append((shape, made))
        return made

    def leaf(self, shape):
        found = [symbol for symbol in self.symbols if self.shape(symbol) == shape]
        found += [symbol.T for symbol in self.symbols if self.shape(symbol) == shape[::-1]]
        return self.pick(found) if found else self.line(shape[0]) @ self.line(shape[1]).T

    def line(self, dimension):
        """A column of a length: a mean over the other axis of some symbol."""
        symbol = self.pick([symbol for symbol in self.symbols if dimension in self.shape(symbol)])
        return Sum(symbol, 1) / 4 if self.shape(symbol)[0] == dimension else Sum(symbol, 0).T / 4

    def number(self):
        return self.pick([Number(0.5), Number(2), 1 / Symbol("m"), Symbol("l2"), Symbol("n", 1) / 4])

    def makers(self, shape):
        sums = [self.total] if 1 in shape else []
        return [self.entrywise, self.entrywise, self.entrywise, self.apply, self.product, self.turned, *sums]

    def smaller(self, shape):
        """The shape itself, mostly, or one that is repeated to it."""
        return self.pick([shape, shape, (1, shape[1]), (shape[0], 1), (1, 1)])

    def entrywise(self, shape, depth):
        other = self.number() if self.generator.random() < 0.2 else self.tree(self.smaller(shape), depth)
        operands = [self.tree(shape, depth), other]
        if self.generator.random() < 0.5:
            operands.reverse()
        x, y = operands
        return self.pick(
            [
                x + y,
                x - y,
                x * y,
                -x + y,
                x / (1 + y * y),
                apply("maximum", x, y),
                apply("minimum", x, y),
                apply("weighted", x, y),
                apply("weighted", apply("maximum", x, 0), y),
                apply("greater", x, y),
            ]
        )

    def apply(self, shape, depth):
        name = self.pick(UNARY)
        return Apply(name, (self.tree(shape, depth),), flipped=name == "softmax" and bool(self.pick([0, 1])))

    def product(self, shape, depth):
        inner = self.pick(self.dimensions)
        # softened, so that products of products stay moderate
        return apply("tanh", self.tree((shape[0], inner), depth)) @ self.tree((inner, shape[1]), depth) / 4

    def turned(self, shape, depth):
        return self.tree(shape[::-1], depth).T

    def total(self, shape, depth):
        axis = self.pick([axis for axis in (0, 1) if shape[axis] == 1])
        longer = (self.pick(self.dimensions), shape[1]) if axis == 0 else (shape[0], self.pick(self.dimensions))
        return self.pick([Sum, Sum, Max])(self.tree(longer, depth), axis)


def values_of(trace):
    def value(symbol):
        scalar = trace.scalar(symbol)
        return trace.buffer(symbol) if scalar is None else scalar

    return value


def filled(architecture, seed):
    """A trace whose every array is full of numbers."""
    return mlpviz.backpropagate(*problem(architecture, M, seed))


def operands_and_output(call):
    """What a bound operation reads and where it writes."""
    if call.func.__name__ == "dot":
        return [call.func.__self__, call.args[0]], call.args[1]
    if "weighted" in call.func.__name__:
        return call.args[:2], call.keywords.get("out", call.args[min(2, len(call.args) - 1)])
    if "out" in call.keywords:
        return call.args, call.keywords["out"]
    return call.args[:-1], call.args[-1]


def assert_no_operation_reads_what_it_writes_out_of_order(calls):
    """NumPy would copy first and be right, slowly; other libraries are wrong."""
    for call in calls:
        operands, out = operands_and_output(call)
        for x in operands:
            in_place = call.func.__name__ != "dot" and x.shape == out.shape and x.strides == out.strides
            assert in_place or not np.shares_memory(x, out)


def run(binder, calls):
    with binder.arrays.quiet():
        for call in calls:
            call()


def right_values(trace, equations):
    """What each equation gives by the plain reading, later ones reading what earlier ones left."""
    for equation in equations:
        value = np.array(evaluate(equation.value, values_of(trace), kernel=True))
        trace.buffer(equation.target)[...] = value
        yield value


def assert_values(trace, equations, expected):
    for equation, right in zip(equations, expected, strict=True):
        size = float(np.abs(right).max())
        assert np.isfinite(size)
        found = trace.buffer(equation.target)
        np.testing.assert_allclose(found, right, rtol=1e-7, atol=1e-9 * max(1.0, size), err_msg=str(equation))


SEEDS = 30


@pytest.mark.parametrize("few", [0, 1024], ids=["as many entries", "as few entries"])
@pytest.mark.parametrize("together", [False, True], ids=["one by one", "together"])
@pytest.mark.parametrize("architecture", [SQUARE, OBLONG], ids=["square", "oblong"])
@pytest.mark.parametrize("seed", range(SEEDS))
def test_random_trees(architecture, seed, together, few, monkeypatch):
    """Several equations share one binder and its scratch buffers; later ones read what earlier ones computed."""
    monkeypatch.setattr("mlpviz.engine.cpu.binding.FEW", few)
    trace = filled(architecture, seed)
    binder, trees = HostBinder(trace), Trees(trace, seed)
    equations = []
    for name, layer in TARGETS:
        target = Symbol(name, layer)
        tree = trees.tree(trees.shape(target), int(trees.generator.integers(1, 5)))
        equations.append(Equation("random", target, tree))
        trees.symbols.append(target)
    bound = binder.bind_all(equations) if together else [binder.bind(equation) for equation in equations]
    calls = [call for each in bound for call in each]
    assert_no_operation_reads_what_it_writes_out_of_order(calls)
    expected = list(right_values(trace, equations))
    for equation in equations:
        trace.buffer(equation.target)[...] = np.nan
    run(binder, calls)
    assert_values(trace, equations, expected)
    trace.A[0][...] *= -0.5  # and again with other numbers
    trace.parameters.W[2][...] += 0.25
    expected = list(right_values(trace, equations))
    run(binder, calls)
    assert_values(trace, equations, expected)


def test_the_random_trees_use_the_whole_vocabulary():
    kinds, names = set(), set()
    for seed in range(SEEDS):
        trees = Trees(filled(OBLONG, 0), seed)
        for node in walk(trees.tree((Symbol("m"), Symbol("n", 1)), 4)):
            kinds.add(type(node).__name__)
            names.update([node.name] if isinstance(node, Apply) else [])
    assert kinds == {each.__name__ for each in (Symbol, Number, Transpose, Negate, MatMul, Sum, Max, Apply)} | {
        "Add",
        "Subtract",
        "Multiply",
        "Divide",
    }
    assert names >= {*UNARY, "maximum", "minimum", "weighted", "greater"}


def bound(trace, target, tree):
    """The value that binding leaves in a target."""
    binder = HostBinder(trace)
    calls = binder.bind(Equation("test", target, tree))
    run(binder, calls)
    return trace.buffer(target), calls


A, W, Y, Z, delta = (Symbol(name) for name in ("A", "W", "Y", "Z", "delta"))
TWICE = apply("tanh", W[1].T @ W[1])  # n[0] by n[0]


@pytest.mark.parametrize(
    "tree",
    [
        (A[0] + 2).T.T,
        apply("weighted", 1 - A[0], A[0] + 2),
        apply("weighted", A[0] * 0, 1 / (A[0] * 0)),
        A[0] @ (TWICE @ TWICE),
        A[0] @ (TWICE @ apply("exp", TWICE).T),
        A[0] @ (TWICE + TWICE.T),
        A[0] @ (apply("exp", TWICE.T) + TWICE),
        A[0] @ Apply("softmax", (TWICE @ TWICE.T,), flipped=True) + Max(TWICE, 0),
    ],
    ids=str,
)
def test_trees_that_reuse_a_square_buffer(tree):
    trace = filled(SQUARE, 0)
    right = evaluate(tree, values_of(trace), kernel=True)
    found, calls = bound(trace, Z[1], tree)
    np.testing.assert_allclose(found, right, rtol=1e-12, atol=1e-14)
    assert_no_operation_reads_what_it_writes_out_of_order(calls)


def test_a_value_is_computed_once():
    trace = filled(OBLONG, 0)
    once, twice = (
        len(bound(trace, Z[1], tree)[1]) for tree in (apply("exp", A[1]) + 1, apply("exp", A[1]) * apply("exp", A[1]))
    )
    assert once == twice == 2


def test_a_steps_scratch_is_handed_on():
    """Twice as many layers need no more scratch than the widest of them."""
    shallow, deep = (
        mlpviz.Architecture((4,) * (depth + 1), ("silu",) * depth, "squared_error", "sum") for depth in (2, 6)
    )
    assert scratch(deep) == scratch(shallow)


def scratch(architecture):
    """How many scratch buffers a whole pass needs."""
    trace = mlpviz.Trace(mlpviz.Parameters(architecture), M)
    binder = HostBinder(trace)
    for step in steps(architecture):
        if step.phase in PHASES:
            binder.bind(step.equation)
    assert len({id(array) for array in binder.free}) == len(binder.free)
    return len(binder.free)


def test_a_value_of_another_shape_than_its_target_is_refused():
    with pytest.raises(ShapeError, match=r"^Z\[1\] is \(5, 4\) and its value \(1, 4\)$"):
        bound(filled(OBLONG, 0), Z[1], Symbol("b", 1))


def test_what_does_not_multiply_is_refused():
    with pytest.raises(ShapeError, match=r"A\[0\] is \(m, n\[0\]\) and W\[1\] is \(n\[1\], n\[0\]\): inner dimensions"):
        bound(filled(OBLONG, 0), Z[1], A[0] @ W[1])


def unary(name):
    """Whether a function takes one argument and has a formula, as no primitive has."""
    function = FUNCTIONS[name]
    return function.formula is not None and len(function.placeholders) == 1


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if unary(name)])
def test_functions_are_bound_by_their_kernels(name):
    trace = filled(OBLONG, 0)
    node = Apply(name, (A[1],))
    found, _ = bound(trace, Z[1], node)
    np.testing.assert_allclose(
        found, evaluate(definition(node, kernel=True), values_of(trace), kernel=True), rtol=1e-12
    )


def deep(depth, l2):
    architecture = mlpviz.Architecture((2, *[3] * depth), ("tanh",) * depth, "half_squared_error", "sum", l2=l2)
    return problem(architecture, 2, seed=0)


@pytest.mark.parametrize("l2", [0, 0.1])
def test_a_pass_is_bound_in_time_that_grows_as_its_depth_does(l2):
    short, long = (work(mlpviz.backpropagate, *deep(depth, l2))[1] for depth in (64, 128))
    assert long < 2.3 * short


def test_a_penalty_is_summed_over_more_layers_than_a_tree_may_be_deep():
    parameters, X, Y = deep(200, 0.5)
    without, _, _ = deep(200, 0)
    without.flat[...] = parameters.flat
    weights = sum(float((W * W).sum()) for W in parameters.W[1:])
    cost = mlpviz.backpropagate(parameters, X, Y).cost
    assert cost == pytest.approx(mlpviz.backpropagate(without, X, Y).cost + 0.25 * weights, rel=1e-12)
