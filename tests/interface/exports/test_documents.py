"""What is taken away computes what it says: programs and notebooks run, and their numbers are the engine's."""

import json
import random
import re

import nbformat
import numpy as np
import pytest

from mlpviz.derivation.notation import Notation
from mlpviz.derivation.walkthroughs import WALKTHROUGHS
from mlpviz.examples.presets import PRESETS
from mlpviz.interface.exports.document import Document
from mlpviz.interface.exports.matrices import MOST, matrix_latex, number_latex
from mlpviz.interface.exports.notebook import as_notebook
from mlpviz.interface.exports.paper import as_paper
from mlpviz.interface.exports.program import as_program
from mlpviz.interface.shell.translation import speaking
from mlpviz.interface.stepper.payload import Payload
from tests.support.exports import ABOUT, carried_out, cells_carried_out, faults, of_pass, of_walkthrough
from tests.support.networks import NOTATIONS, case, optimised, shown, view_of

SAMPLE = 6


def test_a_sample_of_all_documents_runs_and_its_assertions_hold():
    """All of them: ``python -m tests.measure.exports``."""
    drawn = random.Random(11)
    for name in drawn.sample(list(PRESETS), SAMPLE):
        assert not faults(of_pass(name, drawn.choice(NOTATIONS))), name
        walkthrough = drawn.choice(list(WALKTHROUGHS))
        for document in of_walkthrough(walkthrough, name, drawn.choice(NOTATIONS)):
            assert not faults(document), document.title


@pytest.mark.parametrize("name", ["everything", "no bias, one sample", "one unit everywhere"])
def test_networks_with_everything_in_them_are_written_too(name):
    assert not faults(of_pass(name, NOTATIONS[5]))


@pytest.mark.parametrize("optimizer", ["adam", "rmsprop", "nesterov"])
def test_the_update_of_an_optimizer_is_written_with_what_it_keeps(optimizer):
    update = optimised(optimizer)
    document = Document(optimizer, "", "", Payload(update, view_of(update, Notation())))
    assert not faults(document)


def test_a_wrong_number_would_be_noticed():
    text = as_program(of_pass("two-three-two"), "numpy")
    wrong = re.sub(r"(check\(dW\[1\], np\.array\(\[\n    \[)[^,]+", r"\g<1>0.25", text)
    assert wrong != text
    with pytest.raises(AssertionError):
        carried_out(wrong)
    torch = as_program(of_pass("two-three-two"), "torch")
    with pytest.raises(AssertionError):
        carried_out(re.sub(r"(check\(db\[2\], torch\.tensor\(\[\[)[^,]+", r"\g<1>0.25", torch))


def test_numbers_that_are_not_finite_are_written_and_hold():
    import mlpviz
    from mlpviz.engine.descent import Update

    architecture = mlpviz.Architecture((1, 2), ("identity",), "half_squared_error", "sum")
    parameters = mlpviz.Parameters(architecture)
    parameters.W[1][...] = 1e200
    with np.errstate(all="ignore"):
        update = Update(mlpviz.backpropagate(parameters, [[1e200]], [[0.0, 1.0]]), 0.5)
        document = Document("inf", "", "", Payload(update, view_of(update, Notation())))
        assert "from math import inf" in as_program(document, "numpy")
        assert not faults(document)


def test_every_step_has_its_reason_its_shapes_and_its_numbers():
    update = case("softmax-batch")
    document, value = of_pass("softmax-batch"), shown(update, Notation())
    assert len(document.parts) == len(update.steps)
    for part, step in zip(document.parts, update.steps, strict=True):
        assert part.text and part.title
        assert (r"\underbrace" in part.shaped) is (step.equation.name != "change of the cost")
        assert np.array_equal(part.value, np.atleast_2d(value(step.equation.target)))
        assert part.filled.startswith(part.formula) or step.equation.name == "loss"  # on screen of one sample
        assert part.filled.endswith(matrix_latex(value(step.equation.target), 3))
        assert "⟦" not in part.filled
        assert r"\allowbreak" not in part.filled + part.formula + part.shaped


def test_the_numbers_of_a_line_stand_where_its_arrays_do():
    document, value = of_pass("two-three-two"), shown(case("two-three-two"), Notation())
    first = document.parts[0]
    Z, A, W, b = (
        matrix_latex(array, 3)
        for array in (value_of(value, "Z"), value_of(value, "A", 0), value_of(value, "W").T, value_of(value, "b"))
    )
    assert first.filled == rf"{first.formula} = {A}\,{W} + {b} = {Z}"
    update = next(part for part in document.parts if part.code["numpy"].startswith("W_new[1]"))
    assert r"\end{bmatrix} - 0.5\,\begin{bmatrix}" in update.filled


