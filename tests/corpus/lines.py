"""Every line of the corpus: those by hand, and those that are made."""

from __future__ import annotations

from tests.corpus.generate import generated
from tests.corpus.line import Line
from tests.corpus.lines_later import LINES as LATER
from tests.corpus.lines_latex import LINES as LATEX
from tests.corpus.lines_libraries import LINES as LIBRARIES
from tests.corpus.lines_numpy import LINES as NUMPY
from tests.corpus.lines_rarer import LINES as RARER
from tests.corpus.lines_texts import LINES as TEXTS

LINES: list[Line] = [*NUMPY, *LATEX, *TEXTS, *LIBRARIES, *generated(), *LATER, *RARER]
