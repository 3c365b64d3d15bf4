"""A refusal calls what it refuses as the page does, in the learner's language."""

import pytest

from mlpviz.interface.shell.labels import labelled
from mlpviz.interface.shell.translation import speaking, told
from mlpviz.maths.messages import Message, message_of
from mlpviz.setup.checks import check_size
from mlpviz.setup.setup import BY_NAME


def refusal(act):
    with pytest.raises(ValueError) as refused:
        act()
    return message_of(refused.value)


@pytest.mark.parametrize(
    ("act", "english", "chinese"),
    [
        (lambda: BY_NAME["learning_rate"].read("-1"), "learning rate: found '-1'", "學習率：讀到「-1」"),
        (lambda: check_size((2,) * 99, 1), "widths: found 99 layers", "各層單元數：有 99 層"),
        (lambda: check_size((2, 0), 1), "widths: found '0'", "各層單元數：讀到「0」"),
        (lambda: check_size((2, 2), 0), "X: found 0 rows", "X：有 0 列"),
    ],
)
def test_a_property_is_called_as_on_the_page(act, english, chinese):
    message = refusal(act)
    assert told(labelled(message)).startswith(english)
    with speaking("zh-Hant"):
        assert told(labelled(message)).startswith(chinese)
        assert told(labelled(Message("{sentence}.", sentence=message))).startswith(chinese)


def test_what_names_no_property_stays_as_it_is():
    message = Message("{name}: found {here} numbers; accepted are {wanted}.", name="W[1]", here="2×3", wanted="3×2")
    assert labelled(message) == message
    assert labelled("as it stands") == "as it stands"
