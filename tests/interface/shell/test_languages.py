"""Every browser finds its language; it is chosen in the page, kept in the link, and changes nothing else on screen."""

import gettext
from functools import lru_cache

import pytest

from mlpviz.interface.locale import books
from mlpviz.interface.shell import languages, translation
from mlpviz.interface.shell.languages import LANGUAGES, TAG, found
from tests.support.opened import Opened

FOUND = {
    "zh-Hant": "zh-TW zh-HK zh-MO zh-Hant zh-Hant-TW zh-Hant-HK zh-Hant-MO zh_TW zh-tw ZH-hant-hk",
    "zh-Hans": "zh zh-CN zh-SG zh-Hans zh-Hans-CN zh-Hans-SG zh-Hans-HK zh_CN",
    "en": "en en-GB en-US de fr-CH ja ko-KR",
}


def test_every_browser_finds_its_language():
    for tag, wishes in FOUND.items():
        assert {found(wish).tag for wish in wishes.split()} == {tag}


def test_the_first_wish_that_is_a_language_counts():
    assert found("", "zh-TW").tag == "zh-Hant"
    assert found("en", "zh-TW").tag == "en"
    assert found("fr", "zh-CN").tag == "zh-Hans"
    assert found().tag == "en"


@pytest.mark.parametrize("tag", ["../../etc", "zh/../..", "x" * 100, "", "zh-TW\n", "a"])
def test_only_language_tags_are_looked_at(tag):
    assert not TAG.fullmatch(tag)
    assert found(tag).tag == "en"


def test_every_language_but_english_has_a_catalogue_and_every_catalogue_a_row():
    assert sorted(each.folder for each in LANGUAGES if each.tag != "en") == books.languages()


def test_no_two_languages_are_asked_for_by_the_same_tag():
    asked = [tag.lower() for each in LANGUAGES for tag in (each.tag, *each.also)]
    assert len(asked) == len(set(asked))


def test_chinese_is_set_in_fonts_of_its_own_and_nothing_is_fetched():
    for language in LANGUAGES:
        faces = language.faces
        assert faces.count("@font-face") == 2 * bool(language.fonts)
        assert "url(" not in faces and "JP" not in faces
        assert faces.count(languages.FAMILY) == 2 * bool(language.fonts)


class Said(gettext.NullTranslations):
    """A language that says of every message which one it is in."""

    def __init__(self, tag):
        super().__init__()
        self.tag = tag

    def gettext(self, message):
        return f"{self.tag} {message}"

    def pgettext(self, context, message):
        return self.gettext(message)


@pytest.fixture
def said(monkeypatch):
    """Languages that say which one they are."""
    monkeypatch.setattr(translation, "catalog", lru_cache(Said))


def tags(page):
    """In which languages the entries of the menu and the undo button are, and what the browser is told."""
    labels = [page.app.button(key="undo").label, *(each.proto.label for each in page.app.get("page_link")[:6])]
    return {label.split()[0] for label in labels}


def test_the_language_of_the_link_is_spoken(said):
    for wish, tag in {"zh-TW": "zh-Hant", "zh": "zh-Hans", "en-GB": "en", "fr": "en"}.items():
        page = Opened("network", lang=wish)
        assert tags(page) == {tag}
        assert page.session.beside == {"lang": wish}


def test_choosing_a_language_changes_words_alone(said):
    page = Opened("step", preset="xor", seed="7")
    assert tags(page) == {"en"}
    before = page.session.history.present
    for tag in ("zh-Hant", "zh-Hans", "en"):
        page.app.session_state["languages"] = True
        page.run().press(f"language {tag}")
        assert tags(page) == {tag}
        assert page.session.history.present is before and not page.session.history.past
        assert page.session.beside == {"lang": tag}
        assert tags(page.run()) == {tag}
