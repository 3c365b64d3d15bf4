"""What translators are given holds every text of every table."""

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
from mlpviz.interface.train.pictures import PICTURES
from mlpviz.maths.activations import ACTIVATIONS
from mlpviz.maths.losses import LOSSES, REDUCTIONS
from mlpviz.maths.messages import Message
from mlpviz.setup.pages import PAGES
from tests.support.catalogue import template_texts

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


def template_of(text):
    """What translators see of a text: of a message, without what is filled in."""
    return text.template if isinstance(text, Message) else text


def test_every_title_of_every_table_is_in_the_template():
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
