"""A server of the app and a page of Chromium, watched for errors."""

import os
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from socket import socket

ROOT = Path(__file__).parents[1]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
READY = "[data-testid=stApp][data-test-script-state=notRunning]"
# Streamlit looks for these below each page's path before it finds them
PROBES = ("/_stcore/health", "/_stcore/host-config")


class Server:
    """``python -m streamlit run app.py`` on a free port, with its log; ``started`` is a perf_counter value."""

    def __init__(self, folder: Path, app: Path = ROOT / "app.py", env: dict[str, str] | None = None):
        with socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.path = folder / "server.log"
        self.read = 0
        self.log = self.path.open("w")
        command = [sys.executable, "-m", "streamlit", "run", str(app), "--server.headless=true"]
        options = ["--server.address=127.0.0.1", f"--server.port={self.port}"]
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            [*command, *options],
            cwd=app.parent,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )

    def __enter__(self):
        try:
            self.wait_until_healthy(self.started + 60)
        except BaseException:
            self.end()
            raise
        return self

    def __exit__(self, *_):
        self.end()
        faults = self.faults()
        assert not faults, "\n".join(faults)

    def wait_until_healthy(self, deadline):
        while time.perf_counter() < deadline:
            assert self.process.poll() is None, f"the server ended:\n{self.path.read_text()}"
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2):
                    return
            except OSError:
                time.sleep(0.02)
        raise TimeoutError(f"the server did not answer:\n{self.path.read_text()}")

    def end(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()

    def faults(self) -> list[str]:
        """The server's log since the last look, if it tells of an exception."""
        text = self.path.read_text(errors="replace")[self.read :]
        self.read += len(text)
        return [f"server log:\n{text}"] if "Traceback (most recent call last)" in text else []


class Page:
    """One page in a browser profile of its own, and what went wrong on it."""

    def __init__(self, browser, server: Server, viewport: tuple[int, int], dark: bool, **context):
        self.server = server
        self.faults: list[str] = []
        self.context = browser.new_context(
            viewport={"width": viewport[0], "height": viewport[1]},
            color_scheme="dark" if dark else "light",
            **context,
        )
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.faults.append(f"page error: {error}"))
        self.page.on("console", self.heard)

    def heard(self, message):
        address = message.location.get("url", "")
        if message.type == "error" and not address.partition("?")[0].endswith(PROBES):
            self.faults.append(f"console: {message.text} ({address})")

    def open(self, path: str):
        """The Playwright page, once its first run has ended."""
        self.page.goto(self.server.url + path, wait_until="commit")
        self.page.wait_for_selector(READY, state="attached")
        return self.page

    def close(self):
        self.context.close()
        self.faults += self.server.faults()


@contextmanager
def launched(chromium: str):
    """A Chromium without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


def environment(**values: str) -> dict[str, str]:
    """This process's environment with some values replaced, for a subprocess run from the repository's root."""
    return {**os.environ, "PYTHONPATH": str(ROOT), **values}
