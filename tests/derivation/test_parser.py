"""What is read, how, and what is refused: in one sentence, at once."""

import pytest

import mlpviz
from mlpviz.derivation.checker.nodes import Dotted, Juxtaposition, SampleSum, Slope
from mlpviz.derivation.checker.reading import Unread
from mlpviz.derivation.checker.reading import read as parse
from mlpviz.derivation.checker.reading.names import Namespace
from mlpviz.derivation.hands import HANDS
from mlpviz.derivation.notation import Notation
from mlpviz.maths.expressions import Add, Divide, MatMul, Multiply, Negate, Number, Subtract, Symbol, Transpose
from tests.support.work import work

NETWORK = mlpviz.Architecture((2, 3, 2), ("relu", "sigmoid"), "half_squared_error", "sum")

A0, A1, A2, Y = Symbol("A", 0), Symbol("A", 1), Symbol("A", 2), Symbol("Y")
W2, D2, Z1, Z2, M = Symbol("W", 2), Symbol("delta", 2), Symbol("Z", 1), Symbol("Z", 2), Symbol("m")


def read(formula, notation=None, layer=2):
    """The first reading of a formula."""
    return parse(formula, Namespace(NETWORK, notation or Notation(), layer)).trees[0]


@pytest.mark.parametrize(
    ("formula", "tree"),
    [
        ("A[1]", A1), ("a1", A1), ("A_1", A1), ("a₁", A1), ("A⁽¹⁾", A1), ("a¹", A1), ("a^{(1)}", A1), ("A^{[1]}", A1),
        ("A^(1)", A1), ("a^1", A1), ("a_{1}", A1), (r"\mathbf{A}^{(1)}", A1), ("A[l-1]", A1), ("A[L - 1]", A1),
        ("X", A0), ("x", A0), ("ŷ", A2), ("y\u0302", A2), (r"\hat{y}", A2), (r"\hat Y", A2), ("y_hat", A2), ("Y", Y),
        ("delta[2]", D2), ("δ2", D2), ("Δ2", D2), ("δ⁽²⁾", D2), (r"\delta^{(2)}", D2), ("Delta[l]", D2), ("dZ[2]", D2),
        ("∂J/∂Z[2]", D2), (r"\frac{\partial L}{\partial z^{(2)}}", D2), ("dL/dZ2", D2),
        ("∇_Z[2] J", D2), ("∇_z2 J", D2), (r"\nabla_{z^{(2)}} C", D2), (r"\nabla_{W^{(2)}} L", Symbol("dW", 2)),
        ("W2 ∇_z2 J", Juxtaposition(W2, D2)), ("(∇_z2 J)ᵀ", Transpose(D2)),
        ("∂C/∂W²", Symbol("dW", 2)), ("W_g[2]", Symbol("dW", 2)), ("λ", Symbol("l2")), ("l2", Symbol("l2")),
        ("W[2].T", Transpose(W2)), ("W2ᵀ", Transpose(W2)), ("W^{(2)T}", Transpose(W2)), (r"W^{(2)\top}", Transpose(W2)),
        ("W2^T", Transpose(W2)), (r"W_2^{\top}", Transpose(W2)), ("W⁽²⁾ᵀ", Transpose(W2)), ("W2.T.T", W2),
        ("f'(Z[1])", Slope(Z1, 1)), ("σ'(z1)", Slope(Z1, 1)), (r"\sigma'\left(z^{(1)}\right)", Slope(Z1, 1)),
        ("f′(Z1)", Slope(Z1, 1)), ("relu'(Z[1])", Slope(Z1, 1)), ("d_f(Z[l-1])", Slope(Z1, 1)),
        ("sum(δ2)", SampleSum(D2)), ("A1 - Y", Subtract(A1, Y)), ("A1 − Y", Subtract(A1, Y)),
        ("-A1 + Y", Add(Negate(A1), Y)), ("--A1", A1), ("½ A1", Juxtaposition(Number(0.5), A1)),
        ("A1 * D_".replace("D_", "Y") + " @ W2", MatMul(Multiply(A1, Y), W2)),
        ("A1 @ Y * W2", Multiply(MatMul(A1, Y), W2)),
        ("A1 / m @ Y", MatMul(Divide(A1, M), Y)),
        (r"\frac{A1}{m}", Divide(A1, M)),
        ("W2 δ2", Juxtaposition(W2, D2)), (r"W_2 \cdot \delta_2", Dotted(W2, D2)),
        ("A1 + Y @ W2", Add(A1, MatMul(Y, W2))),
        ("$2 A1$", Juxtaposition(Number(2), A1)),
    ],
)  # fmt: skip
def test_a_formula_is_read(formula, tree):
    assert read(formula) == tree


