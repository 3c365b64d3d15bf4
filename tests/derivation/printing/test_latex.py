"""The formulas as LaTeX: they can be typeset, they are bracketed as they are meant, and their shapes are true."""

import itertools
import re

import numpy as np
import pytest

from mlpviz.derivation.notation import CHOICES, Notation, written
from mlpviz.derivation.printing.latex import LatexPrinter, entry_latex, equation_latex
from mlpviz.maths import symbols
from mlpviz.maths.activations import ACTIVATIONS
from mlpviz.maths.expressions import Max, Negate, Number, Sum, Symbol, apply
from tests.support.networks import CASES, NOTATIONS, case, passes, shown, view_of

COMMANDS = {
    **dict.fromkeys(["top", "odot", "times", "cdot", "sum", "partial", "ell", "delta", "Delta", "eta", "lambda"], 0),
    **dict.fromkeys(["sigma", "tanh", "log", "max", "min", "exp", "Phi", "infty", ",", "left", "right"], 0),
    **dict.fromkeys(["hat", "mathbf", "mathrm", "operatorname", "text", "sqrt", "underbrace"], 1),
    "frac": 2,
}
"""The commands that KaTeX knows and that formulas are written with, each with the number of its arguments."""

SWITCHES = [
    Notation(first_layer=1, first_index=0, output="yhat", cost="L", brackets="square"),
    Notation("columns", "numerator", "in_out", 1, 0, "yhat", "C", "square"),
]


def typeset(text):
    """Read LaTeX as TeX would: a list of tokens, nested by braces and by \\left and \\right; fails where TeX would."""
    tokens = re.findall(r"\\[A-Za-z]+|\\.|[^\s\\]", text)
    tree, rest = read(tokens, None)
    assert not rest, text
    return tree


def read(tokens, closing):
    """Atoms up to a closing token, each with one superscript and one subscript at most."""
    atoms, scripts = [], set()
    while tokens and tokens[0] not in ("}", r"\right"):
        head, *tokens = tokens
        if head in "^_'":
            kind = "^" if head == "'" else head
            assert kind not in scripts, "a double superscript or subscript"
            assert atoms, "a script of nothing"
            scripts.add(kind)
            if head != "'":
                _, tokens = argument(tokens)
            continue
        atom, tokens = command(head, tokens)
        atoms, scripts = [*atoms, atom], set()
    assert (tokens[0] if tokens else None) == closing, f"{closing} is missing"
    return atoms, tokens[1:]


def argument(tokens):
    """What stands in braces."""
    assert tokens, "no argument"
    assert tokens[0] == "{", "an argument without braces"
    return read(tokens[1:], "}")


def command(head, tokens):
    """One atom: a letter, a group, a command with its arguments, or what stands between \\left and \\right."""
    if head == "{":
        return read(tokens, "}")
    if head == r"\left":
        inside, rest = read(tokens[1:], r"\right")
        assert tokens[0] + rest[0] in ("()", "[]", "||", r"\|\|")
        return inside, rest[1:]
    if not head.startswith("\\"):
        assert head in "()[]+-=>,.|" or head.isalnum(), f"an odd sign: {head}"
        return head, tokens
    assert head[1:] in COMMANDS, f"KaTeX may not know {head}"
    arguments = []
    for _ in range(COMMANDS[head[1:]]):
        inside, tokens = argument(tokens)
        arguments.append(inside)
    return (head, *arguments), tokens


@pytest.mark.parametrize("name", CASES)
def test_every_formula_can_be_typeset(name):
    for notation in (*NOTATIONS, *SWITCHES):
        view = view_of(case(name), notation)
        for step in passes(name):
            typeset(equation_latex(step.equation, view))
            typeset(equation_latex(step.equation, view, shapes=True))
            typeset(entry_latex(step.equation, view))


def test_the_reader_of_the_test_refuses_what_tex_would():
    for wrong in ("{a", "a}", r"\left(a", "a^{b}^{c}", r"\frac{a}", r"\nonsense", "a'^{b}", r"\left(a\right]"):
        with pytest.raises(AssertionError):
            typeset(wrong)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_every_function_can_be_typeset(name):
    entry = ACTIVATIONS[name]
    for tree in filter(None, (entry.formula, entry.slope, entry.kernel, apply(name, Symbol("Z", 1)))):
        renamed = {"z": Symbol("Z", 1), "a": Symbol("A", 1)}
        typeset(writer().write(rename(tree, renamed)))


def rename(node, names):
    """The tree with its placeholders replaced by arrays."""
    from mlpviz.maths.expressions import substitute

    return substitute(node, lambda symbol: names.get(symbol.name, symbol))


def writer(notation=Notation(), name="everything", shapes=False):  # noqa: B008
    return LatexPrinter(view_of(case(name), notation), shapes)


