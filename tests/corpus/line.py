"""One line of the corpus, and the networks that lines are about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.corpus.oracle import Network

PYTHON = frozenset({"numpy", "torch", "tensorflow", "jax"})
"""The dialects whose lines Python itself can run."""

HALF, BCE, CE = "half_squared_error", "binary_cross_entropy", "cross_entropy"

NETWORKS: dict[str, Network] = {
    "sse": Network((2, 3, 2), ("sigmoid", "sigmoid"), HALF, "sum"),
    "relu": Network((2, 3, 2), ("relu", "sigmoid"), HALF, "sum"),
    "tanh": Network((2, 3, 2), ("tanh", "tanh"), HALF, "sum"),
    "relu_linear": Network((4, 5, 3), ("relu", "identity"), "squared_error", "sum"),
    "half_linear": Network((3, 4, 2), ("relu", "identity"), HALF, "mean_samples"),
    "elements": Network((3, 4, 2), ("tanh", "identity"), "squared_error", "mean_elements"),
    "classes": Network((2, 4, 3), ("tanh", "softmax"), CE, "mean_samples"),
    "relu_classes": Network((4, 5, 3), ("relu", "softmax"), CE, "mean_samples"),
    "decay": Network((4, 5, 3), ("relu", "softmax"), CE, "mean_samples", l2=0.1),
    "binary": Network((2, 4, 1), ("tanh", "sigmoid"), BCE, "mean_samples"),
    "binary_sum": Network((2, 4, 2), ("relu", "sigmoid"), BCE, "sum"),
    "logistic": Network((3, 1), ("sigmoid",), BCE, "mean_samples"),
    "deep": Network((3, 5, 4, 6, 2), ("sigmoid",) * 4, HALF, "sum"),
    "deep_relu": Network((3, 5, 4, 6, 2), ("relu", "relu", "relu", "softmax"), CE, "sum"),
    "softplus": Network((2, 3, 2), ("softplus", "identity"), HALF, "sum"),
    "leaky": Network((3, 4, 2), ("leaky_relu", "tanh"), HALF, "mean_samples"),
}


@dataclass(frozen=True)
class Line:
    """A line as somebody may write it.

    ``target`` is the canonical name of what it should hold, None where the line's left side says it and ``sets`` knows
    it; ``notation`` "rows", "columns" or the switches of a Notation; ``given`` the canonical names of names of one's
    own; ``cause`` what is amiss, keys of ``CAUSES`` joined by " + "; ``meaning`` the same in NumPy over the shown
    arrays where Python cannot run the text, a tuple if it has several sides; ``single`` that it is about one sample;
    ``later`` that it was added after the first rates were taken.
    """

    dialect: str
    text: str
    target: str | None
    network: str
    notation: str | Mapping[str, Any] = "rows"
    given: Mapping[str, str] | None = None
    right: bool = True
    cause: str = ""
    meaning: str | None = None
    sets: str = ""
    single: bool = False
    later: bool = False
    generated: bool = False

    @property
    def about(self) -> str:
        """The canonical name of what the line should hold."""
        return self.target or self.sets

    @property
    def switches(self) -> Mapping[str, Any]:
        return {"orientation": self.notation} if isinstance(self.notation, str) else self.notation
