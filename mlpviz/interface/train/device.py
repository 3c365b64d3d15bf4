"""Where the runs of the Train page are made: on the CPU, or on a GPU where there is one."""

from __future__ import annotations

import os
from typing import Any

import streamlit as st

from ...engine.devices import Device, devices, has_compiler
from ...engine.memory import in_words
from ...jobs.run import Status
from ...jobs.spec import Spec
from ...maths.messages import N_, Message, Refusal, counted, verbatim
from ...setup.setup import Setup
from ...setup.training import PRECISIONS
from ..shell import session
from ..shell.controls import chosen, picked
from ..shell.toolbar import plain
from ..shell.translation import C_, _, told

CPU, GPU = "cpu", "cuda"

PRECISION_TITLES = {
    "float32": N_("float32"),
    "tf32": N_("float32, products in TensorFloat-32"),
    "float64": N_("float64"),
}

CLUSTER = Message("The cluster's workers have no GPUs (MLPVIZ_GPU_WORKERS is not set).")


def gpu() -> Device:
    """The GPU for runs: this machine's, or the cluster's if a cluster works on them."""
    if not os.environ.get("MLPVIZ_SCHEDULER"):
        return devices()[GPU]
    if os.environ.get("MLPVIZ_GPU_WORKERS"):
        return Device(GPU, Message("a GPU of the cluster"))
    return Device(GPU, missing=CLUSTER)


def choice() -> None:
    """The choice of device, if there is one or a GPU was asked for; otherwise what there is, in plain words."""
    machine_code()
    card = gpu()
    if card.missing:
        text = _("Device: {device}. {missing}")
        st.caption(plain(text.format(device=cpu_title(), missing=told(card.missing))))
        if session.current().device == CPU:
            return
    picked("device", _("Device"), {CPU: cpu_title(), GPU: gpu_title(card)})
    if session.current().device == GPU:
        picked("precision", C_("precision", "Numbers"), {name: _(title) for name, title in PRECISION_TITLES.items()})
        label = _("Go on on the CPU if the GPU's memory runs out")
        chosen(st.toggle, "or_cpu", label, lambda on: session.edit(or_cpu=on))


def machine_code() -> None:
    """What Numba does for long runs on the CPU, or would do."""
    if has_compiler():
        text = _("Long runs on the CPU become machine code once that saves time; Numba makes it.")
    else:
        text = _(
            "With Numba (`pip install numba`, 64 MB to load and 250 MB on disk) "
            "long runs on the CPU become machine code."
        )
    st.caption(text)


def cpu_title() -> str:
    cpu = devices()[CPU]
    return titled("CPU", told(cpu.title), told(counted("{count} core", "{count} cores", cpu.cores or 1)))


def titled(device: str, card: str, rest: str = "") -> str:
    """A device and what it is, as the language sets it."""
    inner = Message("{before}, {after}", before=card, after=rest) if rest else verbatim(card)
    return told(Message("{device} ({card})", device=device, card=inner))


def gpu_title(card: Device) -> str:
    title = told(card.title)
    if card.memory is None:
        return titled("GPU", title) if title else "GPU"
    total = told(in_words(card.memory))
    if card.free is None:
        return titled("GPU", title, total)
    free = _("{free} of {total} free").format(free=told(in_words(card.free)), total=total)
    return titled("GPU", title, free)


def note() -> None:
    """A sentence if a link asks for a GPU that does not exist."""
    if session.current().device == GPU and (missing := gpu().missing):
        text = _("A GPU is asked for, and runs are made on the CPU: {reason}")
        st.info(plain(text.format(reason=told(missing))), icon=":material/memory:")


def options(setup: Setup) -> dict[str, Any]:
    """The device of a setup's run, as ``Spec`` takes it: the CPU if the GPU asked for does not exist."""
    if setup.device == CPU:
        return {}
    dtype, _tf32 = PRECISIONS[setup.precision]
    if gpu().missing:
        return {"dtype": dtype}
    return {"dtype": dtype, "device": GPU, "otherwise": CPU if setup.or_cpu else ""}


def products(setup: Setup) -> dict[str, bool]:
    """Whether products may be rounded, as the engine's settings have it."""
    return {"tf32": PRECISIONS[setup.precision][1]} if setup.device == GPU else {}


def check_room(spec: Spec, X: Any, Y: Any) -> None:
    """Refuse a run that does not fit into the GPU's free memory, unless it may then go to the CPU.

    Raises ValueError with one sentence that has the bytes wanted and free.
    """
    if spec.device == CPU or spec.otherwise:
        return
    free, wanted = gpu().free, spec.memory_estimate(X, Y)
    if free is not None and wanted > free:
        raise Refusal(
            "The GPU has {free} of memory free, and this run wants {wanted}; choose a smaller "
            "batch or network, or the CPU.",
            free=in_words(free),
            wanted=in_words(wanted),
        )


def how(status: Status) -> None:
    """A line on how and where a run's steps are made, always present."""
    st.caption(plain(told(status.how)) or "\N{NO-BREAK SPACE}")
