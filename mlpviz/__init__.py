"""mlpviz: build small multilayer perceptrons and see every number of the forward and the backward pass."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .derivation.notation import Notation
from .engine.gradient_check import gradient_check
from .engine.initializers import initialize
from .engine.parameters import Parameters
from .engine.passes import backpropagate, backward, forward, load
from .engine.trace import Trace
from .engine.training.training import train
from .maths.architecture import Architecture

if TYPE_CHECKING:
    from .derivation.checker import Verdict, check_formula
    from .derivation.checker.program.checking import check_code

__all__ = [
    "Architecture",
    "Parameters",
    "Trace",
    "Verdict",
    "backpropagate",
    "backward",
    "check_code",
    "check_formula",
    "forward",
    "gradient_check",
    "initialize",
    "load",
    "train",
    "web_page",
]


CHECKS = {"Verdict", "check_code", "check_formula"}
"""What is loaded once it is asked for: a run's worker needs none of it, and begins the sooner."""


def __getattr__(name: str) -> Any:
    if name not in CHECKS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from .derivation import checker
    from .derivation.checker.program.checking import check_code

    return check_code if name == "check_code" else vars(checker)[name]


def web_page(
    parameters: Parameters,
    X: Any,
    Y: Any,
    notation: str | Notation = "rows",
    learning_rate: float = 0.5,
    predict: bool | str = False,
) -> str:
    """One HTML file that steps through a pass and one update, and needs neither a server nor a network.

    X (m, n_0) and Y (m, n_L) are the batch, samples as rows; ``notation`` is "rows", "columns" or a Notation. With
    ``predict`` each number is asked for before it is shown, with "guess" an answer is needed. A notebook shows what is
    returned as a page; as text it is for a file, or for an iframe's ``srcdoc``.

    Raises ValueError if X or Y does not fit the network, and for a notation or learning rate that is none.
    """
    from .interface.exports.web import saved  # only where a page is wanted

    return saved(parameters, X, Y, notation, learning_rate, predict)
