"""What the engine makes of a tree before it binds it: kernels in place of functions, masks in place of 1 and 0."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mlpviz.engine.evaluate import ENTRYWISE
from mlpviz.maths.expressions import Apply, Binary, Expression, children
from mlpviz.maths.functions import definition


class Mask(Binary):
    """left > right as bool: as a factor it is quicker than 1.0 and 0.0."""


@dataclass(frozen=True)
class Sign(Expression):
    """1 where an entry is above 0, 0 where it is 0: on few entries quicker than a mask, which has to be converted."""

    operand: Expression


OPERATIONS = {**ENTRYWISE, Mask: "greater", Sign: "sign"}
"""The entrywise nodes and the primitive operation of each."""


def with_kernels(node: Expression) -> Iterator[Expression]:
    """Every node of a tree, those of the kernels behind its functions included."""
    yield node
    body = definition(node, kernel=True) if isinstance(node, Apply) else None
    for child in (body,) if body is not None else children(node):
        yield from with_kernels(child)


def as_mask(factor: Expression) -> Expression:
    """A factor that is 1 or 0 as a mask, any other as it is."""
    match factor:
        case Apply("greater", (left, right)):
            return Mask(left, right)
        case Apply() if (body := definition(factor, kernel=True)) is not None:
            mask = as_mask(body)
            return mask if isinstance(mask, Mask) else factor
    return factor
