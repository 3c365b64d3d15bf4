"""A learner's table: what it holds is found, and each fault is one sentence that names the place."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis.strategies import binary, text

from mlpviz.examples import csv_table
from mlpviz.examples.csv_table import data_of, read_table
from mlpviz.examples.data import CLASSES, TWO, VALUES
from mlpviz.maths.messages import Refusal

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


@pytest.mark.parametrize(("delimiter", "name"), csv_table.DELIMITERS.items())
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
    assert found.cells.index.tolist() == [1, 3, 4]
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


@pytest.mark.parametrize(
    ("header", "names"),
    [
        ("a,a,", ("a", "a (2)", "column 3")),
        ("a (3),a,a", ("a (3)", "a", "a (4)")),
        ("a,a,a (2)", ("a", "a (2)", "a (2) (3)")),
        ("n" * 99 + ",b,c", ("n" * 60, "b", "c")),
        ("<script>,**b**,=c", ("<script>", "**b**", "=c")),
    ],
)
def test_every_column_has_a_name_of_its_own(header, names):
    found = table(f"{header}\n1,2,3\n4,5,6\n")
    assert found.names == names
    assert found.cells.shape[1] == 3


def test_a_delimiter_that_ends_every_row_makes_no_column():
    assert table("a,b,\n1,2,\n3,4,\n").names == ("a", "b")
    assert table("a,b,c\n1,2,\n3,4,\n").names == ("a", "b", "c")


def test_delimiters_and_line_ends_in_quotes_belong_to_their_cell():
    found = table('name,value,kind\n"a, b",1,x\n"c\nd",2,y\n"say ""e""",3,x\n')
    assert found.cells["name"].tolist() == ["a, b", "c\nd", 'say "e"']
    assert found.cells.index.tolist() == [2, 3, 4]


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_western_text_that_is_no_utf_8(encoding):
    assert table("größe,art\n1,ä\n2,ö\n3,ä\n", encoding).cells["art"].tolist() == ["ä", "ö", "ä"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "found an empty file"),
        (b"\xef\xbb\xbf  \n", "found an empty file"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "bytes that are no text"),
        (b"\xff\xfe\x00", "bytes that are no text"),
        (b"a,b\n1,\x002\n", "bytes that are no text"),
        ("a,b\n1,2\n".encode("utf-16-le"), "bytes that are no text"),
        (b"PK\x03\x04\x14\x00\x06\x00", "bytes that are no text"),
        (b"a\n1\n2\n", "found 1 column; accepted are at least 2, with a comma, semicolon, tab or bar between"),
        (b"a b\n1 2\n3 4\n", "found 1 column"),
        (b"<html><p>Not found</p></html>\n\n", "found 1 column"),
        (b",,\n,,\n", "found 0 columns"),
        (b"a,b\n1,2\n", "found 1 row below the header"),
        (b"a,b\n1,2\n3,4,5\n", "row 3: found 3 cells; accepted are 2"),
        (b"a,b,c\n1,2,3\n3,4\n", "row 3: found 2 cells; accepted are 3"),
        (b"a,b,c\n\n1,2,3\n3\n", "row 4: found 1 cell; accepted are 3"),
        (b'a,b\n1,"2\n3,4\n', "cannot be told apart"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_one_sentence(content, sentence):
    with pytest.raises(ValueError, match="^CSV") as refusal:
        read_table(content)
    assert sentence in str(refusal.value)
    assert str(refusal.value).endswith(".")


def test_every_delimiter_is_named_where_none_is_found():
    with pytest.raises(Refusal) as refusal:
        read_table(b"a\n1\n2\n")
    assert all(name in str(refusal.value) for name in csv_table.DELIMITERS.values())


@pytest.mark.parametrize("delimiter", csv_table.DELIMITERS)
def test_what_csv_says_of_rows_is_known_to_translators(delimiter):
    first = f"a{delimiter}b\n" * 2
    for fault in (f'1{delimiter}"2\n', f'1{delimiter}"2"3\n', f"{'1' * 200_000}{delimiter}2\n"):
        with pytest.raises(Refusal, match="cannot be told apart") as refusal:
            table(first + fault)
        assert refusal.value.message.details["error"].template in csv_table.FAULTS


def test_what_is_counted_has_a_plural_of_its_own():
    sentences = [taken(b"x,y\n1,a\n2,a\n"), taken(b"a\n1\n2\n"), taken(b"a,b\n1,2\n"), taken(b"a,b\n1,2\n3\n")]
    assert [sentence.partition("found ")[2].partition(";")[0] for sentence in sentences] == [
        "1 different text",
        "1 column",
        "1 row below the header",
        "1 cell",
    ]


@pytest.mark.parametrize("size", [csv_table.BYTES + 1, 100_000_000])
def test_a_file_too_large_is_refused_before_it_is_read(size):
    with pytest.raises(ValueError, match=f"found {size:,} bytes; accepted are up to {csv_table.BYTES:,}"):
        read_table(bytes(size))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("\n".join(",".join("1" * 501) for _ in range(3)), "501 columns; accepted are up to 500"),
        (",".join(f"c{k}" for k in range(100_000)) + "\n" + "1," * 99_999 + "1\n", "100,000 columns"),
        ("," * 15_000_000, "15,000,001 columns"),
        ("1,2\n" * 1_000_000, "more than 200,000 rows"),
        ("a,b\n" + "\n" * 15_000_000 + "1,2\n", "more than 200,000 rows"),
        ((",".join(["1"] * 400) + "\n") * 19_000, "more than 4,000,000 cells"),
        ("a,b\n" + "1" * 200_000 + ",2\n3,4\n", "field larger than field limit"),
        ('a,b\n"' + "1,2\n" * 1_000_000, "field larger than field limit"),
        ('"' * 15_000_000, "field larger than field limit"),
    ],
    ids=["columns", "names", "commas", "rows", "blank", "cells", "cell", "quote", "quotes"],
)
def test_what_is_too_large_is_refused_before_it_is_read_to_its_end(content, sentence):
    """In a second or so each, where building the table first took minutes and gigabytes."""
    with pytest.raises(ValueError, match=f"^CSV: found .*{sentence}"):
        table(content)


