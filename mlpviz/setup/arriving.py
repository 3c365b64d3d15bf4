"""A link as it arrives: through messengers that add to it, cut off, or with a part that is damaged.

What is not ours is ignored, and what of ours cannot be read is refused alone: the rest of the link is opened.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..maths.messages import Message, Refusal, counted, listed, verbatim
from .beside import ADDED, BESIDE, beside_of
from .checks import checked
from .codecs import quoted, refusal, word
from .link import DEFAULT, END, KEPT, LEFT_OUT, at_home, check_length, check_version, on_top_of
from .setup import BY_NAME, Setup

HEADS = ("v", "preset", END, LEFT_OUT, KEPT)
"""What a setup's link has besides its properties."""

TOGETHER = (("X", "Y"),)
"""Properties that may fit only together."""

NAMED = 3
"""Parts of a link that a sentence names, before it counts the others."""


@dataclass
class Arrival:
    """What a link says, as far as it can be read, and what is to be said of the rest.

    ``setup`` is None if nothing of the link is a setup's.
    """

    setup: Setup | None = None
    beside: dict[str, Any] = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)
    remarks: list[Message] = field(default_factory=list)

    @property
    def refusal(self) -> Message | None:
        """One sentence on what was refused, and how many more there were."""
        if not self.refused:
            return None
        first, more = self.refused[0].message, len(self.refused) - 1
        if not more:
            return first
        others = counted(
            "{count} more part of the link cannot be read.", "{count} more parts of the link cannot be read.", more
        )
        return Message("{sentence} · {remark}", sentence=first, remark=others)


def arrived(query: Mapping[str, str], bases: Mapping[str, Setup]) -> Arrival:
    """What a link says. Raises Refusal only if it is too long to be read."""
    check_length(query)
    arrival = Arrival()
    whole = dict(uncut(query, arrival))
    arrival.beside, arrival.refused = beside_of(whole)
    if unknown := [name for name in whole if not (is_setups(name) or name in BESIDE or ADDED.fullmatch(name))]:
        arrival.remarks.append(ignored(unknown))
    fields = {name: text for name, text in whole.items() if name == "preset" or name in BY_NAME}
    if fields or not query:
        arrival.setup = opened(whole, fields, bases, arrival.refused)
    return arrival


def is_setups(name: str) -> bool:
    """Whether a parameter of the address belongs to the setup."""
    return name in BY_NAME or name in HEADS


def ignored(names: list[str]) -> Message:
    """That parts of a link are none of ours."""
    shown = listed([quoted(name) for name in names[:NAMED]])
    return counted(
        "This link has a part {names} that mlpviz does not know; it was ignored.",
        "This link has {count} parts that mlpviz does not know, such as {names}; they were ignored.",
        len(names),
        names=shown,
    )


def uncut(query: Mapping[str, str], arrival: Arrival) -> Mapping[str, str]:
    """A link without the part in which it was cut off, and whose value may lack its end."""
    if "v" not in query or END in query:
        return query
    names = [name for name in query if is_setups(name) or name in BESIDE or not query[name]]
    arrival.remarks.append(Message("This link was cut off: what stood at its end is missing."))
    return {name: text for name, text in query.items() if name != names[-1]}


def opened(
    query: Mapping[str, str], fields: Mapping[str, str], bases: Mapping[str, Setup], refused: list[Refusal]
) -> Setup | None:
    """The setup of a link's fields; none if all of them are refused."""
    preset = fields.get("preset", DEFAULT)
    if preset not in bases:
        refused.append(refusal("preset", preset, word(bases).accepted))
    base = bases.get(preset, bases[DEFAULT])
    setup, kept = fitting(base, dict(readable(query, fields, bases, refused)), refused)
    return setup if kept or (preset in bases and "preset" in fields) or not refused else None


def readable(
    query: Mapping[str, str], fields: Mapping[str, str], bases: Mapping[str, Setup], refused: list[Refusal]
) -> Iterator[tuple[str, Any]]:
    """The properties that can be read."""
    try:
        check_version(query)
    except Refusal as why:
        refused.append(why)
    for name, text in fields.items():
        if name == "preset":
            continue
        try:
            value = BY_NAME[name].read(text)
            if name == "home" and value:
                at_home(value, bases)
        except Refusal as why:
            refused.append(why)
        else:
            yield name, value


def fitting(base: Setup, values: Mapping[str, Any], refused: list[Refusal]) -> tuple[Setup, Mapping[str, Any]]:
    """The setup of the properties that fit together, and these: one of them is left out or, if need be, several."""
    try:
        return fitted(base, values), values
    except ValueError as why:
        first = as_refusal(why)
    for name in values:
        others = {other: value for other, value in values.items() if other != name}
        if (setup := fitted_or_none(base, others)) is not None:
            refused.append(first)
            return setup, others
    return one_by_one(base, values, refused)


def one_by_one(base: Setup, values: Mapping[str, Any], refused: list[Refusal]) -> tuple[Setup, Mapping[str, Any]]:
    setup, kept = base, dict[str, Any]()
    for group in groups(values):
        whole = fitted_or_none(base, kept | group)
        for part in [group] if whole else [{name: value} for name, value in group.items()]:
            try:
                setup, kept = fitted(base, kept | part), kept | part
            except ValueError as why:
                refused.append(as_refusal(why))
    return setup, kept


def as_refusal(why: ValueError) -> Refusal:
    return why if isinstance(why, Refusal) else Refusal(verbatim(str(why)))


def groups(values: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The properties in the order of their table, those that may fit only together at once."""
    joined = {name: names for names in TOGETHER for name in names}
    for name in BY_NAME:
        names = joined.get(name, (name,))
        if name == names[0] and (group := {each: values[each] for each in names if each in values}):
            yield group


def fitted(base: Setup, values: Mapping[str, Any]) -> Setup:
    return checked(on_top_of(base, dict(values)))


def fitted_or_none(base: Setup, values: Mapping[str, Any]) -> Setup | None:
    try:
        return fitted(base, values)
    except ValueError:
        return None
