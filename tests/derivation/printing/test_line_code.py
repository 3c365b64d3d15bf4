"""The code of every line of every walkthrough runs, in NumPy and in PyTorch, and gives the line's array."""

import random
import re

import pytest

import mlpviz
from mlpviz.derivation.derived import KINDS
from mlpviz.derivation.notation import Notation
from mlpviz.derivation.printing.derived_code import CALLS, PROGRAMS
from mlpviz.derivation.printing.line_code import line_code
from mlpviz.derivation.scene import DerivationView, Scene
from mlpviz.derivation.walkthroughs import WALKTHROUGHS
from mlpviz.engine.descent import Update
from tests.support.networks import CASES, LEARNING_RATE, NOTATIONS
from tests.support.programs import libraries, walked, wrong_lines

SWITCHES = Notation("columns", first_layer=1, cost="L", output="yhat", input="a")
SAMPLE = 40


def test_a_sample_of_all_lines_run_and_give_their_arrays():
    """All of them: ``python -m tests.measure.programs``."""
    places = [
        (name, case_, notation) for name in WALKTHROUGHS for case_ in CASES for notation in [*NOTATIONS, SWITCHES]
    ]
    with libraries() as opened:
        for name, network, notation in random.Random(7).sample(places, SAMPLE):
            for scene, chains in walked(WALKTHROUGHS[name], network, notation):
                assert not wrong_lines(scene, chains, opened)


def test_every_kind_of_derived_array_has_code():
    assert set(PROGRAMS) == set(KINDS)
    assert set(CALLS["numpy"]) == set(CALLS["torch"])


def lines(name, layer, notation=Notation(), network="two-three-two", dialect="numpy"):  # noqa: B008
    (found,) = (
        [line_code(chain.target, line.value, scene.view, dialect) for chain in chains for line in chain.lines]
        for scene, chains in walked(WALKTHROUGHS[name], network, notation)
        if scene.layer == layer
    )
    return found


def test_entries_are_a_product_of_arrays_summed_over_the_indices_of_their_sigma():
    entries = lines("entries", 1)
    assert 'dW[1] = np.einsum("sk,ki,sj->ij", delta[1], np.eye(3), X)' in entries
    assert entries.count("dW[1] = delta[1].T @ X") >= 2  # a column by a row is a product of matrices
    assert "dW[1] = delta[1].T @ X" in entries
    assert 'dA[1] = np.einsum("sk,kj->sj", delta[2], W[2])' in lines("chain-rule", 2)
    assert 'dA[1] = torch.einsum("sk,kj->sj", delta[2], W[2])' in lines("chain-rule", 2, dialect="torch")
    columns = lines("entries", 1, Notation("columns", first_layer=1))
    assert 'dW[2] = np.einsum("ks,ki,js->ij", delta[2], np.eye(3), X)' in columns


def test_a_batch_is_summed_over_its_samples():
    texts = lines("batch", 1, network="softmax-batch")
    assert 'dW[1] = np.einsum("si,sj->ij", delta[1], X)' in texts
    assert 'db[1] = np.einsum("sj->j", delta[1]).reshape(1, 6)' in texts
    division = lines("batch", 3, network="softmax-batch")
    assert any(text.startswith("dW[3] = ((A[3] - Y)[[0]].T @ A[2][[0]] + ") for text in division), division
    assert 'Z[1] = np.einsum("ik,jk->ij", X, W[1]) + b[1]' in texts


def test_jacobians_are_built_as_the_library_builds_them():
    assert any("np.kron(np.eye(3), X)" in text for text in lines("modules", 1))
    assert any("np.diagflat(A[2] * (1 - A[2]))" in text for text in lines("outputs", 2))


def test_two_sums_side_by_side_have_letters_of_their_own():
    architecture = mlpviz.Architecture((2, 3, 4), ("softmax", "softmax"), "squared_error", "sum")
    from tests.support.oracle import problem

    parameters, X, Y = problem(architecture, 1, seed=5)
    update = Update(mlpviz.backpropagate(parameters, X, Y), LEARNING_RATE)
    scene = Scene(update, DerivationView.of(update.trace, Notation()), 1)
    chains = WALKTHROUGHS["neuron"].chains(scene)
    texts = [line_code(chain.target, line.value, scene.view, "numpy") for chain in chains for line in chain.lines]
    specs = [re.search(r'einsum\("([^"]*)"', text)[1] for text in texts if "einsum" in text]
    assert any(len(set(spec) - set(",->")) >= 4 for spec in specs), specs
    with libraries() as opened:
        assert not wrong_lines(scene, chains, opened)


@pytest.mark.parametrize("code", ["np.eye(3) * 2", "delta[9]"])
def test_the_check_of_lines_notices_a_line_that_is_not_its_array(code, monkeypatch):
    from mlpviz.derivation.printing.line_code import LineCoder

    scene, chains = next(iter(walked(WALKTHROUGHS["entries"], "two-three-two", Notation())))
    monkeypatch.setattr(LineCoder, "line", lambda self, target, value: f"{self.target(target)} = {code}")
    with libraries() as opened:
        assert wrong_lines(scene, chains, opened)
