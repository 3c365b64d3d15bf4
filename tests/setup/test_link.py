"""A setup in a link: it restores exactly what was on screen, and refuses whatever else it is given."""

from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mlpviz.derivation.hands import HANDS
from mlpviz.setup import limits
from mlpviz.setup.checks import checked
from mlpviz.setup.link import as_text, at_home, decode, encode, length_of, shortened
from mlpviz.setup.setup import PROPERTIES, replaced
from tests.support.setups import BASE, BASES, BATCH, bits, setups


def through_the_address(query):
    """A query as it comes back from a browser."""
    return dict(parse_qsl(urlencode(query), keep_blank_values=True))


@given(setups())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_link_restores_every_bit(setup):
    checked(setup)
    query = encode(setup, BASES[setup.preset])
    assert bits(decode(through_the_address(query), BASES)) == bits(setup)
    by_hand = dict(parse_qsl(as_text(query), keep_blank_values=True))
    assert bits(decode(by_hand, BASES)) == bits(setup)


@pytest.mark.parametrize("name", sorted(BASES))
def test_a_preset_needs_only_its_name(name):
    assert decode({"preset": name}, BASES) == BASES[name]
    assert set(encode(BASES[name], BASES[name])) == {"v", "preset", "end"}


def test_a_hand_is_all_that_a_link_need_say_of_its_notation():
    base = BASES[BASE.preset]
    here = decode({"hand": "nielsen"}, BASES)
    assert (here.hand, here.notation) == ("nielsen", HANDS["nielsen"].notation)
    assert encode(here, base).keys() == {"v", "preset", "hand", "end"}
    other = replaced(here, {"cost": "J"})
    assert encode(other, base)["cost"] == "J"
    assert decode(encode(other, base), BASES) == other


def test_no_query_is_the_default_preset():
    assert decode({}, BASES) == BASE


def test_only_what_differs_is_in_the_link():
    setup = replaced(BASE, {"seed": 3, "orientation": "columns"})
    assert encode(setup, BASE) == {"v": "1", "preset": BASE.preset, "seed": "3", "orientation": "columns", "end": "1"}


def test_one_typed_weight_is_one_entry():
    setup = replaced(BASE, {"entries": {**BASE.entries, ("W", 2, 0, 1): 0.25}})
    assert encode(setup, BASE)["entries"] == "W2.0.1:0.25"
    assert "only" in encode(replaced(BASE, {"entries": {}}), BASE)["entries"]


def test_a_hand_written_link_keeps_what_fits():
    setup = decode({"preset": "two-three-two", "widths": "3,3,2"}, BASES)
    assert setup.X == ((0.5, -1.0, 0.0),)
    assert setup.entries == BASE.entries
    deeper = decode({"widths": "2,3,5,2"}, BASES)
    assert deeper.activations == ("relu", "relu", "sigmoid")
    assert deeper.entries == {key: value for key, value in BASE.entries.items() if key[1] == 1}


def test_what_other_programs_add_is_ignored():
    assert decode({"utm_source": "mail", "fbclid": "x", "lang": "zh-Hant"}, BASES) == BASE


