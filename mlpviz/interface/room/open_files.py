"""Open files of a process. A shell begins with 1,024, and a follower of a class takes five.

They are the websocket, the question that is held, and the three by which Streamlit keeps a loop for every session.
"""

from __future__ import annotations

import sys

MOST = 16_384
"""What a process asks for, if it may have as many: a class of 3,000."""


def ask_for_files() -> None:
    """Let this process have as many open files as it may; where they are not limited, nothing is done."""
    if sys.platform == "win32":
        return
    from resource import RLIM_INFINITY, RLIMIT_NOFILE, getrlimit, setrlimit

    soft, hard = getrlimit(RLIMIT_NOFILE)
    wanted = MOST if hard == RLIM_INFINITY else min(MOST, hard)
    if soft != RLIM_INFINITY and soft < wanted:
        try:
            setrlimit(RLIMIT_NOFILE, (wanted, hard))
        except (OSError, ValueError):  # a system has a bound of its own besides
            return
