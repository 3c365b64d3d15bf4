"""Every sentence of the checker is told of some formula, and a translator reaches all of it, down to the last word."""

import re
from dataclasses import replace
from gettext import NullTranslations

import pytest

import mlpviz
from mlpviz.derivation.checker import scalings
from mlpviz.derivation.checker.edits import COSTS
from mlpviz.derivation.checker.findings import KINDS, SENTENCES
from mlpviz.derivation.checker.reading.refusals import REASONS
from mlpviz.derivation.checker.wording import described
from mlpviz.derivation.notation import Notation
from mlpviz.maths.messages import Message
from tests.support.posed import (
    DECAY,
    ELEMENTS,
    ONE_OUTPUT,
    S0,
    S2,
    S4,
    SQUARE,
    SQUARED,
    distributed,
    own,
    scaled,
    symmetric,
)

BINARY = mlpviz.Architecture((2, 3, 1), ("tanh", "sigmoid"), "binary_cross_entropy", "mean_samples")
WIDE = replace(BINARY, widths=(2, 3000, 1))
COLUMNS, FROM_ONE = Notation("columns"), Notation("columns", first_layer=1)

TOLD = {
    "circular": ("delta[2]", "delta[2]", S4),
    "readings": ("A1 ⊙ A1 W2ᵀ W2", "Z[1]", S4),
    "right": ("A[3] - Y", "delta[3]", S0),
    "right untried": (
        "(A[3] - Y) / (A[3] * (1 - A[3])) * f'(Z[3])", "delta[3]", S0, "rows", *scaled(S0, 3, 1e6),
    ),
    "right beyond": ("delta[2].T @ A[1] + 0 * W[2] @ np.outer(b[1], b[1])", "dW[2]", WIDE),
    "right for one": ("δ2", "db[2]", S4, COLUMNS, *own(S4, 1)),
    "label": ("(a2 - ŷ) ⊙ f'(z2)", "delta[2]", S4, COLUMNS),
    "conventions": ("sum(delta[2])", "db[2]", S4),
    "one output": ("(A[2] - Y) * f'(Z[2]) / m", "delta[2]", ONE_OUTPUT),
    "labels": ("(A[3] - Y) / m", "delta[3]", S2),
    "in a batch": ("δ2", "db[2]", S4, COLUMNS, *own(S4, 1)),
    "diagonal": ("diag(f'(z1)) W2ᵀ δ2", "delta[1]", S4, COLUMNS),
    "sums over everything": ("sum((A[2] - Y) * (A[2] - Y))", "cost", S4),
    "sums over outputs": ("½ sum((A[2] - Y) * (A[2] - Y))", "losses", S4),
    "lists": ("Z[0] = X @ W[0].T", "Z[1]", S2),
    "inner": ("delta[2] @ A[1]", "dW[2]", S4, "rows", *own(S4, 4)),
    "entrywise": ("X * A[1]", "Z[1]", S4, "rows", *own(S4, 4)),
    "ones for slope": ("(W2ᵀ δ2) ⊙ (1, 1, 1)ᵀ", "delta[1]", S4, COLUMNS),
    "chain twice": ("∂J/∂z2 ∂z2/∂W2 ∂z2/∂W2", "dW[2]", S4, COLUMNS),
    "chain missing": ("∂J/∂a2 ∂z2/∂W2", "dW[2]", S4, COLUMNS),
    "chain layer": ("∂J/∂z2 ∂z1/∂W1", "dW[1]", S4, COLUMNS),
    "chain order": ("∂a2/∂z2 ∂J/∂a2 ∂z2/∂W2", "dW[2]", S4, COLUMNS),
    "scalar matrix product": ("3 @ W2", "delta[2]", S4),
    "diagonal of a matrix": ("diag(W2) Y", "delta[1]", S4, "rows", *own(S4, 1)),
    "suggest right": ("delta[2] @ A[1]", "dW[2]", S4),
    "suggest wrong": ("A[1] @ W[2]", "Z[2]", S4),
    "suggest only wrong": ("Y W2ᵀ", "delta[1]", S4),
    "suggest none": ("Y W2", "delta[1]", SQUARE),
    "wrong": ("X", "delta[2]", S4),
    "result": ("X", "dW[2]", S4, "rows", *own(S4, 4)),
    "square": ("delta[2] @ W[2].T * f'(Z[1])", "delta[1]", SQUARE),
    "right because square": ("delta[2] @ W[2].T * f'(Z[1])", "delta[1]", SQUARE, "rows", *symmetric(SQUARE, 5)),
    "accident": ("(A[3] - Y) / 4", "delta[3]", S2, "rows", *distributed(S2, 4)),
    "accident of m": ("A[3] - Y", "delta[3]", S2, "rows", *distributed(S2, 1)),
    "accident of slopes": ("delta[2] @ W[2] * f'(Z[1]) * f'(Z[1])", "delta[1]", S4),
    "transposed": ("X @ W[1] + b[1]", "Z[1]", S0),
    "transposed result": ("A[1].T @ delta[2]", "dW[2]", S4),
    "sign": ("(Y - A[3]) / m", "delta[3]", S2),
    "sign result": (" ".join(["- δ1ᵀ X / 20"] * 20), "dW[1]", S4),
    "order": ("A[1] @ delta[2].T", "dW[2]", S4),
    "brackets": ("A[2] - Y * A[2] * (1 - A[2])", "delta[2]", S4),
    "missing slope": ("A[2] - Y", "delta[2]", S4),
    "extra slope": ("(A[3] - Y) * A[3] * (1 - A[3])", "delta[3]", S0),
    "wrong slope": ("delta[2] @ W[2] * f'(A[1])", "delta[1]", S4),
    "no softmax slope": ("(A[3] - Y) / m * f'(Z[3])", "delta[3]", S2),
    "softmax slope": ("-Y / A[3] * f'(Z[3]) / m", "delta[3]", S2),
    "softmax sum": ("Z[3] * f'(Z[3]) - 1", "delta[3]", S2),
    "missing 1/m": ("A[3] - Y", "delta[3]", S2),
    "extra 1/m": ("(A[3] - Y) / m / m", "delta[3]", S2),
    "extra 1/m of a sum": ("delta[2].T @ A[1] / m", "dW[2]", S4),
    "extra 1/m after delta": ("delta[2].T @ A[1] / m", "dW[2]", S2),
    "missing 1/(m n)": ("A[2] - Y", "delta[2]", ELEMENTS),
    "extra 1/(m n)": ("(A[2] - Y) * f'(Z[2]) / (m n[2])", "delta[2]", S4),
    "missing 1/n": ("(A[2] - Y) / m", "delta[2]", ELEMENTS),
    "extra 1/n": ("(A[2] - Y) / (m n[2]) / n[2]", "delta[2]", ELEMENTS),
    "factor": ("3 (A[3] - Y)", "delta[3]", S0),
    "missing 2": ("delta[2].T @ A[1] / 2", "dW[2]", S4),
    "missing 2 of the square": ("(A[2] - Y) / m", "delta[2]", DECAY),
    "extra 2": ("2 (A[3] - Y)", "delta[3]", S0),
    "extra 2 of the half": ("2 (A[2] - Y) * f'(Z[2])", "delta[2]", S4),
    "extra 2 here": ("delta[2].T @ A[1] + 2 l2 W[2]", "dW[2]", DECAY),
    "missing 2 here": ("delta[2].T @ A[1] + l2 W[2] / 2", "dW[2]", DECAY),
    "one number": ("np.sum(delta2)", "db[2]", S4),
    "wrong axis": ("np.sum(delta2, axis=1)", "db[2]", S4),
    "misplaced square": ("(A[2] - Y) * (1 - A[2])**2", "delta[2]", replace(S4, activations=("relu", "tanh"))),
    "exchanged": ("-np.sum(A3 * np.log(Y)) / m", "cost", S2),
    "lost axis": ("np.exp(Z3) / np.sum(np.exp(Z3), axis=1)", "A[3]", S2),
    "square of a sum": ("0.5 * np.sum(A2 - Y)**2", "cost", S4),
    "missing complement": ("-np.sum(Y * np.log(A3))", "cost", S0),
    "wrong activation": ("np.minimum(0, Z1)", "A[1]", S4),
    "outer": ("np.outer(delta2, A1)", "dW[2]", S4),
    "outer of matrices": ("np.outer(delta2, A1)", "dW[2]", S4),
    "no value": ("np.reshape(W1, (2, -1))", "A[1]", S4),
    "update": ("W2 -= lr * delta2.T @ A1", None, S4),
    "descent": ("W2 -= lr * dW2", None, S4),
    "ascent": ("W2 += lr * delta2.T @ A1", None, S4),
    "extra rate": ("lr * delta2.T @ A1", "dW[2]", S4),
    "wrong class": ("-Y / A3 + Y / (1 - A3)", "dA[3]", S0),
    "missing log": ("-np.sum(Y * A3) / m", "cost", S2),
    "missing square": ("0.5 * np.sum(A2 - Y)", "cost", S4),
    "part": ("dW2 = delta2.T @ A1 = A1.T @ delta2", None, S4),
    "penalty": ("(y - l2) * (l2 * (1 - l2))", "delta[2]", S4),
    "keepdims in columns": ("np.sum(delta2, axis=1)", "db[2]", S4, COLUMNS),
    "keepdims": ("np.sum(delta2, axis=0)", "db[2]", S4),
    "missing half": ("sum((A[2] - Y) * (A[2] - Y))", "cost", S4),
    "for one output": ("-(Y.T @ log(A2) + (1 - Y).T @ log(1 - A2)) / m", "cost", BINARY),
    "outputs here": ("2 (A[2] - Y) * f'(Z[2]) / (2 m)", "delta[2]", SQUARED),
    "in general": ("2 (A[2] - Y) * f'(Z[2]) / (2 m)", "delta[2]", SQUARED),
    "accident of n": ("(A[2] - Y) * f'(Z[2]) / m", "delta[2]", SQUARED),
    "absent left": ("dW[7] = delta[2].T @ A[1]", None, S4),
    "other slope": ("(A[2] - Y) * (1 - A[2]) * (1 + A[2])", "delta[2]", S4),
    "no prime": ("(A[2] - Y) * sigmoid(Z[2])", "delta[2]", S4),
    "other slope in z": ("(A[2] - Y) * Z[2] * (1 - Z[2])", "delta[2]", S4),
    "only l2 missing": ("delta[2].T @ A[1]", "dW[2]", DECAY),
    "missing l2": ("A[1].T @ delta[2]", "dW[2]", DECAY),
    "wrong layer": ("delta[1].T @ A[1]", "dW[1]", S4),
    "wrong array": ("Z[3] - Y", "delta[3]", S0),
    "missing bias": ("A[1] @ W[2].T", "Z[2]", S4),
    "missing sum": ("Delta[2]", "db[2]", S4),
    "extra sum": ("sum((A[2] - Y) * f'(Z[2]))", "delta[2]", S4),
    "elementwise instead of matrix product": ("delta[2] * W[2] * f'(Z[1])", "delta[1]", S4),
    "matrix product instead of elementwise": ("(delta[2] @ W[2]) @ f'(Z[1])", "delta[1]", S4),
    "division": ("(A[2] - Y) / f'(Z[2])", "delta[2]", S4),
    "softmax axis": ("softmax(Z3, axis=0)", "A[3]", S2),
    "missing dA": ("f'(z2)", "delta[2]", S0, COLUMNS),
    "clash": (r"\sum_k \delta_k^{(2)} w_{kk}^{(2)} f'(z_k^{(1)})", "delta[1]", S4, COLUMNS),
    "missing error": ("W3ᵀ f'(z3)", "delta[2]", S0, COLUMNS),
    "extra factor": ("m * (A[3] - Y)", "delta[3]", S2),
    "missing factor": ("delta[2].T", "dW[2]", S4),
    "extra term": ("X @ W[1].T + b[1]", "Z[1]", S2),
    "missing term": ("A[2] * f'(Z[2])", "delta[2]", S4),
    "number for m": ("(A[3] - Y) / 4", "delta[3]", S2),
    "wrong number": ("(A[2] - Y) * A[2] * (2 - A[2])", "delta[2]", S4),
    "arrangement": ("δ1 a0ᵀ", "dW[1]", S4),
    "arrangement too": ("W[1] @ A[0]", "Z[1]", S4),
    "repaired": ("m * (Y - A[3])", "delta[3]", S2),
    "wrong target": ("delta[1]", "delta[2]", S4),
    "left side": ("dW[3] = δ2 @ a1.T", "dW[2]", S4, FROM_ONE),
    "absent": ("A[7]", "delta[1]", S4),
    "absent bias": ("X @ W[1].T + b[1]", "Z[1]", S2),
    "absent -1": ("Z[0] = A[-1] @ W[0].T", "Z[1]", S2),
    "other count": ("(a3 - y) * a3 * (1 - a3) @ W3 @ a1.T", "dW[2]", S4, COLUMNS),
    "convention": ("δ3 @ a2.T", "dW[3]", S0),
    "one sample": ("δ2", "db[2]", S4, COLUMNS),
    "not here": ("(δ2 W2 + 1000 - 1000) ⊙ f'(z1)", "delta[1]", S4, "rows", *scaled(S4, 3, 1e-9)),
    "labels here": ("(A[3] - Y) / m", "delta[3]", S2, "rows", *own(S2, 4)),
    "unknown": ("3", "delta[2]", S4),
}  # fmt: skip
"""A formula of which each sentence is told: what is typed, what it should be, and where."""

