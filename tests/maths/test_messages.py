"""Messages are their English sentence, and can be told in another language, stored, sent and counted."""

import gettext
import json
import pickle

import pytest

from mlpviz.maths.messages import NC_, Message, Refusal, alternatives, counted, listed, message_of


class Shouting(gettext.NullTranslations):
    """A catalogue that marks every template, the plural ones by their form."""

    def gettext(self, message):
        return f"⟦{message}⟧"

    def ngettext(self, one, many, count):
        return f"⟦{one if count == 1 else many}⟧"


ROWS = counted("{count} row", "{count} rows", 3)
NESTED = Message("{name} has {rows}, not {least!r}", name="X", rows=ROWS, least="2")


def test_a_message_is_its_english_sentence():
    assert NESTED == "X has 3 rows, not '2'"
    assert counted("{count} row", "{count} rows", 1) == "1 row"
    assert Message("{share:.0%} of {count:,}", share=0.25, count=1000) == "25% of 1,000"


def test_a_number_is_told_with_a_real_minus_and_what_was_typed_as_it_was():
    message = Message(
        "found {value:g} and {count} of {all!r}, not {text!r}", value=-1e-7, count=-2, all=-0.5, text="-3"
    )
    assert message == "found -1e-07 and -2 of -0.5, not '-3'"
    assert message.told() == "found −1e−07 and −2 of −0.5, not '-3'"
    assert Message("so {inner}", inner=message).told() == f"so {message.told()}"


def test_a_detail_that_begins_a_sentence_has_a_capital_letter():
    assert Message("{loss!c} is low.", loss=Message("cross-entropy of Y")) == "Cross-entropy of Y is low."
    assert Message("{name!c}{value!r}", name="", value="x") == "'x'"


def test_a_list_is_told_in_the_same_language():
    names = [Message("rows"), Message("columns"), Message("layers")]
    assert listed(names) == "rows, columns, layers"
    assert listed(names[:2]).told(Shouting()) == "⟦⟦rows⟧, ⟦columns⟧⟧"
    assert listed(names[:1]) == "rows"


def test_details_are_told_in_the_same_language():
    assert NESTED.told(Shouting()) == "⟦X has ⟦3 rows⟧, not ⟦'2'⟧⟧"


@pytest.mark.parametrize("message", [NESTED, ROWS, Message(""), alternatives("abc")], ids=repr)
def test_a_message_survives_a_file_and_another_process(message):
    for again in (Message.from_json(json.loads(json.dumps(message.as_json()))), pickle.loads(pickle.dumps(message))):
        assert again == message
        assert again.told(Shouting()) == message.told(Shouting())


def test_a_plain_text_is_a_message_with_nothing_to_translate():
    assert Message.from_json("as it {stands}") == "as it {stands}"
    assert Message.from_json("as it {stands}").told(Shouting()) == "as it {stands}"


@pytest.mark.parametrize("value", [3, {"template": "a"}, {"template": "{a}", "many": "", "details": {}}])
def test_what_is_no_message_is_refused(value):
    with pytest.raises(ValueError, match="message"):
        Message.from_json(value)


def test_a_template_cannot_reach_into_its_details():
    with pytest.raises(KeyError):
        Message("{value.__class__}", value=1)


def test_a_refusal_is_a_value_error_with_a_message():
    refusal = Refusal("{argument} must be {right}", argument="seed", right=alternatives([1, 2]))
    assert str(refusal) == "seed must be 1 or 2"
    assert pickle.loads(pickle.dumps(refusal)).message.told(Shouting()) == "⟦seed must be ⟦1 or 2⟧⟧"
    assert message_of(refusal) is refusal.message
    assert message_of(OSError("no {room}")) == "no {room}"


def test_alternatives():
    assert [str(alternatives("abc"[:n])) for n in (1, 2, 3)] == ["a", "a or b", "a, b or c"]


def test_one_english_word_in_two_contexts_is_translated_twice():
    catalogue = Contexts()
    page, slider = NC_("page", "Step"), NC_("step", "Step")
    assert page == slider == "Step"
    assert Message(page).told(catalogue) == "page: Step"
    assert Message("Step").told(catalogue) == "Step"
    outer = Message("{page} and {slider}", page=Message(page), slider=Message(slider))
    for made in (outer, Message.from_json(json.loads(json.dumps(outer.as_json()))), pickle.loads(pickle.dumps(outer))):
        assert made == "Step and Step"
        assert made.told(catalogue) == "page: Step and step: Step"


class Contexts(gettext.NullTranslations):
    """A language that says each message's context."""

    def pgettext(self, context, message):
        return f"{context}: {message}"
