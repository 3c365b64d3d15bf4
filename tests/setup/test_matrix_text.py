"""Pasted matrices: from spreadsheets, CSV files, NumPy and Python."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from mlpviz.setup import limits
from mlpviz.setup.codecs import write_rows
from mlpviz.setup.matrix_text import matrix_for, parse_matrix

ROWS = ((1.0, 2.0), (3.0, 4.5))

GOOD = [
    "1\t2\n3\t4.5",
    "1\t2\r\n3\t4.5\r\n",
    "1,2\n3,4.5",
    "1, 2\n3, 4.5\n\n",
    "1,2,\n3,4.5,",
    "1;2\n3;4.5",
    "1 2\n3 4.5",
    "  1   2 \n  3   4.5",
    "1,2;3,4.5",
    "1 2; 3 4.5",
    "1, 2;\n3, 4.5;",
    "[1 2; 3 4.5]",
    "[[1, 2], [3, 4.5]]",
    "[[1, 2,], [3, 4.5,],]",
    "[1, 2], [3, 4.5]",
    "[[1.  2. ]\n [3.  4.5]]",
    "array([[1. , 2. ],\n       [3. , 4.5]])",
    "np.array([[1, 2], [3, 4.5]], dtype=np.float32)",
    "numpy.array([[1, 2], [3, 4.5]], dtype='float64')",
    "tensor([[1.0000, 2.0000],\n        [3.0000, 4.5000]], dtype=torch.float64)",
    "[[np.float64(1.0), np.float64(2.0)], [np.float64(3.0), np.float64(4.5)]]",
    "\ufeff1,2\n3,4.5",
    "+1,2e0\n3.,.45e1",
]


@pytest.mark.parametrize("text", GOOD)
def test_every_usual_form_is_read(text):
    assert parse_matrix(text) == ROWS


def test_a_single_number_row_and_column():
    assert parse_matrix("5") == ((5.0,),)
    assert parse_matrix("1 2 3") == ((1.0, 2.0, 3.0),)
    assert parse_matrix("1\n2\n3") == ((1.0,), (2.0,), (3.0,))
    assert parse_matrix("1;2;3") == ((1.0, 2.0, 3.0),)
    assert parse_matrix("array([1., 2.])") == ((1.0, 2.0),)
    assert parse_matrix("−1 2") == ((-1.0, 2.0),)  # a typeset minus sign


@given(arrays(np.float64, array_shapes(min_dims=2, max_dims=2, max_side=6), elements=st.floats(-1e300, 1e300)))
@settings(deadline=None)
def test_what_numpy_prints_in_full_comes_back(values):
    rows = tuple(map(tuple, values.tolist()))
    with np.printoptions(floatmode="unique", threshold=100, linewidth=60):
        texts = [repr(values), str(values)]
    for text in [*texts, str(values.tolist()), "\n".join("\t".join(map(repr, row)) for row in rows)]:
        assert parse_matrix(text) == rows
    if len(rows[0]) > 1:
        assert parse_matrix(write_rows(rows)) == rows


BAD = [
    ("", "nothing"),
    ("  \n \n", "nothing"),
    ("1,2\n3", "row 2"),
    ("1 2 3\n4 5", "row 2"),
    ("1,,2", "row 1, column 2"),
    ("1\t2\n3\t", "row 2, column 2"),
    ("1,2\n,4", "row 2, column 1"),
    ("1,nan", "row 1, column 2: found 'nan'"),
    ("inf,1", "row 1, column 1: found 'inf'"),
    ("1,-Infinity", "row 1, column 2"),
    ("1 1e999", "row 1, column 2: found '1e999'"),
    ("a,b\n1,2", "row 1, column 1: found 'a'"),
    ("1,2\n3,x4", "row 2, column 2: found 'x4'"),
    ("0x10 2", "0x10"),
    ("1_000 2", "1_000"),
    ("١ ٢", "١"),
    ("1+1 2", "1+1"),
    ("1/3 2", "1/3"),
    ("__import__('os').system('echo')", "__import__"),
    ("[[1, 2], [3, 4]", "brackets"),
    ("[[1, 2]], [3]]", "brackets"),
    ("[[[1, 2]]]", "brackets"),
    ("[[1, 2], x, [3, 4]]", "'x'"),
    ("[[1 2]\n ...\n [3 4]]", "..."),
    ("[[1 ... 2]]", "..."),
    ("<b>1</b>", "<b>1</b>"),
    ("1," * 1_500_000, "characters"),
    ("1 " * 300_000, "300,000 numbers"),
    ("9" * 100, "999"),
]


@pytest.mark.parametrize(("text", "found"), BAD, ids=[text[:30] for text, _ in BAD])
def test_anything_else_is_refused_with_its_place(text, found):
    with pytest.raises(ValueError) as refusal:
        parse_matrix(text)
    sentence = str(refusal.value)
    assert found in sentence
    assert "accepted" in sentence
    assert "\n" not in sentence
    assert len(sentence) < 300


def test_messages_count_as_the_notation_does():
    with pytest.raises(ValueError, match="row 0, column 1"):
        parse_matrix("1,x", first=0)


@given(st.text(alphabet="[]()0123456789.,;\t\n -e+anrytx", max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_text_is_a_matrix_or_one_sentence(text):
    rows, refusal = parsed(text)
    assert rows or "accepted" in refusal
    assert len({len(row) for row in rows}) <= 1
    assert all(abs(value) <= limits.MAGNITUDE for row in rows for value in row)


def parsed(text):
    """The rows of a text, and the sentence that refuses it."""
    try:
        return parse_matrix(text), ""
    except ValueError as refusal:
        return (), str(refusal)


def test_a_wrong_shape_says_so_and_when_it_looks_transposed():
    rows = ((1.0, 2.0, 3.0), (4.0, 5.0, 6.0))
    assert matrix_for(rows, (2, 3), "W[1]") == rows
    with pytest.raises(ValueError, match=r"W\[1\]: found 2×3 numbers; accepted are 3×2\. It looks transposed\."):
        matrix_for(rows, (3, 2), "W[1]")
    with pytest.raises(ValueError) as refusal:
        matrix_for(rows, (3, 3), "W[1]")
    assert "transposed" not in str(refusal.value)
