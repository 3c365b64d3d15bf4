"""A site for a class: what its configuration says, what is missing before it can be served, and what is made for it."""

import gzip
import os
import re
import shutil
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from mlpviz.interface.shell.compressed import streamlits_files
from mlpviz.serve import checks, compressed, configuration, unit
from mlpviz.serve.__main__ import main, programs
from mlpviz.serve.site import SOCKET_LENGTH, Site, nginx
from tests.support.browser import PATIENCE, environment


def site(folder, processes=3, port=8093, address="127.0.0.1", **https):
    return Site(processes, address, port, folder, **https)


def signed_by_itself(folder, name):
    """A certificate and its key."""
    files = {"certificate": folder / f"{name}.pem", "key": folder / f"{name}.key"}
    made = ["-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    where = ["-out", str(files["certificate"]), "-keyout", str(files["key"])]
    subprocess.run(["openssl", "req", "-x509", *made, *where], check=True, capture_output=True)
    return files


def told(found):
    return "\n".join(map(str, found))


def test_the_configuration_sends_a_browser_always_to_one_process(tmp_path):
    text = configuration.text(site(tmp_path))
    assert text.count(f"server unix:{tmp_path}/") == 3
    assert "hash $place consistent;" in text
    assert f"map $cookie_{configuration.COOKIE} $place" in text
    assert "ip_hash" not in text
    assert "$binary_remote_addr" not in text
    assert "proxy_read_timeout 1h;" in text
    assert "gzip_static on;" in text
    assert not re.search(r"\$\{?(folder|listen|headers|upstreams|cookie|upload|user)\b(?!_)", text)
    assert "listen [::1]:8093;" in configuration.text(site(tmp_path, address="::1"))


def test_a_page_may_run_its_own_scripts_alone():
    policy = configuration.headers(site(Path()))["Content-Security-Policy"]
    scripts = re.search(r"script-src ([^;]*)", policy)[1].split()
    inline = re.findall(r"<script>", (streamlits_files() / "index.html").read_text(encoding="utf-8"))
    assert scripts[:2] == ["'self'", "blob:"]
    assert len(scripts) == 2 + len(inline)
    assert "'unsafe-eval'" not in policy
    assert "frame-ancestors 'self'" in policy


def test_nginx_takes_the_configuration(tmp_path):
    if nginx() is None:
        pytest.skip("no nginx on this machine (Debian: apt-get install nginx-light)")
    each = site(tmp_path / "site")
    each.prepare()
    checks.write(each)
    assert checks.refused(each) == ""
    each.configuration.write_text("nonsense", encoding="utf-8")
    assert "unexpected end of file" in checks.refused(each)


def test_what_is_missing_is_said_with_what_helps(tmp_path, monkeypatch):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        (tmp_path / "file").touch()
        found = told(checks.missing(site(tmp_path / "file" / "below", port=port)))
        assert "cannot be written by this user; --folder" in found
        assert f"127.0.0.1:{port} cannot be used (Address already in use)" in found
    monkeypatch.setattr(checks, "nginx", lambda: None)
    assert "apt install nginx-light" in told(checks.missing(site(tmp_path, port=port)))
    monkeypatch.setattr(checks, "nginx", lambda: "/bin/true")
    assert "cannot send compressed files" in told(checks.missing(site(tmp_path, port=port)))
    long = tmp_path / ("l" * SOCKET_LENGTH)
    assert f"and {SOCKET_LENGTH} are possible" in told(checks.missing(site(long, port=port)))


def test_with_a_certificate_it_is_https_alone(tmp_path, capsys, monkeypatch):
    if nginx() is None or not shutil.which("openssl"):
        pytest.skip("no nginx or no openssl on this machine")
    own, other = (signed_by_itself(tmp_path, name) for name in ("own", "other"))
    each = site(tmp_path / "site", **own)
    each.prepare()
    checks.write(each)
    assert checks.refused(each) == ""
    text = configuration.text(each)
    assert "listen 127.0.0.1:8093 ssl;" in text
    assert 'add_header Strict-Transport-Security "max-age=31536000" always;' in text
    assert "SameSite=Lax; Secure" in text
    without = configuration.text(site(tmp_path))
    assert not [word for word in ("Strict-Transport-Security", "ssl", "Secure") if word in without]
    assert each.url == "https://127.0.0.1:8093"
    assert not [*checks.of_certificate(each)]
    assert "belong" in told(checks.of_certificate(site(tmp_path, certificate=own["certificate"], key=other["key"])))
    assert "needs both" in told(checks.of_certificate(site(tmp_path, certificate=own["certificate"])))
    monkeypatch.setattr(checks, "missing", lambda _site: [])
    given = [f"--{name}={path}" for name, path in own.items()]
    assert main([*given, "--print", "unit"]) == 0
    assert f"--certificate {own['certificate']} --key {own['key']}\n" in capsys.readouterr().out
    for wrong in (tmp_path, tmp_path / "none.pem"):
        with pytest.raises(SystemExit):
            main(["--certificate", str(wrong), "--check"])


def test_checking_and_printing_start_nothing(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(checks, "missing", lambda _site: [])
    folder = tmp_path / "site"
    arguments = ["--folder", str(folder), "--processes", "2", "--port", "8093"]
    assert main([*arguments, "--check"]) == 0
    assert "Nothing is missing." in capsys.readouterr().err
    assert main([*arguments, "--print", "nginx"]) == 0
    assert capsys.readouterr().out == configuration.text(site(folder, 2))
    assert main([*arguments, "--print", "unit"]) == 0
    written = capsys.readouterr().out
    most = 2 * unit.MEMORY + unit.TRAINING
    assert {f"MemoryMax={most}M", "NoNewPrivileges=yes", "UMask=0077"} <= set(written.splitlines())
    assert f"ExecStart={sys.executable} -m mlpviz.serve --processes 2" in written
    assert not folder.exists()
    for refused in ("0", "65", "many"):
        with pytest.raises(SystemExit):
            main(["--processes", refused])


def test_what_is_made_is_its_owners_alone_and_stays(tmp_path):
    each = site(tmp_path / "site")
    each.prepare()
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (each.folder, each.runs)}
    assert set(modes.values()) == {0o700}
    first = each.environment()
    assert stat.S_IMODE((each.folder / "secret").stat().st_mode) == 0o600
    each.prepare()
    assert each.environment() == first
    assert first["MLPVIZ_RUNS"] == str(each.runs)
    assert len(first["STREAMLIT_SERVER_COOKIE_SECRET"]) == 64
    other = site(tmp_path / "other")
    other.prepare()
    assert other.environment()["STREAMLIT_SERVER_COOKIE_SECRET"] != first["STREAMLIT_SERVER_COOKIE_SECRET"]


def test_files_are_compressed_once(tmp_path):
    source, target = tmp_path / "source", tmp_path / "static"
    (source / "js").mkdir(parents=True)
    text = "const a = 1\n" * 1000
    (source / "js/long.js").write_text(text)
    (source / "js/short.js").write_text("1")
    (source / "picture.png").write_bytes(os.urandom(2000))
    assert compressed.make(source, target)
    assert not compressed.make(source, target)
    assert (
        gzip.decompress((target / "js/long.js.gz").read_bytes()).decode() == text == (target / "js/long.js").read_text()
    )
    names = {path.name for path in target.rglob("*") if path.is_file()}
    assert names == {"long.js", "long.js.gz", "short.js", "picture.png"}
    assert (target / "js/long.js.gz").stat().st_mtime == pytest.approx(
        (source / "js/long.js").stat().st_mtime, abs=1e-3
    )
    (source / "js/long.js").write_text(text * 2)
    assert compressed.make(source, target)
    assert gzip.decompress((target / "js/long.js.gz").read_bytes()).decode() == text * 2


def test_a_site_has_a_process_for_each_socket_and_nginx_after_them(tmp_path, monkeypatch):
    monkeypatch.setattr("mlpviz.serve.__main__.nginx", lambda: "/usr/sbin/nginx")
    each = site(tmp_path)
    *apps, front = programs(each)
    assert [app.command[-1] for app in apps] == [str(path) for path in each.sockets]
    assert front.needs == each.sockets
    assert "STREAMLIT_SERVER_COOKIE_SECRET" not in front.environment


KEEPER = """
import sys
from pathlib import Path
from mlpviz.serve import keeper
from mlpviz.serve.keeper import Keeper, KeptProgram

keeper.PATIENCE = 1.0
sleep = "import os, time; print(os.getpid(), flush=True); time.sleep(600)"
stubborn = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + sleep
programs = {"easy": sleep, sys.argv[2]: {"easy too": sleep, "stubborn": stubborn}[sys.argv[2]]}
kept = [KeptProgram(name, [sys.executable, "-c", code], {}, Path(sys.argv[1])) for name, code in programs.items()]
Keeper(kept, lambda name, status: print("ended", name, status, flush=True)).run()
"""


def keeping(folder, second):
    """A keeper of two programs that print their numbers, and then sleep."""
    command = [sys.executable, "-c", KEEPER, str(folder), second]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment())


def test_programs_are_kept_and_end_with_their_keeper(tmp_path):
    with keeping(tmp_path, "stubborn") as keeper:
        first, second = (int(keeper.stdout.readline()) for _ in range(2))
        os.kill(first, 9)
        assert keeper.stdout.readline().split()[-1] == "-9"
        again = int(keeper.stdout.readline())
        keeper.terminate()
        assert keeper.wait(PATIENCE) == 0
    assert not [pid for pid in (first, second, again) if alive(pid)]


def test_programs_end_with_a_keeper_that_is_killed(tmp_path):
    with keeping(tmp_path, "easy too") as keeper:
        begun = [int(keeper.stdout.readline()) for _ in range(2)]
        keeper.kill()
        assert keeper.stdout.read() == ""  # both have let go of it
    deadline = time.monotonic() + PATIENCE  # and have only to end
    while any(map(alive, begun)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not [pid for pid in begun if alive(pid)]


def alive(pid):
    """Whether a process is there and no zombie."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
