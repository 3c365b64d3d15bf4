"""What a call means: an activation, the derivative of one, or a function of a library."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches

from ....maths import expressions as ex
from ....maths.expressions import Expression
from ....maths.messages import in_quotes
from . import activations, operations
from . import syntax as sx
from .arguments import IGNORED, MODULES, SAME_KEYWORD, Arguments, Routine, itself
from .literals import mask_of
from .lowering import Reader, word_of
from .operations import BY_NAME
from .refusals import LONGEST_WORD, Unread
from .sums import BARE
from .words import HOLDERS


def call(reader: Reader, node: sx.Call) -> Expression:
    """The tree of a function at its arguments."""
    if (condition := mask_of(node)) is not None:
        return reader.tree(condition)
    if isinstance(node.function, sx.Primed):
        return primed(reader, word_of(node.function), node)
    if (power := powered(node)) is not None:
        return operations.power(call(reader, replace(node, function=power[0])), ex.Number(power[1]))
    name, receiver = callee(node.function)
    if name in ("sum", "mean") and len(node.arguments) == 2 and node.arguments[0] in MAPPED:
        inner = sx.Call(node.arguments[0], node.arguments[1:], span=node.span)
        return call(reader, replace(node, arguments=(inner,)))
    return named(reader, node, name, receiver)


def named(reader: Reader, node: sx.Call, name: str, receiver: sx.Syntax | None) -> Expression:
    """The tree of a call by the name of its function: an activation, what carries an error back, one of a library."""
    own = receiver is None and not isinstance(node.function, sx.Attribute)
    plain = own or len(node.arguments) == 1
    if (act := activations.activation_named(name)) and not (name in BY_NAME and not plain):
        routine = SOFTMAX if act == "softmax" else ACTIVATION
        return activated(reader, act, arguments(routine, receiver, node, reader))
    if backward := name.removesuffix("_backward") if name.endswith("_backward") else "":
        return carried_back(reader, backward, arguments(BACKWARD, receiver, node, reader))
    if name in BY_NAME:
        routine = BY_NAME[name]
        given = arguments(routine, receiver, node, reader)
        return routine.tree(Arguments(reader, {**given.given, BARE: node}) if own else given)
    if act := activations.slope_named(name):
        argument = arguments(ACTIVATION, receiver, node, reader).tree("x")
        return activations.slope(reader.scope, act, argument, activations.is_at_logits(name))
    if own and len(name) == 1:
        return reader.scope.unsaid(name)  # o (1 - o): once it is said what o is, this is a product
    raise uncalled(name, node)


def powered(node: sx.Call) -> tuple[sx.Syntax, int] | None:
    """A function and its power: tanh²(z)."""
    match node.function:
        case sx.Scripted(sx.Word(name) as base, (sx.Numeral(int(exponent)),), ()) if not activations.is_letter(name):
            return base, exponent
    return None


MAPPED = (sx.Word("abs2"), sx.Word("abs"), sx.Word("log"), sx.Word("exp"))
"""Functions that Julia's sum applies to what it adds up."""

KNOWN = (*BY_NAME, *activations.NAMED)


def uncalled(name: str, node: sx.Call) -> Unread:
    """The refusal of a function, with one of nearly the same name."""
    close = get_close_matches(name[:LONGEST_WORD], KNOWN, 1, 0.85)
    if not close:
        return Unread("call", text=in_quotes(name), span=node.function.span)
    return Unread("call", "instead", text=in_quotes(name), hint=in_quotes(close[0]), span=node.function.span)


def callee(function: sx.Syntax) -> tuple[str, sx.Syntax | None]:
    """The name of a function, and the array whose method it is, if it is one."""
    match function:
        case sx.Attribute(sx.Call(sx.Word("super")), name):
            return name, None
        case sx.Attribute(sx.Attribute(_, "add" | "logaddexp" as inner), "reduce"):
            return f"{inner}.reduce", None
        case sx.Call(sx.Attribute(_, "vectorize") | sx.Word("vectorize"), (inner,)):
            return callee(inner)
        case sx.Attribute(owner, name) if name in OF_AN_ACTIVATION and (of := activation_object(owner)):
            return f"{of}{OF_AN_ACTIVATION[name]}", None
        case sx.Attribute(owner, name):
            return name, None if is_module(owner) else owner
        case sx.Scripted(base):
            return callee(base)
        case sx.Call(inner, ()):  # nn.MSELoss()(A2, Y)
            return callee(inner)
        case sx.Word(name):
            return name, None
    raise Unread("call", text=in_quotes(word_of(function)))


