"""From equations to launches: what a GPU is to do, planned from the trees that everything else reads too."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mlpviz.engine.gpu.codegen.c import listing
from mlpviz.engine.gpu.codegen.gather_update import gather_kernel, update_kernels
from mlpviz.engine.gpu.codegen.kernel import kernel
from mlpviz.engine.gpu.schedule.fusion import launches
from mlpviz.engine.gpu.schedule.launches import GatherLaunch, Plan, UpdateLaunch
from mlpviz.engine.gpu.schedule.lowering import Lowering, Unit
from mlpviz.engine.gpu.schedule.regions import Region
from mlpviz.engine.gpu.schedule.tiled import Tiled
from mlpviz.engine.normal_form import Trees
from mlpviz.maths.equations import Equation
from mlpviz.maths.expressions import Symbol


def plan(
    equations: Sequence[Equation],
    shape: Callable[[Symbol], tuple[int, int]],
    scalar: Callable[[Symbol], float | None],
    dtype: str,
    gather: GatherLaunch | None = None,
    update: UpdateLaunch | None = None,
    fused: bool = True,
) -> Plan:
    """The launches that carry out equations in order, between the gather and the update of a training step if given.

    ``shape`` gives the shape of an array, ``scalar`` the value of a symbol that is a fixed number or None. Without
    ``fused`` each primitive operation is a launch of its own.

    Raises ShapeError where an equation does not multiply or is not of its target's shape.
    """
    trees = Trees(shape, scalar)
    units, last = Lowering(trees, fused).lower(equations)
    notes = {**written_out(units), **{each.target: listing(each) for each in equations}}
    groups = launches(units, fused)
    made = [each.product or kernel(each.regions, trees, dtype, notes) for each in groups]
    first = [gather_kernel(gather, shape, dtype)] if gather else []
    ends = [next(n for n, each in enumerate(groups, 1 + len(first)) if each.units >> unit & 1) for unit in last]
    return Plan((*first, *made, *(update_kernels(update, dtype, fused) if update else [])), trees.scratch, tuple(ends))


def written_out(units: Sequence[Unit]) -> dict[Symbol, str]:
    """Describe each target of a region by its equation, and those of small products."""
    return {each.target: listing(each) for unit in units if isinstance(unit, Region) for each in unit.equations} | {
        unit.product.out: str(unit.product) for unit in units if isinstance(unit, Tiled)
    }
