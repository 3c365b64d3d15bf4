"""The words on screen, in the learner's language: ``_("Undo")`` looks them up, English is what they are written in.

The language is the link's ``lang`` or else the browser's. A catalogue is data,
``mlpviz/interface/locale/<language>/LC_MESSAGES/mlpviz.mo``; what has none stays English. ``mlpviz.interface.locale``
makes one.
"""

from __future__ import annotations

import gettext
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from urllib.parse import parse_qsl

from ...maths.messages import NC_, Message, looked_up, message_of

DOMAIN = "mlpviz"
LOCALE = Path(__file__).parents[1] / "locale"
PARAMETER = "lang"  # of the link
ENGLISH = "en"

TAG = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}")


def _(message: str) -> str:
    """The message in the language of this run's learner; outside a run, the message itself."""
    return looked_up(message, translations())


def C_(context: str, message: str) -> str:
    """A message that means another thing elsewhere, in the language of this run's learner."""
    return _(NC_(context, message))


def translations() -> gettext.NullTranslations:
    """The catalog of this run's learner."""
    return catalog(language())


def told(message: str | BaseException) -> str:
    """A message, or that of an error, in the language of this run's learner; other texts unchanged."""
    if isinstance(message, BaseException):
        message = message_of(message)
    return message.told(translations()) if isinstance(message, Message) else message


_spoken: ContextVar[str] = ContextVar("spoken", default="")


@contextmanager
def speaking(tag: str) -> Iterator[None]:
    """Everything inside is told in this language, whoever's run it is: what is made for a learner outside of a run."""
    token = _spoken.set(tag)
    try:
        yield
    finally:
        _spoken.reset(token)


def language() -> str:
    """The language tag of this run's learner, such as ``zh-Hant-TW``."""
    if spoken := _spoken.get():
        return spoken
    runner = sys.modules.get("streamlit.runtime.scriptrunner")  # where it is not loaded nobody's run is going on
    run = runner and runner.get_script_run_ctx(suppress_warning=True)
    if run is None:
        return ENGLISH
    return wanted(run.query_string, run.context_info.locale if run.context_info else "")


@lru_cache(maxsize=256)  # asked for every word on screen
def wanted(query: str, locale: str) -> str:
    """The language of an address or else of a browser, if it is one."""
    wishes = (dict(parse_qsl(query)).get(PARAMETER), locale)
    return next((wish for wish in wishes if wish and TAG.fullmatch(wish)), ENGLISH)


@lru_cache(maxsize=64)
def catalog(tag: str) -> gettext.NullTranslations:
    """The most specific catalog that a language tag has, or English."""
    return gettext.translation(DOMAIN, LOCALE, candidates(tag), fallback=True)


def candidates(tag: str) -> list[str]:
    """``zh-Hant-TW`` gives ``zh_Hant_TW``, ``zh_Hant``, ``zh_TW`` and ``zh``; English needs no catalog."""
    first, *rest = tag.replace("-", "_").split("_")
    if first.lower() == ENGLISH:
        return []
    prefixes = ["_".join([first, *rest[:count]]) for count in range(len(rest), 0, -1)]
    return list(dict.fromkeys([*prefixes, *(f"{first}_{part}" for part in rest[::-1]), first]))
