"""The letters of notations: what stands in a line that its notation does not write."""

import re

from mlpviz.derivation.notation import CHOICES
from mlpviz.derivation.printing.line_latex import line_entry_latex, line_latex
from mlpviz.derivation.printing.line_text import line_label
from mlpviz.maths.symbols import COMMANDS
from tests.support.lines import scenes

FORMULA = re.compile("\N{FIRST STRONG ISOLATE}([^\N{POP DIRECTIONAL ISOLATE}]*)")
"""A formula in a sentence."""


WORDS = re.compile(r"\\[A-Za-z]{3,}(\{[A-Za-z]+\})?|softmax|exp|max")
"""Commands and names of functions, whose letters are not letters of formulas."""


def strange(text, notation):
    """What another notation writes, found in LaTeX or in the formulas of a sentence."""
    marks = {
        "δ": notation.error != "delta",
        r"\delta": notation.error != "delta",
        "Δ": notation.error != "delta",
        "∇_": notation.error != "nabla",
        r"\nabla_": notation.error != "nabla",
        "ŷ": notation.output not in ("yhat", "y"),
        r"\hat": notation.output not in ("yhat", "y"),
        "x": notation.input != "x",
        "σ": notation.activation not in ("named", "sigma"),
        **{f"∂{each}/": each != notation.cost for each in CHOICES["cost"]},
        **{rf"\partial {COMMANDS.get(each, each)}}}": each != notation.cost for each in CHOICES["cost"]},
    }
    without_words = WORDS.sub(lambda found: found[0] if found[0] in marks else "", text)
    return [mark for mark, foreign in marks.items() if foreign and mark in without_words]


def strange_lines(walkthrough, preset, hand, notation=None):
    """Each line of a walkthrough on a preset, as it is written by a hand, and what in it is not of the notation."""
    notation = notation or hand.notation
    for scene in scenes(walkthrough, preset, hand.notation):
        for chain in walkthrough.chains(scene):
            assert line_label(chain.target, scene.view)
            for line in chain.lines:
                written = line_latex(chain.target, line.value, scene.view, shapes=True)
                written += line_entry_latex(chain.target, line.value, scene.view)
                said = " ".join(map(str, (chain.title, line.title, line.reason, *line.noted(hand.name))))
                formulas = [written, *FORMULA.findall(said)]
                yield walkthrough.name, str(line.title), written, [*{m for f in formulas for m in strange(f, notation)}]
