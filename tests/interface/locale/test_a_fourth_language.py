"""A language more is a row and a catalogue: made by the command alone, it speaks on every page."""

import pytest

from mlpviz.interface.locale import __main__ as command
from mlpviz.interface.locale import books
from mlpviz.interface.locale.blocks import FORMS, name
from mlpviz.interface.locale.books import texts
from mlpviz.interface.shell import languages, translation
from mlpviz.interface.shell.languages import LANGUAGES, Locale
from mlpviz.setup.pages import PAGES
from tests.support.opened import Opened
from tests.support.pseudo_locale import bracketed, english, texts_of

TAG = "eo"
"""A language with a singular and a plural that nobody has written a catalogue of."""


@pytest.fixture
def fourth(tmp_path, monkeypatch):
    """The row of a fourth language, and catalogues in a folder of their own."""
    row = Locale(TAG, "⟦Esperanto⟧")
    for module in (books, translation):
        monkeypatch.setattr(module, "LOCALE", tmp_path)
    monkeypatch.setattr(languages, "LANGUAGES", (*LANGUAGES, row))
    monkeypatch.setitem(languages.BY_TAG, TAG, row)
    languages.found.cache_clear()
    translation.catalog.cache_clear()
    yield tmp_path
    languages.found.cache_clear()
    translation.catalog.cache_clear()


def in_esperanto(text):
    """A text in brackets, with the blanks at its ends outside of them, as the command wants it."""
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    return text[:start] + bracketed(text[start:end]) + text[end:]


def test_a_language_is_made_by_the_command_alone(fourth):
    command.main(["update", TAG])
    block = fourth / "block.tsv"
    lines = [
        f"{name(message)}\t{FORMS.join(map(in_esperanto, texts(message.id)))}"
        for message in books.read(TAG)
        if message.id
    ]
    block.write_text("\n".join(line.replace("\n", "⏎") for line in lines), encoding="utf-8")
    command.main(["apply", TAG, str(block)])
    assert command.main(["check", TAG]) == 0
    for page in ("step", "network", "check"):
        assert page in PAGES
        left = english(texts_of(Opened(page, lang=TAG).app), ["eo", "Esperanto"])
        assert not left, left
