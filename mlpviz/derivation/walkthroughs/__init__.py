"""The walkthroughs, one file each; ``WALKTHROUGHS`` is the one table of them, in the order of the menu."""

from __future__ import annotations

from . import batch, chain_rule, entries, layouts, modules, neuron, outputs, strategies
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
    )
}
