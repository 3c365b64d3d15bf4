"""Where the runs of the Train page are made: on the CPU, or on a GPU where there is one."""

from __future__ import annotations

import os
from typing import Any

import streamlit as st

from ...engine.devices import Device, devices
from ...engine.memory import in_words
from ...jobs.run import Status
from ...jobs.spec import Spec
from ...maths.messages import N_
from ...setup.setup import PRECISIONS, Setup
from ..shell import session
from ..shell import toolbar as panels
from ..shell.controls import chosen, picked
from ..shell.translation import _

CPU, GPU = "cpu", "cuda"

PRECISION_TITLES = {
    "float32": N_("float32"),
    "tf32": N_("float32, products in TensorFloat-32"),
    "float64": N_("float64"),
}

CLUSTER = N_("The cluster's workers have no GPUs (MLPVIZ_GPU_WORKERS is not set).")


def gpu() -> Device:
    """The GPU that runs can be made on: this machine's, or the cluster's where a cluster works on them."""
    if not os.environ.get("MLPVIZ_SCHEDULER"):
        return devices()[GPU]
    if os.environ.get("MLPVIZ_GPU_WORKERS"):
        return Device(GPU, _("a GPU of the cluster"))
    return Device(GPU, missing=_(CLUSTER))


def choice() -> None:
    """The device, where there is a choice or one was asked for; else what there is, in plain words."""
    found = gpu()
    if found.missing:
        st.caption(panels.plain(_("Device") + f": {cpu_title()}. {found.missing}"))
        if session.current().device == CPU:
            return
    picked("device", _("Device"), {CPU: cpu_title(), GPU: gpu_title(found)})
    if session.current().device == GPU:
        picked("precision", _("Numbers"), {name: _(title) for name, title in PRECISION_TITLES.items()})
        label = _("Go on on the CPU if the GPU's memory runs out")
        chosen(st.toggle, "or_cpu", label, lambda on: session.edit(or_cpu=on))


def cpu_title() -> str:
    """The processor and its cores."""
    found = devices()[CPU]
    cores = _("{count} cores").format(count=found.cores)
    return f"CPU ({found.title}, {cores})"


def gpu_title(found: Device) -> str:
    """The GPU and its memory."""
    if found.memory is None:
        return f"GPU ({found.title})" if found.title else "GPU"
    total = in_words(found.memory)
    if found.free is None:
        return f"GPU ({found.title}, {total})"
    free = _("{free} of {total} free").format(free=in_words(found.free), total=total)
    return f"GPU ({found.title}, {free})"


def note() -> None:
    """A sentence where a link asks for a GPU that is not there."""
    if session.current().device == GPU and (missing := gpu().missing):
        text = _("A GPU is asked for, and runs are made on the CPU: {reason}")
        st.info(panels.plain(text.format(reason=missing)), icon=":material/memory:")


def options(setup: Setup) -> dict[str, Any]:
    """Where a run of a setup is made, as ``Spec`` takes it: on the CPU where the GPU asked for is not there."""
    if setup.device == CPU:
        return {}
    dtype, _tf32 = PRECISIONS[setup.precision]
    if gpu().missing:
        return {"dtype": dtype}
    return {"dtype": dtype, "device": GPU, "otherwise": CPU if setup.or_cpu else ""}


def products(setup: Setup) -> dict[str, bool]:
    """How the products of a run may be rounded, as the engine's settings have it."""
    return {"tf32": PRECISIONS[setup.precision][1]} if setup.device == GPU else {}


def check_room(spec: Spec, X: Any, Y: Any) -> None:
    """Refuse a run that would not fit into the GPU's free memory, unless it may go to the CPU then.

    Raises ValueError with one sentence that has the bytes wanted and free.
    """
    if spec.device == CPU or spec.otherwise:
        return
    free, wanted = gpu().free, spec.memory_estimate(X, Y)
    if free is not None and wanted > free:
        raise ValueError(
            f"The GPU has {in_words(free)} of memory free, and this run wants {in_words(wanted)}; choose a smaller "
            "batch or network, or the CPU."
        )


def how(status: Status) -> None:
    """How and where the steps of a run are made, in a line that is always there."""
    st.caption(panels.plain(status.how) or "\N{NO-BREAK SPACE}")