def formula(name, layer, notation=Notation(), network="everything", shapes=False):  # noqa: B008
    """One equation of a case as LaTeX, and the Σ form of one of its entries."""
    step = next(s for s in passes(network) if (s.equation.name, s.layer) == (name, layer))
    view = view_of(case(network), notation)
    return equation_latex(step.equation, view, shapes), entry_latex(step.equation, view)


# Conventions


def test_rows_as_in_the_first_text():
    affine, entry = formula("affine map", 2)
    assert affine == r"Z^{(2)} = A^{(1)}\,W^{(2)\top} + b^{(2)}"
    assert entry == r"z^{(2)}_{ij} = \sum_{k=1}^{n_{1}} a^{(1)}_{ik}\,W^{(2)}_{jk} + b^{(2)}_{j}"
    assert formula("bias gradient", 2)[0] == r"\frac{\partial J}{\partial b^{(2)}} = \mathbf{1}^{\top}\,\Delta^{(2)}"


def test_columns_as_in_the_other_texts():
    columns = Notation("columns")
    assert formula("affine map", 1, columns)[0] == r"Z^{(1)} = W^{(1)}\,X + b^{(1)}"
    assert formula("weight gradient", 1, columns, "kinks")[0] == (
        r"\frac{\partial J}{\partial W^{(1)}} = \Delta^{(1)}\,X^{\top}"
    )


@pytest.mark.parametrize("network", ["everything", "one sample"])
def test_the_product_is_bracketed_before_the_slope(network):
    delta = r"\Delta" if network == "everything" else r"\delta"
    z = "Z" if network == "everything" else "z"
    assert formula("hidden error", 1, Notation("columns"), network)[0].endswith(
        rf"\left(W^{{(2)\top}}\,{delta}^{{(2)}}\right) \odot \tanh'\left({z}^{{(1)}}\right)"
    )
    assert formula("hidden error", 1, Notation(), network)[0].endswith(
        rf"\left({delta}^{{(2)}}\,W^{{(2)}}\right) \odot \tanh'\left({z}^{{(1)}}\right)"
    )


def test_no_hadamard_product_stands_beside_a_matrix_product():
    """Within one bracket ⊙ and a matrix product never meet, so that no one has to know which binds tighter."""
    for name, notation in itertools.product(("everything", "kinks", "one sample"), NOTATIONS):
        for step in passes(name):
            view = view_of(case(name), notation)
            if view.single or step.equation.name == "cost":
                continue  # a scalar factor is written like a matrix product
            for term in terms(typeset(equation_latex(step.equation, view))):
                flat = [atom[0] if isinstance(atom, tuple) else atom for atom in term if not isinstance(atom, list)]
                assert not (r"\odot" in flat and r"\," in flat and r"\eta" not in flat), step


def terms(atoms):
    """The terms of every sum in a tree of atoms."""
    current = []
    for atom in atoms:
        if atom in ("+", "-", "="):
            yield current
            current = []
        else:
            current.append(atom)
        inside = atom if isinstance(atom, list) else [each for each in atom if isinstance(each, list)]
        if isinstance(atom, list):
            yield from terms(inside)
        elif isinstance(atom, tuple):
            for each in inside:
                yield from terms(each)
    yield current


def test_one_sample_is_written_with_vectors():
    for notation in NOTATIONS:
        for step in passes("one sample"):
            text = equation_latex(step.equation, view_of(case("one sample"), notation))
            letters = re.sub(r"\\[A-Za-z]+(\{[A-Za-z]+\})?", "", text)
            assert not set("AZXY") & set(letters), text
            assert r"\Delta^" not in text
    assert formula("affine map", 1, network="one sample")[0] == r"z^{(1)} = x\,W^{(1)\top} + b^{(1)}"
    assert formula("bias gradient", 1, network="one sample")[0] == (
        r"\frac{\partial J}{\partial b^{(1)}} = \delta^{(1)}"
    )
    assert formula("weight gradient", 1, network="no bias, one sample")[1] == (
        r"\frac{\partial J}{\partial W^{(1)}_{ij}} = \delta^{(1)}_{i}\,x_{j}"
    )


def test_numerator_layout_swaps_the_indices_of_the_gradient():
    denominator, numerator = Notation("columns"), Notation("columns", "numerator")
    assert formula("weight gradient", 1, denominator)[1].startswith(r"\frac{\partial J}{\partial W^{(1)}_{ij}} = ")
    assert formula("weight gradient", 1, numerator)[1].startswith(r"\frac{\partial J}{\partial W^{(1)}_{ji}} = ")
    for notation in (denominator, numerator):
        assert formula("weight update", 1, notation)[1] == (
            r"W^{(1)}_{\text{new}, ij} = W^{(1)}_{ij} - \eta\,\frac{\partial J}{\partial W^{(1)}_{ij}}"
        )
    assert formula("weight update", 1, numerator)[0] == (
        r"W^{(1)}_{\text{new}} = W^{(1)} - \eta\,\left(\frac{\partial J}{\partial W^{(1)}}\right)^{\top}"
    )