BAD = [
    *(({"run": name}, "run", "'") for name in ("..", "../0123456789abcdef", "0123456789abcdeG", "/tmp", "a" * 17)),
    ({"compared": "0123456789abcdef,.."}, "compared", ".."),
    ({"dataset": "csv-../../x"}, "dataset", "csv-../../x"),
    ({"widths": "2,0,2"}, "widths", "0"),
    ({"widths": "2,-3,2"}, "widths", "-3"),
    ({"widths": "2,2.5,2"}, "widths", "2.5"),
    ({"widths": "2,1000000000,2"}, "widths", "1000000000"),
    ({"widths": "2," + "9" * 5000}, "widths", "99"),
    ({"widths": "٢,٣"}, "widths", "٢"),
    ({"widths": "2"}, "widths", "2"),
    ({"widths": ",".join("3" * 60)}, "widths", "3,3"),
    ({"widths": "4096,4096,4096"}, "widths", "33,"),
    ({"widths": "__import__('os').system('true')"}, "widths", "__import__"),
    ({"activations": "relu"}, "activations", "1"),
    ({"activations": "relu,magic"}, "activations", "magic"),
    ({"loss": "cross_entropy", "activations": "relu,relu"}, "cross_entropy", "relu"),
    ({"preset": "softmax", "Y": "1,0;0,1;-1,0"}, "Y, row 3, column 1", "−1"),
    ({"activations": "relu,sigmoid", "loss": "binary_cross_entropy", "Y": "1,1.5"}, "Y, row 1, column 2", "1.5"),
    ({"reduction": "median"}, "reduction", "median"),
    ({"bias": "maybe"}, "bias", "maybe"),
    ({"l2": "-1"}, "l2", "-1"),
    ({"l2": "nan"}, "l2", "nan"),
    ({"l2": "inf"}, "l2", "inf"),
    ({"l2": "1e999"}, "l2", "1e999"),
    ({"learning_rate": "0"}, "learning_rate", "0"),
    ({"learning_rate": "1_0"}, "learning_rate", "1_0"),
    ({"seed": "-1"}, "seed", "-1"),
    ({"seed": "1e3"}, "seed", "1e3"),
    ({"seed": "9" * 30}, "seed", "999"),
    ({"initializer": "<script>alert(1)</script>"}, "initializer", "<script>"),
    ({"X": "1"}, "X", "1 column"),
    ({"X": "1,2,3"}, "X", "3 columns"),
    ({"X": "1,2;3"}, "X", "1,2;3"),
    ({"X": "1,"}, "X", "''"),
    ({"X": "1,NaN"}, "X", "NaN"),
    ({"X": "1,2;3,4"}, "Y", "1 row"),
    ({"entries": "W1.0.9:1"}, "entries", "W1.0.9"),
    ({"entries": "W7.0.0:1"}, "entries", "W7.0.0"),
    ({"entries": "Q1.0.0:1"}, "entries", "Q1"),
    ({"entries": "W1.0.0:1~W1.0.0:2"}, "entries", "W1.0.0"),
    ({"entries": "W1.0.0"}, "entries", "W1.0.0"),
    ({"entries": "W1:" + ";".join(["1"] * 30)}, "entries", "W1.3.0"),
    ({"entries": "W1.0.0:infinity"}, "entries", "W1.0.0"),
    ({"sample": "5"}, "sample", "5"),
    ({"sample": "-1"}, "sample", "-1"),
    ({"orientation": "diagonal"}, "orientation", "diagonal"),
    ({"first_layer": "2"}, "first_layer", "2"),
    ({"digits": "400"}, "digits", "400"),
    ({"grain": ""}, "grain", "''"),
    ({"predict": "yes"}, "predict", "guess"),
    ({"step": "-1"}, "step", "-1"),
    ({"step": "9" * 50}, "step", "999"),
    ({"preset": "../../etc/passwd"}, "preset", "passwd"),
    ({"home": "preset=nosuch"}, "home: preset", "nosuch"),
    ({"home": "no query"}, "home", "no query"),
    ({"home": "preset=softmax&widths=2,0,2"}, "home: widths", "0"),
    ({"home": "home=home%3Dhome%253D"}, "home", "a room inside a room"),
    ({"home": "v=1&seed=2"}, "home: link", "cut off"),
    ({"home": "seed=1\n"}, "home", "seed=1"),
    ({"home": "seed=٣"}, "home", "seed="),
    ({"home": "x" * 3_000}, "home", "xxx"),
    ({"exercise": "E999"}, "exercise", "E999"),
    ({"v": "2", "end": "1"}, "v", "2"),
    ({"witdhs": "2,3,2"}, "witdhs", "widths"),
    ({"X": "1," * 30_000}, "link", "characters"),
    ({"junk" * 2000: "1"}, "link", "characters"),
    ({"preset": "softmax", "v": "1", "seed": "1"}, "link", "cut off"),
]


