"""``python -m mlpviz.serve --processes 4 --address 0.0.0.0``: the app for a class, until Ctrl+C.

It starts that many processes of the app and nginx in front of them, as the user who calls it. ``--check`` says what is
missing, ``--print nginx`` and ``--print unit`` write the configuration of nginx and a unit for systemd.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from ..interface.shell.compressed import streamlits_files
from ..maths.messages import Message
from . import checks, compressed, configuration, unit
from .keeper import Keeper, KeptProgram
from .site import ROOT, Site, default_folder, nginx

PROCESSES = 64
PRINTED = {"nginx": configuration.text, "unit": unit.text}


def main(arguments: list[str]) -> int:
    """Serve, check or print as the arguments say; return the exit status."""
    options = parser().parse_args(arguments)
    where = (options.address, options.port, options.folder.absolute())
    site = Site(options.processes, *where, options.certificate, options.key)
    if options.print:
        sys.stdout.write(PRINTED[options.print](site))
        return 0
    found = checks.missing(site)
    for each in found:
        tell(each)
    if found or options.check:
        tell(Message("This cannot be served yet.") if found else Message("Nothing is missing."))
        return 1 if found else 0
    return serve(site)


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="python -m mlpviz.serve", description="The app for a class, behind nginx.")
    usual = os.cpu_count() or 2
    made.add_argument("--processes", type=count, default=usual, help="of the app; as many as there are cores")
    made.add_argument("--address", default="127.0.0.1", help="0.0.0.0 is reached from other machines")
    made.add_argument("--port", type=int, default=8080)
    made.add_argument("--folder", type=Path, default=default_folder(), help="for all that is made, runs among it")
    made.add_argument("--certificate", type=existing, help="in PEM, with those that vouch for it: HTTPS alone")
    made.add_argument("--key", type=existing, help="of the certificate, in PEM and without a password")
    made.add_argument("--check", action="store_true", help="say what is missing, and start nothing")
    made.add_argument("--print", choices=PRINTED, help="write a configuration, and start nothing")
    return made


def count(text: str) -> int:
    number = int(text)
    if not 1 <= number <= PROCESSES:
        raise argparse.ArgumentTypeError(f"1 to {PROCESSES} are possible")
    return number


def existing(text: str) -> Path:
    """The whole path of a file that goes into nginx's configuration as it is."""
    path = Path(text).absolute()
    if not path.is_file() or any(sign in str(path) for sign in '"\\$\n'):
        raise argparse.ArgumentTypeError(f"there is no such file, or its name has a sign that nginx reads: {text}")
    return path


def serve(site: Site) -> int:
    """Start everything, and keep it running until the process is told to end."""
    site.prepare()
    compressed.make(streamlits_files(), site.static)
    checks.write(site)
    if why := checks.refused(site):
        tell(Message("nginx does not take its configuration: {reason}", reason=why))
        return 1
    for each in told_at_start(site):
        tell(each)
    Keeper(programs(site), ended).run()
    return 0


def told_at_start(site: Site) -> Iterator[Message]:
    """Where it is reached, and by whom."""
    yield Message("{address} · everything that is made lies in {folder}", address=site.url, folder=str(site.folder))
    if site.address in ("127.0.0.1", "::1", "localhost"):
        yield Message("It is reached from this machine alone: --address 0.0.0.0 opens it to the network.")
    elif site.certificate is None:
        yield Message("Whoever is on the same network can read along: --certificate and --key give HTTPS.")
    if os.geteuid() == 0:
        yield Message("It runs as root: an ordinary user is safer.")


def programs(site: Site) -> list[KeptProgram]:
    """The processes of the app, and nginx."""
    environment, program = site.environment(), nginx()
    assert program is not None
    apps = [
        KeptProgram(str(Message("process {number}", number=number)), command, environment, ROOT)
        for number, command in enumerate(
            ([sys.executable, "-m", "mlpviz.serve.process", str(s)] for s in site.sockets), 1
        )
    ]
    command = [program, "-e", "stderr", "-c", str(site.configuration)]
    return [*apps, KeptProgram("nginx", command, dict(os.environ), site.folder, needs=site.sockets)]


def ended(name: str, status: int) -> None:
    tell(Message("{program} has ended with status {status}, and is started again.", program=name, status=status))


def tell(message: Message) -> None:
    sys.stderr.write(f"{message}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
