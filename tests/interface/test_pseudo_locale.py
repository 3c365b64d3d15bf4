"""No English is left on any page in a language in which every message stands in brackets, and Babel finds each."""

import re

import numpy as np
import pytest

from mlpviz.derivation.errata import EXERCISES, FormulaExercise, ProgramExercise
from mlpviz.derivation.walkthroughs import WALKTHROUGHS
from mlpviz.engine.devices import devices
from mlpviz.engine.initializers import initialize
from mlpviz.engine.training.optimizers import OPTIMIZERS
from mlpviz.examples.datasets import DATASETS
from mlpviz.examples.presets import PRESETS
from mlpviz.interface.shell import translation
from mlpviz.jobs import folder, local, worker
from mlpviz.jobs.run import FAILED, FINISHED
from mlpviz.jobs.spec import Spec
from mlpviz.maths.activations import ACTIVATIONS
from mlpviz.maths.expressions import Symbol
from mlpviz.maths.losses import LOSSES
from mlpviz.maths.messages import ENGLISH, VERBATIM
from mlpviz.setup import limits
from mlpviz.setup.pages import PAGES
from mlpviz.setup.setup import BY_NAME
from tests.support.catalogue import template_texts
from tests.support.opened import Opened
from tests.support.pseudo_locale import WORD, english, outside, spoken_everywhere, texts_of
from tests.support.runs import ARCHITECTURE, MEASURE, data

POPOVERS = ("share", "notation", "spelling", "train.settings", "train.sweep")
"""Panels that are filled when they are opened."""


@pytest.fixture(autouse=True)
def language(monkeypatch, tmp_path):
    """The bracketed language, and a folder without runs."""
    monkeypatch.setenv("MLPVIZ_RUNS", str(tmp_path))
    return spoken_everywhere(monkeypatch)


GLOSSARY = "简体中文"
"""The head of the table that shows words in three languages."""

TABLES = (PRESETS, BY_NAME, ACTIVATIONS, LOSSES, DATASETS)
CHOICES = {"preset"} | {word for table in TABLES for name in table for word in WORD.findall(name)}
"""What stands in a link: shown where a refusal lists what it accepts."""

MACHINE = set(WORD.findall(devices()["cpu"].title))
"""What the processor is called."""


def assert_foreign(page, names=()):
    """All that the page asked the language for is in the template, and no words of ours are left but for some names."""
    texts = [text for text in texts_of(page.app) if GLOSSARY not in text]
    asked = translation.catalog("").asked - {VERBATIM}
    assert asked <= template_texts(), asked - template_texts()
    left = {word: text for text in texts for word in english([text], MACHINE | set(names))}
    assert not left, "\n".join(f"{word}: {outside(text).strip()[:200]}" for word, text in left.items())


OPENED = [{}, {"preset": "softmax-batch"}, {"preset": "digit"}, {"dataset": "moons", "widths": "2,8,1"}]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("query", OPENED, ids=lambda query: next(iter(query.values()), "default"))
def test_every_page(name, query):
    assert_foreign(Opened(name, **query))


def test_the_update_of_every_optimizer_and_of_a_run():
    for name in OPTIMIZERS:
        assert_foreign(Opened("step", optimizer=name))
    home = "v=1&preset=two-three-two&end=1"
    assert_foreign(Opened("step", optimizer="adam", stepped="0" * 16, home=home, updates=3, batch_size=4))


@pytest.mark.parametrize("name", PAGES)
def test_open_panels(name):
    page = Opened(name)
    for key in POPOVERS:
        page.app.session_state[key] = True
    assert_foreign(page.run())


@pytest.mark.parametrize("name", WALKTHROUGHS)
def test_walkthroughs(name):
    names = WORD.findall(broadcast_error()) if name == "batch" else ()
    assert_foreign(Opened("derive", preset="softmax-batch", walkthrough=name), names)


def broadcast_error():
    """What NumPy says of shapes that do not fit, which the walkthrough of the batch shows as it is."""
    with pytest.raises(ValueError) as error:
        np.zeros((3, 4)) + np.zeros(3)
    return str(error.value)


def test_exercises():
    page = Opened("check", exercise=next(iter(EXERCISES)))
    for exercise in EXERCISES.values():
        code = ()
        if isinstance(exercise, FormulaExercise | ProgramExercise):
            code = re.findall(r"\w+", exercise.formula + exercise.answer)
            page.fill("formula", "Y").fill("formula", exercise.formula)
            page.press("hint")
            assert_foreign(page, code)
            page.fill("formula", exercise.answer)
        else:
            tried(page, exercise)
        assert_foreign(page, code)
        page.press("next exercise")


