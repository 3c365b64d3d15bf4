"""A lesson in a file that a teacher writes: JSON with the same fields as the lessons here, and nothing else.

All of it is text that is shown as it stands: what looks like markup is refused, and so is what is too long.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import asdict, fields
from hashlib import sha256
from typing import Any

from ..derivation.checker.mistakes import RANKS
from ..maths.messages import N_, Message, Refusal
from ..maths.symbols import QUANTITIES
from ..setup import codecs
from ..setup.codecs import Codec, quoted, require
from ..setup.file import bounded, scalar, unique
from ..setup.file import refused as not_finite
from ..setup.setup import BY_NAME
from . import bounds
from .kinds import ENTRIES, KINDS
from .lesson import Done, Edited, Explained, FoundRight, Guessed, Lesson, LessonScene, Reached, Trained
from .question import Ask

PROGRAM, KIND, FORMAT = "program", "lesson", 1
OWN = "own-"
"""How the names of lessons begin that are a teacher's own."""

DOING: dict[str, type[Done]] = {
    "reached": Reached,
    "explained": Explained,
    "guessed": Guessed,
    "checked": FoundRight,
    "edited": Edited,
    "trained": Trained,
}
"""What may be to be done, by its name in a file."""

HELP = {
    "title": N_("Every text is plain: it is shown as it stands, in every language."),
    "say": N_("What students read above the page."),
    "notes": N_("What the teacher alone reads."),
    "link": N_("The page that the scene opens: what Share gives, without what stands before the first slash."),
    "ask": N_("A question. Its right answer is computed from the numbers, so none stands here."),
    "kind": N_("One of sign, number, shape, cell, which and formula."),
    "of": N_("The array that is asked about, its layers counted from 0: Z[1], A[1], delta[1], dW[2]."),
    "entry": N_("Row and column of the number for sign and number, counted from 0."),
    "by": N_("Which entry cell means: size, least or greatest."),
    "mistakes": N_("The mistakes of the wrong formulas for which, such as order, transposed, sign, missing slope."),
    "done": N_("What is to be done: reached, explained, guessed, checked, edited or trained, as in the scenes here."),
}
"""What a saved file says of its fields; it is not read again."""


_ARRAY = re.compile(r"([^\[\]]{1,40})(\[[0-9]{1,2}\])?", re.ASCII)


def _read_array(text: str) -> str:
    match = _ARRAY.fullmatch(text)
    require(match is not None and match[1] in QUANTITIES)
    assert match is not None
    require(QUANTITIES[match[1]].layered == bool(match[2]))
    return text


def _read_share(text: str) -> float:
    share = codecs.read_number(text)
    require(0 < share <= 1)
    return share


ARRAY = Codec(str, _read_array, Message("is an array such as delta[1], its layers counted from 0"))
INDEX = codecs.whole(0, bounds.ENTRY)

VALUES: dict[str, Codec] = {
    "kind": codecs.word(KINDS),
    "of": ARRAY,
    "target": ARRAY,
    "by": codecs.word(ENTRIES),
    "place": codecs.word(("step", "line")),
    "at": codecs.whole(0, bounds.STEP),
    "right": codecs.FLAG,
    "what": Codec(str, codecs.word(BY_NAME).read, Message("is a part of a link such as X, entries or orientation")),
    "accuracy": Codec(codecs.written, _read_share, Message("is a number above 0, up to 1")),
    "minutes": codecs.whole(1, bounds.MINUTES),
}
"""How the single values of a file are read."""


# Writing


