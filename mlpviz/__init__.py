"""mlpviz: build small multilayer perceptrons and see every number of the forward and the backward pass."""

from .engine.gradient_check import gradient_check
from .engine.initializers import initialize
from .engine.parameters import Parameters
from .engine.passes import backpropagate, backward, forward, load
from .engine.trace import Trace
from .maths.architecture import Architecture

__all__ = [
    "Architecture",
    "Parameters",
    "Trace",
    "backpropagate",
    "backward",
    "forward",
    "gradient_check",
    "initialize",
    "load",
]
