"""The stepper's own script, run by node where there is no browser."""

import json
import shutil
import subprocess
from base64 import b64decode
from functools import cache

import numpy as np
import pytest

from mlpviz.derivation.notation import Notation
from mlpviz.interface.stepper.payload import Payload
from mlpviz.interface.stepper.program import program
from mlpviz.maths.expressions import Symbol, walk
from tests.support.browser import ROOT
from tests.support.networks import cells, view_of

ROWS = Notation()


@cache
def node():
    """The path of node; a test without it is skipped."""
    return shutil.which("node") or pytest.skip("no node on this machine (Debian: apt-get install nodejs)")


@cache
def expander():
    """A process that expands entries of trees as the browser does, for all tests of this worker."""
    script = ROOT / "tests/support/expansions.mjs"
    return subprocess.Popen([node(), str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")


def expanded(matrices, asked):
    """What ``asked``, pairs of a tree and its cells (row, column), come to; a list of numbers for each."""
    process = expander()
    question = {"matrices": matrices, "asked": [{"tree": tree, "cells": places} for tree, places in asked]}
    process.stdin.write(json.dumps(question) + "\n")
    process.stdin.flush()
    return [[float(text) for text in values] for values in json.loads(process.stdout.readline())]


@cache
def evaluating():
    """A process that evaluates programs as the browser does, for all tests of this worker."""
    script = ROOT / "tests/support/evaluations.mjs"
    return subprocess.Popen([node(), str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")


def evaluated(update, updates=0):
    """Every array of an update as the browser computes it, after some updates in a row, by its symbol."""
    values = answered({"updates": updates, **posed(update)})["values"]
    symbols = symbols_in(update)
    return {symbols[key]: np.array(list(map(float, entries))) for key, entries in values.items() if key in symbols}


def course(update, moves, most=None):
    """Where a course of updates stands after each of some moves, ["advance", how many] or ["to", where].

    Its place, its furthest place, what stopped it, and the arrays that updates move, as texts that tell every bit.
    """
    return answered({"moves": moves, "most": most, **posed(update)})["stood"]


def answered(question):
    process = evaluating()
    process.stdin.write(json.dumps(question) + "\n")
    process.stdin.flush()
    return json.loads(process.stdout.readline())


def posed(update):
    """The program of an update, and the numbers that it is given as texts."""
    made, symbols = program(update), symbols_in(update)
    keys = [row[-1] for row in made["rows"] if row[0] == "given"]
    texts = {
        key: [str(x).replace("inf", "Infinity") for x in host(update.value(symbols.get(key, Symbol(key)))).ravel()]
        for key in keys
    }
    return {"program": made, "given": texts}


def symbols_in(update):
    """The symbols of an update's equations by their keys."""
    nodes = [node for step in update.steps for node in (step.equation.target, *walk(step.equation.value))]
    return {str(node): node for node in nodes if isinstance(node, Symbol)}


def host(value):
    return np.atleast_2d(np.asarray(value, np.float64))


def travelled(update, notation=ROWS):
    """The payload of an update after its journey to the browser, and its formulas."""
    payload = Payload(update, view_of(update, notation))
    text = json.dumps(payload.data(digits=3, start=0, focus=True), allow_nan=False)
    return json.loads(text), list(payload.formulas)


def shown(raw):
    """A matrix of a payload as it is shown: the true rows and columns that travelled, and their values."""
    rows, columns = (
        list(range(size)) if kept is None else kept
        for kept, size in zip((raw["rows"], raw["columns"]), raw["shape"], strict=True)
    )
    values = raw["times"] * np.frombuffer(b64decode(raw["values"]), "<f8").reshape(len(rows), len(columns))
    return (columns, rows, values.T) if raw["transposed"] else (rows, columns, values)


def check_expansions(data, most):
    """Each step's tree gives its target's entries: all of them, or ``most`` of each array. The number of entries."""
    asked, right = [], []
    for step in data["steps"]:
        raw = data["matrices"][step["target"]]
        rows, columns, values = shown(raw)
        assert step["tree"]["shape"] == raw["shape"][:: -1 if raw["transposed"] else 1], step["name"]
        places = cells(values.shape, most, seed=step["index"])
        asked.append((step["tree"], [(rows[i], columns[j]) for i, j in places]))
        right.append(([values[place] for place in places], 1e-12 * (1 + np.max(np.abs(values)))))
    for step, sums, (values, rounding) in zip(data["steps"], expanded(data["matrices"], asked), right, strict=True):
        assert sums == pytest.approx(values, rel=1e-9, abs=rounding), (step["name"], step["layer"])
    return sum(len(places) for _, places in asked)
