"""The arrays that derivations name beside those of a pass, one row each: Jacobians, gradients, one sample's row …

Stored as everything is: samples are rows, so ∂u/∂v of one sample is (entries of u, entries of v), and a row vector of
slopes v is carried back by v @ ∂u/∂v. Shown, they turn with the gradients: columns in denominator layout give
(∂u/∂v)ᵀ v, as texts S0 and S4 write it.
"""

from __future__ import annotations

from .gradients import carried, flat_gradient, gradient, one_gradient, one_slope, slope_of_loss, unscaled, upstream
from .jacobians import RULES, diagonal, jacobian, path
from .kind import FLAT, KINDS, Derived, Kind, Named, Side, is_turned, layer_of, length, stored_shape, stored_value
from .rows import is_new, nabla, new_theta, sample_row, theta
from .written import derived_latex

__all__ = [
    "FLAT",
    "KINDS",
    "RULES",
    "Derived",
    "Kind",
    "Named",
    "Side",
    "carried",
    "derived_latex",
    "diagonal",
    "flat_gradient",
    "gradient",
    "is_new",
    "is_turned",
    "jacobian",
    "layer_of",
    "length",
    "nabla",
    "new_theta",
    "one_gradient",
    "one_slope",
    "path",
    "sample_row",
    "slope_of_loss",
    "stored_shape",
    "stored_value",
    "theta",
    "unscaled",
    "upstream",
]
