"""Every preset: a complete table entry, its gradients against PyTorch and finite differences."""

from __future__ import annotations

import dataclasses
import importlib
import math
import os
import re
import subprocess
import sys
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

import mlpviz
from mlpviz.engine.initializers import INITIALIZERS
from mlpviz.examples.preset import Preset
from mlpviz.examples.presets import PRESETS, one_digit

NAMES = [
    "two-three-two",
    "mazur",
    "binary-classifier",
    "one-neuron",
    "three-levels",
    "digit",
    "softmax-batch",
    "broadcast-trap",
    "xor",
]

every_preset = pytest.mark.parametrize("preset", PRESETS.values(), ids=list(PRESETS))


def traced(preset: Preset) -> mlpviz.Trace:
    """One pass over the preset's own data."""
    return mlpviz.backpropagate(preset.parameters(), preset.X, preset.Y)


# What a preset is


def test_names_and_their_order() -> None:
    assert list(PRESETS) == NAMES
    assert all(preset.name == name for name, preset in PRESETS.items())


@every_preset
def test_description_is_plain_text(preset: Preset) -> None:
    for text in (preset.title, preset.description, preset.source):
        assert text == text.strip()
        assert text
        assert not re.search(r"[<>*_`$\\\[\]{}#|~&]", text), text
    assert preset.description.endswith(".")
    assert 2 <= len(re.findall(r"\.(?:\s|$)", preset.description)) <= 3


@every_preset
def test_preset_is_frozen_and_complete(preset: Preset) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        preset.name = "other"  # type: ignore[misc]
    assert preset.initializer in INITIALIZERS
    assert preset.learning_rate > 0
    for rows, width in ((preset.X, preset.architecture.widths[0]), (preset.Y, preset.architecture.widths[-1])):
        assert isinstance(rows, tuple)
        assert all(isinstance(row, tuple) and len(row) == width for row in rows)
        assert all(type(value) is float and math.isfinite(value) for row in rows for value in row)


@every_preset
def test_entries_are_the_parameters(preset: Preset) -> None:
    parameters = preset.parameters()
    for (letter, l, row, column), value in preset.entries.items():
        assert {"W": parameters.W, "b": parameters.b}[letter][l][row, column] == value


@every_preset
def test_parameters_are_new_each_time_and_in_the_type_asked_for(preset: Preset) -> None:
    one, other = preset.parameters(), preset.parameters()
    assert np.array_equal(one.flat, other.flat)
    assert not np.shares_memory(one.flat, other.flat)
    single = preset.parameters("float32")
    assert single.flat.dtype == np.float32
    np.testing.assert_array_equal(single.flat, one.flat.astype(np.float32))


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("digit", "softmax-batch")])
def test_small_presets_give_every_parameter(name: str) -> None:
    assert len(PRESETS[name].entries) == PRESETS[name].architecture.parameter_count


@pytest.mark.parametrize("name", ["two-three-two", "one-neuron", "three-levels", "broadcast-trap"])
def test_given_numbers_differ_in_magnitude(name: str) -> None:
    preset = PRESETS[name]
    labels = () if name == "broadcast-trap" else chain.from_iterable(preset.Y)
    numbers = [abs(v) for v in chain(preset.entries.values(), chain.from_iterable(preset.X), labels)]
    assert len(set(numbers)) == len(numbers)
    assert all(round(v, 2) == v for v in numbers)


def test_digit_is_the_same_each_time() -> None:
    first, weights = PRESETS["digit"].batch, PRESETS["digit"].parameters().flat
    one_digit.cache_clear()
    assert PRESETS["digit"].batch == first
    np.testing.assert_array_equal(PRESETS["digit"].parameters().flat, weights)


def test_importing_presets_loads_neither_scikit_learn_nor_an_interface() -> None:
    program = (
        "import sys, mlpviz.examples.presets\n"
        "heavy = {'sklearn', 'pandas', 'streamlit', 'plotly', 'cupy', 'torch'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=with_path())
    assert done.stdout.strip() == "[]"


def with_path() -> dict[str, str]:
    """The environment in which a new Python finds the package that this one found."""
    root = str(Path(mlpviz.__file__).resolve().parents[1])
    return os.environ | {"PYTHONPATH": os.pathsep.join([root, os.environ.get("PYTHONPATH", "")])}


# Every preset is right


@every_preset
def test_gradients_equal_finite_differences(preset: Preset) -> None:
    checks = mlpviz.gradient_check(preset.parameters(), preset.X, preset.Y)
    assert len(checks) == 2 * preset.architecture.depth
    for name, check in checks.items():
        assert check.passed, (name, check)
        assert check.skipped == 0, name


@every_preset
def test_gradients_equal_pytorch(preset: Preset) -> None:
    torch = pytorch()
    trace = traced(preset)
    gradients = pytorch_gradients(torch, preset)
    for l in range(1, preset.architecture.depth + 1):
        for ours, theirs in ((trace.dW[l], gradients["W"][l]), (trace.db[l], gradients["b"][l])):
            assert ours.shape == theirs.shape
            assert np.linalg.norm(ours - theirs) <= 1e-9 * np.linalg.norm(theirs)
    assert trace.cost == pytest.approx(gradients["cost"], rel=1e-12)


def pytorch() -> ModuleType:
    """PyTorch, or a skip that says why there is none."""
    try:
        return importlib.import_module("torch")
    except ImportError as error:
        reason = f"PyTorch, the outside oracle, is not installed: {error}"
    if os.environ.get("MLPVIZ_REQUIRE_ALL") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def pytorch_gradients(torch: Any, preset: Preset) -> dict[str, Any]:
    """The gradients and the cost by autograd: ``nn.functional`` forward, losses from the logits."""
    parameters, architecture = preset.parameters(), preset.architecture
    W = [None, *(torch.tensor(array, requires_grad=True) for array in parameters.W[1:])]
    b = [None, *(torch.tensor(array[0], requires_grad=True) for array in parameters.b[1:])]
    X, Y = (torch.tensor(rows, dtype=torch.float64) for rows in (preset.X, preset.Y))
    A = Z = X
    for l, name in enumerate(architecture.activations, start=1):
        Z = torch.nn.functional.linear(A, W[l], b[l])
        A = torch.softmax(Z, 1) if name == "softmax" else getattr(torch, name)(Z)
    losses = {
        "half_squared_error": lambda: ((A - Y) ** 2).sum(1) / 2,
        "squared_error": lambda: torch.nn.functional.mse_loss(A, Y, reduction="none").sum(1),
        "binary_cross_entropy": lambda: torch.nn.functional.binary_cross_entropy_with_logits(
            Z, Y, reduction="none"
        ).sum(1),
        "cross_entropy": lambda: torch.nn.functional.cross_entropy(Z, Y, reduction="none"),
    }
    scale = {"sum": 1, "mean_samples": Y.shape[0], "mean_elements": Y.numel()}
    cost = losses[architecture.loss]().sum() / scale[architecture.reduction]
    cost.backward()
    return {
        "cost": cost.item(),
        "W": [None, *(array.grad.numpy() for array in W[1:])],
        "b": [None, *(array.grad.numpy()[None] for array in b[1:])],
    }
