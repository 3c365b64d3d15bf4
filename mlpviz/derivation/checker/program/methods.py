"""The methods of lists and dictionaries that a program may call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .arithmetic import BRACES, filled_in
from .shaping import entries
from .things import Runner
from .troubles import Trouble


def appended(machine: Runner, owner: list[Any], value: Any, *_more: Any) -> None:
    machine.budget.room((len(owner) + 1,))
    owner.append(value)


def inserted(machine: Runner, owner: list[Any], at: Any, value: Any = None) -> None:
    machine.budget.room((len(owner) + 1,))
    if not isinstance(at, int):
        raise Trouble("value")
    owner.insert(at, value)


def popped(_machine: Runner, owner: list[Any], at: Any = -1, *_more: Any) -> Any:
    if not isinstance(at, int) or not -len(owner) <= at < len(owner):
        raise Trouble("index", key=str(at)[:20], name="pop", count=len(owner))
    return owner.pop(at)


def extended(machine: Runner, owner: list[Any], more: Any, *_more: Any) -> None:
    added = entries(more)
    machine.budget.room((len(owner) + len(added),))
    owner.extend(added)


def got(_machine: Runner, owner: dict[Any, Any], key: Any, otherwise: Any = None) -> Any:
    try:
        return owner[key] if isinstance(key, str | int) else otherwise
    except KeyError:
        return otherwise


def updated(machine: Runner, owner: dict[Any, Any], more: Any = None, *_more: Any, **named: Any) -> None:
    added = {**(more if isinstance(more, dict) else {}), **named}
    machine.budget.room((len(owner) + len(added),))
    owner.update(added)


LIST_METHODS: dict[str, Callable[..., Any]] = {
    "append": appended,
    "insert": inserted,
    "pop": popped,
    "extend": extended,
    "reverse": lambda _, owner, *_more: owner.reverse(),
    "push!": appended,
    "clear": lambda _, owner, *_more: owner.clear(),
    "copy": lambda _, owner, *_more: list(owner),
}


DICTIONARY_METHODS: dict[str, Callable[..., Any]] = {
    "keys": lambda _, owner, *_more: list(owner),
    "values": lambda _, owner, *_more: list(owner.values()),
    "items": lambda _, owner, *_more: list(owner.items()),
    "get": got,
    "update": updated,
    "copy": lambda _, owner, *_more: dict(owner),
}


TEXT_METHODS: dict[str, Callable[..., Any]] = {
    "format": lambda _, owner, *values: filled_in(owner, BRACES, values),
}


METHODS = {list: LIST_METHODS, dict: DICTIONARY_METHODS, str: TEXT_METHODS}


def own_method(owner: Any, name: str) -> Callable[..., Any] | None:
    return next((methods.get(name) for kind, methods in METHODS.items() if isinstance(owner, kind)), None)
