"""A setup in a file: the same properties as in a link, as JSON."""

import json

import pytest
from hypothesis import HealthCheck, given, settings

from mlpviz.setup import limits
from mlpviz.setup.file import decode_file, encode_file
from mlpviz.setup.setup import PROPERTIES
from tests.support.setups import BASE, BASES, BATCH, bits, setups


@given(setups())
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_file_restores_every_bit(setup):
    assert bits(decode_file(encode_file(setup), BASES)) == bits(setup)


def test_a_file_is_plain_json_with_every_property():
    content = json.loads(encode_file(BATCH))
    assert {prop.name for prop in PROPERTIES} <= content.keys()
    assert content["widths"] == [3, 4, 2]
    assert content["X"] == [list(row) for row in BATCH.X]
    assert [len(row) for row in json.loads(encode_file(BASE))["entries"]["W1"]] == [2, 2, 2]


def test_a_file_with_a_byte_order_mark_and_missing_parts_opens():
    content = b'\xef\xbb\xbf{"program": "mlpviz", "preset": "softmax", "seed": 9}'
    assert decode_file(content, BASES).seed == 9


def changed(**values):
    """A good file with some values replaced."""
    return json.dumps({**json.loads(encode_file(BASE)), **values}).encode()


BAD = {
    "empty": (b"", "line 1"),
    "cut off": (encode_file(BASE)[:300], "damaged"),
    "not json": (b"\x89PNG\r\n\x1a\n", "no text"),
    "pickle": (b"\x80\x04\x95\x05\x00\x00\x00", "no text"),
    "another program's": (b'{"a": 1}', "program"),
    "a list": (b"[1, 2]", "[1, 2]"),
    "a number": (b"1", "'1'"),
    "deep": (b"[" * 500_000, "lists inside lists"),
    "deep object": (b'{"a":' * 300_000, "lists inside lists"),
    "too long": (b" " * 10_000_000, "10,000,000 bytes"),
    "NaN": (changed().replace(b"0.5,", b"NaN,", 1), "NaN"),
    "Infinity": (changed().replace(b"0.5,", b"-Infinity,", 1), "-Infinity"),
    "overflow": (changed().replace(b"0.5,", b"1e999,", 1), "inf"),
    "twice": (b'{"program": "mlpviz", "seed": 1, "seed": 2}', "twice"),
    "unknown": (changed(witdhs=[2, 2]), "witdhs"),
    "null": (changed(X=None), "null"),
    "an object": (changed(X={"a": 1}), "X"),
    "text for a matrix": (changed(X="<script>"), "<script>"),
    "a matrix for a word": (changed(loss=[[1]]), "loss"),
    "deep matrix": (changed(X=[[[1.0, 2.0]]]), "X"),
    "empty matrix": (changed(X=[]), "X"),
    "empty row": (changed(X=[[]]), "X"),
    "ragged": (changed(X=[[1.0, 2.0], [3.0]]), "X"),
    "true for a number": (changed(X=[[True, 1.0]]), "X"),
    "a width of 2.5": (changed(widths=[2, 2.5, 2]), "2.5"),
    "a width of 0": (changed(widths=[2, 0, 2]), "0"),
    "a width of 10^9": (changed(widths=[2, 10**9, 2]), "1000000000"),
    "a long number": (b'{"program": "mlpviz", "seed": ' + b"9" * 5000 + b"}", "999"),
    "bad entries": (changed(entries={"W9": [[1.0]]}), "W9"),
    "entries with code": (changed(entries={"__class__": 1}), "__class__"),
    "entries that hide others": (changed(entries={"W1.0.0": "1~W1.0.0:2"}), "W1.0.0"),
    "a path for a run": (changed(run="../../etc/passwd"), "../../etc/passwd"),
    "a path among runs": (changed(compared="0123456789abcdef,/etc"), "/etc"),
    "a path for a table": (changed(dataset="csv-../../x"), "csv-../../x"),
    "another version": (changed(v=99), "99"),
    "another preset": (changed(preset="nosuch"), "nosuch"),
    "a wide row": (changed(X=[[1.0, 2.0, 3.0]]), "3 columns"),
    "a label out of range": (changed(loss="binary_cross_entropy", Y=[[2.0, 0.0]]), "Y, row 1, column 1"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_refused_in_one_sentence(name):
    content, found = BAD[name]
    with pytest.raises(ValueError) as refusal:
        decode_file(content, BASES)
    sentence = str(refusal.value)
    assert found in sentence
    assert "accepted" in sentence
    assert "\n" not in sentence
    assert len(sentence) < 700


def test_the_largest_file_is_refused_before_it_is_read():
    assert limits.FILE_BYTES < 10_000_000
