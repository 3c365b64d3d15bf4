"""Every catalogue says all that the program says, whole, and in the words of the field in its language."""

import re

import pytest

from mlpviz.interface.locale import books
from mlpviz.interface.locale.books import texts
from mlpviz.interface.locale.extraction import messages
from mlpviz.interface.locale.faults import faults
from mlpviz.interface.shell import translation
from mlpviz.maths.messages import Message, in_quotes
from mlpviz.setup.codecs import quoted
from tests.support.glossary import FORBIDDEN, LABELS, LATIN, TERMS, words_in
from tests.support.pseudo_locale import MARKUP, NAMES

CHINESE = ("zh_Hant", "zh_Hans")


@pytest.fixture(scope="module", params=CHINESE)
def said(request):
    """A language, its place in the glossary, and what its catalogue says: English, Chinese."""
    catalogue = books.read(request.param)
    pairs = [(texts(each.id)[-1], "\n".join(texts(each.string))) for each in catalogue if each.id]
    return request.param, CHINESE.index(request.param), pairs


@pytest.mark.parametrize("language", books.languages())
def test_catalogues_are_whole_and_compiled(language):
    """None missing or no longer said, no place lost, none fuzzy, and the ``.mo`` says what the ``.po`` says."""
    wrong = list(faults(language, messages()))
    assert not wrong, "\n".join(wrong[:30])


def test_the_glossary_is_kept(said):
    _language, place, pairs = said
    wrong, used = [], 0
    for english_term, terms in TERMS.items():
        having = [pair for pair in pairs if words_in(pair[0], english_term)]
        used += bool(having)
        wanted = re.compile(terms[place], re.IGNORECASE)
        wrong += [f"{terms[place]}: {pair}" for pair in having if not wanted.search(pair[1])]
    assert not wrong, "\n".join(wrong[:30])
    assert used >= 60


def test_the_glossary_has_sixty_terms_and_two_languages_that_differ():
    assert len(TERMS) >= 60
    assert sum(hant != hans for hant, hans, *_others in TERMS.values()) >= 50


def test_no_word_of_the_other_side_is_used(said):
    language, _place, pairs = said
    words = FORBIDDEN[language].split()
    wrong = [f"{word}: {pair}" for pair in pairs for word in words if word in pair[1] and word not in pair[0]]
    assert not wrong, "\n".join(wrong[:30])


def test_labels_of_rows_and_columns_have_the_word_the_english_and_a_picture(said):
    _language, place, pairs = said
    told = dict(pairs)
    for label, wanted in LABELS.items():
        assert all(part in told[label] for part in (wanted[place], *wanted[2:])), (label, told[label])


def test_no_english_is_left_in_a_translation_but_names_and_code(said):
    _language, _place, pairs = said
    left = {}
    for english, chinese in pairs:
        bare = MARKUP.sub(" ", re.sub(r"\{\{.*?\}\}|\{[^{}]*\}", " ", chinese))
        words = set(re.findall(r"[A-Za-z]{3,}", bare)) - NAMES - LATIN
        left |= dict.fromkeys(words, (english, chinese))
    assert not left, "\n".join(f"{word}: {pair}" for word, pair in left.items())


def test_sentences_end_and_join_as_chinese_does(said):
    """Full-width marks after Chinese characters, and no blank after them."""
    _language, _place, pairs = said
    han = r"[\u4e00-\u9fff]"
    half = re.compile(rf"{han}[,;?!](?:\s|$)|{han}\.(?:\s|$)|[。，；：、？！]\s(?!\n)|{han}:\s")
    wrong = [pair for pair in pairs if half.search(MARKUP.sub("x", pair[1]))]
    assert not wrong, "\n".join(map(str, wrong[:30]))


def test_what_is_compiled_is_what_pages_say():
    for tag, undo in {"zh-Hant": "復原", "zh-Hans": "撤销"}.items():
        assert translation.catalog(tag).gettext("Undo") == undo


@pytest.mark.parametrize(("tag", "marks"), [("en", "''“”"), ("zh-Hant", "「」「」"), ("zh-Hans", "“”“”")])
def test_what_a_reader_has_typed_stands_in_the_marks_of_the_language(tag, marks):
    told = Message("{typed!r} {letter} {again}", typed="x,1\n", letter=in_quotes("γ"), again=quoted("x,1"))
    before, after, first, last = marks
    assert told.told(translation.catalog(tag)) == rf"{before}x,1\n{after} {first}γ{last} {before}x,1{after}"
    assert told == r"'x,1\n' “γ” 'x,1'"
