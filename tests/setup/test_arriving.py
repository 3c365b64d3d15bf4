"""Links as they arrive: added to, cut off, damaged. What can be read is opened, and the rest is said."""

import re
from urllib.parse import parse_qsl

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlpviz.setup.arriving import arrived
from mlpviz.setup.beside import BESIDE, written_beside
from mlpviz.setup.checks import checked
from mlpviz.setup.link import as_text, encode
from mlpviz.setup.setup import PROPERTIES, replaced
from tests.support.setups import BASE, BASES, BATCH

ALONE = [
    ({"widths": "2,0,2"}, "widths"),
    ({"activations": "relu,magic"}, "activations"),
    ({"loss": "cross_entropy", "activations": "relu,relu"}, "cross_entropy"),
    ({"X": "1,2;3,4"}, "Y"),
    ({"X": "1,2;3"}, "X"),
    ({"entries": "W7.0.0:1"}, "entries"),
    ({"sample": "5"}, "sample"),
    ({"v": "2", "end": "1"}, "v"),
    ({"preset": "nosuch"}, "preset"),
    ({"home": "preset=nosuch"}, "home: preset"),
    ({"lang": "<b>"}, "lang"),
]


def test_a_damaged_part_is_refused_alone():
    for damaged, field in ALONE:
        arrival = arrived({**damaged, "step": "9", "orientation": "columns"}, BASES)
        assert field in arrival.refusal, damaged
        assert (arrival.setup.step, arrival.setup.notation.orientation) == (9, "columns"), damaged
        assert len(arrival.refused) == 1, damaged


def test_several_damaged_parts_are_one_sentence_and_a_number():
    arrival = arrived({"widths": "0", "X": "1", "Y": "1,2,3", "seed": "x", "step": "9"}, BASES)
    assert arrival.setup == replaced(BASE, {"step": 9})
    assert arrival.refusal.endswith(" · 3 more parts of the link cannot be read.")
    assert arrived({"seed": "x", "l2": "x"}, BASES).setup is None


def test_data_that_fit_only_together_are_kept_together():
    arrival = arrived({"X": "1,2;3,4", "Y": "0,1;1,0", "widths": "0", "entries": "W9.0.0:1"}, BASES)
    assert arrival.setup.X == ((1, 2), (3, 4))
    assert len(arrival.refused) == 2


def test_what_is_not_ours_is_named_in_one_short_sentence():
    (sentence,) = arrived({"step": "9", "ref": "moodle"}, BASES).remarks
    assert sentence == "This link has a part 'ref' that mlpviz does not know; it was ignored."
    (sentence,) = arrived({"step": "9", **{f"part{k}": "1" for k in range(57)}}, BASES).remarks
    assert len(sentence) < 160
    assert not arrived({"step": "9", "utm_source": "a", "fbclid": "b", "embed": "true"}, BASES).remarks


@pytest.mark.parametrize("base", [BASE, BATCH], ids=lambda base: base.preset)
def test_a_link_cut_off_anywhere_opens_what_is_whole_of_it(base):
    whole = replaced(base, {"seed": 12345, "step": 9, "X": (*base.X[:-1], (0.75,) * len(base.X[0]))})
    text = as_text(encode(whole, base))
    for length in range(len("v=1&p"), text.index("&end=")):
        arrival = arrived(dict(parse_qsl(text[:length], keep_blank_values=True)), BASES)
        assert not arrival.refusal, text[:length]
        assert "cut off" in arrival.remarks[0], text[:length]
        for prop in PROPERTIES:
            expected = prop.get(whole), prop.get(base), prop.get(BASE)
            assert arrival.setup is None or prop.get(arrival.setup) in expected, (prop.name, text[:length])


def test_the_order_of_a_link_is_nobodys():
    whole = replaced(BASE, {"seed": 5, "step": 9, "orientation": "columns"})
    turned = dict(reversed(encode(whole, BASE).items()))
    assert arrived(turned, BASES).setup == whole


def test_what_stands_beside_the_setup_is_read_and_written():
    assert arrived({"lang": "zh-Hant", "step": "9"}, BASES).beside == {"lang": "zh-Hant"}
    for name, row in BESIDE.items():
        assert name == row.name
        assert not any(prop.name == name for prop in PROPERTIES), name
        assert re.fullmatch("[a-z]+", name)
    assert written_beside({"lang": "de"}, along=True) == {"lang": "de"}


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_any_link_is_opened_or_refused(data):
    names = st.sampled_from([prop.name for prop in PROPERTIES] + ["v", "preset", "end", "from", *BESIDE])
    pieces = st.sampled_from(["1", ",", ";", "~", ":", ".", "-", "W1", "only", "relu", "all", "e", "9", "nan"])
    texts = st.text(max_size=20) | st.lists(pieces, max_size=12).map("".join)
    query = data.draw(st.dictionaries(names, texts, max_size=5))
    arrival = arrived(query, BASES)
    assert arrival.setup is None or checked(arrival.setup)
    assert "\n" not in (arrival.refusal or "")
