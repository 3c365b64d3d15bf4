"""All that a run of a page has sent reaches the browser, also where another run is asked for at its end.

A run is made in a thread of its own, and the server's loop passes on what it sends. Streamlit begins a new thread where
the one before has ended, and from then on passes nothing of the former on: if the loop is behind, the page stays
without what was sent last. Where fragments ask for runs by themselves, as those that watch do, a machine with much to
do meets that. Here the new thread waits for its turn in the loop, behind all that was sent.

What was passed on may still wait to be sent when a fragment runs. Streamlit then drops what the whole page had in that
fragment, and yet sends that the whole page is there: the browser removes all that it misses, a stepper with its place
and its figure, and draws it anew, if it comes again. Here nothing is dropped behind which such a word waits.

Parts of Streamlit's session are used that it does not promise; where they are not there, all is as Streamlit has it.
"""

from __future__ import annotations

from functools import wraps
from typing import Any

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession, AppSessionState

BEGIN, LATER = "_create_scriptrunner", "_call_soon_on_event_loop"
CLEAR, QUEUE, WAITING = "_clear_queue", "_browser_queue", "_queue"


def keep_order() -> None:
    """Let the sessions of this process lose nothing that a run has sent."""
    begin_in_turn()
    keep_whole()


def begin_in_turn() -> None:
    """Begin a thread only once all that the one before has sent is passed on."""
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


def keep_whole() -> None:
    """Drop nothing of a whole page for a fragment where the browser is still to be told that the page is there."""
    clear = getattr(AppSession, CLEAR, None)
    if clear is None or hasattr(clear, "__wrapped__"):
        return

    @wraps(clear)
    def cleared(self: Any, fragments: list[str] | None = None) -> None:
        waiting = getattr(getattr(self, QUEUE), WAITING, ())
        clear(self, [] if fragments and any(map(is_whole, waiting)) else fragments)

    setattr(AppSession, CLEAR, cleared)


def is_whole(message: ForwardMsg) -> bool:
    """Whether it says that a whole page is there."""
    return (
        message.WhichOneof("type") == "script_finished" and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
    )
