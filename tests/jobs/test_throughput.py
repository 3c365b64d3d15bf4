"""Loop or matrix, CPU or GPU: measured in a process of its own, seen as it comes, and plausible."""

import pytest

from mlpviz.jobs import throughput
from mlpviz.jobs.throughput import AT_ONCE, Measuring, Time, Way, times, wanted
from mlpviz.maths.architecture import Architecture
from tests.support.runs import until

SMALL = Architecture((8, 8, 2), ("relu", "softmax"), "cross_entropy", "mean_samples")
WIDE = Architecture((64, 64, 10), ("relu", "softmax"), "cross_entropy", "mean_samples")


@pytest.mark.timing
def test_large_batches_are_quicker_a_sample_than_the_loop():
    measuring = Measuring(SMALL, ["loop", "matrix"])
    assert measuring.running
    until(lambda: measuring.times)
    until(lambda: not measuring.running, 2 * throughput.PATIENCE)
    assert measuring.faults == []
    loop, matrix = measuring.curve("loop"), measuring.curve("matrix")
    assert tuple(loop) == throughput.WAYS["loop"].sizes
    assert tuple(matrix) == throughput.WAYS["matrix"].sizes
    assert measuring.share == 1
    assert min(*loop.values(), *matrix.values()) > 0
    assert matrix[1024] < loop[1024] / 3
    assert loop[1] / 10 < matrix[1] < loop[1] * 10


def test_a_measurement_can_be_stopped_and_keeps_what_it_has():
    measuring = Measuring(WIDE, ["matrix"])
    until(lambda: measuring.times)
    measuring.stop()
    until(lambda: not measuring.running)
    assert 0 < measuring.share < 1
    assert measuring.faults == []
    assert measuring.curve("matrix").keys() == {time.size for time in measuring.times}


def test_a_process_that_fails_says_so(monkeypatch):
    monkeypatch.setattr(throughput, "asdict", lambda architecture: {"widths": "none"})
    measuring = Measuring(WIDE, ["loop"])
    until(lambda: not measuring.running)
    assert measuring.faults == ["the times could not be taken (exit status 1)"]


def test_small_batches_come_first_and_large_networks_have_fewer():
    order = wanted(WIDE, ["loop", "matrix", "gpu"])
    assert order[:3] == [("loop", 1), ("matrix", 1), ("loop", 2)]
    assert [size for _way, size in order] == sorted(size for _way, size in order)
    assert order[-1] == ("gpu", 65_536)
    huge = Architecture((4000, 4000), ("tanh",), "squared_error", "sum")
    assert max(size for _way, size in wanted(huge, ["matrix"])) == 1024


def test_a_device_that_refuses_is_left_out_from_there_on(monkeypatch):
    def refusing(architecture, size):
        if size > 2:
            raise ValueError("it would need 9 bytes, and 8 are free")
        return 3.0 * size

    ways = {"cpu": Way(lambda architecture, size: 6.0, (1, 2, 4, 8)), "other": Way(refusing, (1, 2, 4, 8))}
    monkeypatch.setattr(throughput, "WAYS", ways)
    found = list(times(WIDE, ["cpu", "other"]))
    assert [time.seconds for time in found if time.way == "cpu"] == [6.0, 3.0, 1.5, 0.75]
    assert [time for time in found if time.way == "other"] == [
        Time("other", 1, 3.0),
        Time("other", 2, 3.0),
        Time("other", 4, fault="it would need 9 bytes, and 8 are free"),
    ]


def test_no_time_is_taken_once_patience_is_at_its_end(monkeypatch):
    monkeypatch.setattr(throughput, "PATIENCE", -1.0)
    assert list(times(WIDE, ["loop", "matrix"])) == []


def test_only_so_many_are_measured_at_once():
    running = [Measuring(WIDE, ["matrix"]) for _ in range(AT_ONCE)]
    with pytest.raises(ValueError, match="are being measured on this server already"):
        Measuring(WIDE, ["matrix"])
    for each in running:
        each.stop()
    again = Measuring(WIDE, ["matrix"])
    again.stop()
    assert not again.running