OF_AN_ACTIVATION = {
    **dict.fromkeys("derivative deriv grad gradient prime backward df slope diff".split(), "_prime"),
    **dict.fromkeys(("forward", "activate", "apply", "__call__"), ""),
}
"""What an object for an activation computes, by the name of its method, as what ends the name of a function."""


def activation_object(node: sx.Syntax) -> str:
    """The name of an activation, or of whatever a layer has, that an object has: self.activation, Tanh, act1; or ""."""
    match node:
        case sx.Word(name) | sx.Attribute(_, name):
            bare = name.rstrip("0123456789_").lower()
            return bare if activations.activation_named(bare) else ""
        case sx.Call(function, ()):
            return activation_object(function)
    return ""


def is_module(owner: sx.Syntax) -> bool:
    """Whether what stands before a dot says only where a function is from."""
    match owner:
        case sx.Attribute(inner, _):
            return is_module(inner)
        case sx.Word(name):
            return name in MODULES or name in HOLDERS
    return False


ACTIVATION = Routine("", "x slope axis alpha", itself)
SOFTMAX = Routine("", "x axis slope", itself)
BACKWARD = Routine("", "error x", itself)


def arguments(routine: Routine, receiver: sx.Syntax | None, node: sx.Call, reader: Reader) -> Arguments:
    """The arguments of a call by the names of its parameters.

    Raises Unread for one that the function does not have.
    """
    names = routine.parameters.split()
    values = ([] if receiver is None else [receiver]) + list(node.arguments)
    if len(values) > len(names) and routine is not BY_NAME["copy"]:
        raise Unread("many arguments", text=word_of(node.function))
    given = {name: value for name, value in zip(names, values, strict=False) if value != sx.Word("None")}
    for keyword, value in node.keywords:
        name = keyword if keyword in names else SAME_KEYWORD.get(keyword, keyword)
        if name in names:
            given[name] = value
        elif name not in IGNORED:
            raise Unread("keyword", text=keyword, span=value.span)
    return Arguments(reader, given)


def activated(reader: Reader, name: str, given: Arguments) -> Expression:
    """f(z), or f'(z) if the call says so."""
    argument, axis = given.tree("x"), None
    check_constant(reader, name, given)
    if given.flag("slope") and not (name in CONSTANTS and isinstance(given.given["slope"], sx.Numeral)):
        return activations.slope(reader.scope, name, argument)
    if name == "softmax" and "axis" in given:
        axis = given.axis()
    return activations.activated(reader.scope, name, argument, axis)


CONSTANTS = {"leaky_relu": 0.01, "elu": 1}


def check_constant(reader: Reader, name: str, given: Arguments) -> None:
    """Refuse another constant than that of the activation here."""
    written = given.given.get("alpha") or (given.given.get("slope") if name in CONSTANTS else None)
    if written is None or written in (sx.Word("True"), sx.Word("False")):
        return
    if reader.tree(written) != ex.Number(CONSTANTS.get(name, -1)):
        raise Unread("keyword", text="alpha", span=written.span)


def carried_back(reader: Reader, name: str, given: Arguments) -> Expression:
    """relu_backward(dA, Z): dA ⊙ f'(Z)."""
    act = activations.activation_named(name)
    if not act:
        raise Unread("call", text=in_quotes(f"{name}_backward"))
    return activations.times(given.tree("error"), activations.slope(reader.scope, act, given.tree("x")))


def primed(reader: Reader, letter: str, node: sx.Call) -> Expression:
    """f'(…), with the activation of the layer of its argument unless the letter says which."""
    if len(node.arguments) != 1:
        raise Unread("function", text="f'")
    argument = reader.tree(node.arguments[0])
    act = activations.activation_named(letter) or (activations.OWN if len(letter) == 1 else "")
    if not act:
        raise Unread("call", text=in_quotes(f"{letter}'"))
    slope = activations.primed(argument)
    if act == activations.OWN or activations.own(reader.scope, act, argument)[1] is not None:
        return slope
    return activations.slope(reader.scope, act, argument)
