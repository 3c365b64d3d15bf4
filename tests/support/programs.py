"""Lines of code, run after the arrays that they name, and compared with the array that they compute."""

import re
from contextlib import contextmanager

import numpy as np

import mlpviz
from mlpviz.derivation.printing.code import DIALECTS, CodePrinter
from mlpviz.derivation.printing.line_code import LineCoder
from mlpviz.derivation.scene import DerivationView, Scene
from mlpviz.engine.descent import Update
from mlpviz.maths.expressions import Symbol
from mlpviz.maths.symbols import QUANTITIES
from tests.support.networks import LEARNING_RATE, case, same
from tests.support.oracle import require_torch


@contextmanager
def libraries():
    """What stands at the top of a reader's file in each dialect, and how an array gets there and back."""
    import scipy.special

    torch = require_torch()
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    yield {
        "numpy": ({"np": np, "scipy": scipy}, np.array, np.asarray),
        "torch": ({"torch": torch, "F": torch.nn.functional}, lambda x: torch.tensor(np.array(x)), np.asarray),
    }
    torch.set_default_dtype(before)


def names_of(scene, printer, array):
    """Every array of the pass under the name that code gives it."""
    architecture, names = scene.architecture, {}
    for quantity in QUANTITIES.values():
        if quantity.name in {*architecture.absent, "n", "scale"}:
            continue
        layers = range(quantity.lowest, architecture.depth + 1) if quantity.layered else [None]
        for layer in layers:
            symbol = Symbol(quantity.name, layer)
            try:
                value = scene.shown(symbol)
            except (KeyError, ValueError):  # of the second pass, say, which no line names
                continue
            put(names, printer.symbol(symbol), value if np.ndim(value) == 0 else array(value))
    return names


def put(names, name, value):
    """Give a variable, or an item of a list, its value."""
    if found := re.fullmatch(r"(\w+)\[(\d+)\]", name):
        names.setdefault(found[1], {})[int(found[2])] = value
    else:
        names[name] = value


def wrong_lines(scene, chains, opened):
    """The lines of some chains whose code is not their array: each with what it gave or why it did not run."""
    wrong = []
    for dialect in DIALECTS:
        library, array, back = opened[dialect]
        coder = LineCoder(scene.view, dialect)
        names = {**library, **names_of(scene, CodePrinter(scene.view, dialect), array)}
        for chain in chains:
            right = np.atleast_2d(scene.shown(chain.target))
            for line in chain.lines:
                text = coder.line(chain.target, line.value)
                problem = fault(text, dict(names), back, right)
                if problem:
                    wrong.append((dialect, scene.view.notation, scene.layer, line.title, text, problem))
    return wrong


def fault(text, names, back, right):
    """What is wrong with the array that a line computes, or None."""
    left = text.split(" = ")[0]
    if found := re.match(r"(\w+)\[", left):
        names[found[1]] = dict(names.get(found[1], {}))
    try:
        with np.errstate(all="ignore"):
            exec(text, names)
    except Exception as error:
        return repr(error)
    given = back(eval(left, names))
    if given.shape != right.shape:
        return f"its shape is {given.shape} instead of {right.shape}"
    return None if same(given, right) else f"{given} instead of {right}"


def walked(walkthrough, name, notation):
    """A walkthrough's scenes of a case and their chains, one for each layer; of its first sample unless of a batch."""
    update = case(name)
    trace = update.trace
    if not walkthrough.batch and trace.batch_size > 1:
        update = Update(mlpviz.backpropagate(trace.parameters, trace.A[0][:1], trace.Y[:1]), LEARNING_RATE)
    for layer in walkthrough.layers(trace.architecture):
        scene = Scene(update, DerivationView.of(update.trace, notation), layer)
        yield scene, walkthrough.chains(scene)
