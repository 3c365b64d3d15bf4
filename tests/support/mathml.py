"""Every formula that the stepper shows of a preset, with the places where it may be broken."""

from mlpviz.derivation.walkthroughs import WALKTHROUGHS
from tests.support.fitted import of_lines, of_steps
from tests.support.networks import case, view_of
from tests.support.programs import walked


def formulas_of(preset, notation, walkthroughs):
    """The formulas of a preset's steps, and of the lines of some walkthroughs."""
    kinds = [of_steps(case(preset), view_of(case(preset), notation))]
    for name in walkthroughs:
        kinds += [of_lines(scene, chains) for scene, chains in walked(WALKTHROUGHS[name], preset, notation)]
    return sorted({formula for kind in kinds for some in kind.values() for formula in some})
