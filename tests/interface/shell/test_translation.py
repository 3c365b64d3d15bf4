"""Words on screen go through gettext, and a catalog is found whatever the browser calls the language."""

import ast
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from mlpviz.interface.locale.extraction import IN_CONTEXT, MARKS, parsed
from mlpviz.interface.shell import translation as text
from mlpviz.maths.messages import N_

ROOT = Path(__file__).parents[3]
FILES = sorted([*ROOT.glob("mlpviz/**/*.py"), *ROOT.glob("pages/*.py"), *ROOT.glob("app.py")])
SHOWN = [file for file in FILES if file.parts[len(ROOT.parts)] != "mlpviz" or "interface" in file.parts]

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
    for node in ast.walk(parsed(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            shown = [keyword.value for keyword in node.keywords if keyword.arg in SHOWN_KEYWORDS]
            shown += node.args[:1] if node.func.attr in SHOWS_FIRST else []
            lines += [node.lineno for value in shown if is_words(value)]
    return lines


def hidden(source: str) -> list[int]:
    """The lines of messages whose template no tool finds: put together, marked in a table by no literal, or nested."""
    lines = []
    for node in ast.walk(parsed(source)):
        match node:
            case ast.Call(func=ast.Name(id=mark) | ast.Attribute(attr="say" as mark), args=[*arguments]) if (
                mark in MARKS
            ):
                lines += [node.lineno for each in arguments[: MARKS[mark]] if is_put_together(each, mark)]
            case ast.Call(func=ast.Name(id=mark), args=arguments) if mark in IN_CONTEXT:
                lines += [node.lineno for each in arguments if not isinstance(each, ast.Constant)]
            case ast.JoinedStr():
                lines += [node.lineno for inner in ast.walk(node) if marks_a_literal(inner)]
    return lines


def is_put_together(template: ast.expr, mark: str) -> bool:
    match template:
        case ast.JoinedStr() | ast.BinOp() | ast.Call(func=ast.Attribute(value=ast.Constant())):
            return True
    return mark in ("N_", "NN_") and not isinstance(template, ast.Constant)


def marks_a_literal(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Name(id=mark), args=[ast.Constant(), *_]):
            return mark in MARKS
    return False


def lines_in(files: list[Path], find: Callable[[str], list[int]]) -> list[str]:
    """Where something is found, file by file."""
    found = [(file, line) for file in files for line in find(file.read_text(encoding="utf-8"))]
    return [f"{file.relative_to(ROOT)}:{line}" for file, line in found]


def test_every_word_shown_can_be_translated():
    assert not lines_in(SHOWN, untranslated)


def test_every_message_can_be_extracted():
    assert not lines_in(FILES, hidden)


@pytest.mark.parametrize(
    "line",
    [
        "N_(title)",
        'NC_("page", title)',
        'N_(f"layer {l}")',
        'Message(f"layer {l}")',
        'Refusal("layer {l} " + end, l=2)',
        'Message("layer {l}".format(l=2))',
        'counted("{count} row", f"{count} {rows}", 2)',
        'NN_("{count} row", rows)',
        'scene.say(f"row {i}", i=i)',
        """f"{_('layer')}: {l}\"""",
    ],
)
def test_a_message_that_no_tool_finds_is_noticed(line):
    assert hidden(line) == [1]


@pytest.mark.parametrize(
    "line", ['_("layer {l}").format(l=2)', 'Refusal(counted("{count} row", "{count} rows", 2))', "_(entry.title)"]
)
def test_messages_that_are_found_pass(line):
    assert not hidden(line)


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


def test_a_catalog_is_data(tmp_path, monkeypatch):
    monkeypatch.setattr(text, "LOCALE", tmp_path)
    monkeypatch.setattr(text, "language", lambda: "zh-Hant")
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


def inside(mark):
    """A mark as it stands in a formula, and what keeps that apart from the next one."""
    return f"\\text{{\\footnotesize {mark}}}$\N{WORD JOINER}"


@pytest.mark.parametrize(
    ("written", "well"),
    [
        ("W（第 1 層） 是給定的", "W（第 1 層）是給定的"),
        ("原文是 $列$；是 $a$、$b$。", f"原文是 $列{inside('；')}是 $a{inside('、')}$b{inside('。')}"),
        ("\\$。", "\\$。"),
        ("a cost of $J$, and (m) rows", "a cost of $J$, and (m) rows"),
    ],
)
def test_full_width_marks_are_set_as_a_printer_does(written, well):
    assert text.set_well(written) == well
