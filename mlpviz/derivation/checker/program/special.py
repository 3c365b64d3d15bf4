"""Functions that need more of the machine than their arguments, and those of R, MATLAB and Julia alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from .arithmetic import array_of
from .numerics import numeric
from .shaping import entries
from .things import Builtin, Library, Runner, is_array, is_number
from .troubles import Trouble


def found(name: str) -> Any:
    function = numeric(name)
    assert function is not None
    return function


def plain_list(_machine: Runner, arguments: list[Any], _keywords: Mapping[str, Any]) -> Any:
    return list(entries(arguments[0])) if arguments else []


def dictionary(_machine: Runner, arguments: list[Any], keywords: Mapping[str, Any]) -> Any:
    return {**(arguments[0] if arguments and isinstance(arguments[0], dict) else {}), **keywords}


def generator(_machine: Runner, _arguments: list[Any], _keywords: Mapping[str, Any]) -> Any:
    return Library("random")


def changed_in_place(sign: str) -> Callable[..., Any]:
    """assign_sub and its kin: an array changed where it stands."""

    def compute(machine: Runner, arguments: list[Any], _keywords: Mapping[str, Any]) -> Any:
        if len(arguments) < 2 or not is_array(arguments[0]):
            raise Trouble("arguments", name="assign")
        value = machine.combined(sign, arguments[0], arguments[1]) if sign else arguments[1]
        machine.written_into(arguments[0], (Ellipsis,), value)
        return arguments[0]

    return compute


def added_sub(machine: Runner, arguments: list[Any], keywords: Mapping[str, Any]) -> Any:
    """W.sub_(dW, alpha=lr)."""
    scale = keywords.get("alpha", 1.0)
    return changed_in_place("-")(machine, [arguments[0], machine.combined("*", scale, arguments[1])], {})


def text_of(_machine: Runner, arguments: list[Any], _keywords: Mapping[str, Any]) -> str:
    if not arguments or not isinstance(arguments[0], int | float | str):
        raise Trouble("value")
    return str(arguments[0])[:40]


def named_list(machine: Runner, arguments: list[Any], keywords: Mapping[str, Any]) -> Any:
    """list(…): of what can be looped over, or R's list of names."""
    if machine.dialect.name == "r":
        return dict(keywords) if keywords or not arguments else list(arguments)
    return plain_list(machine, arguments, keywords)


OPERATIONS = {"plus": "+", "minus": "-", "times": "*", "rdivide": "/", "power": "**"}


def broadcast(machine: Runner, arguments: list[Any], _keywords: Mapping[str, Any]) -> Any:
    """MATLAB's bsxfun(@plus, a, b)."""
    sign = OPERATIONS.get(arguments[0].name) if arguments and isinstance(arguments[0], Builtin) else None
    if sign is None or len(arguments) != 3:
        raise Trouble("arguments", name="bsxfun")
    return machine.combined(sign, arguments[1], arguments[2])


def swept(machine: Runner, arguments: list[Any], keywords: Mapping[str, Any]) -> Any:
    """R's sweep(x, 2, b, "+"): b for each row, or with 1 for each column."""
    x, side, b, *signs = arguments
    b = np.ravel(array_of(b, machine.budget))
    sign = str(signs[0] if signs else keywords.get("FUN", "-"))
    if sign not in ("+", "-", "*", "/") or side not in (1, 2):
        raise Trouble("arguments", name="sweep")
    return machine.combined(sign, x, b if side == 2 else b.reshape(-1, 1))


def as_r_matrix(machine: Runner, arguments: list[Any], keywords: Mapping[str, Any]) -> Any:
    """R's matrix(x, rows, columns, byrow): the entries again and again until it is full."""
    x = array_of(arguments[0] if arguments else keywords.get("data", 0), machine.budget)
    flat = np.ravel(x)
    sides = [*arguments[1:3], None, None][:2]
    rows, columns = (keywords.get(key, side) for key, side in zip(("nrow", "ncol"), sides, strict=True))
    if machine.dialect.name != "r":
        return found("array")(machine.budget, arguments[:1], {}, "matrix")
    if not flat.size or not all(each is None or (is_number(each) and 0 < each < 10**6) for each in (rows, columns)):
        raise Trouble("arguments", name="matrix")
    rows = int(rows) if rows is not None else -(-flat.size // int(columns or 1))
    columns = int(columns) if columns is not None else -(-flat.size // rows)
    machine.budget.room((rows, columns))
    filled = np.resize(flat, rows * columns)
    return filled.reshape(rows, columns) if keywords.get("byrow") else filled.reshape(columns, rows).T.copy()


def repeated(machine: Runner, arguments: list[Any], keywords: Mapping[str, Any]) -> Any:
    """R's rep(x, times) and rep(x, each = m); beside a matrix of m rows the latter is a row for each of them."""
    x = np.ravel(array_of(arguments[0], machine.budget))
    each, times = keywords.get("each"), keywords.get("times", arguments[1] if len(arguments) > 1 else 1)
    count = each if each is not None else times
    if not is_number(count) or count < 0:
        raise Trouble("arguments", name="rep")
    machine.budget.room((x.size, int(count)))
    if each is not None:
        return np.tile(x, (int(count), 1))
    return np.tile(x, int(count))


def crossed(turned: int) -> Callable[..., Any]:
    """R's crossprod(x, y) and tcrossprod(x, y)."""

    def compute(machine: Runner, arguments: list[Any], _keywords: Mapping[str, Any]) -> Any:
        parts = [np.asarray(array_of(each, machine.budget)) for each in (arguments * 2)[:2]]
        parts[turned] = parts[turned].T
        return machine.combined("@", *parts)

    return compute


def cells(machine: Runner, arguments: list[Any], _keywords: Mapping[str, Any]) -> Any:
    """cell(1, n): a list of n."""
    count = max([int(each) for each in arguments if is_number(each)], default=1)
    machine.budget.room((count,))
    return [None] * count
