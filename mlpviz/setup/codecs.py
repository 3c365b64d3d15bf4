"""The codecs of the values that a setup is made of: how each is written as text, and read back strictly.

A number is written by ``repr`` and so restores bit for bit; it is read only in plain ASCII, and only if it is finite.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from ..derivation.errata import EXERCISES
from ..engine.training.schedules import SCHEDULES
from ..maths.messages import Message, Refusal, as_given, enumerated
from ..maths.symbols import COMPUTED, QUANTITIES
from . import limits

Rows = tuple[tuple[float, ...], ...]

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_ZERO = re.compile(r"[+-]?[0.]*([eE].*)?")
"""A number that is 0, and not only too small to be held."""

_WHOLE = re.compile(r"-?\d{1,18}", re.ASCII)


@dataclass(frozen=True)
class Codec:
    """Reads and writes one kind of value; ``read`` raises ValueError, if possible with the faulty part."""

    write: Callable[[Any], str]
    read: Callable[[str], Any]
    accepted: Message


def refusal(name: str, part: object, accepted: Message) -> Refusal:
    return Refusal("{name}: found {part}; accepted {accepted}.", name=name, part=quoted(part), accepted=accepted)


def read_as(name: str, codec: Codec, text: str) -> Any:
    """What a codec reads of the text that a link or a file has under a name.

    Raises Refusal naming the text and the accepted values.
    """
    try:
        return codec.read(text)
    except (ValueError, OverflowError) as error:
        part = error.args[0] if error.args else text
        raise refusal(name, part, codec.accepted) from None


def quoted(value: object) -> Message:
    """A text for a message: quoted, shortened, and with unprintable characters escaped."""
    text = value if isinstance(value, str) else repr(value)
    return as_given(text if len(text) <= limits.NUMBER_LENGTH else text[: limits.NUMBER_LENGTH - 1] + "…")


def require(condition: bool) -> None:
    """Raise a bare ValueError; the message comes from the caller, who knows the property's name."""
    if not condition:
        raise ValueError


def each(read: Callable[[str], Any], parts: Iterable[str]) -> Iterator[Any]:
    """Read each part; a refusal names the faulty one."""
    for part in parts:
        try:
            yield read(part)
        except ValueError:
            raise ValueError(part) from None


# words


def word(choices: Collection[str], optional: bool = False) -> Codec:
    """A name among ``choices`` or, if ``optional``, none."""

    def read(text: str) -> str:
        require(text in choices or (optional and not text))
        return text

    names = enumerated(choices)
    nothing = Message("is one of {names}, or nothing", names=names)
    return Codec(str, read, nothing if optional else Message("is one of {names}", names=names))


def words(choices: Collection[str], most: int) -> Codec:
    one = word(choices)

    def read(text: str) -> tuple[str, ...]:
        require(text.count(",") < most)
        return tuple(each(one.read, (part.strip() for part in text.split(","))))

    accepted = Message("are names separated by commas, each one of {names}", names=enumerated(choices))
    return Codec(",".join, read, accepted)


def matching(pattern: str, accepted: Message) -> Codec:
    """A text that matches a regular expression from its first character to its last."""
    whole_text = re.compile(pattern, re.ASCII)

    def read(text: str) -> str:
        require(whole_text.fullmatch(text) is not None)
        return text

    return Codec(str, read, accepted)


FLAGS = {"yes": True, "no": False, "true": True, "false": False}


def _read_flag(text: str) -> bool:
    require(text in FLAGS)
    return FLAGS[text]


FLAG = Codec(lambda value: "yes" if value else "no", _read_flag, Message("is yes or no"))


# numbers


def written(value: float) -> str:
    """The shortest text that restores a number: 1, -0.25, 1e-05."""
    return repr(float(value)).removesuffix(".0").replace("e+", "e")


