"""Bound calls as one function without a loop: on tiny networks the loop over them costs a tenth of the time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

INDEX: Any = object()
"""Placeholder among the arguments of a bound call for the argument of the whole function."""


def straight_line(calls: Iterable[Callable[[], Any]]) -> Callable[..., Any]:
    """One function that makes the calls in order and returns the last result; its argument replaces ``INDEX``.

    The source is made of numbered names only, f0(x0, x1), f1(x2, out=x3) and so on.
    """
    known: dict[str, Any] = {}
    lines = [written(call, known) for call in calls]
    source = "\n ".join(["def row(index=None):", *lines[:-1], f"return {lines[-1]}"] if lines else ["def row(): pass"])
    exec(source, known)
    row: Callable[..., Any] = known.pop("row")  # whose globals the names are: it must not hold itself
    return row


def written(call: Callable[[], Any], known: dict[str, Any]) -> str:
    """Write one call as source; its function and arguments get names in ``known``."""
    bound = call if isinstance(call, partial) else partial(call)

    def named(value: Any) -> str:
        if value is INDEX:
            return "index"
        name = f"x{len(known)}"
        known[name] = value
        return name

    function, arguments = named(bound.func), [named(value) for value in bound.args]
    arguments += [f"{key}={named(value)}" for key, value in bound.keywords.items()]
    return f"{function}({', '.join(arguments)})"