REFUSED = {
    "parts": "np.square(" * 14 + "A1" + ")" * 14,
    "sides": " = ".join(["A[1]"] * 40),
    "empty": " ",
    "long": "A" * 2001,
    "brackets": "(" * 51 + "m" + ")" * 51,
    "operands": "m" + "+m" * 100,
    "character": "A[1] 😀",
    "look-alike": "\u0430[1]",
    "command": r"\input{x}",
    "attribute": "A[1].shape",
    "call": "exec(A)",
    "call instead": "dott(A)",
    "name": "nonsense",
    "name decay": "l2 * l1",
    "power": "2**A[1]",
    "layer": "W",
    "no layers": "Y[2]",
    "index": "A[]",
    "two layers": "A[1][0]",
    "entry": "A[p]",
    "indices": r"a_i^{(1)} a_j^{(1)} z_k^{(1)}",
    "chosen": "dZ1[Z1 <= 0] = 0",
    "links": "A[1] ∂A[2]/∂Z[1]",
    "missing at the end": "A[1] @",
    "missing after": "∂J",
    "missing before": "@ Y",
    "unexpected": "A[1] ! Y",
    "construct": "[A[1] for x in Y]",
    "open": "(A[1]",
    "closed": "A[1]]",
    "numbers": "1 2",
    "function": "sum",
    "few arguments": "np.dot(A1)",
    "many arguments": "np.exp(A1, 2)",
    "keyword": "np.sum(A1, foo=2)",
    "axis": "np.sum(A1, axis=2)",
    "condition": "np.where(A1, 1, 0)",
    "no slope": "f'(X)",
    "argument": "f'(Y)",
    "number": "9e999",
    "small number": "1e-400 * A[1]",
    "size": "np.ones((10**5, 10**5))",
    "equals": "m = m = m",
    "entries differ": "(1, 2, 3)",
    "length": "(1, 1, 1, 1, 1)",
    "comma": "(A1, W2)",
    "gradient": "∂Z/∂W[2]",
}
"""A formula that each reason refuses."""

