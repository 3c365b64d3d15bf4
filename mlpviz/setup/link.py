"""A setup in a link: readable query parameters for what differs from the preset, so its name alone restores it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from ..derivation.hands import HANDS
from ..maths.messages import Refusal, message_of
from . import limits
from .beside import ADDED, BESIDE
from .checks import check_size, checked
from .codecs import in_link, quoted, refusal, word
from .entries import Entries, write_entries
from .resize import resized
from .setup import BY_NAME, PROPERTIES, VERSION, Property, Setup, replaced

DEFAULT = "two-three-two"
END = "end"  # the last parameter of a link that was not cut off
LEFT_OUT = "left_out"  # the properties that were too long for the link
KEPT = "kept"  # the name under which the server that made the link may still have them


def encode(setup: Setup, base: Setup) -> dict[str, str]:
    """The query parameters that restore a setup, given its preset's own setup."""
    query = {"v": str(VERSION), "preset": setup.preset}
    default = in_its_hand(resized(base, setup.widths), setup.hand)
    for prop in PROPERTIES:
        reference = base if prop.name == "widths" else default
        if prop.linked and prop.write(setup) != prop.write(reference):
            query[prop.name] = changed_entries(setup, default) if prop.name == "entries" else prop.write(setup)
    return query | {END: "1"}


def in_its_hand(setup: Setup, hand: str) -> Setup:
    """A setup in the notation of a hand, whose name alone restores it."""
    return replace(setup, notation=HANDS[hand].notation) if hand else setup


def changed_entries(setup: Setup, base: Setup) -> str:
    """The entries that differ from the preset's own, or all if some of the preset's were removed."""
    if not base.entries.keys() <= setup.entries.keys():
        return write_entries(Entries(setup.entries, only=True))
    changed = {key: value for key, value in setup.entries.items() if repr(value) != repr(base.entries.get(key))}
    return write_entries(Entries(changed))


def as_text(query: Mapping[str, str]) -> str:
    """The query as text, with readable separators."""
    return "&".join(f"{name}={quote(text, safe=',;:~')}" for name, text in query.items())


def length_of(query: Mapping[str, str]) -> int:
    """The length of the query in its longest spelling: every separator percent-encoded, or every space."""
    return max(len(urlencode(query)), len(as_text(query)))


def shortened(setup: Setup, base: Setup, most: int = limits.LINK_LENGTH) -> tuple[dict[str, str], tuple[str, ...]]:
    """The query of at most so many characters, and the properties it leaves out for that; a file has them all."""
    query = encode(setup, base)
    left_out: list[str] = []
    if not in_link(query.get("formula", "")):
        left_out.append("formula")
        del query["formula"]
    for names in (("optimizer_state", "updates"), ("entries",), ("X", "Y", "sample"), ("home",), ("formula",)):
        if length_of(query) > most:
            left_out += [name for name in names if query.pop(name, None) is not None]
    if left_out:
        query = {**query, LEFT_OUT: ",".join(left_out), END: query.pop(END)}
    return query, tuple(left_out)


def decode(query: Mapping[str, str], bases: Mapping[str, Setup]) -> Setup:
    """The setup of a link.

    Raises Refusal naming the field, its value and the accepted values.
    """
    check_length(query)
    if "v" in query and END not in query:
        raise Refusal("link: found no end, so it was cut off; accepted is the whole link, to its last character.")
    return assembled(fields_of(query), bases)


def check_length(query: Mapping[str, str]) -> None:
    """Refuse a link that is too long to be read."""
    length = sum(len(name) + len(text) + 2 for name, text in query.items())
    if length > limits.LINK_LENGTH:
        raise Refusal(
            "link: found {length:,} characters; accepted are up to {most:,}, and a file beyond.",
            length=length,
            most=limits.LINK_LENGTH,
        )


def completed(query: Mapping[str, str], rest: str, bases: Mapping[str, Setup]) -> Setup:
    """The setup of a link and of what that could not carry, as the text of another.

    Raises Refusal naming the field, its value and the accepted values.
    """
    if len(rest) > limits.FILE_BYTES:
        raise Refusal(
            "link: found {length:,} characters; accepted are up to {most:,}, and a file beyond.",
            length=len(rest),
            most=limits.FILE_BYTES,
        )
    left_out, texts = query.get(LEFT_OUT, "").split(","), query_of(rest)
    return assembled(fields_of(query) | {name: text for name, text in texts.items() if name in left_out}, bases)


def fields_of(query: Mapping[str, str]) -> dict[str, str]:
    """What of a link is the setup's."""
    return {name: text for name, text in query.items() if name not in (END, LEFT_OUT, KEPT) and not ignored(name)}


def ignored(name: str) -> bool:
    """Whether a parameter of the address does not belong to the setup."""
    return name in BESIDE or ADDED.fullmatch(name) is not None


def assembled(fields: Mapping[str, str], bases: Mapping[str, Setup]) -> Setup:
    """The setup of texts by property, on top of their preset's own setup."""
    check_version(fields)
    preset = fields.get("preset", DEFAULT)
    if preset not in bases:
        raise refusal("preset", preset, word(bases).accepted)
    values: dict[str, Any] = {}
    for name, text in fields.items():
        if name not in ("v", "preset"):
            values[name] = known(name).read(text)
    setup = checked(on_top_of(bases[preset], values))
    if setup.home:
        at_home(setup.home, bases)
    return setup


def check_version(fields: Mapping[str, str]) -> None:
    version = fields.get("v", str(VERSION))
    if version != str(VERSION):
        raise Refusal("v: found version {version}; accepted is version {own}.", version=quoted(version), own=VERSION)


def at_home(home: str, bases: Mapping[str, Setup]) -> Setup:
    """The setup that was put aside for a room, from its link.

    Raises Refusal naming what of it is wrong.
    """
    try:
        query = query_of(home)
        if "home" in query:
            raise Refusal("found a room inside a room; accepted is a setup that is in none.")
        return decode(query, bases)
    except Refusal as refusal:
        raise Refusal("home: {why}", why=message_of(refusal)) from None


def query_of(text: str) -> dict[str, str]:
    """The parameters of a query written as text.

    Raises Refusal if it is no query.
    """
    try:
        return dict(parse_qsl(text, keep_blank_values=True, strict_parsing=True))
    except ValueError:
        raise Refusal("found {text}; accepted is the text of a link.", text=quoted(text)) from None


def known(name: str) -> Property:
    if name not in BY_NAME:
        (nearest,) = get_close_matches(name, ("preset", *BY_NAME), n=1, cutoff=0)
        raise Refusal(
            "setup: found a part named {part}; accepted are the names that a saved setup has, such as {nearest}.",
            part=quoted(name),
            nearest=nearest,
        )
    return BY_NAME[name]


def on_top_of(base: Setup, values: dict[str, Any]) -> Setup:
    """The preset's own setup resized to the given widths, then overwritten by ``values``."""
    widths = values.get("widths", base.widths)
    check_size(widths, len(values.get("X", base.X)))
    default = in_its_hand(resized(base, widths), values.get("hand", base.hand))
    if isinstance(entries := values.get("entries"), Entries):
        values["entries"] = entries.values if entries.only else {**default.entries, **entries.values}
    return replaced(default, values)
