"""Every formula that the stepper shows of a preset, and what is wrong with one as MathML."""

import re
from collections import Counter
from xml.etree.ElementTree import fromstring

from mlpviz.derivation.printing.mathml import BREAK, mathml
from mlpviz.derivation.walkthroughs import WALKTHROUGHS
from mlpviz.maths.symbols import COMMANDS
from tests.support.fitted import of_lines, of_steps
from tests.support.networks import case, view_of
from tests.support.programs import walked

CORE = set(
    "math merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle "
    "msub msubsup msup mtable mtd mtext mtr munder munderover wbr".split()
)
"""What browsers draw: the elements of MathML Core."""

SIGNS = {command: letter for letter, command in COMMANDS.items() if len(letter) == 1 and "{" not in command}
SIGNS |= {r"\sigma": "σ", r"\Phi": "Φ", r"\phi": "ϕ", r"\theta": "θ", r"\beta": "β"}
SIGNS |= {r"\mathcal{L}": "ℒ", r"\mathcal{B}": "ℬ", r"\hat": ""}
"""The commands that are letters."""

NAMES = ("max", "min", "log", "tanh", "exp")
"""The functions that are commands."""


def elements(html):
    """A formula as one element."""
    return fromstring("<html>" + html.replace("<wbr>", "<wbr/>") + "</html>")


def letters(text):
    return Counter(each for each in text if each.isalnum())


def letters_of_latex(latex):
    """The letters and digits that a formula shows, read without any converter."""
    for command, sign in sorted(SIGNS.items(), key=lambda pair: -len(pair[0])):
        latex = re.sub(re.escape(command) + r"(?![A-Za-z])", sign, latex)
    latex = re.sub(r"\\\\(\[[\d.]+em\])?|\\textcolor\{#\w+\}|\\(begin|end)\{\w+\}", "", latex)
    latex = re.sub(rf"\\({'|'.join(NAMES)})\b", r"\1", latex)
    return letters(re.sub(r"\\[A-Za-z]+", "", latex))


def faults(latex):
    """What is wrong with a formula as MathML."""
    tree = elements(mathml(latex))
    text = "".join(tree.itertext())
    found = [each.tag for each in tree.iter() if each.tag not in CORE | {"html"}]
    found += [each.attrib for each in tree.iter() if each.get("mathvariant", "normal") != "normal"]
    found += [sign for sign in ("\\", "&", BREAK, "$") if sign in text]
    if letters(text) != letters_of_latex(latex):
        found.append((letters(text), letters_of_latex(latex)))
    return found


def formulas_of(preset, notation, walkthroughs):
    """The formulas of a preset's steps, and of the lines of some walkthroughs."""
    kinds = [of_steps(case(preset), view_of(case(preset), notation))]
    for name in walkthroughs:
        kinds += [of_lines(scene, chains) for scene, chains in walked(WALKTHROUGHS[name], preset, notation)]
    return sorted({formula for kind in kinds for some in kind.values() for formula in some})
