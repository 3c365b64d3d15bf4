"""A document as LaTeX, for a sheet or a thesis: each line with its reason, its shapes, its numbers and its code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...derivation.printing.breaking import breakable
from ...derivation.printing.prose_latex import with_formulas
from ..shell.languages import BY_TAG
from ..shell.translation import _, language
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
\usepackage{amsmath,amssymb,graphicx}
\usepackage[margin=22mm]{geometry}
\setlength{\parindent}{0pt}
\setlength{\parskip}{4pt plus 2pt}
\setcounter{MaxMatrixCols}{20}
\raggedright
\renewcommand{\allowbreak}{\penalty900 }
% a formula in one line, smaller if it must be; one that is longer still is broken, as its second form may be
\newcommand{\formula}[2]{\par\sbox0{$\displaystyle #1$}%
  \ifdim\wd0<\dimexpr\linewidth-1.5em\relax\hspace*{1.5em}\usebox0%
  \else\ifdim\wd0<1.5\linewidth\resizebox{\linewidth}{!}{\usebox0}%
  \else{\hangindent=3em\hangafter=1\hspace*{1.5em}$\displaystyle #2$\par}\fi\fi\par}
\newenvironment{block}{\par\medskip\begin{minipage}{\linewidth}\raggedright\setlength{\parskip}{4pt}}{\end{minipage}\par}
"""

HAN = r"""\ifPDFTeX
  \PackageError{mlpviz}{Chinese is set by XeLaTeX or LuaLaTeX, not by pdfLaTeX}{Choose one of these and begin again.}
\else
  \usepackage[UTF8,scheme=plain]{ctex}
  \IfFontExistsTF{SERIF}{\setCJKmainfont{SERIF}}{}
\fi
"""
"""What a document in Chinese loads besides: lines that break between characters, in the shapes of its language."""

PROGRAM = "% !TeX program = xelatex\n"
"""What editors read on the first line."""

SPECIAL = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
}
"""What TeX would take for its own."""

SPECIALS = re.compile("|".join(map(re.escape, SPECIAL)))


def as_paper(document: Document) -> str:
    """The whole text of a document that LaTeX compiles as it is."""
    return "\n".join(lines_of(document)) + "\n"


def preamble() -> str:
    """What stands before a document, in the language of whoever takes it away."""
    serif = BY_TAG[language()].serif
    return PROGRAM + PREAMBLE + HAN.replace("SERIF", serif) if serif else PREAMBLE


def lines_of(document: Document) -> Iterator[str]:
    yield preamble()
    yield r"\begin{document}"
    yield rf"\section*{{{words(document.title)}}}"
    yield words(document.about)
    if document.address:
        yield "\n" + rf"\texttt{{{escaped(document.address)}}}"
    yield rf"\subsection*{{{words(_(GIVEN))}}}"
    for letter, value in document.given:
        yield formula(f"{letter} = {value}")
    for group, parts in document.grouped():
        yield rf"\subsection*{{{words(group)}}}"
        for part in parts:
            yield from block(part)
    yield r"\end{document}"


def block(part: TakenLine) -> Iterator[str]:
    """One line, kept together on its page."""
    yield rf"\begin{{block}}\textbf{{{part.number}.\ {words(part.title)}}}" + "\n"
    yield words(part.text)
    if part.note:
        yield "\n" + rf"\emph{{{words(part.note)}}}"
    yield formula(part.shaped)
    yield formula(part.filled)
    yield rf"{{\small\texttt{{{escaped(part.code['numpy'])}}}}}" + "\n" + r"\end{block}" + "\n"


def formula(latex: str) -> str:
    return rf"\formula{{{latex}}}{{{breakable(latex)}}}"


def words(sentence: str) -> str:
    return with_formulas(sentence, escaped)


def escaped(text: str) -> str:
    return SPECIALS.sub(lambda sign: SPECIAL[sign[0]], text)
