"""A setup in a file: the same properties as in a link, all of them, as JSON with real lists and numbers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ..maths.messages import Message, Refusal
from . import limits
from .codecs import quoted, refusal, written
from .entries import arrays_of, rectangle
from .link import assembled
from .setup import BY_NAME, PROPERTIES, VERSION, Setup

NAME = "mlpviz-setup.json"
PROGRAM = "mlpviz"


def encode_file(setup: Setup) -> bytes:
    """Write a setup with all its properties as a file."""
    content: dict[str, Any] = {"program": PROGRAM, "v": VERSION, "preset": setup.preset}
    content |= {prop.name: plain(prop.get(setup)) for prop in PROPERTIES}
    lines = (f"  {json.dumps(name)}: {json.dumps(value, allow_nan=False)}" for name, value in content.items())
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return plain_entries(value)
    if value == ():
        return ""
    return "all" if value is None else value


def plain_entries(entries: Mapping[Any, float]) -> dict[str, Any]:
    """Parameter entries as JSON: {"W1": rows} if they fill a block, {"W1.0.1": number} if not."""
    content: dict[str, Any] = {}
    for (letter, l), cells in arrays_of(entries).items():
        if (rows := rectangle(cells)) is not None:
            content[f"{letter}{l}"] = rows
        else:
            content |= {f"{letter}{l}.{row}.{column}": value for (row, column), value in cells.items()}
    return content


def decode_file(content: bytes, bases: Mapping[str, Setup]) -> Setup:
    """The setup of a setup file.

    Raises Refusal naming the field, its value and the accepted values.
    """
    check_bytes(len(content))
    fields = parsed(content)
    if fields.pop("program", None) != PROGRAM:
        raise Refusal(
            'file: found no "program": "{program}"; accepted is a setup file saved by {program}.', program=PROGRAM
        )
    return assembled({name: as_text(name, value) for name, value in fields.items()}, bases)


def check_bytes(size: int) -> None:
    if size > limits.FILE_BYTES:
        raise Refusal("file: found {size:,} bytes; accepted are up to {most:,}.", size=size, most=limits.FILE_BYTES)


def parsed(content: bytes) -> dict[str, Any]:
    """The JSON object of a file, which may have no name twice and no number that is not finite."""
    try:
        text = content.decode("utf-8-sig")
        value = json.loads(text, object_pairs_hook=unique, parse_constant=refused, parse_int=bounded)
    except RecursionError:
        raise Refusal("file: found lists inside lists without end; accepted are rows of numbers.") from None
    except UnicodeDecodeError:
        raise Refusal("file: found bytes that are no text; accepted is a setup file in UTF-8.") from None
    except json.JSONDecodeError as error:
        raise Refusal(
            "file: found damaged JSON at line {line}, column {column}; accepted is a whole setup file.",
            line=error.lineno,
            column=error.colno,
        ) from None
    if not isinstance(value, dict):
        raise Refusal("file: found {value}; accepted is a setup file, one JSON object.", value=quoted(value))
    return value


def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, value in pairs:
        if name in values:
            raise Refusal("file: found {name} twice; accepted is each name once.", name=quoted(name))
        values[name] = value
    return values


def bounded(digits: str) -> int:
    if len(digits) > limits.NUMBER_LENGTH:
        raise Refusal(
            "file: found {digits}; accepted are numbers of up to {most} digits.",
            digits=quoted(digits),
            most=limits.NUMBER_LENGTH,
        )
    return int(digits)


def refused(constant: str) -> None:
    """Refuse NaN and Infinity, which Python's JSON accepts."""
    raise Refusal("file: found {constant}; accepted are finite numbers.", constant=constant)


def as_text(name: str, value: Any) -> str:
    """A value of the file as the text of a link; a value without such a text is refused by its property."""
    if name == "entries" and isinstance(value, dict):
        return "~".join(["only", *(f"{key}:{listed(name, rows)}" for key, rows in value.items())])
    return listed(name, value)


def listed(name: str, value: Any, separators: str = ";,") -> str:
    if not isinstance(value, list):
        return scalar(name, value)
    nested = any(isinstance(item, list) for item in value)
    if not value or (nested and len(separators) < 2):
        raise wrong(name, value)
    return separators[0 if nested else -1].join(listed(name, item, separators[1:] if nested else "") for item in value)


def scalar(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return str(value) if isinstance(value, int) else written(value)
    if isinstance(value, str):
        return value
    raise wrong(name, value)


def wrong(name: str, value: Any) -> Refusal:
    accepted = BY_NAME[name].codec.accepted if name in BY_NAME else Message("is text")
    return refusal(name, json.dumps(value), accepted)
