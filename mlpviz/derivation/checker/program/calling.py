"""Calls of a program: its own functions, those of the table, methods of arrays, lists and dictionaries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from ..reading import syntax as sx
from .arithmetic import array_of
from .numerics import axis_of, numeric
from .shaping import entries
from .slopes import activated, activation_of, is_generic, is_generic_slope, slope, slope_of
from .things import Builtin, Instance, Library, Maker, Method, Missing, is_array, is_number
from .troubles import Trouble, shown

Machine = Any
"""The machine that runs the program."""

SILENT = frozenset(
    "print display disp fprintf printf format assert seed manual_seed set_seed set.seed figure plot show close clc "
    "clear super device isinstance type repr input sleep time append_plot println cat_text legend title xlabel ylabel "
    "tic toc rng hold filterwarnings zero_grad eval train no_grad setattr warn set_printoptions savefig tight_layout "
    "set_random_seed PRNGKey zero_ message library require source".split()
)
"""Functions that compute nothing of a pass."""

AXIS_FUNCTIONS = frozenset("sum mean max min prod reduce_sum reduce_mean reduce_max amax amin argmax".split())
BY_SIDE = {"rowSums": ("sum", 1), "colSums": ("sum", 0), "rowMeans": ("mean", 1), "colMeans": ("mean", 0)}


def called(machine: Machine, node: sx.Call) -> Any:
    """The value of a call. Raises Trouble where there is no such function, or where its value is none."""
    function, name = callee(machine, node.function)
    if is_array(function) or isinstance(function, list | tuple | dict):
        return machine.value(sx.Index(node.function, node.arguments, span=node.span))  # MATLAB's brackets are round
    if isinstance(function, Builtin) and function.name in SILENT and numeric(function.name) is None:
        return None
    arguments = [machine.value(each) for each in node.arguments]
    keywords = {key: machine.value(each) for key, each in node.keywords if key not in ("out",)}
    machine.bare = isinstance(node.function, sx.Word)
    return call(machine, function, name, arguments, keywords)


def call(machine: Machine, function: Any, name: str, arguments: list[Any], keywords: Mapping[str, Any]) -> Any:
    match function:
        case sx.Definition():
            return machine.run(function, arguments, keywords)
        case Method(definition, record):
            return machine.run(definition, [record, *arguments], keywords)
        case Maker(made):
            return machine.make(made, arguments, keywords)
        case Builtin(own, bound):
            return of_table(machine, own, [*bound, *arguments], keywords, bool(bound))
        case Missing():
            raise Trouble("early", name=name, line=function.line)
    raise Trouble("function", name=name[:40])


def callee(machine: Machine, node: sx.Syntax) -> tuple[Any, str]:
    """What is called, and its name."""
    match node:
        case sx.Word(text):
            if (own := machine.callable_named(text)) is not None:
                return own, text
            return Builtin(text), text
        case sx.Primed(sx.Word(text)):
            return Builtin(f"{text}_prime"), text
        case sx.Attribute(owner, name):
            if isinstance(owner, sx.Word) and owner.text == "super":
                return Builtin("super"), name
            if isinstance(owner, sx.Call) and owner.function == sx.Word("super"):
                return Builtin("super"), name
            value = machine.value(owner)
            if isinstance(value, Library):
                return Builtin(name), name
            if isinstance(value, Instance):
                return machine.method(value, name), name
            return Builtin(name, (value,)), name
    return machine.value(node), ""


def of_table(
    machine: Machine, name: str, arguments: list[Any], keywords: Mapping[str, Any], method: bool = False
) -> Any:
    """A function of the tables, or a method of what its first argument is."""
    if method and (own := own_method(arguments[0], name)) is not None:
        return own(machine, arguments[0], *arguments[1:3])
    if (function := SPECIAL.get(name)) is not None:
        return function(machine, arguments, keywords)
    if machine.dialect.first_axis and name in ("max", "min") and len(arguments) == 2 and not keywords:
        name = f"{name}imum"
    if name in BY_SIDE and len(arguments) == 1:
        name, axis = BY_SIDE[name]
        return found(name)(machine.budget, arguments, {"axis": axis}, name)
    if (numeric_function := numeric(name)) is not None:
        arguments, keywords = adapted(machine, name, arguments, dict(keywords), method)
        return numeric_function(machine.budget, arguments, keywords, name)
    if arguments and (is_array(arguments[-1]) or is_number(arguments[-1]) or isinstance(arguments[0], list)):
        return activation_called(machine, name, arguments, keywords)
    raise Trouble("function", name=name[:40])


def found(name: str) -> Any:
    function = numeric(name)
    assert function is not None
    return function


def adapted(
    machine: Machine, name: str, arguments: list[Any], keywords: dict[str, Any], method: bool
) -> tuple[list[Any], dict[str, Any]]:
    """Arguments as NumPy has them: axes from 0, and what a sum without an axis adds up."""
    dialect = machine.dialect
    if name not in AXIS_FUNCTIONS:
        if dialect.first_axis and name in ("size", "reverse", "cat") and len(arguments) > 1 and is_number(arguments[1]):
            arguments = [arguments[0], int(arguments[1]) - 1, *arguments[2:]]
        return arguments, keywords
    plain = dialect.first_axis == 0 and not method and machine.bare and is_array(arguments[0]) and len(arguments) == 1
    if plain and name == "sum" and not keywords and dialect.name != "r":
        keywords = {"axis": machine.samples_axis(arguments[0]), "keepdims": not dialect.is_code}
    if dialect.first_axis:
        place = 2 if name in ("max", "min") and len(arguments) > 2 else 1
        if len(arguments) > place and is_number(arguments[place]):
            arguments = [arguments[0], int(arguments[place]) - 1]
            keywords["keepdims"] = True
        for key in ("dims", "dim", "axis"):
            if key in keywords and is_number(keywords[key]):
                keywords = {"axis": int(keywords[key]) - 1, "keepdims": True}
                break
        if dialect.adds == "first" and len(arguments) == 1 and not keywords and is_array(arguments[0]):
            keywords = {"axis": int(arguments[0].ndim > 1 and arguments[0].shape[0] == 1), "keepdims": True}
    return arguments, keywords


def activation_called(machine: Machine, name: str, arguments: list[Any], keywords: Mapping[str, Any]) -> Any:
    """An activation or a slope by name; f and g stand for the layer's own."""
    argument = np.asarray(array_of(arguments[-1] if is_array(arguments[-1]) else arguments[0], machine.budget))
    machine.budget.room(argument.shape, effort=4)
    if is_generic(name) or is_generic_slope(name):
        own, of = machine.scene.activation_at(argument)
        if own is None:
            raise Trouble("function", name=name[:40])
        return slope(own, argument, of) if is_generic_slope(name) else activated(own, argument, machine.softmax_axis)
    if (own := activation_of(name)) is not None:
        axis = keywords.get("axis", keywords.get("dim", machine.softmax_axis))
        if isinstance(axis, int) and machine.dialect.first_axis and ("dims" in keywords or "dim" in keywords):
            axis -= 1
        value = activated(own, argument, axis_of(axis, argument) if argument.ndim > 1 else -1)
        return value if argument.ndim else np.float64(value)
    if (own := slope_of(name)) is not None:
        _own, of = machine.scene.activation_at(argument)
        value = slope(own, argument, "a" if "_a" in name or of == "a" else "z")
        return pulled(value, arguments) if "back" in name and len(arguments) > 1 else value
    raise Trouble("function", name=name[:40])


