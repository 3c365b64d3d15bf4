"""A site as a class meets it: nginx and two processes, as an ordinary user, on loopback."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import psutil
import pytest

from mlpviz.serve.site import nginx
from tests.support.browser import PATIENCE, ROOT, environment
from tests.support.learners import Learner, carried_out


@pytest.fixture(scope="module")
def served():
    """A site of two processes: its address, and the keeper's process."""
    if nginx() is None:
        pytest.skip("no nginx on this machine (Debian: apt-get install nginx-light)")
    with socket.socket() as free, tempfile.TemporaryDirectory() as folder:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        command = [sys.executable, "-m", "mlpviz.serve", "--processes=2", f"--port={port}", f"--folder={folder}/site"]
        log = Path(folder) / "log"
        with log.open("w") as file:
            keeper = subprocess.Popen(command, cwd=ROOT, env=environment(), stdout=file, stderr=file)
        try:
            url = f"http://127.0.0.1:{port}"
            wait_for(lambda: asked(url + "/_stcore/health")[0] == 200, log)
            yield url, psutil.Process(keeper.pid)
        finally:
            below = psutil.Process(keeper.pid).children(recursive=True)
            keeper.terminate()
            assert keeper.wait(PATIENCE) == 0, log.read_text()
            assert not [each for each in below if each.is_running() and each.status() != psutil.STATUS_ZOMBIE]
            assert "Traceback" not in log.read_text()


def wait_for(there, log=None):
    deadline = time.monotonic() + 2 * PATIENCE
    while not there():
        assert time.monotonic() < deadline, log and log.read_text()
        time.sleep(0.05)


def asked(url, **headers):
    """The status, the headers and the content of an answer."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=PATIENCE) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, b""
    except OSError:
        return 0, {}, b""


def apps(keeper):
    """The processes of the app, in their order."""
    children = [each for each in keeper.children() if "mlpviz.serve.process" in each.cmdline()]
    return sorted(children, key=lambda each: each.cmdline()[-1])


def test_what_a_visitor_gets_and_does_not_get(served):
    url, _keeper = served
    for path in ("/", "/network", "/derive?preset=xor"):
        status, headers, page = asked(url + path)
        assert status == 200
        assert b"<!DOCTYPE html>" in page
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "SAMEORIGIN"
        assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]
        assert headers["Cache-Control"] == "no-cache"
        assert headers["Server"] == "nginx"
    for path in ("/_stcore/metrics", "/_stcore/agent/openapi.json", "/network/_stcore/health", "/static/none.js"):
        assert asked(url + path)[0] == 404, path
    script = next(part for part in page.decode().split('"') if "/static/js/index." in part).removeprefix(".")
    plain, packed = (asked(url + script, **{"Accept-Encoding": kind}) for kind in ("identity", "gzip"))
    assert packed[1]["Content-Encoding"] == "gzip"
    assert 3 * len(packed[2]) < len(plain[2])
    assert "max-age=31536000" in packed[1]["Cache-Control"]


def test_a_browser_stays_with_its_process(served):
    url, _keeper = served
    _status, headers, _page = asked(url + "/")
    cookie = headers["Set-Cookie"].partition(";")[0]
    assert "HttpOnly" in headers["Set-Cookie"]
    assert asked(url + "/", Cookie=cookie)[1]["Set-Cookie"] is None
    assert asked(url + "/", Cookie="mlpviz_place=mine")[1]["Set-Cookie"] is not None

    async def again():
        learner = Learner(url, cookie=cookie)
        sessions = set()
        for _ in range(4):
            async with learner:
                await learner.rerun()
                sessions.add(learner.session)
        return sessions

    assert len(carried_out(again())) == 1  # the same session each time: its process was found again


def test_the_learners_of_a_process_that_dies_go_on_elsewhere(served):
    url, keeper = served

    async def class_of(count):
        learners = [Learner(url) for _ in range(count)]
        for learner in learners:
            await learner.open()
            assert not (await learner.rerun()).faults
        return learners

    async def lesson():
        learners = await class_of(8)
        first = apps(keeper)[0]
        os.kill(first.pid, signal.SIGKILL)
        lost = [learner for learner in learners if await is_lost(learner)]
        assert 0 < len(lost) < len(learners)
        for learner in lost:
            await learner.open()
            assert not (await learner.rerun(*learner.weight(0.25))).faults
        for learner in learners:
            assert not (await learner.rerun()).faults
            await learner.close()
        return first.pid

    gone = carried_out(lesson())
    wait_for(lambda: len(apps(keeper)) == 2 and gone not in {each.pid for each in apps(keeper)})


async def is_lost(learner):
    try:
        await learner.rerun()
    except Exception as error:  # whatever a cut connection raises
        return "Closed" in type(error).__name__
    return False
