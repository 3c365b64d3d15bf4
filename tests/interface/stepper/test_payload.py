"""What travels to the browser: every number, and trees from which each follows by the stepper's own script."""

import itertools
import math
from base64 import b64decode

import numpy as np
import pytest

import mlpviz
from mlpviz.derivation.notation import Notation
from mlpviz.derivation.printing.breaking import breakable
from mlpviz.derivation.printing.latex import equation_latex
from mlpviz.derivation.view import View
from mlpviz.engine.descent import Update
from mlpviz.engine.training.optimizers import OPTIMIZERS
from mlpviz.interface.stepper.excerpt import Excerpt
from mlpviz.interface.stepper.payload import Payload, rounded_up
from mlpviz.maths.equations import steps
from mlpviz.maths.expressions import Symbol
from mlpviz.setup.limits import NUMBERS_SENT, SAMPLES_SENT
from tests.support.networks import (
    CASES,
    LEARNING_RATE,
    NETWORKS,
    NOTATIONS,
    SWITCHES,
    case,
    notations_of,
    optimised,
    view_of,
)
from tests.support.node import check_expansions, travelled
from tests.support.oracle import problem

LARGE = {
    "wide batch": ((64, 128, 10), ("relu", "softmax"), "cross_entropy", "mean_samples", True, 0.0, 32),
    "decay": ((256, 128, 10), ("relu", "softmax"), "cross_entropy", "mean_samples", True, 0.1, 32),
    "too wide": ((784, 512, 512, 10), ("relu", "tanh", "softmax"), "cross_entropy", "mean_elements", True, 0.1, 32),
    "mixing units": ((300, 400, 300), ("softmax", "softmax"), "half_squared_error", "mean_samples", True, 0.01, 12),
    "close to the limit": ((256, 240), ("softplus",), "squared_error", "mean_samples", True, 0.1, 32),
    "one wide sample": ((1000, 600), ("sigmoid",), "binary_cross_entropy", "sum", False, 0.0, 1),
}


@pytest.fixture(scope="module")
def large():
    """A pass through each large network."""
    passes = {}
    for name, (*fields, m) in LARGE.items():
        parameters, X, Y = problem(mlpviz.Architecture(*fields), m, seed=2)
        parameters.flat[...] *= 0.2
        passes[name] = Update(mlpviz.backpropagate(parameters, X, Y), LEARNING_RATE / 100)
    return passes


def decode(text):
    return np.frombuffer(b64decode(text), "<f8")


@pytest.mark.parametrize("name", CASES)
def test_every_array_travels_in_full_and_every_cell_expands_to_its_value(name):
    update = case(name)
    for notation in notations_of(name):
        data, _ = travelled(update, notation)
        check_arrays(data, update, notation)
        assert check_expansions(data, 4 if name == "digit" else 24) >= len(data["steps"])


def check_arrays(data, update, notation):
    """Every array is there, whole and as it is stored, with what is said of it."""
    for symbol in Payload(update, view_of(update, notation)).symbols:
        raw, stored = data["matrices"][str(symbol)], np.atleast_2d(update.value(symbol))
        assert raw["rows"] is raw["columns"] is None
        assert np.array_equal(decode(raw["values"]).reshape(raw["shape"]), stored)
        assert tuple(raw["shape"]) == stored.shape
        assert raw["transposed"] == (symbol.name in notation.transposed)
        assert raw["layer"] == (update.trace.architecture.depth if symbol.layer is None else symbol.layer)
        assert raw["symbol"] == symbol.name


def test_cells_expand_where_errors_are_shown_m_times():
    for name in ("everything", "no bias", "kinks", "softmax-batch", "unpaired softmax"):
        for notation in (Notation(**SWITCHES[-1]), Notation("columns", "numerator", **SWITCHES[-1])):
            data, _ = travelled(case(name), notation)
            assert check_expansions(data, 24) >= len(data["steps"])