WORD = re.compile(r"[A-Za-z]{3,}")
TYPED = frozenset(
    "True keepdims delta Delta sum diag foo nonsense exec dot dott exp log where shape reshape input axis minimum "
    "softplus outer sigmoid".split()
)
UNICODE = frozenset("grinning face cyrillic small letter".split())
"""The words of formulas, and those that Unicode calls its characters by, which no language changes."""


class Bracketed(NullTranslations):
    """A language in which every text is the English one in brackets."""

    def gettext(self, message):
        return f"⟦{message}⟧"


def inside(message):
    """A message and every message in it, and the details of all of them that are no messages."""
    yield message
    for detail in message.details.values():
        yield from inside(detail) if isinstance(detail, Message) else [detail]


def told(message):
    """That a message is told in the bracketed language, with all of its English words."""
    assert isinstance(message, Message)
    text = message.told(Bracketed())
    assert text[0] == "⟦"
    assert text[-1] == "⟧"
    assert re.sub("[⟦⟧]", "", text) == message
    plain = [each for each in inside(message) if isinstance(each, str) and not isinstance(each, Message)]
    left_english = {word for text in plain for word in WORD.findall(text)} - TYPED - UNICODE
    assert not left_english
    return text


OF_PROGRAMS = {"colon", "many lines", "long program", "deep program", "many statements"}
"""What is said of a whole program only."""

