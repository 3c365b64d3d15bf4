"""A server to be measured, one process or several behind nginx: its processor time and its memory."""

import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path
from socket import socket

import psutil

from tests.support.browser import ROOT, Server, environment


class Served:
    """A server's address, and what its processes take; ``own`` are those that serve pages, and not those that train."""

    def __init__(self, url, pid):
        self.url, self.root, self.runs = url, psutil.Process(pid), ""

    def processes(self):
        """All that belongs to the server."""
        with suppress(psutil.NoSuchProcess):
            return [self.root, *self.root.children(recursive=True)]
        return []

    def serving(self):
        """The processes that serve pages, and nginx."""
        return [each for each in self.processes() if not is_worker(each)]

    def cpu(self):
        """Seconds of processor time of what serves."""
        return sum(seconds_of(each) for each in self.serving())

    def memory(self):
        """Megabytes of what serves, and of everything."""
        return tuple(sum(map(megabytes_of, each)) for each in (self.serving(), self.processes()))


def is_worker(process):
    """Whether a process trains or measures."""
    with suppress(psutil.Error):
        line = process.cmdline()
        return any(each.startswith("mlpviz.jobs") or "throughput" in each for each in line)
    return True


def seconds_of(process):
    with suppress(psutil.Error):
        times = process.cpu_times()
        return times.user + times.system
    return 0.0


def megabytes_of(process):
    with suppress(psutil.Error):
        return process.memory_info().rss / 1e6
    return 0.0


@contextmanager
def served(processes):
    """A server on loopback: ``streamlit run`` for one process, a site behind nginx for more; it ends with the block."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        runs = environment(MLPVIZ_RUNS=f"{place}/runs")
        made = alone(place, runs) if processes == 1 else behind_nginx(processes, place, runs)
        workers = []
        try:
            with made as found:
                found.runs = f"{place}/runs"
                try:
                    yield found
                finally:
                    workers = [each for each in found.processes() if is_worker(each)]
        finally:
            for worker in workers:  # runs outlive their server
                with suppress(psutil.Error):
                    worker.kill()
                    worker.wait(10)


@contextmanager
def alone(place, env):
    server = Server(Path(place), env=env)
    try:
        server.wait_until_healthy(time.perf_counter() + 120)
        yield Served(server.url, server.process.pid)
    finally:
        server.end()


@contextmanager
def behind_nginx(processes, place, env):
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mlpviz.serve", f"--processes={processes}", f"--port={port}"]
    with (Path(place) / "log").open("w") as log:
        keeper = subprocess.Popen([*command, f"--folder={place}/site"], cwd=ROOT, env=env, stdout=log, stderr=log)
    try:
        url = f"http://127.0.0.1:{port}"
        wait_for(f"{url}/_stcore/health", keeper)
        yield Served(url, keeper.pid)
    finally:
        keeper.terminate()
        keeper.wait(30)


def wait_for(url, keeper):
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline and keeper.poll() is None:
        with suppress(OSError), urllib.request.urlopen(url, timeout=2):
            return
        time.sleep(0.1)
    raise TimeoutError(url)


def quantile(values, part):
    """The value below which so much of all lies; nan of none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))] if ordered else float("nan")
