"""The template for translators holds every text on screen, and the documented commands make a catalogue of it."""

import gettext
import re
import subprocess
import sys
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from mlpviz.derivation.errata import ERRATA, EXERCISES
from mlpviz.derivation.walkthroughs import WALKTHROUGHS
from mlpviz.engine.initializers import INITIALIZERS
from mlpviz.engine.training.optimizers import OPTIMIZERS
from mlpviz.engine.training.schedules import SCHEDULES
from mlpviz.examples.datasets import DATASETS
from mlpviz.examples.presets import PRESETS
from mlpviz.examples.trainings import TRAININGS
from mlpviz.interface.shell import translation as text
from mlpviz.maths.activations import ACTIVATIONS
from mlpviz.maths.losses import LOSSES, REDUCTIONS
from mlpviz.setup.pages import PAGES
from tests.support.browser import PATIENCE, environment

ROOT = Path(__file__).parents[2]


COMMANDS = re.findall(r"^    (pybabel .*)$", text.__doc__, re.MULTILINE)
TABLES = (
    (PRESETS, ("title", "description", "source")),
    (DATASETS, ("title", "about")),
    (TRAININGS, ("title", "about")),
    (WALKTHROUGHS, ("title", "about")),
    (ERRATA, ("where", "why")),
    (EXERCISES, ("title", "line")),
    *((table, ("title",)) for table in (ACTIVATIONS, LOSSES, REDUCTIONS, INITIALIZERS, OPTIMIZERS, SCHEDULES)),
    (PAGES, ("title",)),
)
"""The tables whose entries are shown, and which of their properties are texts."""


@pytest.fixture(scope="module")
def texts(tmp_path_factory):
    """Every text of the template, as Babel reads it, singular and plural alike."""
    pofile = pytest.importorskip("babel.messages.pofile")
    folder = tmp_path_factory.mktemp("template")
    run(COMMANDS[0], folder)
    with (folder / "mlpviz.pot").open("rb") as template:
        ids = [message.id for message in pofile.read_po(template)]
    return {text for each in ids for text in (each if isinstance(each, tuple) else (each,))} - {""}


def test_every_title_of_every_table_is_in_the_template(texts):
    wanted = {getattr(entry, name) for table, names in TABLES for entry in table.values() for name in names}
    wanted |= {each.unposed for each in ERRATA.values()} - {""}
    assert wanted <= texts, wanted - texts


class Foreign(gettext.NullTranslations):
    """A language in which every text stands in guillemets, and which remembers what it was asked for."""

    def __init__(self):
        super().__init__()
        self.asked = set()

    def gettext(self, message):
        """The message in that language."""
        self.asked.add(message)
        return f"«{message}»"


OPENED = [{}, {"preset": "softmax-batch"}, {"preset": "digit"}, {"dataset": "moons", "widths": "2,8,1"}]
SEEN = ("title", "subheader", "markdown", "caption", "text", "info", "warning", "error", "button", "expander", "toggle")
FORMULA = re.compile(r"\${1,2}.*?\${1,2}|^\{.*\}$|<style>.*?</style>|`[^`]*`", re.DOTALL)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("query", OPENED, ids=lambda query: next(iter(query.values()), "default"))
def test_every_text_on_screen_is_in_the_template(texts, name, query, monkeypatch, tmp_path):
    """Each page in a language made for this test: what is asked of it is in the template, what is not is no words."""
    foreign = Foreign()
    monkeypatch.setenv("MLPVIZ_RUNS", str(tmp_path))
    monkeypatch.setattr(text, "catalog", lambda tag: foreign)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE)
    if name != "step":
        app.switch_page(PAGES[name].script)
    for part, value in query.items():
        app.query_params[part] = value
    app.run()
    assert not app.exception, app.exception[0].message
    assert foreign.asked <= texts, foreign.asked - texts
    shown = [getattr(each, part, "") for kind in SEEN for each in app.get(kind) for part in ("label", "value")]
    words = [each for each in shown if isinstance(each, str) and re.search(r"[^\W\d_]{3}", FORMULA.sub("", each))]
    plain = [each for each in words if "«" not in each]
    assert not plain


def test_the_documented_commands_make_a_catalogue_that_the_pages_find(tmp_path, monkeypatch):
    pytest.importorskip("babel")
    assert len(COMMANDS) == 3
    (tmp_path / "locale").mkdir()
    run(COMMANDS[0], tmp_path)
    run(COMMANDS[1], tmp_path)
    (made,) = (tmp_path / "locale").rglob("*.po")
    entry = 'msgid "Learning rate η"\nmsgstr ""'
    content = made.read_text(encoding="utf-8")
    assert entry in content
    made.write_text(content.replace(entry, entry.replace('msgstr ""', 'msgstr "學習率 η"')), encoding="utf-8")
    run(COMMANDS[2], tmp_path)
    monkeypatch.setattr(text, "LOCALE", tmp_path / "locale")
    monkeypatch.setattr(text, "language", lambda: "zh-Hant-TW")
    text.catalog.cache_clear()
    try:
        assert text._("Learning rate η") == "學習率 η"
        assert text._("Undo") == "Undo"
    finally:
        text.catalog.cache_clear()


def run(command, folder):
    """One of the commands, with the catalogues in a folder of the test."""
    there = command.replace("mlpviz/interface/locale", f"{folder}/locale").replace("mlpviz.pot", f"{folder}/mlpviz.pot")
    arguments = there.split()[1:]
    frontend = [sys.executable, "-m", "babel.messages.frontend"]
    subprocess.run([*frontend, *arguments], cwd=ROOT, env=environment(), check=True, capture_output=True)