def value_of(value, name, layer=1):
    from mlpviz.maths.expressions import Symbol

    return value(Symbol(name, layer))


def test_a_line_about_single_entries_has_its_result_alone():
    (document, *_others) = of_walkthrough("entries", "two-three-two")
    lines = [part for part in document.parts if r"\right]_{ij}" in part.formula]
    assert lines
    for part in lines:
        assert part.filled == f"{part.formula} = {matrix_latex(part.value, 3)}"


def test_long_matrices_have_dots_and_numbers_are_as_on_the_pages():
    assert number_latex(-0.25, 3) == "-0.250"
    assert number_latex(1.5e7, 3) == r"2 \cdot 10^{7}"
    assert number_latex(-2e-9, 3) == r"-2 \cdot 10^{-9}"
    assert number_latex(-np.inf, 3) == r"-\infty"
    assert number_latex(np.nan, 3) == r"\text{NaN}"
    text = matrix_latex(np.arange(20 * 30).reshape(20, 30), 0)
    rows = text.removeprefix(r"\begin{bmatrix}").removesuffix(r"\end{bmatrix}").split(r" \\ ")
    assert len(rows) == MOST
    assert rows[0] == r"0 & 1 & 2 & 3 & 4 & 5 & \cdots & 29"
    assert rows[-2] == " & ".join([r"\vdots"] * MOST)
    assert rows[-1].endswith("599")


def test_a_notebook_has_text_formula_and_a_cell_for_every_line():
    document = of_pass("xor")
    text = as_notebook(document)
    assert as_notebook(of_pass("xor")) == text  # made again it is the same
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    assert cells_carried_out(text) == 2 + len(document.parts)
    said = [cell for cell in notebook.cells if cell.cell_type == "markdown"]
    assert all(part.shaped in "".join(cell.source for cell in said) for part in document.parts)
    assert json.loads(text)["metadata"]["kernelspec"]["name"] == "python3"


def test_what_markdown_and_latex_take_for_their_own_is_escaped():
    notebook, paper = as_notebook(of_pass("two-three-two")), as_paper(of_pass("two-three-two"))
    first = json.loads(notebook)["cells"][0]["source"]
    assert r"\$5, \{a\_b\}, \#1, a\\b, \~c^d." in "".join(first)
    assert r"One pass \& what it costs, 100 \% of it: \$5, \{a\_b\}, \#1, a\textbackslash{}b, " in paper
    assert r"\textasciitilde{}c\textasciicircum{}d." in paper
    assert r"\texttt{https://example.org/?a=1\&b=2\#c\_d}" in paper
    assert ABOUT in as_program(of_pass("two-three-two"), "numpy").splitlines()[1]


def test_a_paper_in_chinese_says_how_it_is_set():
    """No font and no package of Chinese is asked of who reads English; Chinese is refused by pdfTeX in a sentence."""
    assert "ctex" not in as_paper(of_pass("xor"))
    for tag, serif in {"zh-Hant": "Noto Serif CJK TC", "zh-Hans": "Noto Serif CJK SC"}.items():
        with speaking(tag):
            text = as_paper(of_pass("xor"))
        assert text.startswith("% !TeX program = xelatex\n")
        assert text.count(serif) == 2 and text.index("{ctex}") < text.index(r"\begin{document}")


def test_a_paper_has_every_line_with_its_reason_and_code():
    for document in of_walkthrough("modules", "two-three-two"):
        paper = as_paper(document)
        assert paper.count(r"\begin{block}") == len(document.parts)
        assert paper.count(r"\begin{document}") == paper.count(r"\end{document}") == 1
        body = paper.partition(r"\begin{document}")[2]
        assert body.count("{") - body.count(r"\{") == body.count("}") - body.count(r"\}")
        assert not re.search("[\u2068\u2069⟦⟧]", paper)
        assert not [sign for sign in body if ord(sign) > 0xFF and sign not in "‘’“”–—…"]


def test_a_program_says_what_each_line_is_and_in_short_comments():
    text = as_program(of_pass("two-three-two"), "torch")
    assert text.startswith("# two-three-two\n")
    assert max(len(line) for line in text.splitlines() if line.startswith("#")) <= 112
    assert "# 10 · backward · Error one layer down · layer 1: " in text
    assert carried_out(text) == "23 lines give their numbers\n"