UNASKED = {"no target": "delta[2].T @ A[1]", "given": "X = A[1]", "own left": "foo = A[1]"}
"""What is refused only where nothing else says what a formula should be."""


def test_every_sentence_has_a_formula_that_it_is_told_of():
    assert TOLD.keys() == SENTENCES.keys()
    assert REFUSED.keys() | UNASKED.keys() | OF_PROGRAMS == REASONS.keys()


def test_every_mistake_that_a_change_undoes_has_a_sentence_of_its_name():
    assert (COSTS.keys() | scalings.CAUSES | KINDS.keys()) - {""} <= SENTENCES.keys()


@pytest.mark.parametrize("key", TOLD)
def test_a_sentence_is_told_in_another_language(key):
    verdict = mlpviz.check_formula(*TOLD[key])
    assert key in {finding.key for finding in verdict.findings}, verdict.message
    assert len(verdict.findings) == len(verdict.sentences)
    assert {sentence.template for sentence in verdict.sentences} >= {SENTENCES[key]}
    for sentence in verdict.sentences:
        told(sentence)


@pytest.mark.parametrize("key", [*REFUSED, *UNASKED])
def test_a_refusal_is_told_in_another_language(key):
    text, target = (REFUSED[key], "dW[2]") if key in REFUSED else (UNASKED[key], None)
    verdict = mlpviz.check_formula(text, target, S4)
    (sentence,) = verdict.sentences
    assert sentence.template == REASONS[key]
    assert key.startswith(verdict.causes)
    told(sentence)


def test_conventions_are_told_by_the_switches_that_matter_and_each_once():
    turned = [Notation("columns", weights="in_out"), Notation(), Notation("columns", "numerator", "in_out")]
    assert described(turned) == (
        "with samples as columns, gradients of the shape of their variable and W as (in, out), or with samples as "
        "rows, gradients of the shape of their variable and W as (out, in), or with samples as columns, transposed "
        "gradients and W as (in, out)"
    )
    assert described([*turned, Notation(layout="numerator")]) == (
        "with samples as columns and W as (in, out), or with samples as rows and W as (out, in)"
    )