def test_one_long_cell_costs_its_own_length_and_not_every_row_s():
    rows = "\n".join(f"{k % 3},{k % 2}" for k in range(20_000))
    content = f"x,y\n{'1' * 100_000},1\n{rows}\n"
    tracemalloc.start()
    found = table(content)
    assert tracemalloc.get_traced_memory()[1] < 50_000_000
    tracemalloc.stop()
    with pytest.raises(ValueError, match="row 2, column 'x': found '1{40}'; accepted is a number"):
        data_of(found, ["x"], "y")


def test_texts_that_make_too_many_columns_are_refused():
    row = ",".join(f"t{k % 20}" for k in range(400))
    found = table("\n".join(row.replace("t", f"t{k % 20}-") for k in range(600)) + "\n")
    with pytest.raises(ValueError, match="found texts that make more than 4,000,000 cells of 0 and 1"):
        data_of(found, found.names[:-1], found.names[-1])


@settings(max_examples=150, derandomize=True, deadline=None)
@given(binary(max_size=200) | text("ab1,;|\t\n\r\"'.-e ä\ufeff\0", max_size=60).map(str.encode))
def test_whatever_bytes_come_they_are_a_table_or_one_sentence(content):
    found = taken(content)
    if isinstance(found, str):
        assert found.startswith("CSV")
        assert found.endswith(".")
        assert "\n" not in found
    else:
        assert np.isfinite(found.X).all() and np.isfinite(found.Y).all()


def taken(content):
    """The data in a file, its last column as target; or the sentence that refuses it."""
    try:
        found = read_table(content)
        return data_of(found, found.names[:-1], found.names[-1])
    except ValueError as error:
        return str(error)


