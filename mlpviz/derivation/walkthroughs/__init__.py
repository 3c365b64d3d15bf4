"""The walkthroughs, one file each; ``WALKTHROUGHS`` is the one table of them, in the order of the menu."""

from __future__ import annotations

from ...maths.architecture import Architecture
from ...maths.equations import carried_back, error_equation, steps
from ...maths.expressions import Symbol
from . import algorithm, batch, chain_rule, entries, layouts, modules, neuron, outputs, strategies
from .walkthrough import Walkthrough

WALKTHROUGHS: dict[str, Walkthrough] = {
    walkthrough.name: walkthrough
    for walkthrough in (
        chain_rule.WALKTHROUGH,
        neuron.WALKTHROUGH,
        entries.WALKTHROUGH,
        batch.WALKTHROUGH,
        modules.WALKTHROUGH,
        outputs.WALKTHROUGH,
        layouts.WALKTHROUGH,
        strategies.WALKTHROUGH,
        algorithm.WALKTHROUGH,
    )
}


def correcting(code: str) -> Walkthrough:
    """The walkthrough to which a mistake of the texts belongs."""
    return next(each for each in WALKTHROUGHS.values() if code in each.errata)


def deriving(target: Symbol, architecture: Architecture) -> Walkthrough | None:
    """The walkthrough that leads to the equation by which the pass computes an array, if one does."""
    if target.name == carried_back(architecture, architecture.depth).target.name:
        assert isinstance(target.layer, int)
        name = error_equation(architecture, target.layer)
    else:
        name = next((step.equation.name for step in steps(architecture) if step.equation.target == target), "")
    return next((each for each in WALKTHROUGHS.values() if name in each.derives), None)
