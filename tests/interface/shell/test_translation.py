"""Words on screen go through gettext, and a catalog is found whatever the browser calls the language."""

import ast
import re
from pathlib import Path

import pytest

from mlpviz.interface.shell import translation as text
from mlpviz.maths.messages import N_

ROOT = Path(__file__).parents[3]
FILES = sorted([*ROOT.glob("mlpviz/interface/**/*.py"), *ROOT.glob("pages/*.py"), *ROOT.glob("app.py")])

# Streamlit calls whose first argument is read by a learner
SHOWS_FIRST = set(
    """
    title header subheader caption text markdown write info warning error success toast exception badge metric
    button download_button link_button form_submit_button popover expander status spinner progress dialog
    checkbox toggle radio selectbox multiselect segmented_control pills slider select_slider feedback
    number_input text_input text_area date_input time_input color_picker file_uploader chat_input
    """.split()
)
SHOWN_KEYWORDS = {"label", "help", "placeholder", "alt", "page_title", "caption", "captions"}
WORD = re.compile(r"[^\W\d_]{2,}")


def is_words(node: ast.expr | None) -> bool:
    """Whether an expression is a literal, or puts a literal together, with a word in it that is not markup."""
    match node:
        case ast.Constant(value=str(value)):
            return bool(WORD.search(re.sub(r"\$[^$]*\$|:material/\w+:|<[^>]+>|&\w+;", "", value)))
        case ast.JoinedStr(values=parts):
            return any(is_words(part) for part in parts)
        case ast.BinOp(left=left, right=right):
            return is_words(left) or is_words(right)
        case ast.Call(func=ast.Attribute(value=value, attr="format" | "join")):
            return is_words(value)
        case ast.IfExp(body=body, orelse=orelse):
            return is_words(body) or is_words(orelse)
        case ast.List(elts=items) | ast.Tuple(elts=items):
            return any(is_words(item) for item in items)
    return False


def untranslated(source: str) -> list[int]:
    """The lines of calls that show words which no catalog can translate."""
    lines = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            shown = [keyword.value for keyword in node.keywords if keyword.arg in SHOWN_KEYWORDS]
            shown += node.args[:1] if node.func.attr in SHOWS_FIRST else []
            lines += [node.lineno for value in shown if is_words(value)]
    return lines


@pytest.mark.parametrize("file", FILES, ids=[str(file.relative_to(ROOT)) for file in FILES])
def test_every_word_shown_can_be_translated(file):
    assert not untranslated(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", FILES, ids=[str(file.relative_to(ROOT)) for file in FILES])
def test_every_message_can_be_extracted(file):
    calls = [node for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    marked = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "N_"]
    assert all(isinstance(call.args[0], ast.Constant) for call in marked)


@pytest.mark.parametrize(
    "line",
    [
        'st.title("Network")',
        'column.button(f"Undo {count}")',
        'st.selectbox(_("Loss"), names, help="Which loss")',
        'st.error("Width {w} is too large".format(w=3))',
        'st.markdown("Step " + str(k))',
    ],
)
def test_words_without_a_catalog_are_noticed(line):
    assert untranslated(line) == [1]


@pytest.mark.parametrize(
    "line", ['st.title(_("Network"))', 'st.markdown(r"$\\frac{a}{b}$")', "st.caption(text)", 'st.button("▶")']
)
def test_words_with_a_catalog_and_formulas_pass(line):
    assert untranslated(line) == []


def test_outside_streamlit_words_stay_english():
    assert text.language() == "en"
    assert text._("Undo") == N_("Undo") == "Undo"


@pytest.mark.parametrize(
    ("tag", "looked_for"),
    [
        ("en-GB", []),
        ("zh-Hant-TW", ["zh_Hant_TW", "zh_Hant", "zh_TW", "zh"]),
        ("zh-TW", ["zh_TW", "zh"]),
        ("de", ["de"]),
    ],
)
def test_particular_languages_fall_back_to_general_ones(tag, looked_for):
    assert text.candidates(tag) == looked_for


@pytest.mark.parametrize("tag", ["../../etc", "zh/../..", "x" * 100, "", "zh-TW\n", "a"])
def test_only_language_tags_reach_the_file_system(tag):
    assert not text.TAG.fullmatch(tag)


def test_a_catalog_is_data(tmp_path, monkeypatch):
    monkeypatch.setattr(text, "LOCALE", tmp_path)
    monkeypatch.setattr(text, "language", lambda: "zh-Hant-TW")
    text.catalog.cache_clear()
    write_catalog(
        tmp_path / "zh_Hant" / "LC_MESSAGES" / "mlpviz.mo",
        {"": "Content-Type: text/plain; charset=UTF-8\n", "Undo": "復原"},
    )
    try:
        assert text._("Undo") == "復原"
        assert text._("Redo") == "Redo"
        assert text._("") == ""
    finally:
        text.catalog.cache_clear()


def write_catalog(path: Path, messages: dict[str, str]) -> None:
    """A compiled catalog, as ``pybabel compile`` makes it (Source: GNU gettext manual, The Format of GNU MO Files)."""
    keys = [key.encode() for key in sorted(messages)]
    values = [messages[key.decode()].encode() for key in keys]
    header, count = 28, len(keys)
    body, tables, position = b"", b"", header + 16 * count
    for text_ in [*keys, *values]:
        tables += len(text_).to_bytes(4, "little") + position.to_bytes(4, "little")
        body += text_ + b"\0"
        position += len(text_) + 1
    numbers = [0x950412DE, 0, count, header, header + 8 * count, 0, 0]
    path.parent.mkdir(parents=True)
    path.write_bytes(b"".join(number.to_bytes(4, "little") for number in numbers) + tables + body)
