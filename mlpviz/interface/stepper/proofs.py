"""The proofs of gradients, which the stepper shows as badges: the browser makes those of small networks itself."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import streamlit as st

from ...engine.gradient_check import ArrayCheck

_component = st.components.v2.component(
    "mlpviz.proofs",
    html="<span hidden></span>\n",
    js=(Path(__file__).parent / "proofs.js").read_text(encoding="utf-8"),
)


def proofs(identity: str, checks: Mapping[str, ArrayCheck]) -> None:
    """What finite differences say of gradients, by the keys of their badges in the payload of this identity.

    The page calls it once the stepper has been sent: what computes the checks is then not waited for.
    """
    texts = {key: proof(check) for key, check in checks.items()}
    with st.container(key="unseen-proofs"):
        _component(key="mlpviz.proofs", data=[{"identity": identity, "proofs": texts}])


def proof(check: ArrayCheck) -> dict[str, float | bool | None]:
    return {
        "error": None if check.error is None or np.isnan(check.error) else check.error,
        "passed": bool(check.passed),
        "checked": check.checked,
        "of": check.of,
        "skipped": check.skipped,
        "there": True,
    }