def test_what_is_shown_m_times_travels_as_it_is_stored():
    update = case("no bias")
    first, _ = travelled(update)
    data, _ = travelled(update, Notation(division="gradients"))
    times = {key: raw["times"] for key, raw in data["matrices"].items()}
    assert {key for key, value in times.items() if value != 1} == {"delta[1]", "delta[2]"}
    assert {*times.values()} == {1, update.trace.batch_size}
    assert data["identity"] == first["identity"]
    for key, raw in data["matrices"].items():
        assert raw["values"] == first["matrices"][key]["values"]
        assert np.abs(times[key] * decode(raw["values"])).max() <= raw["limit"]


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_cell_of_an_optimisers_update_expands_to_its_value(name):
    for notation in (Notation(), Notation("columns", "numerator", "in_out")):
        data, _ = travelled(optimised(name), notation)
        assert check_expansions(data, 6) >= len(data["steps"])
        for step in data["steps"]:
            assert step["title"]
            assert step["text"]
            assert "{" not in step["text"].replace("_{", "").replace("^{", "")
        if OPTIMIZERS[name].state:
            kept = [key for key, raw in data["matrices"].items() if raw["role"] == "state" and raw["step"] == -1]
            assert len(kept) == 6 * len(OPTIMIZERS[name].state)  # for W and b of three layers


@pytest.mark.parametrize("name", LARGE)
def test_cells_of_a_large_network_expand_with_what_stayed_behind(name, large):
    for notation in (Notation(), Notation("columns", "numerator", "in_out")):
        data, _ = travelled(large[name], notation)
        # two entries of each array, and no sum over some hundred thousand squared weights
        data["steps"] = [step for step in data["steps"] if step["name"] != "cost"]
        check_expansions(data, 2)


def test_the_cost_of_a_large_network_expands_too(large):
    data, _ = travelled(large["too wide"])
    data["steps"] = [step for step in data["steps"] if step["name"] == "cost"]
    assert check_expansions(data, 1) == 2  # before and after the update


# Numbers


def test_what_travels_of_a_large_network_stands_where_it_says(large):
    for name, update in large.items():
        data, _ = travelled(update)
        for symbol in Payload(update, view_of(update, Notation())).symbols:
            raw, stored = data["matrices"][str(symbol)], np.atleast_2d(update.value(symbol))
            rows, columns = (
                range(size) if kept is None else kept
                for kept, size in zip((raw["rows"], raw["columns"]), stored.shape, strict=True)
            )
            assert tuple(raw["shape"]) == stored.shape, name
            assert np.array_equal(decode(raw["values"]), stored[np.ix_(list(rows), list(columns))].ravel())


def numbers_in(value):
    """How many numbers a part of the payload packs."""
    if isinstance(value, dict):
        packed = sum(decode(value[key]).size for key in ("values", "rest") if key in value)
        return packed + sum(numbers_in(each) for each in value.values())
    return sum(map(numbers_in, value)) if isinstance(value, list) else 0


@pytest.mark.parametrize("name", LARGE)
def test_a_large_network_sends_a_part(name, large):
    update = large[name]
    data, _ = travelled(update)
    assert numbers_in(data["matrices"]) + numbers_in([step["tree"] for step in data["steps"]]) <= NUMBERS_SENT
    batch = update.trace.batch_size
    assert data["architecture"]["batch"] == batch
    assert data["architecture"]["samples_shown"] == list(range(min(batch, SAMPLES_SENT)))
    assert len(data["matrices"]["A[0]"]["rows"] or range(batch)) <= SAMPLES_SENT == 8
    for l, n in enumerate(update.trace.architecture.widths):
        assert 0 < len(data["matrices"][f"A[{l}]"]["columns"] or range(n)) <= n


def test_nothing_of_a_small_network_stays_behind():
    excerpt = Excerpt(mlpviz.Architecture((2, 3, 2), ("relu", "sigmoid"), "half_squared_error", "sum"), SAMPLES_SENT)
    for dimension in (1, Symbol("m"), Symbol("n", 0), Symbol("n", 2)):
        assert excerpt.of(dimension) is None
        assert excerpt.left_behind(dimension) == []


@pytest.mark.parametrize("widths", [(20000, 1), (1, 20000), (3000, 3000, 3000), (100,) * 40])
def test_any_network_keeps_to_the_limit(widths):
    architecture = mlpviz.Architecture(widths, ("tanh",) * (len(widths) - 1), "squared_error", "sum")
    excerpt = Excerpt(architecture, 1000)
    sent = [len(units) for units in excerpt.units]
    assert len(excerpt.samples) == SAMPLES_SENT
    weights = sum(3 * below * n for below, n in itertools.pairwise(sent))
    assert weights + SAMPLES_SENT * (sent[0] + 3 * sum(sent[1:])) <= NUMBERS_SENT


