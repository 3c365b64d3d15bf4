"""mlpviz: build small multilayer perceptrons and see every number of the forward and the backward pass."""

from .derivation.checker import Verdict, check_formula
from .derivation.checker.program.checking import check_code
from .engine.gradient_check import gradient_check
from .engine.initializers import initialize
from .engine.parameters import Parameters
from .engine.passes import backpropagate, backward, forward, load
from .engine.trace import Trace
from .engine.training.training import train
from .maths.architecture import Architecture

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
]
