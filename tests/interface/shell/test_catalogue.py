"""The template for translators holds every text on screen, and the documented commands make a catalogue of it."""

import pytest

from mlpviz.derivation.errata import ERRATA, EXERCISES, ChoiceExercise
from mlpviz.derivation.hands import HANDS
from mlpviz.derivation.texts import TEXTS
from mlpviz.derivation.walkthroughs import WALKTHROUGHS
from mlpviz.engine.initializers import INITIALIZERS
from mlpviz.engine.training.optimizers import OPTIMIZERS
from mlpviz.engine.training.schedules import SCHEDULES
from mlpviz.examples.datasets import DATASETS
from mlpviz.examples.presets import PRESETS
from mlpviz.examples.trainings import TRAININGS
from mlpviz.interface.shell import translation as text
from mlpviz.interface.train.pictures import PICTURES
from mlpviz.maths.activations import ACTIVATIONS
from mlpviz.maths.losses import LOSSES, REDUCTIONS
from mlpviz.maths.messages import Message
from mlpviz.setup.pages import PAGES
from tests.support.catalogue import COMMANDS, run, template_texts

TABLES = (
    (PRESETS, ("title", "description", "source")),
    (DATASETS, ("title", "about")),
    (TRAININGS, ("title", "about")),
    (WALKTHROUGHS, ("title", "about")),
    (TEXTS, ("title", "language", "about")),
    (HANDS, ("title", "language")),
    (ERRATA, ("where", "why")),
    (EXERCISES, ("title", "hint")),
    *((table, ("title",)) for table in (ACTIVATIONS, LOSSES, REDUCTIONS, INITIALIZERS, OPTIMIZERS, SCHEDULES)),
    (PAGES, ("title",)),
    (PICTURES, ("title",)),
)
"""The tables whose entries are shown, and which of their properties are texts."""


def test_singulars_plurals_and_inner_messages_are_found(tmp_path):
    babel = pytest.importorskip("babel.messages.pofile")
    source = tmp_path / "source.py"
    source.write_text(
        'Refusal(counted("{count} row", "{count} rows", 2))\n'
        'Message("in {place}", place=Message("a "\n"layer"))\n'
        'N_("mark")\n'
        'NN_("{count} mark", "{count} marks")\n'
    )
    run(COMMANDS[0].replace("app.py pages mlpviz", str(source)), tmp_path)
    with (tmp_path / "mlpviz.pot").open("rb") as template:
        ids = {message.id for message in babel.read_po(template)}
    assert ids == {
        "",
        ("{count} row", "{count} rows"),
        "in {place}",
        "a layer",
        "mark",
        ("{count} mark", "{count} marks"),
    }


def template_of(text):
    """What translators see of a text: of a message, without what is filled in."""
    return text.template if isinstance(text, Message) else text


def test_every_title_of_every_table_is_in_the_template():
    pytest.importorskip("babel")
    texts = template_texts()
    wanted = {
        template_of(getattr(entry, name)) for table, names in TABLES for entry in table.values() for name in names
    }
    wanted |= {item.words for each in TEXTS.values() for item in each.items}
    wanted |= {each.unposed for each in ERRATA.values()} - {""}
    choices = [each for each in EXERCISES.values() if isinstance(each, ChoiceExercise)]
    wanted |= {each.question for each in choices}
    answers = [answer for each in choices for answer in each.answers]
    wanted |= {each.text for each in answers if not each.is_formula} | {each.why for each in answers} - {""}
    assert wanted <= texts, wanted - texts


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
