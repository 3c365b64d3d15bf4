"""The first launch of a training step as CUDA C: the samples of the batch are gathered."""

from __future__ import annotations

from collections.abc import Callable

from mlpviz.engine.gpu.addresses import index_type
from mlpviz.engine.gpu.codegen.c import identifier
from mlpviz.engine.gpu.codegen.elementwise import batch_of, spread
from mlpviz.engine.gpu.codegen.kernel import Part, assembled
from mlpviz.engine.gpu.codegen.threads import THREADS
from mlpviz.engine.gpu.schedule.launches import DATA_X, DATA_Y, NEXT, NOW, ORDER, Gather, Kernel
from mlpviz.engine.gpu.schedule.normal_form import Size
from mlpviz.maths.equations import A, Y
from mlpviz.maths.expressions import Symbol

SOURCES = {A[0]: DATA_X, Y: DATA_Y}
"""What is gathered, and from where."""


def gathering(gather: Gather, shape: Callable[[Symbol], Size], dtype: str) -> Kernel:
    """The kernel that gathers a batch and notes which step is being made."""
    parts = []
    for target, source in SOURCES.items():
        size = shape(target)
        index = index_type([size])
        batch = batch_of(size)
        sample = f"{identifier(ORDER)}[{identifier(NEXT)}[0] * {gather.batch_size} + row]"
        entry = batch.ask(f"{identifier(source)}[{sample} * {size[1]} + column]")
        statements = [f"{identifier(target)}[at] = {entry};", *NOTED[target]]
        parts.append(Part(*spread(statements, batch, size, THREADS, index, dtype), index))
    notes = [f"{target}: rows of {source}, by number from {ORDER}" for target, source in SOURCES.items()]
    read, written = (DATA_X, DATA_Y, ORDER, NEXT), (*SOURCES, NOW)
    return assembled("gather", notes, parts, read, written, THREADS, dtype)


NOTED = {A[0]: ["if (at == 0)", f"    {identifier(NOW)}[0] = {identifier(NEXT)}[0];"], Y: []}
"""What is done beside it: one thread notes the step's number."""