def test_layers_and_indices_count_from_zero_or_one():
    assert formula("affine map", 1, Notation(first_index=0))[1] == (
        r"z^{(1)}_{ij} = \sum_{k=0}^{n_{0}-1} x_{ik}\,W^{(1)}_{jk} + b^{(1)}_{j}"
    )
    assert formula("affine map", 2, Notation(first_layer=1))[1] == (
        r"z^{(3)}_{ij} = \sum_{k=1}^{n_{2}} a^{(2)}_{ik}\,W^{(3)}_{jk} + b^{(3)}_{j}"
    )


def test_the_prediction_the_cost_and_the_brackets():
    assert formula("activation", 3, Notation(output="yhat"))[0] == (
        r"\hat{Y} = \operatorname{softmax}\left(Z^{(3)}\right)"
    )
    assert r"\hat{y}_{ij}" in formula("activation", 3, Notation(output="yhat"))[1]
    assert formula("affine map", 2, Notation(brackets="square"))[0] == r"Z^{[2]} = A^{[1]}\,W^{[2]\top} + b^{[2]}"
    for cost in CHOICES["cost"]:
        letter = symbols.COMMANDS.get(cost, cost)
        assert formula("change of the cost", 3, Notation(cost=cost))[0] == rf"D = {letter}_{{\text{{new}}}} - {letter}"
        assert rf"\partial {letter}" in formula("weight gradient", 1, Notation(cost=cost))[0]


def test_gradients_the_ends_and_the_function_have_the_letters_of_the_notation():
    """On three layers with two activations; a letter that stands for both has the layer's number below."""
    columns = {"orientation": "columns"}
    slopes, entry = formula("hidden error", 2, Notation(error="slope", activation="f", **columns), "kinks")
    assert slopes == (
        r"\frac{\partial J}{\partial Z^{(2)}} = "
        r"\left(W^{(3)\top}\,\frac{\partial J}{\partial Z^{(3)}}\right) \odot f_{2}'\left(Z^{(2)}\right)"
    )
    assert r"\frac{\partial J}{\partial z^{(3)}_{kj}}" in entry
    nabla, entry = formula("weight gradient", 2, Notation(error="nabla", cost="L", **columns), "kinks")
    assert nabla == r"\nabla_{W^{(2)}} L = \left(\nabla_{Z^{(2)}} L\right)\,A^{(1)\top}"
    assert r"\frac{\partial L}{\partial z^{(2)}_{ik}}" in entry
    assert formula("affine map", 1, Notation(input="a", brackets="none", first_layer=1), "kinks")[0] == (
        r"Z^{2} = A^{1}\,\left(W^{2}\right)^{\top} + b^{2}"
    )
    hatted = formula("output error", 3, Notation(output="y"), "kinks")[0]
    assert hatted == r"\Delta^{(3)} = \frac{1}{m}\,\left(Y - \hat{Y}\right)"
    assert formula("activation", 1, Notation(letters="ah", activation="g"), "one layer")[0] == (
        r"H^{(1)} = g\left(A^{(1)}\right)"
    )


def test_the_cost_with_its_decay():
    for notation in (Notation(), Notation("columns")):
        text, entry = formula("cost", 1, notation, "one layer")
        mean = r"J = \frac{1}{m\,n_{1}}\,\sum_{k=1}^{m} \ell_{k} + \frac{\lambda}{2}\,"
        assert text == mean + r"\left\|W^{(1)}\right\|^{2}"
        assert entry == mean + r"\sum_{k=1}^{n_{1}} \sum_{p=1}^{n_{0}} \left(W^{(1)}_{kp}\right)^{2}"


# Brackets and superscripts


