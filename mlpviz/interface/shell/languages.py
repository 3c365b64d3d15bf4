"""The languages there are, one row each: what the menu calls them, which browsers speak them, and their fonts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

ENGLISH = "en"
FAMILY = "mlpviz-words"
"""The family that ``.streamlit/config.toml`` names first; a language that needs a font of its own defines it."""

TAG = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}")

HAN = "U+2E80-303F, U+3100-312F, U+31A0-31EF, U+3200-9FFF, U+F900-FAFF, U+FE30-FE4F, U+FF00-FFEF, U+20000-323AF"
"""Chinese characters and their punctuation, and nothing that formulas and English are made of."""


@dataclass(frozen=True)
class Locale:
    """A language: its tag, the name that it has in itself, and by which other tags a browser may ask for it.

    ``fonts`` are those of systems that have its characters in its own shapes, each as a regular and a bold one;
    ``serif`` is the one that a document of LaTeX asks for.
    """

    tag: str
    title: str
    also: tuple[str, ...] = ()
    fonts: tuple[tuple[str, str], ...] = ()
    serif: str = ""

    @property
    def folder(self) -> str:
        """What gettext calls it: ``zh_Hant``."""
        return self.tag.replace("-", "_")

    @property
    def faces(self) -> str:
        """The style sheet that sets its characters in its own shapes, with fonts of the reader's system alone."""
        return "".join(
            f"@font-face {{ font-family: {FAMILY}; font-weight: {weight}; unicode-range: {HAN}; src: "
            + ", ".join(f'local("{names[bold]}")' for names in self.fonts)
            + "; }\n"
            for bold, weight in enumerate(("100 500", "501 900"))
            if self.fonts
        )


LANGUAGES = (
    Locale(
        "zh-Hant",
        "繁體中文",
        ("zh-TW", "zh-HK", "zh-MO"),
        (
            ("PingFang TC", "PingFangTC-Semibold"),
            ("Microsoft JhengHei", "Microsoft JhengHei Bold"),
            ("Noto Sans TC", "Noto Sans TC Bold"),
            ("Noto Sans CJK TC", "Noto Sans CJK TC Bold"),
            ("Source Han Sans TC", "Source Han Sans TC Bold"),
        ),
        "Noto Serif CJK TC",
    ),
    Locale(
        "zh-Hans",
        "简体中文",
        ("zh", "zh-CN", "zh-SG", "zh-MY"),
        (
            ("PingFang SC", "PingFangSC-Semibold"),
            ("Microsoft YaHei", "Microsoft YaHei Bold"),
            ("Noto Sans SC", "Noto Sans SC Bold"),
            ("Noto Sans CJK SC", "Noto Sans CJK SC Bold"),
            ("Source Han Sans SC", "Source Han Sans SC Bold"),
        ),
        "Noto Serif CJK SC",
    ),
    Locale(ENGLISH, "English"),
)
"""In the order of the menu. A language is a row here and a catalogue in ``mlpviz/interface/locale``."""

BY_TAG = {language.tag: language for language in LANGUAGES}


@lru_cache(maxsize=256)  # asked for every word on screen
def found(*wishes: str) -> Locale:
    """The language of the first wish that is one, as ``zh-TW`` is ``zh-Hant``: the wish's longest beginning counts."""
    asked = {parts(tag): language for language in LANGUAGES for tag in (language.tag, *language.also)}
    for wish in filter(TAG.fullmatch, wishes):
        given = parts(wish)
        for length in range(len(given), 0, -1):
            if given[:length] in asked:
                return asked[given[:length]]
    return BY_TAG[ENGLISH]


def parts(tag: str) -> tuple[str, ...]:
    """The parts of a tag, in small letters: ``("zh", "hant", "tw")``."""
    return tuple(tag.lower().replace("_", "-").split("-"))
