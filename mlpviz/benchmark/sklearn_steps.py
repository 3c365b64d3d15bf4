"""The epochs of scikit-learn."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from mlpviz.benchmark.configurations import Configuration, NotComparable


def epochs(configuration: Configuration, data: Any, shuffle: bool) -> Callable[[], list[float]]:
    """One epoch of ``fit`` per call, continuing from the last weights."""
    if configuration.loss not in ("binary_cross_entropy", "cross_entropy"):
        raise NotComparable("scikit-learn has no sigmoid outputs with a squared error")
    X, Y = data
    model = MLPClassifier(
        configuration.widths[1:-1], solver="adam" if configuration.optimizer == "adam" else "sgd", alpha=0.0,
        batch_size=configuration.batch_size, learning_rate_init=configuration.learning_rate, shuffle=shuffle,
        max_iter=1, momentum=0.9, nesterovs_momentum=False, warm_start=True, random_state=0,
    )  # fmt: skip
    labels = Y.argmax(1) if configuration.output == "softmax" else Y.astype(int)
    run(model, X, labels)
    start = configuration.parameters()
    model.coefs_ = [W.T.copy() for W in start.W[1:]]
    model.intercepts_ = [b[0].copy() for b in start.b[1:]]

    def epoch() -> list[float]:
        run(model, X, labels)
        return [model.loss_curve_[-1]]

    return epoch


def run(model: MLPClassifier, X: Any, labels: Any) -> None:
    """Fit one epoch, without the warning that it has not converged."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(X, labels)
