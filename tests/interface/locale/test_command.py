"""The command for catalogues: it finds every message, merges without guessing, takes many translations at once."""

import pytest

from mlpviz.interface.locale import __main__ as command
from mlpviz.interface.locale import books, faults
from mlpviz.interface.locale.blocks import name
from mlpviz.interface.locale.extraction import Found, found, messages
from mlpviz.interface.shell import translation

SOURCE = """
Refusal(counted("{count} row", "{count} rows", 2))
Message("in {place}", place=Message("a "
"layer"))
N_("mark")
NN_("{count} mark", "{count} marks")
scene.say("one" if single else "many", new=f"{x}")
_("")
_(text)
"""


def test_singulars_plurals_alternatives_and_inner_messages_are_found():
    assert list(found(SOURCE)) == [
        (("{count} row", "{count} rows"), None),
        (("in {place}",), None),
        (("a layer",), None),
        (("mark",), None),
        (("{count} mark", "{count} marks"), None),
        (("one",), None),
        (("many",), None),
    ]


PROGRAM = [Found(("Undo",), None, "a.py"), Found(("{count} row", "{count} rows"), None, "a.py")]


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Catalogues in a folder of their own, of a program with two messages."""
    for module in (books, translation):
        monkeypatch.setattr(module, "LOCALE", tmp_path)
    found_now = list(PROGRAM)
    monkeypatch.setattr(command, "messages", lambda: found_now)
    translation.catalog.cache_clear()
    yield found_now
    translation.catalog.cache_clear()


def done(capsys, *arguments):
    """What the command says, and its exit status."""
    status = command.main(arguments)
    return capsys.readouterr().out.splitlines(), status


def translated(capsys, tmp_path, language, *texts):
    """Let the messages of a language, in their order, be told by some texts; what is not taken."""
    names = [name(message) for message in books.read(language) if message.id]
    file = tmp_path / "block.tsv"
    file.write_text("".join(f"{which}\t{text}\n" for which, text in zip(names, texts, strict=False)), encoding="utf-8")
    return done(capsys, "apply", language, str(file))[0][:-1]


def test_from_an_empty_catalogue_to_a_page(program, capsys, tmp_path, monkeypatch):
    assert done(capsys, "update", "zh_Hant")[0] == ["zh_Hant: 2 messages, 2 to translate, 0 no longer said"]
    lines, status = done(capsys, "check")
    assert status == 1 and len(lines) == 2
    lines, _status = done(capsys, "todo", "zh_Hant")
    assert lines[0] == "# a.py" and [line.partition("\t")[2] for line in lines[1:]] == [
        "Undo",
        "{count} row ‖ {count} rows",
    ]
    assert not translated(capsys, tmp_path, "zh_Hant", "復原", "{count} 列")
    assert done(capsys, "check") == ([], 0)
    monkeypatch.setattr(translation, "language", lambda: "zh-Hant")
    assert translation._("Undo") == "復原"
    assert translation.translations().ngettext(*PROGRAM[1].ids, 1) == "{count} 列"


def test_what_is_new_is_asked_for_and_what_is_gone_is_kept_aside(program, capsys, tmp_path):
    done(capsys, "update", "zh_Hant")
    translated(capsys, tmp_path, "zh_Hant", "復原", "{count} 列")
    program[0] = Found(("Undo it",), None, "a.py")
    assert done(capsys, "update")[0] == ["zh_Hant: 2 messages, 1 to translate, 1 no longer said"]
    file = books.path("zh_Hant", ".po")
    before = file.read_bytes()
    assert b"fuzzy" not in before and b"a.py:" not in before
    program[0] = PROGRAM[0]
    done(capsys, "update")
    assert done(capsys, "check") == ([], 0)
    program[0] = Found(("Undo it",), None, "a.py")
    done(capsys, "update")
    assert file.read_bytes() == before


def test_translations_that_cannot_be_are_not_taken(program, capsys, tmp_path):
    done(capsys, "update", "zh_Hant")
    refused = translated(capsys, tmp_path, "zh_Hant", "{what}", "{count} 列 ‖ {count} 列")
    assert [line.partition(":")[0] for line in refused] == [
        "places [] are missing, ['what'] are no places",
        "1 forms are wanted, with ‖ between them",
    ]
    assert done(capsys, "todo", "zh_Hant")[0][1:]


@pytest.mark.parametrize(
    ("english", "form"),
    [
        ("{a} of {b}", "{a}"),
        ("{a:,} steps", "{a} 步"),
        ("press $x$", "按 x"),
        ("write `W.T`", "寫 `W`"),
        ("{a}", "{a} "),
        ("**{a}**", "**{a}"),
    ],
)
def test_what_a_translation_must_keep(english, form):
    assert list(faults.of_form((english,), form))
    assert not list(faults.of_form((english,), english))


def test_a_singular_may_do_without_its_count_where_there_is_a_plural():
    both = ("the first try", "try {count}")
    assert not [*faults.of_form(both, "la unua", 2), *faults.of_form(both, "provo {count}", 2)]
    assert list(faults.of_form(both, "第一次"))


def test_names_of_messages_differ_and_stay():
    book = books.merged("zh_Hant", [], messages())
    names = [name(message) for message in book if message.id]
    assert len(set(names)) == len(names) > 2000
    other = books.merged("zh_Hant", [], [*messages()][::-1])
    assert {name(message) for message in other if message.id} == set(names)


def test_a_message_in_a_context_has_a_translation_of_its_own(program, capsys, tmp_path, monkeypatch):
    program[:] = [Found(("Step",), "page", "a.py"), Found(("Step",), None, "a.py")]
    assert list(found('NC_("page", "Step")\nC_("button", "Run")')) == [(("Step",), "page"), (("Run",), "button")]
    done(capsys, "update", "zh_Hant")
    assert done(capsys, "todo", "zh_Hant")[0][1].endswith("Step\t(page)")
    assert not translated(capsys, tmp_path, "zh_Hant", "逐步", "步驟")
    assert done(capsys, "check") == ([], 0)
    monkeypatch.setattr(translation, "language", lambda: "zh-Hant")
    assert (translation._("Step"), translation.C_("page", "Step")) == ("步驟", "逐步")
