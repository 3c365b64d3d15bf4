"""A server of the app and a page of Chromium, watched for errors."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from socket import socket

ROOT = Path(__file__).parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SECRET = "/mlpviz_browser=([0-9a-f]{32})/.exec(document.cookie)?.[1]"
"""What a browser is known by, as its cookie keeps it."""
READY = "[data-testid=stApp][data-test-script-state=notRunning]"
# Streamlit looks for these below each page's path before it finds them
PROBES = ("/_stcore/health", "/_stcore/host-config")
HARMLESS = re.compile(
    r"Exception in ASGI application\n(?:(?!mlpviz/interface/(?!shell/delivery)|mlpviz/jobs).)*?"
    r'WebSocketDisconnected: Cannot call "send" once a close message has been sent\.',
    re.DOTALL,
)
"""What Streamlit says of a page that leaves while it is still being connected; the delivery only passes it on."""

MOST_TOLD = 3000  # characters of a page
PATIENCE = 120  # seconds; a bound for what is sure to come, also on a machine with more to do


class Server:
    """``python -m streamlit run app.py`` on a free port, with its log; ``started`` is a perf_counter value."""

    options: tuple[str, ...] = ()
    """What else it is told."""

    def __init__(self, folder: Path, app: Path = ROOT / "app.py", env: dict[str, str] | None = None):
        self.app, self.env = app, env
        self.path = folder / "server.log"
        self.read = 0
        self.start()

    def start(self):
        """Start the process on a port that is free now."""
        with socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        command = [sys.executable, "-m", "streamlit", "run", str(self.app), "--server.headless=true"]
        options = ["--server.address=127.0.0.1", f"--server.port={self.port}"]
        self.started = time.perf_counter()
        with self.path.open("w") as log:
            self.process = subprocess.Popen(
                [*command, *options, *self.options],
                cwd=self.app.parent,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def __enter__(self):
        try:
            self.wait_until_healthy(self.started + 2 * PATIENCE)
        except BaseException:
            self.end()
            raise
        return self

    def __exit__(self, *_):
        self.end()
        faults = self.faults()
        assert not faults, "\n".join(faults)

    def wait_until_healthy(self, deadline):
        """Wait until this process, and no other that was given the port before it, answers."""
        while time.perf_counter() < deadline:
            ended, log = self.process.poll() is not None, self.path.read_text(errors="replace")
            if ended and f"Port {self.port} is not available" in log:
                self.start()
            else:
                assert not ended, f"the server ended:\n{log}"
            if self.url in log and self.answers():
                return
            time.sleep(0.02)
        raise TimeoutError(f"the server did not answer:\n{self.path.read_text()}")

    def answers(self) -> bool:
        """Whether somebody answers at its port."""
        try:
            with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2):
                return True
        except OSError:
            return False

    def end(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def faults(self) -> list[str]:
        """The server's log since the last look, if it tells of an exception."""
        text = self.path.read_text(errors="replace")[self.read :]
        self.read += len(text)
        return [f"server log:\n{text}"] if "Traceback (most recent call last)" in HARMLESS.sub("", text) else []


class Page:
    """One page in a browser profile of its own, and what went wrong on it.

    After ``emptied`` the profile serves another test: the process that draws it has the app's scripts compiled.
    """

    def __init__(self, browser, server: Server, viewport: tuple[int, int], dark: bool, **context):
        self.context = browser.new_context(**context)
        self.context.set_default_timeout(1000 * PATIENCE)
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.faults.append(f"page error: {error}"))
        self.page.on("console", self.heard)
        self.motion = context.get("reduced_motion", "no-preference")
        self.begin(server, viewport, dark)

    def begin(self, server: Server, viewport: tuple[int, int], dark: bool):
        """Belong to a server, in a size and a scheme of colours."""
        self.server = server
        self.faults: list[str] = []
        self.page.set_viewport_size({"width": viewport[0], "height": viewport[1]})
        self.page.emulate_media(color_scheme="dark" if dark else "light", reduced_motion=self.motion)
        return self

    def heard(self, message):
        address = message.location.get("url", "")
        if message.type == "error" and not address.partition("?")[0].endswith(PROBES):
            self.faults.append(f"console: {message.text} ({address})")

    def open(self, path: str):
        """The Playwright page, once its first run has ended."""
        self.page.goto(self.server.url + path, wait_until="commit")
        self.page.wait_for_selector(READY, state="attached")
        return self.page

    def told(self) -> str:
        """Where it is, whether its script runs, and its words; what a failed test is understood by."""
        from playwright.sync_api import Error

        try:
            state = self.page.evaluate("document.querySelector('[data-testid=stApp]')?.dataset.testScriptState")
            words = " ".join(self.page.inner_text("body", timeout=10_000).split())
            return f"{self.page.url}\nscript: {state}\n{words[:MOST_TOLD]}"
        except Error as error:
            return f"{self.page.url}\n{error}"

    def close(self):
        self.context.close()
        self.faults += self.server.faults()

    def emptied(self) -> bool:
        """Leave the app with nothing kept of it: no storage, no cookie, no way back; whether that could be done."""
        if self.page.is_closed() or len(self.context.pages) > 1:
            return False
        faults = self.faults + self.server.faults()
        self.page.evaluate("sessionStorage.clear()")
        self.page.goto("about:blank")
        session = self.context.new_cdp_session(self.page)
        session.send("Storage.clearDataForOrigin", {"origin": self.server.url, "storageTypes": "all"})
        session.send("Page.resetNavigationHistory")
        session.detach()
        self.context.clear_cookies()
        self.context.clear_permissions()
        self.context.unroute_all()
        self.page.unroute_all()
        self.faults = faults
        return True