def test_integers_count_as_the_notation_says():
    assert read("a3 - y", Notation(first_layer=1)) == Subtract(A2, Y)
    assert read("x", Notation(first_layer=1)) == read("a1", Notation(first_layer=1)) == A0


def test_letters_mean_what_the_notation_calls_them():
    label = Notation(output="y")
    assert read("y - ŷ", label) == read("y − y_hat", label) == read("A2 - Ŷ", label) == Subtract(A2, Y)
    assert read("ŷ - y", Notation(output="yhat")) == read("ŷ - y") == Subtract(A2, Y)
    assert read("y - t", Notation(output="yt")) == Subtract(A2, Y)
    sums = Notation(letters="ah", input="a")
    assert read("W2 h1 - a2", sums) == Subtract(Juxtaposition(W2, A1), Z2)
    assert read("h0", sums) == read("x", sums) == A0
    assert read("z1 - a1", Notation(letters="az")) == Subtract(A1, Z1)
    assert read("∂E/∂a2", sums) == D2


def test_the_slip_of_a_reader_whose_label_has_a_hat():
    """He calls the label ŷ and the output y; in his own notation he is right."""
    hand = HANDS["forward-backward"].notation
    for formula in ("(a2 - ŷ) ⊙ f'(z2)", "(y - ŷ) ⊙ σ'(z2)", "(y - y_hat) * d_f(z2)"):
        assert mlpviz.check_formula(formula, "delta[2]", NETWORK, hand).kind == "right"
        elsewhere = mlpviz.check_formula(formula, "delta[2]", NETWORK, "columns")
        assert elsewhere.kind == "wrong"
        assert set(elsewhere.causes) in ({"label"}, {"sign", "label"})
    backwards = mlpviz.check_formula("(ŷ - y) ⊙ f'(z2)", "delta[2]", NETWORK, hand)
    assert (backwards.kind, backwards.causes[0]) == ("wrong", "sign")


def test_targets_have_one_name_in_every_notation():
    for hand in HANDS.values():
        for target in ("Z", "A", "delta", "dW", "db"):
            number = hand.notation.number(Symbol(target, 1))
            verdict = mlpviz.check_formula("m", f"{target}[{number}]", NETWORK, hand.notation)
            assert verdict.target == Symbol(target, 1)


def test_lists_that_start_at_0_are_told_by_their_left_side():
    line = parse("Z[L - 1] = A[L - 2] @ W[L - 1].T", Namespace(NETWORK, Notation(), 2))
    assert line.left == Z2
    assert line.trees[0] == MatMul(A1, Transpose(W2))


def test_products_without_a_sign_are_read_in_two_ways():
    loose, tight = parse("Y ⊙ A1 W2", Namespace(NETWORK, Notation(), 2)).trees
    assert loose == Juxtaposition(Multiply(Y, A1), W2)
    assert tight == Multiply(Y, Juxtaposition(A1, W2))
    assert len(parse("1/m A1 W2", Namespace(NETWORK, Notation(), 2)).trees) == 2
    assert len(parse("W2 A1 + Y", Namespace(NETWORK, Notation(), 2)).trees) == 1