def test_brackets_keep_the_tree():
    P, Q, S = Symbol("Z", 1), Symbol("A", 1), Symbol("delta", 1)
    W = Symbol("W", 2)
    cases = {
        P - (Q - S): r"Z^{(1)} - \left(A^{(1)} - \Delta^{(1)}\right)",
        P * (Q + S): r"Z^{(1)} \odot \left(A^{(1)} + \Delta^{(1)}\right)",
        P @ (W.T @ W): r"Z^{(1)}\,\left(W^{(2)\top}\,W^{(2)}\right)",
        (P * Q) @ W.T: r"\left(Z^{(1)} \odot A^{(1)}\right)\,W^{(2)\top}",
        Sum(P * Q, 0): r"\mathbf{1}^{\top}\,\left(Z^{(1)} \odot A^{(1)}\right)",
        Sum(P, 1) * Q: r"\left(Z^{(1)}\,\mathbf{1}\right) \odot A^{(1)}",
        -(P + Q): r"-\left(Z^{(1)} + A^{(1)}\right)",
        (P + Q) * (P + Q): r"\left(Z^{(1)} + A^{(1)}\right)^{\odot 2}",
        P * P: r"Z^{(1)\odot 2}",
        P * -Q: r"Z^{(1)} \odot \left(-A^{(1)}\right)",
        P - Number(-2): r"Z^{(1)} - \left(-2\right)",
        P * Number(1e-7): r"Z^{(1)} \cdot \left(1 \cdot 10^{-7}\right)",
        P / (Q + 1): r"\frac{Z^{(1)}}{A^{(1)} + 1}",
        apply("exp", P) * apply("exp", P): r"\left(e^{Z^{(1)}}\right)^{\odot 2}",
        apply("abs", P) * apply("abs", P): r"\left(\left|Z^{(1)}\right|\right)^{\odot 2}",
        (P / Q) * (P / Q): r"\left(\frac{Z^{(1)}}{A^{(1)}}\right)^{\odot 2}",
        Max(P + Q, 1): r"\max\left(Z^{(1)} + A^{(1)}\right)",
        Negate(P) * Q: r"\left(-Z^{(1)}\right) \odot A^{(1)}",
    }
    for tree, text in cases.items():
        assert writer().write(tree) == text
        typeset(text)
    assert writer().term(P + Q) == r"\left(Z^{(1)} + A^{(1)}\right)"


def test_a_sum_over_a_single_column_is_the_operand():
    """It then keeps the brackets that its operand needs."""
    view = view_of(case("one unit everywhere"), Notation())
    assert view.architecture.widths == (1, 1, 1)
    one = LatexPrinter(view_of(case("one sample"), Notation()))
    total = Sum(Symbol("Z", 1) * Symbol("A", 1), 0)
    assert one.write(total @ Symbol("W", 2).T) == r"\left(z^{(1)} \odot a^{(1)}\right)\,W^{(2)\top}"


# Shapes


def braces(text):
    """What stands over each brace, with the shape below."""
    for start in (found.end() for found in re.finditer(r"\\underbrace\{", text)):
        depth, end = 1, start
        while depth:
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
        rows, columns = re.match(r"_\{(\d+)\\times (\d+)\}", text[end:]).groups()
        yield text[start : end - 1], (int(rows), int(columns))


@pytest.mark.parametrize("name", CASES)
def test_the_shapes_below_are_those_of_the_arrays(name):
    update = case(name)
    for notation in NOTATIONS:
        true, value, bare = {}, shown(update, notation), LatexPrinter(view_of(update, notation))
        for step in passes(name):
            symbol = step.equation.target
            names = {symbol, *(Symbol(n, l) for n in "AWb" for l in (0, 1) if (n, l) not in {("W", 0), ("b", 0)})}
            for each in names | {Symbol("Y")}:
                if each.name != "b" or update.trace.architecture.bias:
                    shape = np.atleast_2d(value(each)).shape
                    true.setdefault(bare.write(each), set()).add(shape)
                    true.setdefault(bare.write(each.T), set()).add(shape[::-1])
        for step in passes(name):
            found = list(braces(equation_latex(step.equation, view_of(update, notation), shapes=True)))
            for text, shape in found:
                if text.startswith(r"\mathbf{1}"):
                    assert shape[0 if text.endswith(r"\top}") else 1] == 1
                elif text in true:
                    assert shape in true[text], (text, shape)
                else:
                    assert re.fullmatch(r"W\^\{\(\d\)(\\top)?\}|b\^\{\(\d\)(\\top)?\}", text), text
            assert found or step.equation.name == "change of the cost"


def test_shapes_of_the_first_formula_of_the_first_network():
    (step, *_) = passes("two-three-two")
    text = equation_latex(step.equation, view_of(case("two-three-two"), Notation()), shapes=True)
    assert list(braces(text)) == [
        ("z^{(1)}", (1, 3)),
        ("x", (1, 2)),
        (r"W^{(1)\top}", (2, 3)),
        ("b^{(1)}", (1, 3)),
    ]


def test_every_array_of_a_product_has_its_shape():
    for notation in NOTATIONS:
        for step in passes("kinks"):
            view = view_of(case("kinks"), notation)
            named = equation_latex(step.equation, view, shapes=True)
            plain = re.sub(r"\\underbrace\{(.*?)\}_\{\d+\\times \d+\}", r"\1", named)
            assert "underbrace" not in plain
            if r"\odot 2" not in named and r"\frac" not in named:
                assert plain == equation_latex(step.equation, view)


def test_a_placeholder_cannot_be_written_in_a_formula_of_arrays():
    with pytest.raises(KeyError):
        writer().write(Symbol("z"))
    assert written  # the writers take equations as they stand in the table
