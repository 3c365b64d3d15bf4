"""What is missing before a site can be served, each with what helps."""

from __future__ import annotations

import os
import resource
import socket
import ssl
import subprocess
from collections.abc import Iterator

from ..maths.messages import Message
from . import configuration
from .site import SOCKET_LENGTH, Site, nginx

FILES = 4_096
"""Open files that a process may need: each learner of a class takes five."""


def missing(site: Site) -> list[Message]:
    """Everything that stands in the way, or nothing."""
    return [*of_nginx(), *of_folder(site), *of_port(site), *of_certificate(site), *of_files()]


def of_nginx() -> Iterator[Message]:
    program = nginx()
    if program is None:
        yield Message("nginx is not installed. On Debian and Ubuntu: apt install nginx-light")
        return
    version = subprocess.run([program, "-V"], capture_output=True, text=True, check=False).stderr
    if "http_gzip_static_module" not in version:
        yield Message(
            "This nginx cannot send compressed files from disk. On Debian and Ubuntu: apt install nginx-light"
        )


def of_folder(site: Site) -> Iterator[Message]:
    for path in (site.folder, site.runs):
        above = next(each for each in (path, *path.parents) if each.exists())
        if not (above.is_dir() and os.access(above, os.W_OK | os.X_OK)):
            yield Message("{folder} cannot be written by this user; --folder names another.", folder=str(path))
    longest = max(len(str(path)) for path in site.sockets)
    if longest > SOCKET_LENGTH:
        yield Message(
            "{folder} is too long a path: sockets in it would have {count} characters, and {most} are possible.",
            folder=str(site.folder),
            count=longest,
            most=SOCKET_LENGTH,
        )


def of_port(site: Site) -> Iterator[Message]:
    """Whether somebody else listens there, or this user may not."""
    family = socket.AF_INET6 if ":" in site.address else socket.AF_INET
    with socket.socket(family) as free:
        free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            free.bind((site.address, site.port))
        except PermissionError:
            yield Message("Port {port} is for the system's own programs; --port names another.", port=site.port)
        except OSError as error:
            where, why = f"{site.address}:{site.port}", error.strerror or str(error)
            yield Message("{place} cannot be used ({reason}); --port names another.", place=where, reason=why)


def of_certificate(site: Site) -> Iterator[Message]:
    """Whether the certificate and the key can be read, and belong together."""
    if site.certificate is None and site.key is None:
        return
    if site.certificate is None or site.key is None:
        yield Message("HTTPS needs both: --certificate and --key name two files in PEM.")
        return
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(site.certificate, site.key, lambda: "")
    except (OSError, ValueError) as error:
        where, why = f"{site.certificate}, {site.key}", getattr(error, "strerror", None) or str(error)
        yield Message(
            "The certificate and the key do not belong together, or cannot be read: {files} ({reason})",
            files=where,
            reason=why,
        )


def of_files() -> Iterator[Message]:
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    if most != resource.RLIM_INFINITY and most < FILES:
        yield Message(
            "A process may open {most:,} files here, and a class needs {wanted:,}: ulimit -n {wanted}",
            most=most,
            wanted=FILES,
        )


def refused(site: Site) -> str:
    """What nginx itself has against the configuration that was written, or nothing."""
    program = nginx()
    assert program is not None
    command = [program, "-t", "-q", "-e", "stderr", "-c", str(site.configuration)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stderr.strip()


def write(site: Site) -> None:
    site.configuration.write_text(configuration.text(site), encoding="utf-8")
