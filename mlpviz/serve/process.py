"""``python -m mlpviz.serve.process SOCKET``: the app, once, on a socket of its own, with everything loaded first."""

from __future__ import annotations

import logging
import sys

import uvicorn
from streamlit.starlette import App

from ..interface.room.open_files import ask_for_files
from ..interface.room.routes import routes
from ..interface.shell.page import warm_up
from .site import ROOT

LEAVE = 5
"""Seconds that connections have to end when the process does."""


def main(socket: str) -> None:
    """Serve the app until the process is ended. The socket is nobody's but its folder's owner."""
    ask_for_files()
    warm_up()
    logging.disable(logging.INFO)  # Streamlit gives uvicorn's log a level of its own, and it tells of every visit
    uvicorn.run(
        App(ROOT / "app.py", routes=routes()),
        uds=socket,
        ws="websockets-sansio",
        access_log=False,
        timeout_graceful_shutdown=LEAVE,
    )


if __name__ == "__main__":
    main(sys.argv[1])
