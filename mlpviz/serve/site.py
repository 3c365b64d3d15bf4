"""What is to be served, and where everything of it lies."""

from __future__ import annotations

import os
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PRIVATE = 0o700
SOCKET_LENGTH = 100
"""Characters of a socket's path that every system accepts."""


@dataclass(frozen=True)
class Site:
    """So many processes of the app behind one address and port; ``folder`` has all that is made for them.

    With a ``certificate`` and its ``key``, files in PEM, it is reached by HTTPS alone.
    """

    processes: int
    address: str
    port: int
    folder: Path
    certificate: Path | None = None
    key: Path | None = None

    @property
    def url(self) -> str:
        """Where it is reached, as far as the site itself knows."""
        return f"{'https' if self.certificate else 'http'}://{self.place}"

    @property
    def place(self) -> str:
        """The address and the port, as nginx and a browser write them."""
        return f"[{self.address}]:{self.port}" if ":" in self.address else f"{self.address}:{self.port}"

    @property
    def sockets(self) -> list[Path]:
        """Where the processes listen: nobody but nginx can reach them."""
        return [self.folder / f"{number}.sock" for number in range(1, self.processes + 1)]

    @property
    def static(self) -> Path:
        """Streamlit's files for browsers, each beside its compressed copy."""
        return self.folder / "static"

    @property
    def configuration(self) -> Path:
        return self.folder / "nginx.conf"

    @property
    def runs(self) -> Path:
        """Where runs and tables lie, the same for all processes."""
        return Path(os.environ.get("MLPVIZ_RUNS", self.folder / "runs"))

    def prepare(self) -> None:
        """Make the folders, for their owner alone."""
        for path in (self.folder, self.runs, self.folder / "tmp"):
            path.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        for path in self.sockets:
            path.unlink(missing_ok=True)

    def environment(self) -> dict[str, str]:
        """What the processes share: the runs, and the secret by which one knows another's cookies."""
        return {**os.environ, "MLPVIZ_RUNS": str(self.runs), "STREAMLIT_SERVER_COOKIE_SECRET": self.secret()}

    def secret(self) -> str:
        """A secret that stays the same when the site is started again."""
        path = self.folder / "secret"
        if not path.exists():
            made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(made, "w", encoding="ascii") as file:
                file.write(secrets.token_hex(32))
        return path.read_text(encoding="ascii")


def default_folder() -> Path:
    """Where a user's programs keep what they have made."""
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local/state") / "mlpviz"


def nginx() -> str | None:
    """The path of nginx, which stands where an ordinary user's PATH does not lead."""
    return shutil.which("nginx", path=os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"]))
