"""The values of activations and of their derivatives."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...engine.evaluate import evaluate
from ...maths.activations import Activation
from ...maths.expressions import Symbol

Z, A = Symbol("z"), Symbol("a")


def activated(activation: Activation, z: Any, along: int) -> Any:
    """f(z); softmax along the axis ``along``."""
    flipped = not activation.elementwise and along == 0
    value = evaluate(activation.activate(Z), lambda _: z.T if flipped else z, kernel=True)
    return value.T if flipped else value


def slope_at(activation: Activation, z: Any, a: Any = None, along: int = 1) -> Any:
    """f'(z), entry by entry; of softmax, which mixes the entries, only the diagonal of its Jacobian."""
    if not activation.elementwise:
        a = activated(activation, z, along) if a is None else a
        return a * (1 - a)
    values = {Z: z, A: a}
    tree = activation.slope_at(Z, activation.activate(Z) if a is None else A)
    return as_large_as(z, evaluate(tree, values.__getitem__, kernel=True))


def as_large_as(x: Any, value: Any) -> Any:
    """A value, repeated if it is a constant: the slope of the identity is 1 everywhere."""
    return value if np.shape(value) else np.full_like(x, value)
