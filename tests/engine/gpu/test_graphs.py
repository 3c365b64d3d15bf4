"""Steps captured as CUDA graphs, and launched one by one where that cannot be."""

import sys
from functools import partial

import pytest

from mlpviz.engine.gpu.runtime import graphs, products
from mlpviz.engine.gpu.runtime import program as module
from mlpviz.engine.gpu.runtime.graphs import STEPS, Graphs, captured
from tests.support.device_runs import training
from tests.support.oracle import distance


@pytest.fixture
def launched(monkeypatch):
    """No network is small enough for one kernel."""
    monkeypatch.setattr(module, "persistent", lambda *_given: None)


@pytest.mark.parametrize("counts", [[1], [5], [STEPS], [STEPS + 1], [3 * STEPS + 5, 2], [0, 1, 0, 40, 7]])
def test_so_many_steps_as_were_asked_for(recorder, counts):
    total, one = recorder.zeros(1), recorder.full(1, 1.0)
    make = Graphs(recorder, [partial(recorder.add, total, one, total)])
    for count in counts:
        make(count)
    assert float(total) == sum(counts)


def test_the_first_step_is_made_by_itself_and_loads_every_kernel(recorder):
    total, one = recorder.zeros(1), recorder.full(1, 1.0)
    make = Graphs(recorder, [partial(recorder.add, total, one, total)])
    make(1)
    assert recorder.counts["graphs"] == 0 and make.one is None
    make(1)
    assert recorder.counts["graphs"] == 1


def test_nothing_is_carried_out_while_it_is_captured(recorder):
    total, one = recorder.zeros(1), recorder.full(1, 1.0)
    graph = captured(recorder, partial(recorder.add, total, one, total))
    assert float(total) == 0
    graph.launch()
    assert float(total) == 1 and not recorder.capturing


def test_a_capture_that_fails_is_ended(recorder):
    with pytest.raises(ZeroDivisionError):
        captured(recorder, lambda: 1 / 0)
    assert not recorder.capturing and float(recorder.full(1, 2.0)) == 2


def refuse(recorder, monkeypatch):
    recorder.refuses_capture = True
    return "they could not be captured as a CUDA graph (cudaErrorStreamCaptureUnsupported"


def without_bindings(recorder, monkeypatch):
    monkeypatch.setitem(sys.modules, "nvmath.bindings.cublas", None)
    return "the package nvmath-python is not installed"


def without_cublas(recorder, monkeypatch):
    def create():
        raise OSError("libcublas.so.13 is not there")

    monkeypatch.setattr(recorder.cublas, "create", create)
    return "nvmath-python finds no cuBLAS (libcublas.so.13 is not there)"


@pytest.mark.parametrize("spoil", [refuse, without_bindings, without_cublas])
def test_without_a_graph_steps_are_the_same_and_it_says_so(recorder, launched, monkeypatch, spoil):
    right = training()
    list(right.records())
    assert right.steps.how.startswith(f"Up to {STEPS} steps are one CUDA graph")
    reason = spoil(recorder, monkeypatch)
    run = training()
    with recorder.counting() as counts:
        list(run.records())
    assert counts["graphs"] == 0 and counts["kernels"] > 0
    assert run.steps.how.startswith(f"Each launch of a step is made by itself, since {reason}")
    assert run.steps.how.endswith("on a stand-in without a GPU.")
    assert distance(run.parameters.flat.get(), right.parameters.flat.get()) < 1e-13


def test_too_little_memory_for_the_workspace_is_no_reason_to_go_without(recorder, monkeypatch):
    monkeypatch.setattr(products, "WORKSPACE", recorder.memory + 1)
    with pytest.raises(MemoryError):
        products.products(recorder)
    assert not recorder.cublas.handles


def test_graphs_hold_the_longer_number_of_steps_only_where_it_is_used(recorder):
    make = Graphs(recorder, [partial(recorder.full(1, 1.0).fill, 2.0)])
    make(1 + graphs.STEPS - 1)
    assert make.many is None and make.one is not None
