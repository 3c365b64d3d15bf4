"""Carries out everything that can be taken away: ``python -m tests.measure.exports``.

Of every preset, walkthrough and layer the program in NumPy and in PyTorch, the notebook, and every formula as MathML;
with ``--latex`` each document is compiled (Debian: texlive-latex-base, texlive-latex-recommended, lmodern), with
``--pages`` the pages are opened from disk in Chromium, with no network, and compared with what the engine computes.
What is wrong is printed, then the figures; ``--folder`` keeps what was made.
"""

import argparse
import subprocess
import tempfile
import time
from pathlib import Path

from mlpviz.derivation.notation import Notation
from mlpviz.derivation.walkthroughs import WALKTHROUGHS
from mlpviz.examples.presets import PRESETS
from mlpviz.interface.exports.notebook import as_notebook
from mlpviz.interface.exports.paper import as_paper
from mlpviz.interface.exports.program import as_program
from tests.support.exports import LIBRARIES, documents, faults
from tests.support.mathml import faults as faults_of_formula
from tests.support.mathml import formulas_of

NOTATIONS = {"rows": Notation(), "columns": Notation("columns", first_layer=1, cost="L", output="yhat")}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("presets", nargs="*", default=list(PRESETS))
    parser.add_argument("--latex", action="store_true")
    parser.add_argument("--pages", action="store_true")
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for preset in options.presets:
            for name, notation in NOTATIONS.items():
                measured(preset, name, notation, folder, options.latex)
        if options.pages:
            from tests.measure.pages import all_pages

            all_pages(options.presets, folder)


def measured(preset, name, notation, folder, latex):
    """Everything of one preset in one notation, and how long it took."""
    began, count, wrong, pages = time.perf_counter(), 0, 0, 0
    for document in documents(preset, notation):
        count += 1
        found = faults(document)
        file = folder / f"{document.title.replace(', ', '-').replace(' ', '')}-{name}"
        write(document, file)
        if latex:
            fault, sheets = compiled(file.with_suffix(".tex"))
            pages += sheets
            found |= {"latex": fault} if fault else {}
        for kind, fault in found.items():
            wrong += 1
            print(f"{document.title}, {name}, {kind}: {fault}", flush=True)
    formulas = formulas_of(preset, notation, list(WALKTHROUGHS))
    unknown = {formula: fault for formula in formulas if (fault := faults_of_formula(formula))}
    for formula, fault in unknown.items():
        print(f"{preset}, {name}, MathML: {formula}: {fault}", flush=True)
    spent = time.perf_counter() - began
    sheets = f", {pages} pages of LaTeX" if latex else ""
    print(
        f"{preset:20}{name:9}{count:4} documents, {wrong} of their files wrong{sheets}; "
        f"{len(formulas)} formulas as MathML, {len(unknown)} wrong; {spent:.0f} s",
        flush=True,
    )


def write(document, file):
    """All files of a document."""
    file.with_suffix(".tex").write_text(as_paper(document), encoding="utf-8")
    file.with_suffix(".ipynb").write_text(as_notebook(document), encoding="utf-8")
    for library in LIBRARIES:
        file.with_name(f"{file.name}-{library}.py").write_text(as_program(document, library), encoding="utf-8")


def compiled(file):
    """What LaTeX has to say of a document, and its pages."""
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", file.name]
    run = subprocess.run(command, cwd=file.parent, capture_output=True, text=True, errors="replace", check=False)
    errors = [line for line in run.stdout.splitlines() if line.startswith("!")]
    wide = [line for line in run.stdout.splitlines() if line.startswith("Overfull") and points(line) > 20]
    count = run.stdout.rpartition("Output written on")[2].partition("(")[2].partition(" page")[0]
    fault = "; ".join(errors or wide[:2]) or ("" if run.returncode == 0 else run.stdout[-300:])
    return fault, int(count or 0)


def points(line):
    """How far a line of TeX's log says that something is too wide."""
    return float(line.partition("(")[2].partition("pt")[0] or 0)


if __name__ == "__main__":
    main()
