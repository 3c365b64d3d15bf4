"""Equations to put in the place of the engine's own: one that multiplies and is wrong, and one that does not."""

from mlpviz.maths.equations import (
    A,
    Activate,
    LossOf,
    LossSlope,
    OverLayers,
    Pullback,
    W,
    Y,
    Z,
    b,
    cost,
    db,
    delta,
    dW,
    learning_rate,
    losses,
    new_cost,
    scale,
    sum_columns,
    sum_rows,
)

OTHERS = {
    "affine map": A.below @ W.T - b,
    "activation": Activate(Z) * Z,
    "loss": LossOf(A, Y, Z) * 3,
    "cost": sum_rows(losses * losses) / scale + OverLayers(sum_rows(sum_columns(W * W))),
    "output error": Pullback(LossSlope(A, Y), Z, A),
    "hidden error": delta.above @ W.above * A,
    "weight gradient": delta.T @ A.below - W,
    "bias gradient": sum_rows(delta * A),
    "weight update": W + learning_rate * dW,
    "bias update": b - 2 * learning_rate * db,
    "change of the cost": cost - new_cost,
}
"""For each equation another that multiplies, has the same target and is wrong."""

MISSHAPEN = {
    "affine map": A.below @ W + b,
    "activation": Activate(Z).T,
    "loss": LossOf(A, Y, Z).T,
    "cost": sum_columns(losses),
    "output error": Y.T - A,
    "hidden error": delta.above @ W.above.T,
    "weight gradient": delta @ A.below,
    "bias gradient": sum_columns(delta),
    "weight update": W - learning_rate * dW.T,
    "bias update": b - learning_rate * db.T,
    "change of the cost": losses - cost,
}
"""For each equation one that does not multiply, or whose value has another shape than its target."""