def read_number(text: str) -> float:
    """A finite number in plain decimal notation."""
    text = text.strip().replace("\N{MINUS SIGN}", "-")
    require(len(text) <= limits.NUMBER_LENGTH and _NUMBER.fullmatch(text) is not None)
    value = float(text)
    require(abs(value) <= limits.MAGNITUDE and (value != 0 or _ZERO.fullmatch(text) is not None))
    return value


def number(low: float = -math.inf, above: bool = False) -> Codec:
    """A finite number of at least ``low`` or, with ``above``, greater than it."""

    def read(text: str) -> float:
        value = read_number(text)
        require(value > low if above else value >= low)
        return value

    if low == -math.inf:
        return Codec(written, read, Message("is a finite number"))
    greater = Message("is a finite number above {low}", low=written(low))
    return Codec(written, read, greater if above else Message("is a finite number from {low} up", low=written(low)))


def _read_share(text: str) -> float:
    share = read_number(text)
    require(0 <= share < 1)
    return share


SHARE = Codec(written, _read_share, Message("is a number from 0 up to, but without, 1"))


def read_whole(text: str) -> int:
    require(_WHOLE.fullmatch(text.strip()) is not None)
    return int(text)


def whole(low: int, high: int) -> Codec:

    def read(text: str) -> int:
        value = read_whole(text)
        require(low <= value <= high)
        return value

    return Codec(str, read, Message("is a whole number from {low} to {high}", low=low, high=high))


SEPARATOR = re.compile(r"(?<=\d) ?[,×xX\-\N{EN DASH}] ?| ")
"""What stands between whole numbers that people write in a row: 2,3,2 or 2-3-2, 2×3×2, 2 3 2."""


def wholes(low: int, high: int, least: int, most: int) -> Codec:
    one = whole(low, high)

    def read(text: str) -> tuple[int, ...]:
        parts = SEPARATOR.split(" ".join(text.split()).removesuffix(","))
        require(least <= len(parts) <= most)
        return tuple(each(one.read, parts))

    accepted = Message(
        "are {least} to {most} whole numbers from {low} to {high}, as in {example}",
        least=least,
        most=most,
        low=low,
        high=high,
        example="2,3,2",
    )
    return Codec(lambda values: ",".join(map(str, values)), read, accepted)


def one_of(choices: tuple[Any, ...]) -> Codec:
    """One of a few names or whole numbers."""
    return word(choices) if isinstance(choices[0], str) else whole(min(choices), max(choices))


# matrices and samples


def write_rows(rows: Iterable[Iterable[float]]) -> str:
    """Rows of numbers: 1,2;3,4."""
    return ";".join(",".join(map(written, row)) for row in rows)


def read_rows(text: str) -> Rows:
    """Rows of numbers, all equally long."""
    require(text.count(",") + text.count(";") < limits.NUMBERS)
    rows = tuple(tuple(each(read_number, row.split(","))) for row in text.split(";"))
    require(len({len(row) for row in rows}) == 1)
    return rows


MATRIX = Codec(
    write_rows,
    read_rows,
    Message(
        "are rows of finite numbers, equally long: commas between numbers, semicolons between rows, "
        "at most {most:,} numbers",
        most=limits.NUMBERS,
    ),
)


STATE = Codec(
    write_rows,
    lambda text: read_rows(text) if text else (),
    Message("are rows of finite numbers, a row for each vector that the optimiser keeps, or nothing"),
)


def _read_sample(text: str) -> int | None:
    return None if text == "all" else whole(0, limits.BATCH - 1).read(text)


SAMPLE = Codec(
    lambda value: "all" if value is None else str(value),
    _read_sample,
    Message("is all, or the number of a sample from 0 to {last}", last=limits.BATCH - 1),
)


# training

_PLACE = r"[A-Za-z][\w^]{0,39}\.\d{1,5}\.\d{1,5}"

ASKED = matching(
    f"|{_PLACE}(,{_PLACE}){{0,7}}",
    Message("are up to {most} numbers of arrays, or nothing, as in {example}", most=8, example="delta1.0.1"),
)
REACHED = matching(
    r"|\d{1,9}(\.\d{1,9})?",
    Message("is the number of an entry and of its product, from 0, as in {example}", example="2.1"),
)

