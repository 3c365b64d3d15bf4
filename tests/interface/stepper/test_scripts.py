"""The stepper's script: its modules by themselves in node, and all of them in the one scope in which they travel."""

import io
import itertools
import json
import os
import re
import subprocess
from collections import Counter
from gettext import GNUTranslations, NullTranslations

import numpy as np
import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

import mlpviz
from mlpviz.derivation.notation import Notation
from mlpviz.derivation.walkthroughs import WALKTHROUGHS
from mlpviz.engine.descent import Update
from mlpviz.engine.evaluate import evaluate
from mlpviz.examples.presets import PRESETS
from mlpviz.interface.derive.payload import LinesPayload
from mlpviz.interface.shell import translation
from mlpviz.interface.stepper.assets import modules, script
from mlpviz.interface.stepper.messages import MESSAGES, messages
from mlpviz.maths.expressions import Apply, Symbol
from mlpviz.maths.primitives import PRIMITIVES
from tests.support.browser import ROOT
from tests.support.exports import of_pass
from tests.support.lines import scenes
from tests.support.networks import case
from tests.support.node import node, travelled
from tests.support.opened import Opened
from tests.support.oracle import problem

TESTS = sorted((ROOT / "tests/interface/stepper/scripts").glob("*.test.mjs"))
NAME = re.compile(r"^(?:export )?(?:async )?(?:function|const|class) (\w+)", re.MULTILINE)
EXPORTED = re.compile(r"^export (?:async )?(?:function|const) (\w+)", re.MULTILINE)
IMPORTED = re.compile(r'^import \{([^}]*)\} from "\./(\w+)\.js";$', re.MULTILINE)
POINTS = [0.25, 1.0, 3.0]
COUNTED = {key: message for key, message in MESSAGES.items() if isinstance(message, tuple)}
LANGUAGES = ["en", "zh_Hant", "fr", "pl", "ru", "ar", "ga", "lv", "mt", "sl", "cy"]
OF_TWO = {"maximum", "minimum", "greater", "weighted"}


def values(name):
    """What a primitive gives in Python, of each point its arguments and its value."""
    symbols = [Symbol("u"), Symbol("v")][: 2 if name in OF_TWO else 1]
    points = itertools.product(POINTS, repeat=len(symbols))
    at = lambda point: dict(zip(symbols, map(np.float64, point), strict=True)).get  # noqa: E731
    return [(point, float(evaluate(Apply(name, tuple(symbols)), at(point)))) for point in points]


def spoken(tag):
    """The stepper's messages in a language, and what gettext says there of many counts."""
    language = catalogue(tag)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(translation, "catalog", lambda _tag: language)
        sent = messages()
    counts = [*range(130), *range(195, 235), 1000, 1001, 1002, 1011, 1021, 4099]
    told = {key: [language.ngettext(*pair, count) for count in counts] for key, pair in COUNTED.items()}
    return {"tag": tag, "messages": sent, "counts": counts, "told": told}


def catalogue(tag):
    """A language with its rule for plurals, and every counted sentence in each form that the rule tells apart."""
    made = Catalog(locale=tag)
    for one, many in COUNTED.values():
        made.add((one, many), tuple(f"{many} {form}" for form in range(made.num_plurals)))
    file = io.BytesIO()
    write_mo(file, made)
    return GNUTranslations(io.BytesIO(file.getvalue())) if tag != "en" else NullTranslations()


def asked():
    """The payloads of which results are predicted, by name: every preset's, and walkthroughs' lines."""
    passes = {name: travelled(case(name))[0] for name in (*PRESETS, "everything", "kinks")}
    columns = {f"{name} in columns": travelled(case(name), Notation("columns"))[0] for name in ("two-three-two", "xor")}
    lines = {
        f"{walkthrough.name} on {preset}": LinesPayload(scene, walkthrough.chains).data(parameter="line", digits=3)
        for walkthrough, preset in itertools.product(WALKTHROUGHS.values(), ("two-three-two", "softmax-batch"))
        for scene in itertools.islice(scenes(walkthrough, preset, Notation()), 1)
    }
    architecture = mlpviz.Architecture((3, 4, 2), ("tanh", "sigmoid"), "half_squared_error", "mean_samples")
    parameters, X, Y = problem(architecture, 12, seed=2)  # more samples than travel: nothing is live
    partly = travelled(Update(mlpviz.backpropagate(parameters, X, Y), 0.5))[0]
    return passes | columns | lines | {"in part": partly}


