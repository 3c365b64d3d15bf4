"""Every program of the corpus is run, and every label compared with complex steps; the proof itself is tried too."""

import ast
import re

import pytest

from tests.corpus.causes import CAUSES
from tests.corpus.libraries import importable
from tests.corpus.oracle import Network
from tests.corpus.program import program
from tests.corpus.programs import PROGRAM_CAUSES, PROGRAMS
from tests.corpus.proof import Disproof, run
from tests.corpus.telling import told

SMALL = Network((2, 3, 4), ("tanh", "sigmoid"), "half_squared_error", "mean_samples")


def small(listing, binds="A=A[1] D=delta[2] Y=Y", notation="rows", **more):
    return program("small", "numpy", SMALL, notation, listing, binds=binds, **more)


def assigning(text):
    """The lines of a Python program that assign or append."""
    changed = {"append", "insert", "assign_sub"}
    for node in ast.walk(ast.parse(text)):
        called = node.value if isinstance(node, ast.Expr) else None
        if isinstance(node, ast.Assign | ast.AugAssign) or (
            isinstance(called, ast.Call) and getattr(called.func, "attr", "") in changed
        ):
            yield node.lineno


def test_every_program_holds_what_its_labels_say():
    failures = []
    with importable():
        for each in PROGRAMS:
            for seed in (0, 1):
                try:
                    run(each, seed)
                except Exception as error:
                    failures.append(f"{each.name}: {type(error).__name__}: {str(error)[:300]}")
    assert not failures, "\n".join(failures)


def test_every_assigning_line_is_labelled():
    for each in PROGRAMS:
        lines = set(assigning(each.twin or each.text))
        assert lines == each.marked, (each.name, sorted(lines ^ each.marked))
        assert not each.twin or len(each.twin.rstrip().splitlines()) <= len(each.lines), each.name


def test_the_corpus_is_large_and_within_the_limits():
    assert len({each.name for each in PROGRAMS}) == len(PROGRAMS) >= 32
    assert sum(not each.bugs for each in PROGRAMS) >= 12
    assert sum(bool(each.bugs) for each in PROGRAMS) >= 20
    causes = {cause for each in PROGRAMS for cause in each.bugs.values()}
    assert set(PROGRAM_CAUSES) <= causes <= set(PROGRAM_CAUSES) | set(CAUSES)
    assert not set(PROGRAM_CAUSES) & set(CAUSES)
    assert {"numpy", "torch", "tensorflow", "jax", "octave", "matlab", "julia", "r", "unicode", "latex"} == {
        each.dialect for each in PROGRAMS
    }
    for each in PROGRAMS:
        assert len(each.lines) <= 100 and len(each.text) <= 20_000 and max(map(len, each.lines)) <= 2_000, each.name
        assert "‖" not in each.text and not re.search(r"\b(eval|exec|compile)\(", each.text), each.name


@pytest.mark.parametrize(
    "listing",
    [
        "G = D.T @ A                ‖ dW[2].T",
        "G = D @ A.T                ‖ dW[2]",
        "G = D.sum()                ‖ db[2]",
        "G = D.T @ A                ‖ !transposed: dW[2]",
        "if False:\n    G = D       ‖ delta[2]",
        "for k in (0, 1):\n    G = D ‖ delta[2]; delta[1]",
        "E = A - Y                  ‖ !layer: delta[1]\nF = E    ‖ delta[2]",
        "G = {}                     ‖ ~\nG['x'] = D  ‖ delta[1]",
        "G = [D]                    ‖ ~\nG.append(A) ‖ A[2]",
        "D[D > 0] = 0               ‖ delta[2]",
    ],
)
def test_a_label_that_is_not_true_is_disproved(listing):
    with pytest.raises(Disproof):
        run(small(listing))


def test_a_bug_is_mended_for_the_lines_after_it():
    run(small("G = D @ A    ‖ !transposed: dW[2]\nH = 2 * G    ‖ 2*dW[2]\nS = D.sum(0)    ‖ db[2]"))
    run(small("D[0] = 0     ‖ !mask: delta[2]\nS = D.sum(0)    ‖ db[2]"))
    run(small("G = D.T      ‖ !transposed: delta[2]\nS = G.sum(axis=1)  ‖ db[2]", notation="columns"))


def test_names_are_compared_by_value():
    numbers = run(small("G = D.T @ A ‖ dW[2]")).numbers
    for label, name, right in (
        ("dW[2].T", "dW[2]", True),
        ("m*delta[2]", "m × δ[2]", True),
        ("m*delta[2]", "delta[2]", False),
        ("-delta[2]", "delta[2]", False),
        ("A[1]; A[2]", "A[1], A[2]", True),
        ("A[1]; A[2]", "A[1]", False),
        ("Z[1] & A[1]", "Z[1] and A[1]", True),
        ("...; dW[2]", "dW[2]", True),
        ("delta[2][i]", "delta[2]", True),
        ("(W[2] - eta*dW[2]).T", "W[2] after the update", True),
        ("(W[2] - eta*dW[2]).T", "dW[2]", False),
        ("A[1][i]", "A[1] of sample 1, A[1] of sample 2", True),
        ("A[1][:, i]", "A[1][:, 0], A[1][:, 1]", True),
        ("m & n", "m and n[2]", True),
        ("dW[2]", "", False),
        ("dW[2]", "__import__('os')", False),
    ):
        assert told(small(f"G = 0 ‖ {label}"), 1, name, numbers) is right, (label, name)