@pytest.mark.parametrize(
    ("cell", "what"),
    [("", "an empty cell"), ("two", "'two'"), ("1e308", "'1e308'"), ("nan", "'nan'"), ("inf", "'inf'"),
     ("1e999", "'1e999'"), ("NA", "'NA'"), ("?", "'?'"), ("9" * 400, repr("9" * 40)),
     ("1_0", "'1_0'"), ("x" * 99, repr("x" * 40))],
)  # fmt: skip
def test_a_bad_cell_is_named_by_row_and_column(cell, what):
    text = "x,y\n" + "\n".join(f"{k},{k * 0.5}" for k in range(9)) + f"\n{cell},7\n"
    with pytest.raises(ValueError, match="^CSV, row 11, column 'x': found ") as refusal:
        data_of(table(text), ["x"], "y")
    assert f"found {what}; accepted is" in str(refusal.value)


def test_too_many_texts_and_no_inputs_are_refused():
    for count in (30, 5_000):
        found = table("x,y\n" + "\n".join(f"{k},name{k}" for k in range(count)))
        with pytest.raises(ValueError, match=f"column 'y': found {count:,} different texts; accepted are 2 to 20"):
            data_of(found, ["x"], "y")
    for inputs, target in (([], "x"), (["x"], "x")):
        with pytest.raises(ValueError, match="choose at least one column"):
            data_of(found, inputs, target)


@pytest.mark.parametrize("same", ["5", "0.1", "-1e29", "1e-200"])
def test_a_column_that_does_not_vary_is_no_trouble(same):
    """0.1 three times over has a deviation above 0 as it is rounded."""
    data = data_of(table(f"x,z,y\n1,{same},0.5\n2,{same},0.7\n3,{same},0.1\n"), ["x", "z"], "y")
    assert data.X[:, 1].tolist() == [0, 0, 0]


def test_a_comma_between_thousands_is_not_taken_for_a_decimal_comma():
    """In a table with commas between its cells; with other delimiters a comma is a decimal comma."""
    with pytest.raises(ValueError, match="row 3, column 'x': found '1,234'; accepted is a number without a comma"):
        data_of(table('x,y\n1,0.5\n"1,234",0.7\n'), ["x"], "y")
    assert data_of(table("x;y\n1;0,5\n1,234;0,7\n"), ["x"], "y", False).X.ravel().tolist() == [1, 1.234]
    assert data_of(table('x,y\n"1,5",0.5\n"2,25",0.7\n'), ["x"], "y", False).X.ravel().tolist() == [1.5, 2.25]


def test_what_becomes_of_columns_that_are_not_what_they_seem_is_said():
    table = read_table(
        b"n;same;decimal;plain;y\nnan;1;1.234,5;3;a\ninf;1;2.000,5;4;b\n-Infinity;1;1.000,5;5;a\n3;1;8;6;a\n"
    )
    said = [str(each) for each in csv_table.remarks(table, ["n", "same", "decimal", "plain"], "y")]
    assert said == [
        "n: 4 texts, a column of 0 and 1 for each (the first: 'nan').",
        "same: always '1', so it tells the network nothing.",
        "decimal: 4 texts, a column of 0 and 1 for each (the first: '1.234,5').",
        "y: 2 texts, each a class (the first: 'a').",
    ]
    assert [str(each) for each in csv_table.remarks(table, ["plain"], "same")] == [
        "same: always '1', so there is nothing to learn."
    ]


def test_digits_of_another_script_are_no_number_in_a_table_as_in_the_paste_box():
    for cells in ("١,1\n٢,2\n٣,3", "１,1\n２,2\n３,3"):
        table = read_table(f"x,y\n{cells}\n".encode())
        assert [str(each).partition(",")[0] for each in csv_table.remarks(table, ["x"], "y")] == ["x: 3 texts"]
