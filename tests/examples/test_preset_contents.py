"""What each preset promises to show: published numbers, text S1's sums, a bias that broadcasts the wrong way."""

from __future__ import annotations

import numpy as np
import pytest

import mlpviz
from mlpviz.examples.preset import Preset
from mlpviz.examples.presets import PRESETS


def traced(preset: Preset) -> mlpviz.Trace:
    """One pass over the preset's own data."""
    return mlpviz.backpropagate(preset.parameters(), preset.X, preset.Y)


def updated(preset: Preset, updates: int = 1, biases: bool = True) -> mlpviz.Trace:
    """The pass after some updates of plain gradient descent, of the weights alone if so asked."""
    parameters = preset.parameters()
    trace = mlpviz.backpropagate(parameters, preset.X, preset.Y)
    for _ in range(updates):
        for l in range(1, preset.architecture.depth + 1):
            parameters.W[l] -= preset.learning_rate * trace.dW[l]
            if biases:
                parameters.b[l] -= preset.learning_rate * trace.db[l]
        mlpviz.forward(trace)
        mlpviz.backward(trace)
    return trace


@pytest.mark.parametrize("preset", PRESETS.values(), ids=list(PRESETS))
def test_one_update_lowers_the_cost(preset: Preset) -> None:
    assert updated(preset).cost < 0.99 * traced(preset).cost


def test_two_three_two_has_all_hidden_units_on_and_nothing_saturated() -> None:
    trace = traced(PRESETS["two-three-two"])
    np.testing.assert_array_equal(trace.Z[1] > 0.1, [[True, True, True]])
    assert ((trace.A[2] > 0.2) & (trace.A[2] < 0.8)).all()
    assert updated(PRESETS["two-three-two"]).cost < 0.8 * trace.cost


def test_mazur_forward_pass_as_printed() -> None:
    trace = traced(PRESETS["mazur"])
    assert trace.Z[1][0, 0] == pytest.approx(0.3775, abs=1e-12)
    np.testing.assert_allclose(trace.A[1], [[0.593269992, 0.596884378]], rtol=0, atol=5.1e-10)
    assert trace.Z[2][0, 0] == pytest.approx(1.105905967, abs=5.1e-10)
    np.testing.assert_allclose(trace.A[2], [[0.75136507, 0.772928465]], rtol=0, atol=5.1e-10)
    assert trace.cost == pytest.approx(0.298371109, abs=5.1e-10)


def test_mazur_update_as_printed() -> None:
    preset = PRESETS["mazur"]
    parameters, trace = preset.parameters(), traced(preset)
    new = [None, *(parameters.W[l] - preset.learning_rate * trace.dW[l] for l in (1, 2))]
    np.testing.assert_allclose(new[2], [[0.35891648, 0.408666186], [0.511301270, 0.561370121]], rtol=0, atol=5.1e-10)
    np.testing.assert_allclose(new[1], [[0.149780716, 0.19956143], [0.24975114, 0.29950229]], rtol=0, atol=5.1e-9)


def test_mazur_error_at_the_ten_thousandth_pass_as_printed() -> None:
    """He moves the weights only."""
    assert updated(PRESETS["mazur"], 9_999, biases=False).cost == pytest.approx(0.0000351085, abs=5.1e-11)


def test_mazur_error_after_one_update_was_printed_from_another_update() -> None:
    """0.291027924 needs hidden gradients taken with the new output weights, which his own printed w1 to w4 are not."""
    preset = PRESETS["mazur"]
    assert updated(preset, biases=False).cost == pytest.approx(0.291027774, abs=5.1e-10)
    parameters, trace = preset.parameters(), traced(preset)
    parameters.W[2] -= preset.learning_rate * trace.dW[2]
    too_late = (trace.delta[2] @ parameters.W[2]) * trace.A[1] * (1 - trace.A[1])
    parameters.W[1] -= preset.learning_rate * too_late.T @ trace.A[0]
    assert mlpviz.backpropagate(parameters, preset.X, preset.Y).cost == pytest.approx(0.291027924, abs=5.1e-10)
    assert abs(parameters.W[1][0, 0] - 0.149780716) > 1e-5