def tried(page, exercise):
    """Choose a wrong answer, ask for the hint, then choose the right one."""
    right = [answer.right for answer in exercise.answers].index(True)
    page.press(f"answer {0 if right else 1}").press("hint")
    assert_foreign(page)
    page.press(f"answer {right}")


FORMULAS = {
    "right": "delta[2].T @ A[1]",
    "wrong": "delta[2].T @ A[1] / m",
    "sign": "-delta[2].T @ A[1]",
    "shape": "A[1] @ delta[2]",
    "transposed": "(delta[2].T @ A[1]).T",
    "refused": "delta[2].T @ Q",
    "torn": "delta[2].T @ (A[1]",
    "number": "1e999",
    "power": "A[1]**2",
    "long": "A" * (limits.FORMULA + 1),
    "square": "W[2]",
}


@pytest.mark.parametrize("formula", FORMULAS.values(), ids=FORMULAS)
def test_formulas(formula):
    page = Opened("check", preset="softmax-batch")
    page.choose("target", Symbol("dW", 2))
    assert_foreign(page.fill("formula", formula), [formula])


TYPED = {
    "a name of one's own": "dW2 = delta2.T @ hidden",
    "what may be meant": "dW2 = delta2.T @ (A1",
    "a derivation": "dW2 = delta2.T @ A1 = delta2 @ A1 = A1 @ delta2",
    "a program": "Z1 = X @ W1.T + b1\nA1 = np.tanh(Z1)\nq = foo(A1)\nn = 3\ndb1 = np.sum(A1)\nW1 += 0.1 * dW1",
    "one line wrong": "dZ2 = dZ3 @ W3 * A2\ndW2 = dZ2 @ A1\ndb2 = dZ2.sum(axis=1)",
}
"""What has panels of its own below the box."""


@pytest.mark.parametrize("text", TYPED.values(), ids=TYPED)
def test_what_is_typed(text):
    page = Opened("check", preset="softmax-batch")
    page.fill("formula", text)
    for number in range(1, 9):
        page.app.session_state[f"folded {number}"] = page.app.session_state[f"folded side {number}"] = True
    assert_foreign(page.run(), [*WORD.findall(text), "axis", "keepdims", "True"])


LINKS = {
    "widths": {"widths": "0"},
    "preset": {"preset": "nosuch"},
    "cut off": {"v": "1", "seed": "2"},
    "long": {"X": "1," * 30_000},
    "unknown": {"witdhs": "2"},
    "loss": {"loss": "cross_entropy", "activations": "relu,relu"},
    "columns": {"X": "1"},
    "labels": {"activations": "relu,sigmoid", "loss": "binary_cross_entropy", "Y": "1,1.5"},
    "layers": {"widths": "2,4,4,2", "activations": "relu,relu"},
    "left out": {"v": "1", "left_out": "X,Y", "end": "1"},
}


@pytest.mark.parametrize("query", LINKS.values(), ids=LINKS)
def test_links(query):
    page = Opened("network", **query)
    assert_foreign(page, CHOICES)


