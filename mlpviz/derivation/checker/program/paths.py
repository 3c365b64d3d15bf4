"""The names of a program as they are written: with scripts, attributes and keys."""

from __future__ import annotations

from ..reading import syntax as sx


def scripted_name(node: sx.Syntax) -> str | None:
    """A name with its scripts written out: W⁽²⁾ is W2."""
    match node:
        case sx.Word(text):
            return text
        case sx.Numeral(value):
            return str(value)
        case sx.Scripted(base, above, below) if (name := scripted_name(base)) is not None:
            parts = [scripted_name(each) for each in (*below, *above)]
            return None if None in parts else name + "".join(map(str, parts))
    return None


def written(node: sx.Syntax) -> str:
    """A name as a path: W1, self.W1, grads['dW2'], Z[0]."""
    match node:
        case sx.Word(text):
            return text
        case sx.Attribute(owner, name):
            return f"{written(owner)}.{name}"
        case sx.Index(owner, (first, *_)):
            return f"{written(owner)}[{written(first)}]"
        case sx.Quoted(text):
            return repr(text)
        case sx.Numeral(value):
            return str(value)
        case sx.Scripted():
            return scripted_name(node) or ""
        case sx.Derivative(_, below):
            return f"d{written(below)}"
    return "…"


def written_name(node: sx.Syntax) -> str:
    """The name alone, without what it belongs to: W1 of self.W1; nothing of what is no name."""
    match node:
        case sx.Word(text):
            return text
        case sx.Attribute(_, name):
            return name
        case sx.Scripted():
            return scripted_name(node) or ""
    return ""