def pulled(value: Any, arguments: list[Any]) -> Any:
    """relu_backward(dA, Z): the slope times what comes from above."""
    above = arguments[0]
    if not is_array(above) or above.shape != value.shape:
        raise Trouble("entrywise", a=shown(np.shape(above)), b=shown(value.shape))
    return above * value


def bracketed(machine: Machine, owner: Builtin, arguments: list[Any]) -> Any:
    """np.c_[a, b] and np.r_[a, b]."""
    names = {"c_": "column_stack", "r_": "vstack"}
    if owner.name not in names:
        raise Trouble("function", name=owner.name[:40])
    return found(names[owner.name])(machine.budget, arguments, {}, owner.name)


def appended(machine: Machine, owner: list[Any], value: Any, *_more: Any) -> None:
    machine.budget.room((len(owner) + 1,))
    owner.append(value)


def inserted(machine: Machine, owner: list[Any], at: Any, value: Any = None) -> None:
    machine.budget.room((len(owner) + 1,))
    if not isinstance(at, int):
        raise Trouble("value")
    owner.insert(at, value)


def popped(_machine: Machine, owner: list[Any], at: Any = -1, *_more: Any) -> Any:
    if not isinstance(at, int) or not -len(owner) <= at < len(owner):
        raise Trouble("index", key=str(at)[:20], name="pop", count=len(owner))
    return owner.pop(at)


def extended(machine: Machine, owner: list[Any], more: Any, *_more: Any) -> None:
    added = entries(more)
    machine.budget.room((len(owner) + len(added),))
    owner.extend(added)


def got(_machine: Machine, owner: dict[Any, Any], key: Any, otherwise: Any = None) -> Any:
    try:
        return owner[key] if isinstance(key, str | int) else otherwise
    except KeyError:
        return otherwise


def updated(machine: Machine, owner: dict[Any, Any], more: Any = None, *_more: Any) -> None:
    if isinstance(more, dict):
        machine.budget.room((len(owner) + len(more),))
        owner.update(more)


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


def own_method(owner: Any, name: str) -> Callable[..., Any] | None:
    if isinstance(owner, list):
        return LIST_METHODS.get(name)
    return DICTIONARY_METHODS.get(name) if isinstance(owner, dict) else None


def plain_list(_machine: Machine, arguments: list[Any], _keywords: Mapping[str, Any]) -> Any:
    return list(entries(arguments[0])) if arguments else []


def dictionary(_machine: Machine, arguments: list[Any], keywords: Mapping[str, Any]) -> Any:
    return {**(arguments[0] if arguments and isinstance(arguments[0], dict) else {}), **keywords}