DEVICE = {"has_touch", "is_mobile", "reduced_motion"}
"""What a profile may have for good and still be emptied."""


class Profiles:
    """Pages of a browser, each in a profile of its own that is emptied after a test and given to the next one."""

    def __init__(self, browser):
        self.browser = browser
        self.free: list[tuple[dict, Page]] = []
        self.kept: dict[Page, dict] = {}

    def take(self, server: Server, viewport: tuple[int, int], dark: bool, once: bool = False, **context) -> Page:
        """A page with nothing in its profile, on the device of ``context``; one that is used ``once`` is made anew."""
        for place, (device, page) in enumerate(self.free):
            if device == context and not once:
                del self.free[place]
                return page.begin(server, viewport, dark)
        page = Page(self.browser, server, viewport, dark, **context)
        if not once and context.keys() <= DEVICE:
            self.kept[page] = context
        return page

    def put(self, page: Page):
        """Keep a page for the next test on its device, or close it."""
        if page in self.kept and page.emptied():
            self.free.append((self.kept[page], page))
        else:
            page.close()


LOOKS = """async ([arg, last]) => {
  for (const end = performance.now() + 1000; ; await new Promise((done) => setTimeout(done, 20))) {
    const value = await new Promise((found) => {
      const look = %s
      found(typeof look === "function" ? look(arg) : look)
    }).catch(String)
    const told = JSON.stringify(value) ?? ""
    if (told !== last || performance.now() > end) return [value, told]
  }
}"""  # asked within the page: a question from outside costs ten times as much as the look itself


def expect(page, look: str, wanted: object = True, arg: object = None):
    """Wait until a page's expression or function, given ``arg``, has a value; fails with the value last seen.

    The page may be on its way to another one meanwhile, or not yet have the element that is looked at.
    """
    deadline, last = time.monotonic() + PATIENCE, None
    while (found := seen(page, LOOKS % look.strip(), [arg, last]))[0] != wanted:
        assert time.monotonic() < deadline, f"{look} with {arg!r}: wanted {wanted!r}, last seen {found[0]!r}"
        last = found[1]


def seen(page, look: str, arg: list):
    """What a function of the page gives, or why it cannot be asked now."""
    from playwright.sync_api import Error

    try:
        return page.evaluate(look, arg)
    except Error as error:
        if page.is_closed():
            raise
        page.wait_for_timeout(20)
        return error, None


def expect_count(page, selector: str, wanted: int):
    """Wait until a page has so many elements; those of the run before may still be there at first."""
    expect(page, "selector => document.querySelectorAll(selector).length", wanted, selector)


def expect_text(page, selector: str, words: str):
    """Wait until an element has words in its text."""
    expect(page, HAS_WORDS, True, [selector, words])


HAS_WORDS = """([selector, words]) => {
  const text = document.querySelector(selector)?.textContent ?? "no such element"
  return text.includes(words) || text
}"""


CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser")
"""Programs to draw the pages with, the first there is: the same engine, and the first of them has no windows."""


def chromium() -> str | None:
    """Where the system has Chromium."""
    return next(filter(None, map(shutil.which, CHROMIUM)), None)


@contextmanager
def launched():
    """A Chromium without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def running():
    """A Chromium, and a server of the app that keeps what it makes in a folder of its own."""
    with (
        tempfile.TemporaryDirectory() as folder,
        launched() as browser,
        Server(Path(folder), env=environment(MLPVIZ_RUNS=folder)) as server,
    ):
        yield browser, server


def environment(**values: str) -> dict[str, str]:
    """This process's environment with some values replaced, for a subprocess run from the repository's root."""
    return {**os.environ, "PYTHONPATH": str(ROOT), **values}


def fonts(page, selector):
    """The fonts that Chromium has set the characters of some elements in."""
    session = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        session.send(f"{domain}.enable")
    root = session.send("DOM.getDocument", {"depth": -1})["root"]["nodeId"]
    nodes = session.send("DOM.querySelectorAll", {"nodeId": root, "selector": selector})["nodeIds"]
    used = [session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"] for node in nodes]
    session.detach()
    return {font["familyName"] for each in used for font in each}