PAPERS = [("mazur", Notation()), ("softmax-batch", Notation("columns", division="gradients")), ("digit", Notation())]


def paper(name, notation):
    """A pass as it travels, and each of its lines as documents have it."""
    document = of_pass(name, notation)
    lines = [{key: getattr(part, key) for key in ("formula", "shaped", "filled")} for part in document.parts]
    return {"name": name, "data": travelled(case(name), notation)[0], "lines": lines}


@pytest.fixture(scope="module")
def given(tmp_path_factory):
    """What the tests in node read, each in a file that a variable names."""
    folder = tmp_path_factory.mktemp("given")
    content = {
        "PRIMITIVES": {name: values(name) for name in PRIMITIVES},
        "MAZUR": travelled(case("mazur"))[0],
        "ASKED": asked(),
        "LINES": Opened("derive", preset="mazur", walkthrough="entries").payload,
        "PAPERS": [paper(name, notation) for name, notation in PAPERS],
        "LANGUAGES": [spoken(tag) for tag in LANGUAGES],
    }
    for name, each in content.items():
        (folder / name).write_text(json.dumps(each), encoding="utf-8")
    return {name: str(folder / name) for name in content}


@pytest.mark.parametrize("file", TESTS, ids=[file.name.removesuffix(".test.mjs") for file in TESTS])
def test_in_node(file, given):
    run = subprocess.run(
        [node(), str(file)], env={**os.environ, **given}, capture_output=True, encoding="utf-8", check=False
    )
    assert run.returncode == 0, run.stdout


EACH_ALONE = """
import { Worker } from "node:worker_threads";
for (const path of process.argv.slice(1)) {
  const alone = new Worker(`import(${JSON.stringify(path)})`, { eval: true });
  await new Promise((ended, fail) => alone.on("error", fail).on("exit", ended));
}
"""
"""Loads modules one after the other, each in a thread that has loaded none of them yet."""


def test_every_module_can_be_loaded_by_itself():
    paths = [(ROOT / f"mlpviz/interface/stepper/js/{name}.js").as_uri() for name in modules()]
    assert len(paths) > 20
    subprocess.run([node(), "--input-type=module", "-e", EACH_ALONE, *paths], check=True)


def test_in_one_scope_every_name_is_there_once_and_nothing_of_a_module_is_left():
    counts = Counter(name for text in modules().values() for name in NAME.findall(text))
    assert [name for name, count in counts.items() if count > 1] == []
    assert re.findall(r"^(?:import|export) .*", script(), re.MULTILINE) == [
        "export default function ({ parentElement }) {"
    ]


def test_the_script_in_one_scope_is_a_script(tmp_path):
    file = tmp_path / "script.mjs"
    file.write_text(script(), encoding="utf-8")
    run = subprocess.run([node(), "--check", str(file)], capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stderr


def test_what_is_imported_is_exported_and_used_and_what_is_exported_is_imported():
    taken = set()
    for name, text in modules().items():
        body = IMPORTED.sub("", text)
        for words, other in IMPORTED.findall(text):
            for word in words.replace(" ", "").split(","):
                assert word in EXPORTED.findall(modules()[other]), f"{name} imports {word} from {other}"
                assert re.search(rf"\b{word}\b", body), f"{name} imports {word} and does not use it"
                taken.add(word)
    tested = set(re.findall(r"\w+", " ".join(file.read_text(encoding="utf-8") for file in TESTS)))
    exported = {word for text in modules().values() for word in EXPORTED.findall(text)}
    assert exported - taken - tested == set()


def test_a_message_that_counts_is_given_its_count():
    calls = [call for text in modules().values() for call in re.findall(r"\bsay\(ui, .*", text)]
    for key in COUNTED:
        said = [call for call in calls if f'"{key}"' in call]
        assert said, key
        assert all(re.search(r"\bcount\b", call) for call in said), said
    assert all("{count}" in template for pair in COUNTED.values() for template in pair)


def test_english_has_a_singular_and_a_plural():
    assert messages()["rest"] == {
        "forms": ["the other {count} samples", "the other {count} sample"],
        "of": "01" + 198 * "0",
    }
