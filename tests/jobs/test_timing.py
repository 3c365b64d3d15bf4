"""Loop or matrix: measured in a process of its own, and plausible."""

import pytest

from mlpviz.jobs import timing
from mlpviz.maths.architecture import Architecture

WIDE = Architecture((64, 64, 10), ("relu", "softmax"), "cross_entropy", "mean_samples")


@pytest.mark.timing
def test_large_batches_are_quicker_a_sample_than_the_loop():
    found = timing.measured(WIDE)
    assert found.sizes == timing.SIZES
    assert {"loop", "matrix"} <= found.ways.keys()
    assert all(time > 0 for times in found.ways.values() for time in times)
    assert found.ways["matrix"][-1] < found.ways["loop"][-1] / 3
    assert found.ways["matrix"][0] == pytest.approx(found.ways["loop"][0], rel=0.8)


def test_what_goes_wrong_is_a_sentence(monkeypatch):
    monkeypatch.setattr(timing, "TIMEOUT", 0.001)
    with pytest.raises(ValueError, match="the times could not be taken"):
        timing.measured(WIDE)
