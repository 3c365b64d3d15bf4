"""The launches that the README tells are those that are planned."""

import re
from pathlib import Path

import pytest

from mlpviz.benchmark.device_race import RACED
from mlpviz.engine.gpu.codegen.persistent import parts, persistent
from mlpviz.engine.gpu.schedule.launches import GatherLaunch, UpdateLaunch
from mlpviz.engine.training.freezing import movable
from mlpviz.engine.training.optimizers import OPTIMIZERS
from tests.support.plans import equations, planned, scalar_of, shape_of

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
SECTION = README.partition("\n## On a GPU\n")[2].partition("\n## ")[0]
ROWS = [[cell.strip() for cell in row.split("|")[1:-1]] for row in re.findall(r"^\| \d+(?:-\d+)+ \|.*$", SECTION, re.M)]
BY_NETWORK = {"-".join(map(str, each.widths)): each for each in RACED.values()}


@pytest.mark.parametrize(("network", "batch", "fused", "unfused", "single"), ROWS)
def test_launches_a_step(network, batch, fused, unfused, single):
    given = BY_NETWORK[network]
    architecture, m = given.architecture, int(batch.replace(",", ""))
    assert m == given.batch_size
    optimizer = OPTIMIZERS[given.optimizer]
    update = UpdateLaunch(optimizer.equations, tuple(movable(architecture, ())), tuple(optimizer.numbers(1.0, 1)))
    step = {"gather": GatherLaunch(m), "update": update}
    assert len(planned(architecture, m, **step).launches) == int(fused)
    assert len(planned(architecture, m, **step, fused=False).launches) == int(unfused)
    what = equations(architecture), shape_of(architecture, m), scalar_of(architecture, m)
    kernel = persistent(*what, "float32", *step.values(), parts(architecture))
    assert single == ("yes" if kernel is not None else "no")


def test_the_table_is_found():
    assert len(ROWS) == 6