def test_binary_classifier_has_three_layers_three_samples_and_a_minus_y() -> None:
    preset = PRESETS["binary-classifier"]
    trace = traced(preset)
    assert preset.architecture.depth == 3
    assert len(preset.X) == 3
    np.testing.assert_allclose(trace.delta[3], trace.A[3] - np.array(preset.Y), rtol=1e-12)


def test_one_neuron_collects_both_successors() -> None:
    preset = PRESETS["one-neuron"]
    trace, W = traced(preset), preset.parameters().W[2]
    (w3,), (w4,) = W
    (first, second), a = trace.delta[2][0], trace.A[1][0, 0]
    collected = w3 * first + w4 * second
    assert trace.delta[1][0, 0] == pytest.approx(a * (1 - a) * collected, rel=1e-12)
    assert w3 + w4 == pytest.approx(-0.6)
    assert collected > 0
    np.testing.assert_allclose(trace.dW[1], trace.delta[1] * np.array(preset.X), rtol=1e-12)


def test_three_levels_are_two_by_two_by_two() -> None:
    assert PRESETS["three-levels"].architecture.widths == (2, 2, 2, 2)


def test_digit_is_one_image_of_a_one() -> None:
    preset = PRESETS["digit"]
    image = np.array(preset.X).reshape(16, 16)
    assert image.min() == 0
    assert image.max() == 1
    np.testing.assert_array_equal(image[::2, ::2], image[1::2, 1::2])
    assert preset.architecture.widths[-1] == 10
    assert np.argmax(preset.Y) == 1
    assert np.sum(preset.Y) == 1
    trace = traced(preset)
    assert list(np.flatnonzero(trace.delta[2][0] < 0)) == [1]
    np.testing.assert_array_equal((trace.dW[1] == 0).all(0), image.ravel() == 0)
    assert (image == 0).any()


def test_softmax_batch_has_distinct_dimensions_and_divides_once() -> None:
    preset = PRESETS["softmax-batch"]
    trace, m = traced(preset), len(preset.X)
    assert len({*preset.architecture.widths, m}) == preset.architecture.depth + 2
    np.testing.assert_allclose(trace.delta[3], (trace.A[3] - np.array(preset.Y)) / m, rtol=1e-12)
    np.testing.assert_allclose(trace.dW[3], trace.delta[3].T @ trace.A[2], rtol=1e-12)


def test_broadcast_trap_is_silently_wrong_at_three_samples_only() -> None:
    preset = PRESETS["broadcast-trap"]
    trace, parameters = traced(preset), preset.parameters()
    W, b, columns = parameters.W[1], parameters.b[1][0], np.array(preset.X).T
    assert b.shape == (3,)
    assert (W @ columns).shape == (3, 3)
    right, wrong = W @ columns + b[:, None], W @ columns + b
    np.testing.assert_allclose(right, trace.Z[1].T, rtol=1e-12)
    assert wrong.shape == right.shape
    assert np.abs(wrong - right).max() > 1
    np.testing.assert_allclose(wrong - W @ columns, np.broadcast_to(b, (3, 3)), rtol=0, atol=1e-12)
    four = np.hstack([columns, columns[:, :1]])
    with pytest.raises(ValueError, match="broadcast"):
        W @ four + b
    assert (W @ four + b[:, None]).shape == (3, 4)


def test_xor_is_learnt_in_a_few_hundred_updates() -> None:
    preset = PRESETS["xor"]
    assert sorted(preset.X) == [(0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0)]
    assert all(y == (float(x[0] != x[1]),) for x, y in zip(preset.X, preset.Y, strict=True))
    assert np.abs(traced(preset).A[2] - np.array(preset.Y)).max() > 0.5
    assert np.abs(updated(preset, 300).A[2] - np.array(preset.Y)).max() < 0.1
