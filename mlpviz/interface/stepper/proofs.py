"""The proofs of gradients as JSON text beside the stepper, which shows them as badges."""

from __future__ import annotations

import json
from collections.abc import Mapping

import streamlit as st

from ...engine.gradient_check import ArrayCheck


def proofs(identity: str, checks: Mapping[str, ArrayCheck]) -> None:
    """What finite differences say of gradients, by the keys of their badges in the payload of this identity.

    The page calls it once the stepper has been sent: what computes the checks is then not waited for.
    """
    texts = {key: proof(check) for key, check in checks.items()}
    with st.container(key="proofs"):
        st.text(json.dumps({"identity": identity, "proofs": texts}))


def proof(check: ArrayCheck) -> dict[str, float | bool | None]:
    return {
        "error": check.error,
        "passed": bool(check.passed),
        "checked": check.checked,
        "of": check.of,
        "skipped": check.skipped,
    }
