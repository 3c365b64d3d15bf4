"""What is done on a page is done whole, also where the next thing is done at that moment.

Streamlit takes what somebody has done by calling a function at the beginning of a run, and looks for another run that
is asked for whenever that function reads or writes the session's state. If there is one, the function ends there and
is not called again: who types a formula and presses a button at once loses the formula. Here the other run begins once
everything that was done has been taken.

A part of Streamlit's session is used that it does not promise; where it is not there, all is as Streamlit has it.
"""

from __future__ import annotations

from functools import wraps
from typing import Any

from streamlit.runtime.state.safe_session_state import SafeSessionState

TAKE, LOOK = "on_script_will_rerun", "_yield_callback"


def do_whole() -> None:
    """Let the sessions of this process look for another run only once all that was done has been taken."""
    take = getattr(SafeSessionState, TAKE, None)
    if take is None or hasattr(take, "__wrapped__"):
        return

    @wraps(take)
    def taken(self: Any, *given: Any, **named: Any) -> None:
        look = getattr(self, LOOK, None)
        object.__setattr__(self, LOOK, lambda: None)
        try:
            take(self, *given, **named)
        finally:
            object.__setattr__(self, LOOK, look)

    setattr(SafeSessionState, TAKE, taken)
