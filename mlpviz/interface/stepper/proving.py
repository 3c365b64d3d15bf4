"""How the browser is to prove the gradients of a small network; told without Streamlit, since a page of its own is."""

from __future__ import annotations

from typing import Any

from ...engine.gradient_check import ALL_UP_TO, NOISE, PAIRS, STEP, TOLERANCE
from ...engine.trace import Trace


def rule(trace: Trace) -> dict[str, Any] | None:
    """How the browser checks every gradient of a pass as the engine does; None where the server has to.

    That is for larger networks, and for a loss with a kink, whose sides the browser does not know.
    """
    architecture = trace.architecture
    if trace.parameters.flat.size > ALL_UP_TO or architecture.loss_entry.kink is not None:
        return None
    kinked = [l for l in range(1, architecture.depth + 1) if architecture.activation(l).kinks]
    pairs = [[k, weight] for k, weight in PAIRS.items()]
    numbers = {"step": STEP, "noise": NOISE, "tolerance": TOLERANCE}
    return numbers | {"pairs": pairs, "kinks": [f"Z[{l}]" for l in kinked]}
