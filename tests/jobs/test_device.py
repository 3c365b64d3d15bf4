"""Runs on a GPU, which the stand-in plays: where they are made and looked at, and what comes of too little memory."""

from dataclasses import replace

import numpy as np
import pytest

from mlpviz.engine.gpu.runtime.loop import DeviceSteps
from mlpviz.engine.initializers import initialize
from mlpviz.jobs import checkpoint, folder
from mlpviz.jobs.progress import ProgressReader
from mlpviz.jobs.run import FAILED, FINISHED
from mlpviz.jobs.spec import read_spec
from mlpviz.jobs.worker import Worker, work
from tests.support.oracle import distance
from tests.support.recorder import OutOfMemoryError
from tests.support.runs import ARCHITECTURE, data, spec

HERE, THERE = "NumPy", "kernel"


def made(path, device="cuda", otherwise="", **settings):
    """A run of 8 epochs."""
    wanted = replace(spec(8, "", **settings), device=device, otherwise=otherwise, dtype="float64")
    return folder.create(path, wanted, *data(), initialize(ARCHITECTURE, "xavier_normal", 0).flat)


def parameters(run):
    return checkpoint.newest(run.path)["parameters"]


def epochs(run):
    """The epochs that ended; what was noted on the way is left out."""
    return [line["epoch"] for line in ProgressReader(run.path).read().lines if "epoch" in line]


@pytest.fixture
def short(recorder, monkeypatch):
    """Whenever the run looks around it saves, and at the fourth epoch the device has no memory left."""
    begin, advance = DeviceSteps.begin, Worker.advance

    def beginning(self, order, earlier):
        if earlier >= 3 * self.plan.steps:
            raise OutOfMemoryError("Out of memory allocating 512 bytes")
        begin(self, order, earlier)

    def advancing(self, *bounds):
        ended = advance(self, *bounds)
        self.save()
        return ended

    monkeypatch.setattr(Worker, "advance", advancing)
    monkeypatch.setattr(DeviceSteps, "begin", beginning)
    return recorder


def test_a_run_on_the_device(recorder, tmp_path):
    here, there = made(tmp_path, "cpu"), made(tmp_path)
    statuses = [work(run) for run in (here, there)]
    assert [status.state for status in statuses] == [FINISHED, FINISHED]
    assert HERE in statuses[0].how and THERE in statuses[1].how
    assert distance(parameters(there), parameters(here)) < 1e-10
    assert epochs(there) == epochs(here) == [*range(1, 9)]


def test_a_page_makes_and_looks_at_a_run_without_the_device(recorder, tmp_path):
    run = made(tmp_path)
    at_work = Worker(run)
    at_work.training.advance(steps=3)
    at_work.save()
    with recorder.counting() as counts:
        made(tmp_path)
        found = checkpoint.peek(run)
    assert not counts.total()
    np.testing.assert_array_equal(found.parameters.flat, at_work.training.parameters.flat.get())
    assert found.position == 3


def test_without_memory_a_run_ends_with_its_last_checkpoint(short, tmp_path):
    run = made(tmp_path)
    status = work(run)
    assert status.state == FAILED
    assert status.message == (
        "there is not enough memory for this network, data and batch size; its last checkpoint is kept"
    )
    kept = checkpoint.newest(run.path)
    assert (int(kept["epoch"]), int(kept["position"])) == (3, 0)


def test_without_memory_a_run_goes_on_on_the_cpu_if_that_was_asked(short, tmp_path):
    run, right = made(tmp_path, otherwise="cpu"), made(tmp_path, "cpu")
    status, _ = work(run), work(right)
    assert status.state == FINISHED and status.epoch == 8
    assert status.how.endswith("The device cuda has too little memory free.") and HERE in status.how
    assert distance(parameters(run), parameters(right)) < 1e-10
    assert epochs(run) == [*range(1, 9)]


@pytest.mark.parametrize("otherwise", ["", "cpu"])
def test_a_run_that_would_not_fit_is_refused_before_it_begins(recorder, tmp_path, otherwise):
    recorder.memory = 10_000
    status = work(made(tmp_path, otherwise=otherwise))
    if otherwise:
        assert status.state == FINISHED and HERE in status.how
    else:
        assert status.state == FAILED and "kB of memory free, and this network" in status.message


def test_a_spec_from_before_there_was_a_choice(tmp_path):
    plain = made(tmp_path, "cpu").spec.plain()
    assert plain.pop("otherwise") == ""
    assert read_spec(plain).otherwise == ""
