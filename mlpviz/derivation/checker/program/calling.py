"""Calls of a program: its own functions, those of the table, methods of arrays, lists and dictionaries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from ..reading import syntax as sx
from . import special
from .arithmetic import array_of
from .methods import own_method
from .numerics import numeric
from .rows import axis_of
from .shaping import entries
from .slopes import activated, activation_of, is_generic, is_generic_slope, slope, slope_of
from .things import Builtin, Instance, Library, Maker, Method, Missing, Runner, is_array, is_number
from .troubles import Trouble, shown

SILENT = frozenset(
    "print display disp fprintf printf format assert seed manual_seed set_seed set.seed figure plot show close clc "
    "clear super device isinstance type repr input sleep time append_plot println cat_text legend title xlabel ylabel "
    "tic toc rng hold filterwarnings zero_grad eval train no_grad setattr warn set_printoptions savefig tight_layout "
    "set_random_seed PRNGKey zero_ message library require source".split()
)
"""Functions that compute nothing of a pass."""

AXIS_FUNCTIONS = frozenset("sum mean max min prod reduce_sum reduce_mean reduce_max amax amin argmax".split())
OF_CLASSES = frozenset("eye identity one_hot to_categorical onehot".split())
"""Functions to which a program gives the number of classes, written out."""

BY_SIDE = {"rowSums": ("sum", 1), "colSums": ("sum", 0), "rowMeans": ("mean", 1), "colMeans": ("mean", 0)}


def called(machine: Runner, node: sx.Call) -> Any:
    """The value of a call. Raises Trouble where there is no such function, or where its value is none."""
    function, name = callee(machine, node.function)
    if is_array(function) or isinstance(function, list | tuple | dict):
        return machine.value(sx.Index(node.function, node.arguments, span=node.span))  # MATLAB's brackets are round
    if is_silent(function):
        return None
    arguments = [machine.value(each) for each in node.arguments]
    if isinstance(function, Builtin) and function.name in OF_CLASSES:
        arguments = [machine.scene.size(each) for each in arguments]
    keywords = {key: machine.value(each) for key, each in node.keywords if key not in ("out",)}
    machine.bare = isinstance(node.function, sx.Word)
    value = call(machine, function, name, arguments, keywords)
    if isinstance(value, Missing):
        raise Trouble("early", name=name, line=value.line)
    return value


def is_silent(function: Any) -> bool:
    """Whether a function computes nothing; a text has a method of the same name as one of these."""
    if not isinstance(function, Builtin) or any(isinstance(each, str) for each in function.bound):
        return False
    return function.name in SILENT and numeric(function.name) is None


def call(machine: Runner, function: Any, name: str, arguments: list[Any], keywords: Mapping[str, Any]) -> Any:
    match function:
        case sx.Definition():
            return machine.run(function, arguments, keywords)
        case Method(definition, record):
            return machine.run(definition, [record, *arguments], keywords)
        case Instance():
            return call(machine, machine.method(function, "__call__"), name, arguments, keywords)
        case Maker(made):
            return machine.make(made, arguments, keywords)
        case Builtin(own, bound):
            return of_table(machine, own, [*bound, *arguments], keywords, bool(bound))
        case Missing():
            raise Trouble("early", name=name, line=function.line)
    raise Trouble("function", name=name[:40])


def callee(machine: Runner, node: sx.Syntax) -> tuple[Any, str]:
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
            if isinstance(value, Builtin) and not value.bound and numeric(f"{value.name}.{name}") is not None:
                return Builtin(f"{value.name}.{name}"), name
            return Builtin(name, (value,)), name
    return machine.value(node), ""


def of_table(
    machine: Runner, name: str, arguments: list[Any], keywords: Mapping[str, Any], method: bool = False
) -> Any:
    """A function of the tables, or a method of what its first argument is."""
    if method and (own := own_method(arguments[0], name)) is not None:
        return own(machine, arguments[0], *arguments[1:3], **keywords)
    if (function := SPECIAL.get(name)) is not None:
        return function(machine, arguments, keywords)
    if machine.dialect.first_axis and name in ("max", "min") and len(arguments) == 2 and not keywords:
        name = f"{name}imum"
    if name in BY_SIDE and len(arguments) == 1:
        name, axis = BY_SIDE[name]
        return special.found(name)(machine.budget, arguments, {"axis": axis}, name)
    if (numeric_function := numeric(name)) is not None:
        arguments, keywords = adapted(machine, name, arguments, dict(keywords), method)
        return numeric_function(machine.budget, arguments, keywords, name)
    if arguments and (is_array(arguments[-1]) or is_number(arguments[-1]) or isinstance(arguments[0], list)):
        return activation_called(machine, name, arguments, keywords)
    raise Trouble("function", name=name[:40])


def adapted(
    machine: Runner, name: str, arguments: list[Any], keywords: dict[str, Any], method: bool
) -> tuple[list[Any], dict[str, Any]]:
    """Arguments as NumPy has them: axes from 0, and what a sum without an axis adds up."""
    dialect = machine.dialect
    if name not in AXIS_FUNCTIONS or not arguments:
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


def activation_called(machine: Runner, name: str, arguments: list[Any], keywords: Mapping[str, Any]) -> Any:
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


def bracketed(machine: Runner, owner: Builtin, arguments: list[Any]) -> Any:
    """np.c_[a, b] and np.r_[a, b]."""
    names = {"c_": "column_stack", "r_": "vstack"}
    if owner.name not in names:
        raise Trouble("function", name=owner.name[:40])
    return special.found(names[owner.name])(machine.budget, arguments, {}, owner.name)


def own_sum(machine: Runner, arguments: list[Any], keywords: Mapping[str, Any]) -> Any:
    """Python's sum of a list: its entries added up."""
    if arguments and isinstance(arguments[0], list | tuple) and not keywords and machine.bare:
        total: Any = 0
        for each in entries(arguments[0]):
            total = special.found("add")(machine.budget, [total, each], {}, "sum")
        return total
    arguments, keywords = adapted(machine, "sum", arguments, dict(keywords), not machine.bare)
    return special.found("sum")(machine.budget, arguments, keywords, "sum")