HOSTILE = [
    "__import__('os')", "__import__('os').system('id')", "eval('1')", "exec(A)", "open(x)", "print(A[1])",
    "A[1].shape", "A[1].__class__", "Y.tolist", "np.os", "np.load(X)", "np.eval(X)", "self.__dict__",
    "torch.hub.load(X)", "np.ones((10**5, 10**5))", "np.linalg.inv(W2)", "getattr(A, 'T')", "f'{X}'",
    "X @ np.random.rand",
    "[x for x in A]", "[a1 for m in Y]", "{x: y}", "lambda x: x", "x if m else y", "A[1]; Y", "A[1][0]", "A[1:2]",
    "A[:]",
    "9**9**9", "A[1]**(10**9)", "2^A[1]", "9e999", "1" * 500, "A[9999999999]",
    "A" * 10**5, "(" * 10**4, "(" * 10**4 + "m" + ")" * 10**4, "[" * 10**4, "(" * 51 + "m" + ")" * 51,
    "-" * 10**4 + "m",
    "m" + "+m" * 900, "m" + "@m" * 999, "f'(" * 200 + "z1" + ")" * 200, "A[1]" * 400, "^" * 1000, "'" * 1000,
    "\\" * 1000,
    "\u0430[1]", "\u0391[1]", "A[\u0661]", "\u03c9",
    "\u202eA[1]", "A[1]\u202c", "A[1]\u2066", "A[1]\0", "\0", "\x1b[0m", "Y\u0301",
    "\ud800", "\U0010ffff", "A[1] 😀", "",  "   ", "@", "A[1] @", "@ Y", "A[1]]", "(A[1]", "A[1)", "()", "sum()", "sum",
    "diag", "f'", "f' Z1", "A[]", "A[l", "A[1,2]", "W", "delta", "Y[1]", "m = m = m", "= Y", "== Y", "1 2",
    "∇", "∇_{z2 J", "∇_m J", r"\nabla J", r"\write18{id}", r"\input{x}",
    r"\frac{1}{", "∂J", "∂J/∂", "∂J/∂m",
    "dJ/d", "a^{(2",
    "0x10", "1_000", "A[1] & Y", "not Y", "'A[1]'", '"Y"', "A[1]\\",
    "exp'(Z[1])",
]  # fmt: skip


@pytest.mark.parametrize("formula", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_formula_is_refused_at_once_in_one_sentence(formula):
    verdict, calls = work(mlpviz.check_formula, formula, "dW[2]", NETWORK)
    assert calls < 200_000
    assert verdict.kind == "refused"
    assert len(verdict.sentences) == 1
    assert verdict.message.endswith(".")
    assert len(verdict.message) < 200
    assert verdict.message.isprintable()


@pytest.mark.parametrize(
    "formula",
    [
        "(" * 50 + "A[1]" + ")" * 50,
        "-" * 1990 + "m",
        "A[1]" + ".T" * 900,
        "m" + "+m" * 99,
        "A[1]" + "@A[1]" * 99,
        "x" + "-x" * 99,
        "A[1]" + "*(A[1]" * 49 + ")" * 49,
        "f'(" * 49 + "z1" + ")" * 49,
        "sum(" * 49 + "z1" + ")" * 49,
        "A[1]/0",
        "9/0*A[1]",
    ],
)
def test_the_largest_formulas_take_no_more_than_a_small_multiple_of_a_usual_one(formula):
    verdict, calls = work(mlpviz.check_formula, formula, "delta[2]", NETWORK)
    assert verdict.kind in ("wrong", "shape")
    assert calls < 2_000_000


@pytest.mark.parametrize(
    ("formula", "hint"),
    [
        ("foo(A1)", "“foo” is not a function"),
        ("np.dott(A1, W2)", "but “dot” is"),
        ("A[1].shape", ".T is the transpose"),
        ("h @ W2", "what it stands for"),
        ("np.sum(A1, axis=2)", "An axis is 0 or 1"),
        ("np.where(A1, 1, 0)", "A condition compares"),
        ("np.sum(A1, initial=1, foo=2)", "foo is not a parameter"),
        ("np.dot(A1)", "missing in the brackets"),
        ("np.exp(A1, 2)", "too much in the brackets"),
        ("2**A1", "power"),
        ("Y[2]", "belongs to no layer"),
        ("f'(X)", "The input has no activation"),
    ],
)
def test_a_refusal_says_what_to_write_instead(formula, hint):
    with pytest.raises(Unread) as caught:
        read(formula)
    assert hint in str(caught.value)
    assert str(caught.value).count(". ") == 0


@pytest.mark.parametrize("formula", ["A[1]." + "a" * 500, "\\" + "a" * 500, "a" * 500 + "(Y)", "a" * 500])
def test_a_long_word_is_cut_off_in_its_refusal(formula):
    with pytest.raises(Unread) as caught:
        read(formula)
    assert len(str(caught.value)) < 200


def test_a_look_alike_is_named():
    with pytest.raises(Unread, match="U\\+0430.*cyrillic.*looks like “a”"):
        read("\u0430[1]")


def test_a_chinese_character_is_named_by_itself():
    with pytest.raises(Unread, match="^“誤” is not a character"):
        read("誤差")


def test_a_formula_may_not_hold_its_own_target():
    verdict = mlpviz.check_formula("delta[2]", "delta[2]", NETWORK)
    assert verdict.kind == "refused"
    assert "asked for" in verdict.message
