"""A learner's table: what it holds is found, and each fault is one sentence that names the place."""

import numpy as np
import pytest

from mlpviz.examples import csv_data
from mlpviz.examples.csv_data import data_of, read_table
from mlpviz.examples.data import CLASSES, TWO, VALUES

PLAIN = "height,weight,kind\n1.5,40,cat\n2.5,60,dog\n3.5,80,cat\n"


def table(text, encoding="utf-8"):
    return read_table(text.encode(encoding))


def test_header_delimiter_classes_and_numbers_are_found():
    found = table(PLAIN)
    assert (found.names, found.delimiter, found.header, len(found)) == (("height", "weight", "kind"), ",", True, 3)
    data = data_of(found, ["height", "weight"], "kind", standardised=False)
    assert data.X.tolist() == [[1.5, 40], [2.5, 60], [3.5, 80]]
    assert (data.kind, data.outputs, data.Y.tolist()) == (TWO, ("cat", "dog"), [[0], [1], [0]])
    scaled = data_of(found, ["height", "weight"], "kind")
    assert np.allclose(scaled.X.mean(0), 0)
    assert np.allclose(scaled.X.std(0), 1)


@pytest.mark.parametrize(("delimiter", "name"), csv_data.DELIMITERS.items())
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_delimiter_and_line_ending(delimiter, name, ending):
    found = table(PLAIN.replace(",", delimiter).replace("\n", ending))
    assert found.delimiter == delimiter, name
    assert len(found) == 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_and_the_byte_order_mark(encoding):
    found = table("größe,art\n1,ä\n2,ö\n3,ä\n", encoding)
    assert found.names == ("größe", "art")


def test_decimal_commas_quotes_blank_lines_and_no_header():
    found = table('1,5;"a;b"\n\n2,5;c\n-3,5;c\n;\n')
    assert not found.header
    assert found.rows.tolist() == [1, 3, 4]
    data = data_of(found, ["column 1"], "column 2", standardised=False)
    assert data.X.ravel().tolist() == [1.5, 2.5, -3.5]
    assert data.outputs == ("a;b", "c")


def test_whole_numbers_are_classes_and_others_are_values():
    rows = "\n".join(f"{k},{k % 3},{k * 0.37}" for k in range(12))
    found = table("x,class,value\n" + rows)
    assert data_of(found, ["x"], "class").kind == CLASSES
    values = data_of(found, ["x"], "value")
    assert (values.kind, values.Y.shape) == (VALUES, (12, 1))


def test_texts_among_the_inputs_become_columns_of_0_and_1():
    data = data_of(table(PLAIN), ["kind", "height"], "weight", standardised=False)
    assert data.inputs == ("kind = cat", "kind = dog", "height")
    assert data.X[:, 0].tolist() == [1, 0, 1]


def test_names_that_come_twice_or_are_missing():
    assert table("a,a,\n1,2,3\n4,5,6\n").names == ("a", "a (2)", "column 3")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "found an empty file"),
        (b"\xef\xbb\xbf  \n", "found an empty file"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "bytes that are no text"),
        (b"\xff\xfe\x00", "bytes that are no text"),
        (b"a\n1\n2\n", "found 1 column; accepted are at least 2"),
        (b"a,b\n1,2\n", "found 1 rows below the header"),
        (b"a,b\n1,2\n3,4,5\n", "row 3: found 3 cells; accepted are 2"),
        (b"a,b,c\n1,2,3\n3,4\n", "row 3: found 2 cells; accepted are 3"),
        (b'a,b\n1,"2\n3,4\n', "cannot be told apart"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_one_sentence(content, sentence):
    with pytest.raises(ValueError, match="^CSV") as refusal:
        read_table(content)
    assert sentence in str(refusal.value)
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize("size", [csv_data.BYTES + 1, 100_000_000])
def test_a_file_too_large_is_refused_before_it_is_read(size):
    with pytest.raises(ValueError, match=f"found {size:,} bytes; accepted are up to {csv_data.BYTES:,}"):
        read_table(bytes(size))


def test_too_many_columns_are_refused():
    with pytest.raises(ValueError, match="501 columns"):
        table("\n".join(",".join("1" * 501) for _ in range(3)))


@pytest.mark.parametrize(
    ("cell", "what"),
    [("", "an empty cell"), ("two", "'two'"), ("1e308", "'1e308'"), ("nan", "'nan'"), ("inf", "'inf'"),
     ("1e999", "'1e999'"),
     ("1_0", "'1_0'"), ("x" * 99, repr("x" * 40))],
)  # fmt: skip
def test_a_bad_cell_is_named_by_row_and_column(cell, what):
    text = "x,y\n" + "\n".join(f"{k},{k * 0.5}" for k in range(9)) + f"\n{cell},7\n"
    with pytest.raises(ValueError, match="^CSV, row 11, column 'x': found ") as refusal:
        data_of(table(text), ["x"], "y")
    assert f"found {what}; accepted is" in str(refusal.value)


def test_too_many_texts_and_no_inputs_are_refused():
    found = table("x,y\n" + "\n".join(f"{k},name{k}" for k in range(30)))
    with pytest.raises(ValueError, match="column 'y': found 30 different texts; accepted are 2 to 20"):
        data_of(found, ["x"], "y")
    for inputs, target in (([], "x"), (["x"], "x")):
        with pytest.raises(ValueError, match="choose at least one column"):
            data_of(found, inputs, target)


def test_a_column_that_does_not_vary_is_no_trouble():
    data = data_of(table("x,z,y\n1,5,0.5\n2,5,0.7\n3,5,0.1\n"), ["x", "z"], "y")
    assert data.X[:, 1].tolist() == [0, 0, 0]
