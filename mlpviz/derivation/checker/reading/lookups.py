"""What is looked up: an array in a list by layer, in a dictionary or in an object, and how long one is."""

from __future__ import annotations

import re

from ....maths.expressions import Expression, Symbol
from ....maths.symbols import SLOPES
from .. import nodes as nd
from . import syntax as sx
from .arguments import Arguments
from .counts import count
from .functions import callee
from .literals import ONES
from .lowering import Reader, word_of
from .refusals import Unread
from .shapes import upright
from .sums import NEW_AXIS
from .words import HOLDERS, HOLDERS_OF_GRADIENTS


def index(reader: Reader, node: sx.Index) -> Expression:
    """An array of a list by layers, one that is looked up by its name, or how long one is."""
    match node:
        case sx.Index(base, (sx.Compared() as condition,)) if base == ONES:
            return reader.tree(condition)
        case sx.Index(inner, (sx.Slice(None, None, None),)):
            return reader.tree(inner)
        case sx.Index(sx.Attribute(array, "shape"), (item,)):
            return length(reader, array, item)
        case sx.Index(sx.Call(function, (array,)), (item,)) if callee(function)[0] in ("shape", "size", "dim"):
            return length(reader, array, item)
        case sx.Index(sx.Call(sx.Attribute(array, "size"), ()), (item,)):
            return length(reader, array, item)
        case sx.Index(holder, (key,)) if is_holder(holder) and (named := key_of(key)) is not None:
            return held(reader, word_of(holder), *named)
        case sx.Index(sx.Word(name), (item,)):
            return reader.scope.symbol(name, item, "index")
        case sx.Index(sx.Attribute(holder, name), (item,)) if is_holder(holder):
            return reader.scope.symbol(name, item, "index")
        case sx.Index(sx.Index() | sx.Scripted() as inner):
            reader.tree(inner)
            raise Unread("two layers", text=word_of(inner))
        case sx.Index(inner, items) if any(each in NEW_AXIS for each in items):
            return upright(reader.tree(inner), next(k for k, each in enumerate(items) if each in NEW_AXIS))
        case sx.Index(sx.Call(function) as inner, (sx.Numeral(0),)) if (
            callee(function)[0] == "max" and reader.dialect.is_code
        ):
            return reader.tree(inner)  # torch's values, without the indices
        case sx.Index(sx.Call() as inner, (factor,)) if not reader.dialect.is_code:
            return nd.Juxtaposition(reader.tree(inner), reader.tree(factor))
    raise Unread("index")


def length(reader: Reader, array: sx.Syntax, item: sx.Syntax) -> Expression:
    """The number of rows or columns: X.shape[0]."""
    return count(reader, reader.tree(array), Arguments(reader, {"axis": item}).axis())


def is_holder(node: sx.Syntax) -> bool:
    match node:
        case sx.Attribute(inner, name):
            return is_holder(inner) or name in HOLDERS
        case sx.Word(name):
            return name in HOLDERS
    return False


def key_of(node: sx.Syntax) -> tuple[str, sx.Syntax | None] | None:
    """The name that a key gives, and its layer: "W1", "W" + str(l)."""
    match node:
        case sx.Quoted(text):
            formatted = re.fullmatch(r"(\w+?)\{\s*(\w)\s*(?:([+-])\s*(\d+)\s*)?\}", text)
            if formatted is None:
                return text, None
            layer: sx.Syntax = sx.Word(formatted[2])
            return formatted[1], sx.Operation(formatted[3], layer, sx.Numeral(int(formatted[4]))) if formatted[
                3
            ] else layer
        case sx.Operation("+", sx.Quoted(text), sx.Call(sx.Word("str"), (layer,))):
            return text, layer
    return None


def held(reader: Reader, holder: str, name: str, layer: sx.Syntax | None) -> Expression:
    """An array of a dictionary; among gradients the key names what they are taken by."""
    symbol = reader.scope.symbol(name, layer, "index")
    of_gradients = holder in HOLDERS_OF_GRADIENTS and symbol.name in SLOPES
    return Symbol(SLOPES[symbol.name], symbol.layer) if of_gradients else symbol


def attribute(reader: Reader, node: sx.Attribute) -> Expression:
    """What a holder has by a name, the gradient that torch keeps with an array, or what changes nothing."""
    if is_holder(node.object):
        return held(reader, word_of(node.object), node.name, None)
    if node.name == "grad":
        symbol = reader.tree(node.object)
        if isinstance(symbol, Symbol) and symbol.name in SLOPES:
            return Symbol(SLOPES[symbol.name], symbol.layer)
    if node.name == "size":
        return count(reader, reader.tree(node.object), None)
    if node.name in ("data", "value", "values"):
        return reader.tree(node.object)
    raise Unread("attribute", text=node.name)
