"""Documents of presets and walkthroughs, carried out as whoever takes them away would."""

import contextlib
import io
import json

import nbformat

from mlpviz.derivation.notation import Notation
from mlpviz.derivation.walkthroughs import WALKTHROUGHS
from mlpviz.interface.derive.payload import LinesPayload
from mlpviz.interface.exports.document import Document
from mlpviz.interface.exports.notebook import as_notebook
from mlpviz.interface.exports.program import as_program
from mlpviz.interface.stepper.payload import Payload
from tests.support.networks import case, view_of
from tests.support.oracle import require_torch
from tests.support.programs import walked

LIBRARIES = ("numpy", "torch")
ABOUT = "One pass & what it costs, 100 % of it: $5, {a_b}, #1, a\\b, ~c^d."
"""A sentence with everything that TeX and Markdown would take for their own."""


def of_pass(name, notation=Notation()):  # noqa: B008
    """The document of a network's pass."""
    update = case(name)
    return Document(name, ABOUT, "https://example.org/?a=1&b=2#c_d", Payload(update, view_of(update, notation)))


def of_walkthrough(walkthrough, name, notation=Notation()):  # noqa: B008
    """The documents of a walkthrough of a network, one for each layer."""
    for scene, chains in walked(WALKTHROUGHS[walkthrough], name, notation):
        payload = LinesPayload(scene, lambda _scene, chains=chains: chains)
        yield Document(f"{walkthrough}, {name}, layer {scene.layer}", ABOUT, "", payload, derives=True)


def documents(name, notation=Notation(), walkthroughs=tuple(WALKTHROUGHS)):  # noqa: B008
    """Every document of a network."""
    yield of_pass(name, notation)
    for walkthrough in walkthroughs:
        yield from of_walkthrough(walkthrough, name, notation)


def carried_out(text):
    """Runs a program as a file would be; what it prints. Raises what it raises."""
    scope, said = {"__name__": "__main__"}, io.StringIO()
    with contextlib.redirect_stdout(said), default_type():
        exec(compile(text, "taken.py", "exec"), scope)
    return said.getvalue()


@contextlib.contextmanager
def default_type():
    """A program may set PyTorch's type; the next test has its own."""
    torch = require_torch()
    before = torch.get_default_dtype()
    try:
        yield
    finally:
        torch.set_default_dtype(before)


def cells_carried_out(text):
    """Runs the code cells of a notebook in order; how many there are."""
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    code = [cell["source"] for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"]
    sources = ["".join(source) for source in code]
    carried_out("\n\n".join(sources))
    return len(sources)


def faults(document):
    """What does not run of a document, and what it raised."""
    texts = {library: as_program(document, library) for library in LIBRARIES}
    found = {name: raised(carried_out, text) for name, text in texts.items()}
    found["notebook"] = raised(cells_carried_out, as_notebook(document))
    return {name: fault for name, fault in found.items() if fault}


def raised(run, text):
    try:
        run(text)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""
