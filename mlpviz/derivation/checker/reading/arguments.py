"""The arguments of a call by the names of its parameters, and what is called differently in another library."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from ....maths.expressions import Expression
from . import syntax as sx
from .lowering import Reader
from .refusals import Unread

MODULES = frozenset(
    "np numpy cp anp torch th tf tensorflow keras K jax jnp lax math scipy special nn F functional linalg "
    "experimental expit autograd nd mx mxnet metrics optax flax linen backend Statistics LinearAlgebra "
    "NNlib Flux ops aten _C core sklearn".split()
)
"""Words before a dot that say where a function comes from."""

SAME_KEYWORD = {
    **dict.fromkeys(("dim", "dims", "reduction_indices", "axes", "perm", "dim0", "axis0", "MARGIN"), "axis"),
    "dim1": "axis1",
    **dict.fromkeys(("keepdim", "keep_dims"), "keepdims"),
    **dict.fromkeys(("a", "input", "x1", "tensor", "array", "logits", "features"), "x"),
    **dict.fromkeys(("negative_slope",), "alpha"),
    **dict.fromkeys(("b", "other", "x2", "mat2", "vec2", "STATS"), "y"),
    **dict.fromkeys(("y_true", "labels", "target", "targets"), "y"),
    **dict.fromkeys(("y_pred", "predictions"), "x"),
    "FUN": "function",
    **dict.fromkeys(("min", "a_min", "clip_value_min"), "low"),
    **dict.fromkeys(("max", "a_max", "clip_value_max"), "high"),
    **dict.fromkeys(("deriv", "derivative", "prime", "derive", "derivate", "gradient", "grad"), "slope"),
}
"""What a parameter is called elsewhere."""

IGNORED = frozenset(
    "nrow ncol byrow rtol multi_class normalize from_logits weight nan mode casting dtype out order copy name where "
    "initial inplace subok device requires_grad".split()
)
"""Parameters that do not change what an array is here."""


AXES: Mapping[sx.Syntax | None, int] = {
    sx.Numeral(0): 0,
    sx.Numeral(1): 1,
    sx.Signed("-", sx.Numeral(1)): 1,
    sx.Signed("-", sx.Numeral(2)): 0,
}
MARGINS: Mapping[sx.Syntax | None, int] = {sx.Numeral(1): 1, sx.Numeral(2): 0}
"""Axes as NumPy counts them, and the axis along which R goes through what it takes for each row or column."""


@dataclass(frozen=True)
class Arguments:
    """The arguments of one call by the names of the parameters."""

    reader: Reader
    given: Mapping[str, sx.Syntax]

    def __contains__(self, name: str) -> bool:
        return name in self.given

    def tree(self, name: str) -> Expression:
        """The tree of an argument; Unread if there is none."""
        if name not in self.given:
            raise Unread("few arguments")
        return self.reader.tree(self.given[name])

    def flag(self, name: str) -> bool:
        """Whether True is given."""
        value = self.given.get(name)
        return (isinstance(value, sx.Word) and value.text.lower() == "true") or value == sx.Numeral(1)

    @property
    def samples_across(self) -> int:
        """The axis along the units of a sample, as the notation shows arrays."""
        return int("A" not in self.reader.scope.notation.transposed)

    def axis(self, name: str = "axis") -> int | None:
        """An axis, 0 or 1; None for both."""
        value = self.given.get(name)
        match value:
            case None | sx.Word("None") | sx.Quoted("all"):
                return None
            case sx.Sequence(items) if len(items) == 2:
                return None
            case sx.Sequence((item,)):
                value = item
        first = self.reader.dialect.first_axis
        value = sx.Numeral(value.value - first) if isinstance(value, sx.Numeral) else value
        if value in AXES:
            return AXES[value]
        raise Unread("axis", span=value.span if value else None)


class Meaning(Protocol):
    """Makes the tree of a call."""

    def __call__(self, given: Arguments, /) -> Expression: ...


@dataclass(frozen=True)
class Routine:
    """A function: its names in all libraries, its parameters in their order, and what it means."""

    names: str
    parameters: str
    tree: Meaning


def formula(names: str, parameters: str, of: Callable[..., Expression]) -> Routine:
    """A function that is but a formula ``of`` its arguments."""
    return Routine(names, parameters, lambda given: of(*map(given.tree, parameters.split())))


def itself(given: Arguments) -> Expression:
    """The first argument as it is."""
    return given.tree("x")
