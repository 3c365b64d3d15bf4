"""All that a run of a page has sent reaches the browser, also where another run is asked for at its end.

A run is made in a thread of its own, and the server's loop passes on what it sends. Streamlit begins a new thread where
the one before has ended, and from then on passes nothing of the former on: if the loop is behind, the page stays
without what was sent last. Where fragments ask for runs by themselves, as those that watch do, a machine with much to
do meets that. Here the new thread waits for its turn in the loop, behind all that was sent.

Parts of Streamlit's session are used that it does not promise; where they are not there, all is as Streamlit has it.
"""

from __future__ import annotations

from functools import wraps
from typing import Any

from streamlit.runtime.app_session import AppSession, AppSessionState

BEGIN, LATER = "_create_scriptrunner", "_call_soon_on_event_loop"


def keep_order() -> None:
    """Let the sessions of this process begin a thread only once all that the one before has sent is passed on."""
    begin = getattr(AppSession, BEGIN, None)
    if begin is None or not hasattr(AppSession, LATER) or hasattr(begin, "__wrapped__"):
        return

    @wraps(begin)
    def in_turn(self: Any, asked: Any) -> None:
        ended = self._scriptrunner

        def now() -> None:
            runner = self._scriptrunner
            if self._state is AppSessionState.SHUTDOWN_REQUESTED:
                return
            if runner is None or runner is ended:
                begin(self, asked)
            elif not runner.request_rerun(asked):
                in_turn(self, asked)

        if ended is None:
            begin(self, asked)
        else:
            getattr(self, LATER)(now)

    setattr(AppSession, BEGIN, in_turn)