def encode_lesson(lesson: Lesson, told: Callable[[str], str] = str) -> bytes:
    """A lesson as a file, in the words that ``told`` has for its texts, with a note on each field."""
    content = {
        PROGRAM: "mlpviz",
        KIND: FORMAT,
        "help": {name: told(text) for name, text in HELP.items()},
        "title": told(lesson.title),
        "about": told(lesson.about),
        "scenes": [scene_content(scene, told) for scene in lesson.scenes],
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def scene_content(scene: LessonScene, told: Callable[[str], str]) -> dict[str, Any]:
    texts = {name: told(getattr(scene, name)) for name in ("title", "say", "notes")}
    ask = {name: value for name, value in asdict(scene.ask).items() if value} if scene.ask else None
    names = {kind: name for name, kind in DOING.items()}
    done = [{"do": names[type(each)], **asdict(each)} for each in scene.done]
    return {**texts, "link": scene.link, "minutes": scene.minutes, **({"ask": ask} if ask else {}), "done": done}


# Reading


def decode_lesson(content: bytes) -> Lesson:
    """The lesson of a file. Raises Refusal with the place of what is wrong."""
    fields_found = Fields(Message("the lesson"), parsed(content))
    if fields_found.take(PROGRAM) != "mlpviz" or fields_found.take(KIND) != FORMAT:
        raise Refusal('the lesson: found no "program": "mlpviz" with "lesson": 1; accepted is a lesson saved here.')
    fields_found.take("help")
    lesson = Lesson(
        OWN + sha256(content).hexdigest()[: bounds.NAME],
        fields_found.text("title", bounds.TITLE),
        fields_found.text("about", bounds.TEXT, ""),
        tuple(scenes(fields_found.objects("scenes", bounds.SCENES, least=1))),
    )
    fields_found.end()
    return lesson


def parsed(content: bytes) -> Any:
    if len(content) > bounds.BYTES:
        raise Refusal("the lesson: found {size:,} bytes; accepted are {most:,}.", size=len(content), most=bounds.BYTES)
    try:
        text = content.decode("utf-8-sig")
        return json.loads(text, object_pairs_hook=unique, parse_constant=not_finite, parse_int=bounded)
    except RecursionError:
        raise Refusal("the lesson: found lists inside lists without end.") from None
    except UnicodeDecodeError:
        raise Refusal("the lesson: found bytes that are no text; accepted is UTF-8.") from None
    except json.JSONDecodeError as error:
        raise Refusal(
            "the lesson: found damaged JSON at line {line}, column {column}.", line=error.lineno, column=error.colno
        ) from None


def scenes(found: list[Any]) -> list[LessonScene]:
    return [scene(Fields(Message("scene {number}", number=number), each)) for number, each in enumerate(found, start=1)]


def scene(found: Fields) -> LessonScene:
    ask = found.take("ask")
    read = LessonScene(
        found.text("title", bounds.TITLE),
        found.text("say", bounds.TEXT),
        found.text("notes", bounds.TEXT, ""),
        found.text("link", bounds.LINK),
        None if ask is None else asked(Fields(found.inside("ask"), ask)),
        tuple(doing(Fields(found.inside("done"), each)) for each in found.objects("done", bounds.DONE)),
        found.value("minutes", 5),
    )
    found.end()
    return read


def asked(found: Fields) -> Ask:
    entry, mistakes = found.take("entry"), found.take("mistakes") or []
    if entry is not None and not (isinstance(entry, list) and len(entry) == 2):
        raise found.wrong("entry", entry, Message("are a row and a column, as in [0, 1]"))
    if not isinstance(mistakes, list) or len(mistakes) > bounds.DONE or not set(map(str, mistakes)) <= set(RANKS):
        accepted = Message("are kinds of mistake: {names}", names=", ".join(RANKS))
        raise found.wrong("mistakes", mistakes, accepted)
    pair = None if entry is None else tuple(found.read("entry", INDEX, each) for each in entry)
    read = Ask(found.value("kind"), found.value("of"), pair, tuple(mistakes), found.value("by", "size"))
    found.end()
    return read


def doing(found: Fields) -> Done:
    name = found.take("do")
    kind = DOING.get(name) if isinstance(name, str) else None
    if kind is None:
        raise found.wrong("do", name, Message("is one of {names}", names=", ".join(DOING)))
    read = kind(*(found.value(each.name, True if each.name == "right" else None) for each in fields(kind)))
    found.end()
    return read


class Fields:
    """The fields of one object of a file, taken one after the other; at the end none may be left."""

    def __init__(self, where: Message, value: Any) -> None:
        self.where = where
        if not isinstance(value, dict):
            raise Refusal("{where}: found {value}; accepted is an object.", where=where, value=quoted(value))
        self.left: dict[str, Any] = dict(value)

    def take(self, name: str) -> Any:
        return self.left.pop(name, None)

    def inside(self, name: str) -> Message:
        return Message("{where}, {part}", where=self.where, part=name)

    def wrong(self, name: str, value: Any, accepted: Message) -> Refusal:
        return codecs.refusal(self.inside(name), value, accepted)

    def end(self) -> None:
        """Refuse what is left."""
        if self.left:
            raise Refusal(
                "{where}: found a field {name}, which a lesson does not have.",
                where=self.where,
                name=quoted(next(iter(self.left))),
            )

    def text(self, name: str, most: int, absent: str | None = None) -> str:
        """A plain text of at most so many characters."""
        value = self.take(name)
        if value is None and absent is not None:
            return absent
        if not isinstance(value, str) or not value.strip() or len(value) > most or codecs.SURROGATE.search(value):
            raise self.wrong(name, value, Message("is a text of up to {most:,} characters", most=most))
        if found := bounds.MARKUP.search(value):
            raise self.wrong(name, found[0], Message("is plain text, without markup"))
        return value

    def objects(self, name: str, most: int, least: int = 0) -> list[Any]:
        value = self.take(name)
        value = [] if value is None else value
        if not isinstance(value, list) or not least <= len(value) <= most:
            raise self.wrong(name, value, Message("is a list of {least} to {most}", least=least, most=most))
        return value

    def value(self, name: str, absent: Any = None) -> Any:
        """A single value, or what it is where it is absent."""
        value = self.take(name)
        return absent if value is None and absent is not None else self.read(name, VALUES[name], value)

    def read(self, name: str, codec: Codec, value: Any) -> Any:
        """A single value, read as it would be in a link."""
        if not isinstance(value, bool | int | float | str):
            raise self.wrong(name, value, codec.accepted)
        try:
            return codec.read(scalar(name, value))
        except ValueError:
            raise self.wrong(name, value, codec.accepted) from None
