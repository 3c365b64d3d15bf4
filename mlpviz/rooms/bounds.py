"""How many, how large and how often: every other file of the rooms reads the numbers here."""

from __future__ import annotations

ROOMS = 1_000  # at a time, in one database
MEMBERS = 2_000  # browsers in one room, of a process
ANSWERS = 10_000  # to one question, of all processes, of browsers that were not in the room before
NEWCOMERS, NEWCOMING = 1_000, 50.0  # browsers from one address that come into rooms at once, and then in a second
OPENED = 6  # rooms that one browser opens in an hour
ALONE = 60.0  # seconds after which a room that nobody is in makes way for another, if there are too many
LIFE = 12 * 3_600.0  # seconds after its last change that a room is kept

PLACE = 8_200  # characters of where the teacher is: a link, and a little more
QUESTION = 40_000  # characters of a question with all that can be answered
CHOICE = 64  # characters of an answer that is kept: the name of a choice or of a cause
FORMULA = 2_000  # characters of a formula that is judged, and not kept
BODY = 16_000  # bytes of what a browser sends

LOOK = 0.25  # seconds between two looks of a process at the database
TALLY = 0.6  # seconds between two counts of the answers that other processes may have written
SETTLE = 5.0  # seconds after a question has been closed in which answers of before that may come in
NOTE = 5.0  # seconds between two notes on who is here
GATHER = 0.05  # seconds in which answers are gathered, to be written at once
WAITING = 5_000  # answers that wait to be written
JUDGED = 400  # formulas that wait to be judged, one of a browser
IDLE = 30.0  # seconds after which a process looks no longer at a room that nobody asks for
SWEEP = 600.0  # seconds between two looks for rooms that are over

HOLD = 4.0  # seconds that a browser's question is held, if nothing is new
HELD = 20.0  # seconds at most
EACH = 40.0  # browsers of a room, or of all that a process serves, for a second more
GONE = 12.0  # seconds after which a browser that does not ask is no longer here, beside those it was held
PAUSE = 1.0  # seconds until who asks too often is told so
PAUSED = 1_000  # at a time; beyond, they are told at once
AWAY = 90.0  # the same of a teacher's, which asks now and then while another window hides it


def hold(browsers: int) -> float:
    """Seconds that a question is held where there are so many: the more ask, the more seldom each of them does."""
    return min(HELD, max(HOLD, browsers / EACH))
