"""A document as LaTeX, for a sheet or a thesis: each line with its reason, its shapes, its numbers and its code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...derivation.printing.breaking import ALLOWED, breakable
from ...derivation.printing.prose_latex import with_formulas
from ..shell.translation import _
from .document import Document, TakenLine
from .program import GIVEN

PREAMBLE = r"""\documentclass[a4paper,11pt]{article}
\usepackage{iftex}
\ifPDFTeX
  \usepackage[T1]{fontenc}
  \usepackage[utf8]{inputenc}
  \usepackage{lmodern,textcomp}
\else
  \usepackage{fontspec}
\fi
\usepackage{amsmath,amssymb}
\usepackage[margin=22mm]{geometry}
\setlength{\parindent}{0pt}
\setlength{\parskip}{4pt plus 2pt}
\setcounter{MaxMatrixCols}{20}
\raggedright
\newcommand{\formula}[1]{\par\hspace*{1.5em}$\displaystyle #1$\par}
"""

SPECIAL = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
}
"""What TeX would take for its own."""

THIN = r"\,"
"""Between factors; a line with its numbers may be broken there, and its brackets stay as tall as its matrices."""

SPECIALS = re.compile("|".join(map(re.escape, SPECIAL)))


def as_paper(document: Document) -> str:
    """The whole text of a document that LaTeX compiles as it is."""
    return "\n".join(lines_of(document)) + "\n"


def lines_of(document: Document) -> Iterator[str]:
    yield PREAMBLE
    yield r"\begin{document}"
    yield rf"\section*{{{words(document.title)}}}"
    yield words(document.about)
    if document.address:
        yield "\n" + rf"\texttt{{{escaped(document.address)}}}"
    yield rf"\subsection*{{{words(_(GIVEN))}}}"
    for letter, value in document.given:
        yield rf"\formula{{{letter} = {value}}}"
    for group, parts in document.grouped():
        yield rf"\subsection*{{{words(group)}}}"
        for part in parts:
            yield from block(part)
    yield r"\end{document}"


def block(part: TakenLine) -> Iterator[str]:
    """One line, kept together on its page."""
    yield rf"\begin{{samepage}}\textbf{{{part.number}.\ {words(part.title)}}}\nopagebreak" + "\n"
    yield words(part.text)
    if part.note:
        yield "\n" + rf"\emph{{{words(part.note)}}}"
    yield rf"\formula{{{breakable(part.shaped)}}}"
    yield rf"\formula{{{part.filled.replace(THIN, THIN + ALLOWED + ' ')}}}"
    yield rf"{{\small\texttt{{{escaped(part.code['numpy'])}}}}}" + "\n" + r"\end{samepage}" + "\n"


def words(sentence: str) -> str:
    return with_formulas(sentence, escaped)


def escaped(text: str) -> str:
    return SPECIALS.sub(lambda sign: SPECIAL[sign[0]], text)