_RUN = "[0-9a-f]{16}"

DATASET = matching("[a-z][a-z0-9-]{0,39}", Message("is a name of small letters, digits and hyphens"))
RUN = matching(f"|{_RUN}", Message("is the name of a run, sixteen hexadecimal digits, or nothing"))
RUNS = matching(
    f"|{_RUN}(,{_RUN}){{0,{limits.RUNS - 1}}}",
    Message("are up to {most} names of runs, separated by commas", most=limits.RUNS),
)

OPTIONS = tuple(dict.fromkeys(name for entry in SCHEDULES.values() for name in entry.options))

LEAST, MOST = 1e-6, 1e6
"""Bounds of an option, so that no power of it overflows."""

ZERO = ("lowest",)
"""Options that may be 0."""


def _read_option(text: str) -> tuple[str, float]:
    name, _colon, digits = text.partition(":")
    require(name in OPTIONS)
    value = read_number(digits)
    require(LEAST <= value <= MOST or (value == 0 and name in ZERO))
    return name, value


def options_of(text: str) -> dict[str, float]:
    return dict(each(_read_option, text.split(","))) if text else {}


def options_text(options: Mapping[str, float]) -> str:
    return ",".join(f"{name}:{written(value)}" for name, value in sorted(options.items()))


SCHEDULE = Codec(
    str,
    lambda text: options_text(options_of(text)),
    Message(
        "are numbers from {low} to {high} for {names}, as in {example}",
        low=written(LEAST),
        high=written(MOST),
        names=enumerated(OPTIONS),
        example=f"{OPTIONS[0]}:5",
    ),
)


# a learner's own formula or program


def _read_formula(text: str) -> str:
    require(len(text) <= limits.FORMULA and not SURROGATE.search(text))
    return text


SURROGATE = re.compile("[\ud800-\udfff]")
"""Half a character, which no link and no file can hold."""

FORMULA = Codec(str, _read_formula, Message("is a text of up to {most:,} characters", most=limits.FORMULA))


def in_link(formula: str) -> bool:
    """Whether a link has room for a learner's text."""
    return len(formula) <= limits.FORMULA_IN_LINK and len(quote(formula)) <= limits.FORMULA_ENCODED


Given = tuple[tuple[str, str], ...]
"""Names of a learner's own, each with the quantity that it stands for."""

_QUANTITY = re.compile(
    "|".join(name + r"\[[0-9]{1,2}\]" * row.layered for name, row in QUANTITIES.items() if name.isalpha())
)


def _read_given(text: str) -> Given:
    pairs = tuple(each(_read_pair, text.split(";"))) if text else ()
    require(len(pairs) <= limits.GIVEN and len(dict(pairs)) == len(pairs))
    return pairs


def _read_pair(text: str) -> tuple[str, str]:
    name, _comma, quantity = text.partition(",")
    require(0 < len(name) <= limits.NAME_LENGTH and name.isprintable() and _QUANTITY.fullmatch(quantity) is not None)
    return name, quantity


GIVEN = Codec(
    lambda pairs: ";".join(",".join(pair) for pair in pairs),
    _read_given,
    Message("are names, each with its quantity, as in {example}", example="h,A[1];p,A[2]"),
)
TARGET = matching(
    "|".join(("", *(name + r"\[[0-9]{1,2}\]" * QUANTITIES[name].layered for name in COMPUTED))),
    Message("is an array such as dW[2], db[2], delta[1] or Z[1], its layers counted from 0"),
)
EXERCISE = word(EXERCISES, optional=True)


# a room


def _read_home(text: str) -> str:
    require(len(text) <= limits.HOME and text.isascii() and text.isprintable())
    return text


HOME = Codec(str, _read_home, Message("is the link of a setup put aside, up to {most:,} characters", most=limits.HOME))
