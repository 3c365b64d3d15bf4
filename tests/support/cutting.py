"""A line between a browser and a server that can be cut, and a server whose sessions soon end when it is."""

import socket
import threading
from contextlib import suppress

from tests.support.browser import Server

SESSION = 2  # seconds that a session outlives its connection
EXPIRED = SESSION + 1.5


class Line:
    """A port of its own that leads to whatever port is ``to``, while it is not cut."""

    def __init__(self, to):
        self.to, self.open, self.pairs = to, True, []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        with suppress(OSError):
            while True:
                near, _address = self.listener.accept()
                self.join(near)

    def join(self, near):
        try:
            far = socket.create_connection(("127.0.0.1", self.to)) if self.open else None
        except OSError:
            far = None
        if far is None:
            near.close()
            return
        self.pairs.append((near, far))
        for source, target in ((near, far), (far, near)):
            threading.Thread(target=self.carry, args=(source, target), daemon=True).start()

    def carry(self, source, target):
        with suppress(OSError):
            while data := source.recv(65536):
                with suppress(OSError):
                    target.sendall(data)
            if self.open:
                target.shutdown(socket.SHUT_WR)

    def cut(self):
        """Nothing passes any more, and both ends know it."""
        self.open = False
        for pair in self.pairs:
            for end in pair:
                close(end)
        self.pairs = []

    def hush(self):
        """The server's end is gone, and the browser does not know it yet, as after a laptop's sleep."""
        self.open = False
        for _near, far in self.pairs:
            close(far)

    def mend(self, to=None):
        """Let it lead to a server again; what hung in the air meanwhile is cut."""
        self.cut()
        self.to, self.open = to or self.to, True

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.cut()
        self.listener.close()


def close(end):
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()


class Forgetful(Server):
    """A server that soon forgets whoever is not connected."""

    options = (f"--server.disconnectedSessionTTL={SESSION}",)

    def restart(self):
        """Kill it as a failure of power would, and start another one."""
        self.process.kill()
        self.process.wait()
        self.read = 0
        self.start()
        self.__enter__()