@pytest.mark.parametrize(("query", "field", "found"), BAD, ids=lambda value: str(value)[:40])
def test_bad_links_are_refused_in_one_sentence(query, field, found):
    with pytest.raises(ValueError) as refusal:
        decode(query, BASES)
    sentence = str(refusal.value)
    assert field in sentence
    assert found in sentence
    assert "accepted" in sentence or "must" in sentence or "needs" in sentence
    assert len(sentence) < 700
    assert "\n" not in sentence


def refusal_of(query):
    """The sentence that refuses a query; empty if it is a setup."""
    try:
        checked(decode(query, BASES))
    except ValueError as refusal:
        return str(refusal)
    return ""


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_any_text_is_a_setup_or_one_sentence(data):
    names = st.sampled_from([prop.name for prop in PROPERTIES] + ["v", "preset", "end"])
    pieces = st.sampled_from(["1", ",", ";", "~", ":", ".", "-", "W1", "only", "relu", "all", "e", "9", "nan"])
    texts = st.text(max_size=20) | st.lists(pieces, max_size=12).map("".join)
    query = data.draw(st.dictionaries(names, texts, max_size=4))
    assert "\n" not in refusal_of(query)


@pytest.mark.parametrize("base", [BASE, BATCH], ids=lambda base: base.preset)
def test_a_link_cut_off_anywhere_is_refused(base):
    setup = replaced(base, {"seed": 12345, "learning_rate": 0.125, "X": (*base.X[:-1], (0.75,) * len(base.X[0]))})
    text = as_text(encode(setup, base))
    for length in range(len("v=1&preset="), text.index("&end")):
        query = dict(parse_qsl(text[:length], keep_blank_values=True))
        with pytest.raises(ValueError):
            decode(query, BASES)


def test_a_setup_that_is_put_aside_comes_back_from_the_link_of_its_room():
    own = replaced(BATCH, {"seed": 9, "orientation": "columns", "formula": "a & b = 1 % ~ ;", "sample": 2, "step": 5})
    room = replaced(BASE, {"exercise": "E46", "home": as_text(encode(own, BATCH))})
    again = decode(through_the_address(encode(room, BASE)), BASES)
    assert again == room
    assert at_home(again.home, BASES) == own


@pytest.mark.parametrize("text", ["A[1] + " * 300, "δ⁽²⁾ " * 300, "x" * limits.FORMULA])
def test_a_long_text_is_left_out_alone(text):
    setup = replaced(BATCH, {"formula": text, "target": "dW[1]", "given": (("h", "A[1]"), ("p", "A[2]"))})
    query, left_out = shortened(setup, BATCH)
    assert left_out == ("formula",)
    there = decode(through_the_address(query), BASES)
    assert there == replaced(setup, {"formula": ""})


@pytest.mark.parametrize(
    "text", ["h", "h,", ",A[1]", "h,A", "h,Y[1]", "h,new W[1]", "h,A[1];h,A[2]", "h,os", "x" * 41 + ",Y", "a\nb,Y"]
)
def test_names_of_ones_own_are_read_strictly(text):
    assert "given: found" in refusal_of({"given": text})


def test_too_long_for_a_link_names_what_is_left_out():
    X = tuple((k / 7, k / 11) for k in range(400))
    setup = replaced(BASE, {"X": X, "Y": tuple((0.0, 1.0) for _ in X)})
    query, left_out = shortened(setup, BASE)
    assert left_out[0] == "X"
    assert length_of(query) <= limits.LINK_LENGTH
    assert "X" in query["left_out"]
    assert decode(query, BASES).widths == setup.widths
    assert shortened(BASE, BASE)[1] == ()


def test_a_link_is_short_enough_however_its_separators_are_spelled():
    for samples in range(200, 700, 20):
        setup = replaced(BASE, {"X": ((0.5, 0.25),) * samples, "Y": ((0.0, 1.0),) * samples})
        query, left_out = shortened(setup, BASE)
        assert len(urlencode(query)) <= limits.LINK_LENGTH
        assert ("X" in left_out) == (len(urlencode(encode(setup, BASE))) > limits.LINK_LENGTH)