def generator(_machine: Machine, _arguments: list[Any], _keywords: Mapping[str, Any]) -> Any:
    return Library("random")


def own_sum(machine: Machine, arguments: list[Any], keywords: Mapping[str, Any]) -> Any:
    """Python's sum of a list: its entries added up."""
    if arguments and isinstance(arguments[0], list | tuple) and not keywords and machine.bare:
        total: Any = 0
        for each in entries(arguments[0]):
            total = found("add")(machine.budget, [total, each], {}, "sum")
        return total
    arguments, keywords = adapted(machine, "sum", arguments, dict(keywords), not machine.bare)
    return found("sum")(machine.budget, arguments, keywords, "sum")


def changed_in_place(sign: str) -> Callable[..., Any]:
    """assign_sub and its kin: an array changed where it stands."""

    def compute(machine: Machine, arguments: list[Any], _keywords: Mapping[str, Any]) -> Any:
        if len(arguments) < 2 or not is_array(arguments[0]):
            raise Trouble("arguments", name="assign")
        value = machine.combined(sign, arguments[0], arguments[1]) if sign else arguments[1]
        machine.written_into(arguments[0], (Ellipsis,), value)
        return arguments[0]

    return compute


def added_sub(machine: Machine, arguments: list[Any], keywords: Mapping[str, Any]) -> Any:
    """W.sub_(dW, alpha=lr)."""
    scale = keywords.get("alpha", 1.0)
    return changed_in_place("-")(machine, [arguments[0], machine.combined("*", scale, arguments[1])], {})


def text_of(_machine: Machine, arguments: list[Any], _keywords: Mapping[str, Any]) -> str:
    if not arguments or not isinstance(arguments[0], int | float | str):
        raise Trouble("value")
    return str(arguments[0])[:40]


def named_list(machine: Machine, arguments: list[Any], keywords: Mapping[str, Any]) -> Any:
    """list(…): of what can be looped over, or R's list of names."""
    if machine.dialect.name == "r":
        return dict(keywords) if keywords or not arguments else list(arguments)
    return plain_list(machine, arguments, keywords)


OPERATIONS = {"plus": "+", "minus": "-", "times": "*", "rdivide": "/", "power": "**"}


def broadcast(machine: Machine, arguments: list[Any], _keywords: Mapping[str, Any]) -> Any:
    """MATLAB's bsxfun(@plus, a, b)."""
    sign = OPERATIONS.get(arguments[0].name) if arguments and isinstance(arguments[0], Builtin) else None
    if sign is None or len(arguments) != 3:
        raise Trouble("arguments", name="bsxfun")
    return machine.combined(sign, arguments[1], arguments[2])


def swept(machine: Machine, arguments: list[Any], keywords: Mapping[str, Any]) -> Any:
    """R's sweep(x, 2, b, "+"): b for each row, or with 1 for each column."""
    x, side, b, *signs = arguments
    b = np.ravel(array_of(b, machine.budget))
    sign = str(signs[0] if signs else keywords.get("FUN", "-"))
    if sign not in ("+", "-", "*", "/") or side not in (1, 2):
        raise Trouble("arguments", name="sweep")
    return machine.combined(sign, x, b if side == 2 else b.reshape(-1, 1))


def as_r_matrix(machine: Machine, arguments: list[Any], keywords: Mapping[str, Any]) -> Any:
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


def repeated(machine: Machine, arguments: list[Any], keywords: Mapping[str, Any]) -> Any:
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

    def compute(machine: Machine, arguments: list[Any], _keywords: Mapping[str, Any]) -> Any:
        parts = [np.asarray(array_of(each, machine.budget)) for each in (arguments * 2)[:2]]
        parts[turned] = parts[turned].T
        return machine.combined("@", *parts)

    return compute


def cells(machine: Machine, arguments: list[Any], _keywords: Mapping[str, Any]) -> Any:
    """cell(1, n): a list of n."""
    count = max([int(each) for each in arguments if is_number(each)], default=1)
    machine.budget.room((count,))
    return [None] * count


SPECIAL: dict[str, Callable[..., Any]] = {
    "sum": own_sum,
    "dict": dictionary,
    "default_rng": generator,
    "RandomState": generator,
    "Generator": generator,
    "assign_sub": changed_in_place("-"),
    "assign_add": changed_in_place("+"),
    "assign": changed_in_place(""),
    "sub_": added_sub,
    "str": text_of,
    "list": named_list,
    "bsxfun": broadcast,
    "sweep": swept,
    "matrix": as_r_matrix,
    "rep": repeated,
    "crossprod": crossed(0),
    "tcrossprod": crossed(1),
    "cell": cells,
    "string": text_of,
    "num2str": text_of,
    "paste0": lambda machine, arguments, keywords: "".join(str(each)[:40] for each in arguments)[:80],
    "shuffle": lambda machine, arguments, keywords: arguments[0] if arguments else None,
}
"""Functions that need more of the machine than their arguments."""