def test_numbers_beyond_all_bounds_travel():
    architecture = mlpviz.Architecture((2, 3, 2), ("relu", "softmax"), "half_squared_error", "sum")
    parameters, X, Y = problem(architecture, 2, seed=0)
    parameters.W[1][...] = 1e308
    parameters.W[2][0, 0], parameters.b[2][0, 1] = math.nan, -math.inf
    update = Update(mlpviz.backpropagate(parameters, X * 100, Y), LEARNING_RATE)
    data, _ = travelled(update)
    seen = set()
    for symbol in Payload(update, view_of(update, Notation())).symbols:
        values = decode(data["matrices"][str(symbol)]["values"])
        assert np.array_equal(values, np.ravel(update.value(symbol)), equal_nan=True)
        seen |= {str(value) for value in values[~np.isfinite(values)]}
    assert seen == {"nan", "inf", "-inf"}


# Names and order


@pytest.mark.parametrize("name", CASES)
def test_steps_read_only_what_stands_already(name):
    data, formulas = travelled(case(name))
    known = {key for key, raw in data["matrices"].items() if raw["step"] == -1}
    architecture = data["architecture"]
    given = {"A[0]", "Y"} | {f"W[{l}]" for l in range(1, len(architecture["activations"]) + 1)}
    assert given == {key for key in known if not key.startswith("b")}
    assert {key for key, raw in data["matrices"].items() if raw["editable"]} == known
    for index, step in enumerate(data["steps"]):
        assert step["index"] == index
        assert step["phase"] in ("forward", "loss", "backward", "update", "second")
        assert step["text"]
        assert set(step["reads"]) <= known, step
        assert keys(step["tree"]) == set(step["reads"]), step["name"]
        assert data["matrices"][step["target"]]["step"] == index
        known.add(step["target"])
        assert all(0 <= step[place] < len(formulas) for place in ("formula", "shapes", "sum"))
        assert set(step["code"]) == {"numpy", "torch"}
    assert known == set(data["matrices"])
    assert data["formulas"] == formulas
    assert len(formulas) == len(set(formulas))
    assert data["matrices"]["new cost"]["step"] == len(data["steps"]) - 2


def keys(node):
    """The arrays that stand in a tree as it is shown; a loss is shown as its definition."""
    if node["op"] == "symbol":
        return {node["key"]}
    parts = [] if node.get("transparent") else node.get("args", [])
    parts = [*parts, node["definition"]] if "definition" in node else parts
    return set().union(*map(keys, parts))


@pytest.mark.parametrize("notation", NOTATIONS, ids=lambda n: "-".join((n.orientation, n.layout, n.weights)))
def test_each_step_points_at_its_own_formula(notation):
    update = case("everything")
    data, formulas = travelled(update, notation)
    for step, raw in zip(steps(update.trace.architecture), data["steps"], strict=True):
        view = view_of(update, notation)
        assert formulas[raw["formula"]] == breakable(equation_latex(step.equation, view))
        assert formulas[raw["shapes"]] == breakable(equation_latex(step.equation, view, shapes=True))
        assert raw["target"] == str(step.equation.target)


def test_a_notation_changes_no_number():
    first, _ = travelled(case("everything"))
    others = [*NOTATIONS, Notation(first_layer=1, first_index=0, output="yhat", cost="C", brackets="square")]
    for notation in others:
        data, _ = travelled(case("everything"), notation)
        assert data["identity"] == first["identity"]
        for key, raw in data["matrices"].items():
            for field in ("values", "shape", "rows", "columns", "limit", "step", "layer", "symbol", "editable"):
                assert raw[field] == first["matrices"][key][field]
        assert data["notation"] == {name: getattr(notation, name) for name in data["notation"]}


def test_dimensions_and_names_are_those_of_the_notation():
    data, _ = travelled(case("everything"), Notation("columns", first_layer=1))
    assert data["matrices"]["Z[1]"]["dims"] == ["n₂", "m"]
    assert data["matrices"]["W[1]"]["dims"] == ["n₂", "n₁"]
    assert data["matrices"]["losses"]["dims"] == ["1", "m"]
    assert data["matrices"]["cost"]["dims"] == ["1", "1"]
    assert data["matrices"]["dW[3]"]["name"] == "∂J/∂W layer 4"
    assert data["matrices"]["dW[3]"]["label"] == [["∂J/∂W", ""], ["(4)", "sup"]]


