"""Codes for rooms and short links."""

from mlpviz.setup.codes import LETTERS, new_code, read_code


def test_codes_are_typed_as_one_likes_and_have_no_signs_that_look_alike():
    assert len(LETTERS) == 31 and not set(LETTERS) & set("ILO01")
    codes = {new_code() for _ in range(200)}
    assert len(codes) > 190 and all(read_code(f" {code.lower()} ") == code for code in codes)
    assert [read_code(text) for text in ("", "ABC", "ABCDE", "AB1D", None, "AB D", "ÀBCD")] == [""] * 7
