"""The words on screen, in the learner's language: ``_("Undo")`` looks them up, English is what they are written in.

The language is the link's ``lang``, else the one that was chosen in this browser before, else the browser's own, if it
is one of ``LANGUAGES``. A catalogue is data, ``mlpviz/interface/locale/<language>/LC_MESSAGES/mlpviz.mo``; what it
lacks stays English. ``mlpviz.interface.locale`` makes one.
"""

from __future__ import annotations

import gettext
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, reduce
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from ...maths.messages import InContext, Message, looked_up, message_of
from .languages import BY_TAG, ENGLISH, found

DOMAIN = "mlpviz"
LOCALE = Path(__file__).parents[1] / "locale"
PARAMETER = "lang"  # of the link


SETTING = (
    (re.compile(r"(?<=[）」”]) (?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff]) (?=[「“])"), ""),
    (re.compile(r"(?<![\\$])\$([，。；：、？！）」”])"), r"\\text{\\footnotesize \1}$" + "\N{WORD JOINER}"),
)
"""How full-width marks are set: brackets and quotation marks bring their own blank, and none of them begins a line.

A browser may end a line behind a formula whatever follows it, so a mark there is made a part of the formula.
"""


def set_well(text: str) -> str:
    """A text as its language sets it."""
    return text if text.isascii() else reduce(lambda now, rule: rule[0].sub(rule[1], now), SETTING, text)


def _(message: str) -> str:
    """The message in the language of this run's learner; outside a run, the message itself."""
    return set_well(looked_up(message, translations()))


def C_(context: str, message: str) -> str:
    """A message that means another thing elsewhere, in the language of this run's learner."""
    return _(InContext(context, message))


def translations() -> gettext.NullTranslations:
    """The catalog of this run's learner."""
    return catalog(language())


def told(message: str | BaseException) -> str:
    """A message, or that of an error, in the language of this run's learner; other texts unchanged."""
    if isinstance(message, BaseException):
        message = message_of(message)
    return set_well(message.told(translations())) if isinstance(message, Message) else message


def told_together(sentences: Iterable[str]) -> str:
    """Sentences one after the other, as the language sets them: with a blank between them, or without."""
    first, *others = [*filter(None, sentences)] or [""]
    return told(reduce(lambda said, each: Message("{sentence} {remark}", sentence=said, remark=each), others, first))


_spoken: ContextVar[str] = ContextVar("spoken", default="")


@contextmanager
def speaking(tag: str) -> Iterator[None]:
    """Everything inside is told in this language, whoever's run it is: what is made for a learner outside of a run."""
    token = _spoken.set(tag)
    try:
        yield
    finally:
        _spoken.reset(token)


_wish: ContextVar[str | None] = ContextVar("wish", default=None)
WISH = "mlpviz.language"


def speak(wish: str) -> None:
    """Speak the language that this run's learner wishes, by a tag, from now on; without a wish, their browser's."""
    run = current_run()
    if run is not None:
        run.session_state[WISH] = wish
        _wish.set(wish)


def language() -> str:
    """The tag of the language that this run's learner reads, one of ``LANGUAGES``."""
    if spoken := _spoken.get():
        return spoken
    run = current_run()
    if run is None:
        return ENGLISH
    wish = _wish.get()
    if wish is None:  # nothing has been said in this thread yet
        wish = run.session_state[WISH] if WISH in run.session_state else wished(run.query_string)
        _wish.set(wish)
    return found(wish, run.context_info.locale if run.context_info else "").tag


def current_run() -> Any:
    """The run of the page that this thread is in, if any; where Streamlit is not loaded nobody's run is going on."""
    runner = sys.modules.get("streamlit.runtime.scriptrunner")
    return runner and runner.get_script_run_ctx(suppress_warning=True)


def wished(query: str) -> str:
    """The language that an address asks for."""
    return dict(parse_qsl(query)).get(PARAMETER, "")


@lru_cache(maxsize=64)
def catalog(tag: str) -> gettext.NullTranslations:
    """The catalogue of a language, or none for English."""
    return gettext.translation(DOMAIN, LOCALE, [BY_TAG[tag].folder], fallback=True)
