r"""The printer's LaTeX as MathML, which browsers typeset by themselves: no script, no style sheet, no font of ours.

latex2mathml converts; what it does not know is replaced before, and what browsers do not draw is mended after. Where
``breakable`` lets a formula be broken, and behind a relation or an operation, one piece of mathematics ends and another
begins, so that a narrow box breaks there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement, tostring

BREAK = "\N{ZERO WIDTH SPACE}"
"""What stands for a place where a formula may be broken."""

MACROS = (
    (re.compile(r"\\allowbreak\b ?"), rf"\\text{{{BREAK}}}"),
    (re.compile(r"\\nolimits\b"), ""),
    (re.compile(r"\\\\\[[\d.]+em\]"), r"\\\\"),
    (re.compile(r"\{aligned\}"), "{split}"),
)
"""What the converter does not know, and what it does instead."""

OPERATIONS = frozenset("=+\N{MINUS SIGN}·⊙⊗×>")
"""What a formula may be broken behind."""

OPERATORS = OPERATIONS | frozenset("()[]{}|‖,∑⏟^")
"""What browsers may set apart, or stretch; everything else is a letter or a word to them."""

STYLES = {
    "bold": "font-weight: bold",
    "bold-italic": "font-weight: bold",
    "sans-serif": "font-family: sans-serif",
}
"""The variants of letters that browsers leave to style sheets."""

UPRIGHT = {"bold", "sans-serif"}


@lru_cache(maxsize=4096)  # a class saves and steps through the same few networks
def mathml(latex: str) -> str:
    """A formula as HTML: its pieces of mathematics, between which it may be broken."""
    from latex2mathml.converter import Converter  # only where a formula is wanted

    for pattern, instead in MACROS:
        latex = pattern.sub(instead, latex)
    (row,) = Converter(display="block").convert_to_element(latex)
    mend(row)
    return "<wbr>".join(map(written, pieces(row)))


def written(children: list[Element]) -> str:
    math = Element("math", displaystyle="true")
    math.extend(children)
    return tostring(math, encoding="unicode")


def pieces(row: Element) -> Iterator[list[Element]]:
    """The parts of a formula between the places where it may be broken."""
    piece: list[Element] = []
    for child in row:
        if child.text != BREAK:
            piece.append(child)
        if piece and (child.text == BREAK or is_operation(child, first=len(piece) == 1)):
            yield piece
            piece = []
    if piece:
        yield piece


def is_operation(child: Element, first: bool) -> bool:
    """Whether an operation stands there between two others; a sign in front of everything is none."""
    if child.tag != "mo" or child.text not in OPERATIONS or first:
        return False
    child.set("form", "infix")  # it stands last in its piece, where it would be set as a suffix
    return True


# What browsers draw otherwise


def mend(node: Element) -> None:
    """The elements as browsers know them, MathML Core, and no more of them than it takes."""
    node[:] = map(bare, node)
    node.text = unescape(node.text) if node.text else node.text
    if node.tag == "mo":
        mend_operator(node)
    if node.tag == "menclose":
        node.tag = "mrow"
        node.attrib = {"style": "border: 1px solid; padding: 0.15em"}
    if variant := STYLES.get(node.get("mathvariant", "")):
        mend_letter(node, variant)
    if side := node.attrib.pop("columnalign", None):
        node.set("style", f"text-align: {side}; padding-inline: 0")
    for child in node:
        mend(child)
    if node.tag in ("mrow", "mtd"):
        set_apart(node)


def bare(node: Element) -> Element:
    """What a row holds, if that is one element."""
    return bare(node[0]) if node.tag == "mrow" and len(node) == 1 and not node.attrib else node


def mend_operator(node: Element) -> None:
    if node.text in OPERATORS:
        node.attrib.pop("fence", None)  # says nothing that browsers draw
        if node.text == "^":  # over one letter
            node.set("stretchy", "false")
        return
    node.tag, node.attrib = "mi", {}
    if node.text and len(node.text) == 1:
        node.set("mathvariant", "normal")


def mend_letter(node: Element, style: str) -> None:
    variant = node.attrib.pop("mathvariant")
    node.set("style", style)
    if node.tag == "mi" and variant in UPRIGHT:
        node.set("mathvariant", "normal")


def set_apart(row: Element) -> None:
    """A thin space behind a word that is followed by a letter."""
    for at, (one, other) in reversed([*enumerate(pairwise(row))]):
        if one.tag == "mi" and len(one.text or "") > 1 and other.tag not in ("mrow", "mo", "mspace"):
            space = SubElement(row, "mspace", width="0.167em")
            row.remove(space)
            row.insert(at + 1, space)
