"""What the tests share: a running app, a real browser, and tests that measure seconds left alone on the machine.

With MLPVIZ_REQUIRE_ALL=1, as the check of every commit sets it, a test that would be skipped fails instead: there
every tool is known to be installed. Tests marked ``gpu`` are the exception.
"""

import os
import sys
from collections import Counter
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

try:
    import fcntl
except ImportError:  # Windows: tests that measure seconds then share the machine
    fcntl = None

from tests.support.browser import Page, Profiles, Server, chromium, launched

os.environ.setdefault("PYTHONHASHSEED", "0")  # before the workers start: all must see the same tests in the same order
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # hundreds of processes are started: one of them compiles each module
sys.dont_write_bytecode = False

REQUIRE_ALL = os.environ.get("MLPVIZ_REQUIRE_ALL") == "1"
IN_BROWSER = {"browser", "open_app"}
TOGETHER = 10
"""Browser tests of a file that run one after the other in one worker: enough of them to be worth its server."""
PAGES = pytest.StashKey[list[Page]]()
"""The pages that a test has opened: a test that fails tells what was on them."""
GATE, MACHINE = (
    Path(__file__),
    Path(__file__).with_name("test_project.py"),
)  # two files for workers to lock; any two would do


# Skips that must not happen


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if REQUIRE_ALL and not item.get_closest_marker("gpu") and not hasattr(report, "wasxfail"):
        refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_call(item):
    try:
        return (yield)
    except BaseException:
        for page in item.stash.get(PAGES, []):
            item.add_report_section("call", "page", page.told())
        raise


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    report = yield
    if REQUIRE_ALL:
        refuse_skip(report)
    return report


def refuse_skip(report):
    """Turn a skip into a failure that says what was missing."""
    if report.skipped:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome, report.longrepr = "failed", f"MLPVIZ_REQUIRE_ALL=1, yet: {reason}"


# Where and when a test runs


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """A worker gets a file, or some of its browser tests, at a time: what they share is made once; one measures."""
    seen = Counter()
    for item in items:
        if IN_BROWSER & set(item.fixturenames):
            item.add_marker("browser")
        if not item.get_closest_marker("xdist_group"):
            name = item.nodeid.partition("::")[0]
            item.add_marker(pytest.mark.xdist_group(group(item, f"{name} {seen[name] // TOGETHER}")))
            seen[name] += item.get_closest_marker("browser") is not None
    items.sort(key=turn)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers():
    """One more than there are cores: a test waits at times, and each worker costs its own start."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_node_collection_finished(node, ids):
    """Without its groups the suite makes everything that tests share in every worker, and takes twice as long."""
    if node.config.option.dist == "loadgroup" and ids and not any("@" in name.rpartition("]")[2] for name in ids):
        pytest.exit("pytest-xdist does not see the groups of this pytest: pip install -r tests/requirements.txt", 4)


def group(item, part):
    """The tests that run in one worker, one after the other."""
    return "timing" if item.get_closest_marker("timing") else part


LONG = {"gpu", "jobs", "rooms", "train"}
"""Folders of tests that take long, or wait for other processes."""


def turn(item):
    """Long ones first, so that no worker is alone with them at the end; those that want the machine alone last."""
    if item.get_closest_marker("timing"):
        return 2
    return 0 if item.get_closest_marker("browser") or LONG & set(item.path.parts) else 1


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    with alone() if item.get_closest_marker("timing") else together():
        return (yield)


@contextmanager
def together():
    """A share of the machine; waits while a measuring test runs or wants to."""
    with locked(GATE):
        share = locked(MACHINE, shared=True)
    with share:
        yield


@contextmanager
def alone():
    """The whole machine among this project's tests: the gate stays closed until those that run have ended."""
    with locked(GATE), locked(MACHINE):
        yield


def locked(path, shared=False):
    """An open, locked file; closing it lets go."""
    file = path.open()
    if fcntl:
        fcntl.flock(file, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
    return file


# The app and the browser


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """The app as a learner starts it, shared by the tests of one worker."""
    with Server(tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture
def new_server(tmp_path_factory):
    """Start a fresh process of the app: ``new_server().started`` is the perf_counter of its start."""
    with ExitStack() as servers:
        yield lambda: servers.enter_context(Server(tmp_path_factory.mktemp("server")))


@pytest.fixture(scope="session")
def browser():
    """Chromium, installed by the system."""
    if chromium() is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium-headless-shell)")
    pytest.importorskip("playwright")
    with launched() as running:
        yield running


@pytest.fixture(scope="session")
def profiles(browser):
    """The profiles of one worker's tests."""
    return Profiles(browser)


@pytest.fixture
def open_app(profiles, new_server, request):
    """Open the app: ``open_app(path, viewport, dark, server)`` gives a Playwright page in a profile of its own.

    Each page is watched: an error in its console or its scripts, or a traceback in the server's log, fails the test.
    A test that changes what no emptying of the profile undoes (a script put before the page's own) says ``once=True``.
    """
    opened = request.node.stash[PAGES] = []

    def open_page(path="/", viewport=(1280, 720), dark=False, server=None, **options):
        server = server or request.getfixturevalue("server")
        opened.append(profiles.take(server, viewport, dark, **options))
        return opened[-1].open(path)

    yield open_page
    for page in opened:
        profiles.put(page)
    faults = [fault for page in opened for fault in page.faults]
    assert not faults, "\n".join(faults)
