"""A real PostgreSQL on a free port of this machine: made in a folder of its own, and gone with the block."""

import os
import shutil
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


@contextmanager
def postgresql():
    """The server's process and its URL, with an empty database."""
    user, entry = account()
    with tempfile.TemporaryDirectory(prefix="pg", dir="/tmp", ignore_cleanup_errors=True) as place:
        if entry:
            os.chown(place, entry.pw_uid, entry.pw_gid)
        as_user = {"cwd": place, "env": {"PATH": os.environ["PATH"], "LC_ALL": "C", "HOME": place}, **user}
        made = ["-D", f"{place}/data", "-U", "teacher", "--auth=trust", "--no-sync", "-E", "UTF8"]
        subprocess.run([program("initdb"), *made], check=True, capture_output=True, **as_user)
        port = free_port()
        options = ["-D", f"{place}/data", "-h", "127.0.0.1", "-p", str(port), "-k", place, "-F"]
        with Path(place, "log").open("wb") as log:
            server = subprocess.Popen([program("postgres"), *options], stdout=log, stderr=log, **as_user)
        try:
            wait_for(port, server, f"{place}/log")
            yield server, f"postgresql://teacher@127.0.0.1:{port}/postgres"
        finally:
            server.terminate() if server.poll() is None else None
            with suppress(subprocess.TimeoutExpired):
                server.wait(5)
            if server.poll() is None:
                server.kill()
                server.wait()


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
