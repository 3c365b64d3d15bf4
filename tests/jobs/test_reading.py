"""What lies in a run's files is read strictly: whatever was done to it, a run is a sentence and never a traceback."""

import json
import math
import os
import resource
from contextlib import suppress
from functools import reduce

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mlpviz.interface.train.data import with_meaning
from mlpviz.jobs import checkpoint, worker
from mlpviz.jobs.progress import NAME, ProgressReader
from mlpviz.jobs.run import SPEC, STATES, STATUS, STOPPED, Run, Status
from mlpviz.jobs.standings import rooms_of, standing_of
from mlpviz.maths.messages import Message
from tests.support.runs import made

MEMORY = 64_000_000  # bytes that all looks together may take
CASES = int(os.environ.get("MLPVIZ_CASES", "350"))  # of each file; MLPVIZ_CASES=20000 tries more
FUZZED = settings(
    max_examples=CASES, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
LEAF = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from(
        [-1, 0, 10**30, "x", "", "\ud800", "{x}", "{x!r:>9}", [], {}, [[]], {"template": "{a}"}, 1e999, -0.5]
    ),
    st.floats(),
    st.text(max_size=8),
)
VALUE = st.recursive(
    LEAF, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
)


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """A run at its end, with the text of each of its files."""
    found = made(tmp_path_factory.mktemp("runs"), 5)
    worker.work(found)
    found.note(Status(**{**vars(found.status), "message": Message("{a} is {b}", a=Message("x"), b=1)}))
    return found


@pytest.fixture(scope="module")
def warmed():
    """Hypothesis has made the tables that it draws texts from, and kept what it keeps of its draws."""

    @FUZZED
    @given(drawn=st.data())
    def draw(drawn):
        mutated(b'{"state": "running", "done": [1.0, 2.0]}', drawn.draw)

    draw()


@pytest.fixture(autouse=True)
def within_memory(warmed):
    """A thousand looks at small files take no more memory than one is worth."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 < MEMORY


@pytest.fixture(scope="module")
def texts(run):
    return {name: (run.path / name).read_bytes() for name in (SPEC, STATUS, NAME)}


def places(value, way=()):
    """The way to every value inside a value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [way, *(each for key, below in inner for each in places(below, (*way, key)))]


def changed(value, way, new):
    """A value with another at some place, or without any there."""
    if not way:
        return new
    value = json.loads(json.dumps(value))
    above = reduce(lambda each, key: each[key], way[:-1], value)
    if new == "left out":
        del above[way[-1]]
    else:
        above[way[-1]] = new
    return value


def mutated(text, draw):
    """A JSON text with a few of its values replaced or left out, or its bytes damaged."""
    if draw(st.integers(0, 4)) == 0:
        at = draw(st.integers(0, len(text)))
        return text[:at] + draw(st.binary(max_size=12)) + text[at + draw(st.integers(0, 40)) :]
    value = json.loads(text)
    for _change in range(draw(st.integers(1, 2))):
        way = draw(st.sampled_from(places(value)))
        value = changed(value, way, draw(st.just("left out") if draw(st.booleans()) and way else VALUE))
    return json.dumps(value).encode()


@FUZZED
@given(drawn=st.data())
def test_a_status_is_one_or_the_run_stands_at_its_checkpoint(run, texts, drawn):
    (run.path / STATUS).write_bytes(mutated(texts[STATUS], drawn.draw))
    check_status(Run(run.path))
    (run.path / STATUS).write_bytes(texts[STATUS])


@pytest.mark.parametrize(
    "text", [b"[" * 100_000, b'{"state": ' + b"1" * 5_000 + b"}", b"null", b"5", b"{}", b'{"state":"bogus"}']
)
def test_a_file_that_is_no_status_is_none(run, texts, text):
    (run.path / STATUS).write_bytes(text)
    status = run.status
    assert (status.state, status.epoch) == (STOPPED, 5)
    assert "its last checkpoint is" in status.message
    (run.path / STATUS).write_bytes(texts[STATUS])


def check_status(run):
    """All that pages and queues do with a status."""
    status = run.status
    assert status.state in STATES
    assert math.isfinite(status.done) and status.done >= 0
    assert f"{status.message} {status.how} {status.reason}".encode()
    assert Message.from_json(status.as_json()["message"]) == status.message
    assert standing_of(run, status, lambda _run: False).arrival >= 0
    json.dumps(status.as_json(), allow_nan=False)


@FUZZED
@given(drawn=st.data())
def test_a_spec_is_one_or_a_sentence(run, texts, drawn):
    (run.path / SPEC).write_bytes(mutated(texts[SPEC], drawn.draw))
    check_spec(Run(run.path))
    (run.path / SPEC).write_bytes(texts[SPEC])


def check_spec(run):
    """All that is made of a spec: what cannot be is a ValueError with a sentence."""
    if not run.readable:
        with pytest.raises(ValueError, match=r"."):
            run.check_readable()
        assert rooms_of(run, run.status)
        return
    assert run.spec.owner.encode() is not None
    assert run.spec.epochs >= 1
    assert rooms_of(run, run.status)
    with suppress(ValueError):
        with_meaning(run.arrays["X"], run.arrays["Y"], run.spec.about.get("data", {}))
    if run.spec.device == "cpu":
        with suppress(ValueError):
            checkpoint.peek(run)


@FUZZED
@given(drawn=st.data())
def test_progress_is_read_as_far_as_it_is_progress(run, texts, drawn):
    lines = texts[NAME].splitlines(keepends=True)
    at = drawn.draw(st.integers(0, len(lines) - 1))
    lines[at] = mutated(lines[at], drawn.draw) + b"\n"
    (run.path / NAME).write_bytes(b"".join(lines))
    check_progress(ProgressReader(run.path).read())
    (run.path / NAME).write_bytes(texts[NAME])


def check_progress(history):
    """All that the pages do with the lines: numbers are formatted and drawn, and layers have the same number."""
    assert len(history.lines) >= 3
    assert len(history.column("gradient_norms")[0]) >= 3
    for name in {name for line in history.lines for name in line}:
        at, values = history.column(name)
        assert np.isfinite(at).all()
        if values and isinstance(values[0], list):
            assert len({len(value) for value in values}) == 1
            assert all(each is None or math.isfinite(each) for value in values for each in value)
        elif name != "stopped":
            assert all(f"{value:.4g}" and math.isfinite(value) for value in values)
