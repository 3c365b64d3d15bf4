"""A real PostgreSQL on a free port of this machine: made in a folder of its own, and gone with the block."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from socket import create_connection, socket

import pytest

WHERE = Path("/usr/lib/postgresql")
"""Debian keeps a server's programs there, by version, and in nobody's PATH."""
PATIENCE = 60
ACCOUNTS = ("postgres", "nobody")
"""Whose the server is where everything runs as root: PostgreSQL refuses to be root's."""


def program(name):
    """The path of one of a server's programs; skips where there is none."""
    found = shutil.which(name) or next(iter(sorted(WHERE.glob(f"*/bin/{name}"), reverse=True)), None)
    if found is None:
        pytest.skip("no PostgreSQL on this machine (Debian: apt-get install postgresql)")
    return str(found)


def account():
    """What an ordinary user's process is started with, and whose folder it is."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return {}, None
    import pwd  # no system without it has root

    for name in ACCOUNTS:
        with suppress(KeyError):
            entry = pwd.getpwnam(name)
            return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}, entry
    raise LookupError(ACCOUNTS)


def free_port():
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Database:
    """A server of PostgreSQL, empty at first, in a folder: it may be stopped, and started again with what it has."""

    process = None

    def __init__(self, place):
        user, entry = account()
        if entry:
            os.chown(place, entry.pw_uid, entry.pw_gid)
        self.place, self.port = place, free_port()
        self.url = f"postgresql://teacher@127.0.0.1:{self.port}/postgres"
        self.as_user = {"cwd": place, "env": {"PATH": os.environ["PATH"], "LC_ALL": "C", "HOME": place}, **user}
        made = ["-D", f"{place}/data", "-U", "teacher", "--auth=trust", "--no-sync", "-E", "UTF8"]
        subprocess.run([program("initdb"), *made], check=True, capture_output=True, **self.as_user)

    def start(self):
        """Start the server and wait until it answers."""
        options = ["-D", f"{self.place}/data", "-h", "127.0.0.1", "-p", str(self.port), "-k", self.place, "-F"]
        with Path(self.place, "log").open("wb") as log:
            self.process = subprocess.Popen([program("postgres"), *options], stdout=log, stderr=log, **self.as_user)
        wait_for(self.port, self.process, f"{self.place}/log")

    def stop(self):
        """Stop the server: whoever is connected is cut off."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(5)
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


@contextmanager
def postgresql():
    """The server and its URL, with an empty database."""
    with tempfile.TemporaryDirectory(prefix="pg", dir="/tmp", ignore_cleanup_errors=True) as place:
        database = Database(place)
        try:
            database.start()
            yield database, database.url
        finally:
            database.stop()


def wait_for(port, server, log):
    """Wait until it takes queries: it listens some time before."""
    import psycopg

    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        assert server.poll() is None, Path(log).read_text()
        with suppress(OSError, psycopg.OperationalError):
            create_connection(("127.0.0.1", port), 1).close()
            psycopg.connect(f"postgresql://teacher@127.0.0.1:{port}/postgres", connect_timeout=2).close()
            return
        time.sleep(0.05)
    raise TimeoutError(Path(log).read_text())