def test_each_array_says_what_it_is():
    matrices = travelled(case("everything"), Notation(output="yhat"))[0]["matrices"]
    said = {key: (raw["role"], raw["per"], raw["entry"][0][0]) for key, raw in matrices.items()}
    assert said["A[0]"] == ("value", "activation", "x")
    assert said["A[3]"] == ("value", "activation", "ŷ")
    assert said["delta[1]"] == ("error", "activation", "δ")
    assert said["dW[1]"] == ("gradient", "edge", "∂J/∂W")
    assert said["new b[2]"] == ("updated", "unit", "b")
    assert said["losses"] == ("loss", "sample", "ℓ")
    assert said["new cost"] == ("updated", "network", "J")
    layer = sorted((key for key in matrices if key.endswith("[1]")), key=lambda key: matrices[key]["rank"])
    before = ("W", "b", "Z", "A", "delta", "dW", "db")
    assert layer == [f"{name}[1]" for name in (*before, "new W", "new b", "new Z", "new A")]


def test_the_indices_of_a_gradient_are_swapped_in_numerator_layout_alone():
    for notation in NOTATIONS:
        data, _ = travelled(case("everything"), notation)
        swapped = {raw["symbol"] for raw in data["matrices"].values() if raw["swapped"]}
        assert swapped == ({"dW", "db"} if notation.layout == "numerator" else set())


def changed(name, change):
    """The identity of a small network after a change of its parameters and data."""
    *fields, m = NETWORKS["kinks"]
    fields = dict(zip(("widths", "activations", "loss", "reduction", "bias", "l2"), fields, strict=True)) | name
    architecture = mlpviz.Architecture(**fields)
    parameters, X, Y = problem(architecture, m, seed=1)
    change(parameters, X, Y)
    update = Update(mlpviz.backpropagate(parameters, X, Y), LEARNING_RATE)
    return Payload(update, View(architecture, m)).identity


def assign(array, value):
    array[0, 0] = value


def test_the_identity_is_that_of_the_network_and_its_numbers():
    same = [changed({}, lambda p, X, Y: None) for _ in range(2)]
    assert same[0] == same[1]
    edits = [
        changed({}, lambda p, X, Y: assign(p.W[1], 0.25)),
        changed({}, lambda p, X, Y: assign(p.b[2], 0.25)),
        changed({}, lambda p, X, Y: assign(X, 0.25)),
        changed({}, lambda p, X, Y: assign(Y, 0.25)),
        changed({"reduction": "sum"}, lambda p, X, Y: None),
        changed({"l2": 0.5}, lambda p, X, Y: None),
        changed({"activations": ("relu", "tanh", "identity")}, lambda p, X, Y: None),
    ]
    assert len({same[0], *edits}) == 1 + len(edits)


def test_two_networks_with_the_same_numbers_are_two_networks():
    """With ReLU and no weights, or leaky ReLU and no weights, all numbers agree; what is proved does not."""
    empty = lambda p, X, Y: p.flat.fill(0)  # noqa: E731
    relu, leaky = (changed({"activations": (f, f, "identity")}, empty) for f in ("relu", "leaky_relu"))
    assert relu != leaky


# Colours


@pytest.mark.parametrize("name", CASES)
def test_a_colour_scale_holds_every_number_of_its_quantity(name):
    data, _ = travelled(case(name))
    limits = {}
    for raw in data["matrices"].values():
        quantity = "X" if raw["editable"] and raw["symbol"] == "A" else raw["symbol"].removeprefix("new ")
        assert limits.setdefault(quantity, raw["limit"]) == raw["limit"]
        assert np.abs(decode(raw["values"])).max() <= raw["limit"] * (1 + 1e-9)
        assert raw["limit"] > 0


@pytest.mark.parametrize(
    ("value", "limit"),
    [(0, 1), (1, 1), (1.01, 2), (2, 2), (3, 5), (5.1, 10), (0.07, 0.1), (1e-300, 1e-300), (999, 1000), (0.3, 0.5)],
)
def test_limits_are_round_numbers(value, limit):
    assert rounded_up(value) == pytest.approx(limit)


@pytest.mark.parametrize("value", [5e-324, 1e-320, 2.3e-308, 9.9e307, 1.7976931348623157e308])
def test_limits_of_the_smallest_and_largest_numbers_are_numbers(value):
    assert value <= rounded_up(value) < math.inf


# Time
