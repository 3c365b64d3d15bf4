"""The steps of JAX."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from mlpviz.benchmark.configurations import Configuration
from mlpviz.engine.parameters import pairs

Batches = Callable[[], Iterable[np.ndarray]]


def softplus_cost(z: Any, y: Any) -> Any:
    """Binary cross-entropy from the logits."""
    return jnp.sum(jax.nn.softplus(z) - y * z)


LOSSES: dict[str, Callable[..., Any]] = {
    "half_squared_error": lambda z, y: 0.5 * jnp.sum((jax.nn.sigmoid(z) - y) ** 2),
    "binary_cross_entropy": softplus_cost,
    "cross_entropy": lambda z, y: -jnp.sum(y * jax.nn.log_softmax(z)),
}
"""The summed losses of a batch, from its logits and labels."""


def momentum(p: Any, g: Any, s: Any, _t: Any, lr: float) -> Any:
    v = 0.9 * s[0] + g
    return p - lr * v, (v,)


def adam(p: Any, g: Any, s: Any, t: Any, lr: float) -> Any:
    m, v = 0.9 * s[0] + 0.1 * g, 0.999 * s[1] + 0.001 * g * g
    return p - lr / (1 - 0.9**t) * m / (jnp.sqrt(v / (1 - 0.999**t)) + 1e-8), (m, v)


UPDATES: dict[str, tuple[Callable[..., Any], int]] = {
    "sgd": (lambda p, g, s, t, lr: (p - lr * g, ()), 0),
    "momentum": (momentum, 1),
    "adam": (adam, 2),
}
"""The update of one array, and the number of its state arrays."""


def start(configuration: Configuration) -> Any:
    """The parameters, the optimiser's state and the number of updates so far."""
    begin = configuration.parameters()
    values = [jnp.asarray(x) for l in range(1, len(begin.W)) for x in (begin.W[l], begin.b[l])]
    count = UPDATES[configuration.optimizer][1]
    return values, [tuple(jnp.zeros_like(v) for _ in range(count)) for v in values], jnp.float32(0)


def one_step(configuration: Configuration) -> Callable[[Any, Any, Any], Any]:
    """A function from state, samples and labels to the new state and the cost."""
    loss, update = LOSSES[configuration.loss], UPDATES[configuration.optimizer][0]

    def cost_of(values: Any, x: Any, y: Any) -> Any:
        for l, _ in enumerate(pairs(configuration.widths)):
            x = (x if l == 0 else jax.nn.relu(x)) @ values[2 * l].T + values[2 * l + 1]
        return loss(x, y) / configuration.batch_size

    def step(state: Any, x: Any, y: Any) -> Any:
        values, kept, t = state
        cost, gradients = jax.value_and_grad(cost_of)(values, x, y)
        moved = [
            update(p, g, s, t + 1, configuration.learning_rate) for p, g, s in zip(values, gradients, kept, strict=True)
        ]
        return ([p for p, _ in moved], [s for _, s in moved], t + 1), cost

    return step


def per_step(configuration: Configuration, data: Any, batches: Batches) -> Callable[[], list[float]]:
    (X, Y), step, state = map(jnp.asarray, data), one_step(configuration), [start(configuration)]
    jitted = jax.jit(lambda state, X, Y, rows: step(state, X[rows], Y[rows]), donate_argnums=0)

    def advance(rows: np.ndarray) -> float:
        state[0], cost = jitted(state[0], X, Y, rows)
        return float(cost)

    return lambda: [advance(rows) for rows in batches()]


def per_epoch(configuration: Configuration, data: Any, batches: Batches) -> Callable[[], list[float]]:
    (X, Y), step, state = map(jnp.asarray, data), one_step(configuration), [start(configuration)]
    whole = jax.jit(
        lambda state, X, Y, order: jax.lax.scan(lambda s, rows: step(s, X[rows], Y[rows]), state, order),
        donate_argnums=0,
    )

    def epoch() -> list[float]:
        state[0], costs = whole(state[0], X, Y, np.stack(list(batches())))
        return np.asarray(costs).tolist()

    return epoch


def many(configuration: Configuration, theta: np.ndarray) -> Callable[[], np.ndarray]:
    """The epochs of many networks, rows of ``theta``: vmap of a scan, with the costs' means."""
    X, Y = map(jnp.asarray, configuration.data())
    step, (values, kept, t) = one_step(configuration), start(configuration)
    sizes = np.cumsum([value.size for value in values])[:-1]
    parts = np.split(theta, sizes, axis=1)
    each = [jnp.asarray(part.reshape(-1, *value.shape)) for part, value in zip(parts, values, strict=True)]
    again = [tuple(jnp.zeros_like(own) for _ in state) for own, state in zip(each, kept, strict=True)]
    order = np.arange(configuration.steps * configuration.batch_size).reshape(configuration.steps, -1)
    state = [(each, again, jnp.zeros(len(theta)) + t)]
    whole = jax.jit(
        jax.vmap(lambda state: jax.lax.scan(lambda s, rows: step(s, X[rows], Y[rows]), state, order)), donate_argnums=0
    )

    def epoch() -> np.ndarray:
        state[0], costs = whole(state[0])
        return np.asarray(costs).mean(1)

    return epoch