def along_each(machine: Runner, arguments: list[Any], keywords: Mapping[str, Any]) -> Any:
    """apply_along_axis(f, axis, x) and Julia's mapslices(f, x, dims): a function of each row, or of each column."""
    function, *axis, x = arguments
    x = np.atleast_2d(array_of(x, machine.budget))
    side = axis_of(axis[0] if axis else keywords.get("dims", 0) - machine.dialect.first_axis, x)
    parts = [call(machine, function, "", [each], {}) for each in (x if side in (1, -1) else x.T)]
    made = np.asarray(array_of(parts, machine.budget))
    return made if side in (1, -1) else made.T


SPECIAL: dict[str, Callable[..., Any]] = {
    "sum": own_sum,
    "apply_along_axis": along_each,
    "mapslices": along_each,
    "dict": special.dictionary,
    "default_rng": special.generator,
    "RandomState": special.generator,
    "Generator": special.generator,
    "assign_sub": special.changed_in_place("-"),
    "assign_add": special.changed_in_place("+"),
    "assign": special.changed_in_place(""),
    "sub_": special.added_sub,
    "str": special.text_of,
    "list": special.named_list,
    "bsxfun": special.broadcast,
    "sweep": special.swept,
    "matrix": special.as_r_matrix,
    "rep": special.repeated,
    "crossprod": special.crossed(0),
    "tcrossprod": special.crossed(1),
    "cell": special.cells,
    "string": special.text_of,
    "num2str": special.text_of,
    "paste0": lambda machine, arguments, keywords: "".join(str(each)[:40] for each in arguments)[:80],
    "shuffle": lambda machine, arguments, keywords: arguments[0] if arguments else None,
}
"""Functions that need more of the machine than their arguments."""
