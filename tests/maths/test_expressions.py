"""The trees themselves."""

import dataclasses
import pickle

import pytest

from mlpviz.maths.expressions import (
    Add,
    Apply,
    Divide,
    Here,
    MatMul,
    Max,
    Multiply,
    Negate,
    Number,
    Subtract,
    Sum,
    Symbol,
    Transpose,
    apply,
    at,
    children,
    leaves,
    rebuild,
    substitute,
    walk,
)

x, y, W = Symbol("x"), Symbol("y"), Symbol("W", Here())


@pytest.mark.parametrize(
    ("built", "tree"),
    [
        (x + y, Add(x, y)),
        (x + 1, Add(x, Number(1))),
        (1 + x, Add(Number(1), x)),
        (x - y, Subtract(x, y)),
        (1 - x, Subtract(Number(1), x)),
        (x - 1, Subtract(x, Number(1))),
        (x * y, Multiply(x, y)),
        (0.5 * x, Multiply(Number(0.5), x)),
        (x / y, Divide(x, y)),
        (1 / x, Divide(Number(1), x)),
        (x @ y, MatMul(x, y)),
        (-x, Negate(x)),
        (x.T, Transpose(x)),
        (x.T @ y + 1, Add(MatMul(Transpose(x), y), Number(1))),
        (apply("maximum", x, 0), Apply("maximum", (x, Number(0)))),
        (W.below, Symbol("W", Here(-1))),
        (W.above, Symbol("W", Here(1))),
        (W[3], Symbol("W", 3)),
    ],
    ids=str,
)
def test_arithmetic_builds_a_tree(built, tree):
    assert built == tree
    assert hash(built) == hash(tree)


def test_trees_differ_by_their_kind():
    pair = (x, y)
    assert len({Add(*pair), Subtract(*pair), Multiply(*pair), Divide(*pair), MatMul(*pair)}) == 5
    assert Sum(x, 0) != Max(x, 0) != Sum(x, 1)


def test_trees_are_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        (x + y).left = y


def test_symbols_are_written_with_their_layer():
    assert (str(x), str(W[2]), str(at(W.below, 2))) == ("x", "W[2]", "W[1]")


def test_children_in_written_order():
    assert children(x - y) == (x, y)
    assert children(Apply("maximum", (y, x))) == (y, x)
    assert children(Sum(x, 1)) == (x,)
    assert children(x) == children(Number(2)) == ()


def test_walk_and_leaves():
    tree = (x + 1) * Sum(y, 0)
    assert list(walk(tree)) == [tree, x + 1, x, Number(1), Sum(y, 0), y]
    assert list(leaves(tree)) == [x, Number(1), y]


def test_rebuild_keeps_what_is_no_operand():
    assert rebuild(Max(x, 1), lambda node: -node) == Max(-x, 1)
    assert rebuild(Apply("f", (x, y), flipped=True), lambda node: node.T) == Apply("f", (x.T, y.T), flipped=True)
    assert rebuild(x, lambda node: -node) == x


def test_substitute_changes_every_symbol_and_nothing_else():
    swapped = substitute((x - y).T @ apply("tanh", x) / 2, {x: y, y: x}.get)
    assert swapped == (y - x).T @ apply("tanh", y) / 2


def test_at_makes_layers_absolute():
    tree = W.below @ W.T + W.above * x + W[9]
    assert at(tree, 3) == W[2] @ W[3].T + W[4] * x + W[9]


def test_a_trees_hash_is_not_taken_into_another_process():
    tree = Symbol("A", 1) @ Symbol("W", 2) + 1
    hash(tree)
    again = pickle.loads(pickle.dumps(tree))
    assert again == tree
    assert hash(again) == hash(tree)
    assert "_hash" in vars(tree)
    assert "_hash" not in vars(pickle.loads(pickle.dumps(tree)))