EDITS = {
    "units": lambda page: page.fill("widths", "2,4,2"),
    "inputs": lambda page: page.fill("widths", "4,3,2"),
    "seed": lambda page: page.fill("seed", "9"),
    "no number": lambda page: page.fill("l2", "x"),
    "paste": lambda page: pasted(page, "X", "1,x"),
    "pasted shape": lambda page: pasted(page, "Y", "1\n2\n3"),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_edits(edit):
    page = Opened("network")
    edit(page)
    assert page.app.error or page.app.info
    assert_foreign(page)


def pasted(page, name, text):
    """Put a text into a matrix."""
    page.app.text_area(key=f"paste {name}").set_value(text)
    page.press(f"put {name}")


SETTINGS = {"learning_rate": "0", "batch_size": "x", "epochs": "1.5", "validation": "1", "seed": "-1"}


@pytest.mark.parametrize(("name", "text"), SETTINGS.items())
def test_refused_settings(name, text):
    page = Opened("train", dataset="moons", widths="2,8,1")
    page.fill(name, text)
    assert page.errors
    assert_foreign(page)


@pytest.mark.parametrize(("name", "text"), [("batch_size", "4096"), ("validation", "0.001")])
def test_refused_starts(name, text):
    page = Opened("train", dataset="moons", widths="2,8,1", **{name: text})
    page.press("train.start")
    assert page.errors
    assert_foreign(page)


FILES = {
    "good": b"a,b,kind\n" + b"".join(b"%d,%d,%s\n" % (k % 7, k % 5, b"cat" if k % 2 else b"dog") for k in range(60)),
    "empty": b"",
    "torn row": b"a,b\n1,2\n3,4,5\n",
    "picture": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "column": b"a\n1\n2\n",
    "quote": b'a,b\n1,"2\n3,4\n',
    "wide": b",".join([b"1"] * 100_000),
    "cell": b"a,b,c\n1,2,3\n2,two,4\n3,4,5\n5,6,7\n",
    "classes": b"x,class\n" + b"".join(b"%d,c%d\n" % (k, k) for k in range(500)),
}


@pytest.mark.parametrize("content", FILES.values(), ids=FILES)
def test_tables(content):
    page = Opened("train")
    page.app.file_uploader[0].set_value(("table.csv", content, "text/csv"))
    page.run()
    if not page.errors:
        page.press("train.take table")
    assert_foreign(page, ["table", "csv", "kind", "cat", "dog", "class"])


def run_of(path, **settings):
    """A run that has ended."""
    theta = initialize(ARCHITECTURE, "he_normal", 0).flat
    chosen = {"epochs": 3, "batch_size": 20, "validation": 0.2, "measure": MEASURE, **settings}
    meaning = {"kind": "two", "inputs": ["x1", "x2"], "outputs": ["A", "B"], "image": None, "standardised": False}
    run = folder.create(path, Spec(ARCHITECTURE, chosen, about={"data": meaning}), *data(), theta)
    worker.work(run)
    return run


@pytest.mark.parametrize(
    "settings",
    [{"learning_rate": 0.01}, {"learning_rate": 1e30, "optimizer": "sgd"}, {"target_cost": 10.0}, {"patience": 1}],
    ids=["finished", "diverged", "reached", "patience"],
)
def test_runs_that_have_ended(settings, tmp_path):
    run = run_of(tmp_path, **{"learning_rate": 0.01, **settings})
    assert run.status.state == FINISHED
    other = run_of(tmp_path, learning_rate=0.02)
    page = Opened("train", widths="2,8,1", run=run.id, compared=f"{run.id},{other.id}")
    assert_foreign(page)


def test_a_run_whose_worker_died(tmp_path):
    run = run_of(tmp_path, learning_rate=0.01)
    run.fail(local.always_dies(run, 3, -9))
    assert run.status.state == FAILED
    assert_foreign(Opened("train", widths="2,8,1", run=run.id))


@pytest.mark.parametrize("damage", ["spec.json", "arrays.npz"])
def test_a_damaged_run(damage, tmp_path):
    run = run_of(tmp_path, learning_rate=0.01)
    (run.path / damage).write_bytes(b"PK\x03\x04")
    said = "arrays.npz File is not a zip file, Expecting value line 1 column 1 char 0"  # by the libraries that read it
    assert_foreign(Opened("train", widths="2,8,1", run=run.id), WORD.findall(said))


def test_numbers_that_are_not_finite():
    assert_foreign(Opened("step", entries="only~W1.0.0:1e300~W2.0.0:1e300", X="1e300,1"))


def test_the_brackets_are_seen():
    texts = ["⟦Undo⟧", "⟦Layer {number}⟧ · 3", "Undo", "`code` $x^{abc}$ sigmoid", "⟦a ⟦inner⟧ b⟧ left"]
    assert english(texts) == {"Undo": 1, "left": 1}
    assert np.all([english([text]) == {} for text in texts[:2]])


@pytest.mark.parametrize("name", PAGES)
def test_a_language_that_is_chosen_reaches_every_word(name, monkeypatch):
    """What was made in the language before is made anew, and what is chosen anew is not kept from the one before."""
    bracketed = translation.catalog("")
    monkeypatch.setattr(translation, "catalog", lambda tag: ENGLISH if tag == "en" else bracketed)
    page = Opened(name, preset="softmax-batch")
    in_english = sorted(texts_of(page.run().app))
    page.app.session_state["languages"] = True
    page.run().press("language zh-Hant")
    assert_foreign(page)
    if name == "network":
        return  # a menu whose entries have changed cannot be left in this browser's place
    page.app.session_state["languages"] = True
    page.run().press("language en")
    assert sorted(texts_of(page.run().app)) == in_english
