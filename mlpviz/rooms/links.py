"""Short links: a link's query is kept under a code for some time. Nothing in it is secret, so a code guards nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable

from sqlalchemy import Connection, delete, func, insert, select

from ..maths.messages import Refusal
from ..setup.codes import new_code
from .allowance import Allowance
from .database import LINK, begin

DAYS = 90
"""How long a code is good for."""
MOST = 50_000
"""Links that are kept; beyond, the oldest go. One guess in 18 or more then meets one."""
TRIES = 20
DAY = 86_400  # seconds

MADE = Allowance(most=20, rate=1 / 30)
"""How many codes a browser may have made: 20 at once, then one in half a minute."""
ASKED = Allowance(most=30, rate=1 / 2)
"""How many codes a browser may ask for: 30 at once, then one in two seconds."""


def shorten(query: str, who: Hashable, clock: Callable[[], float] = time.time) -> str:
    """A new code for a link's query. Raises Refusal if ``who`` has had too many, or the database is away."""
    if not MADE.take(who):
        raise Refusal("Many short links were made in this browser just now; the long link works at once.")
    with begin() as connection:
        make_room(connection, clock())
        for code in (new_code() for _ in range(TRIES)):
            if connection.execute(select(LINK.c.made).where(LINK.c.code == code)).first() is None:
                connection.execute(insert(LINK).values(code=code, query=query, made=clock()))
                return code
    raise Refusal("No short code is free just now; the long link works at once.")


def make_room(connection: Connection, now: float) -> None:
    """Forget the links that are too old, and the oldest of too many."""
    connection.execute(delete(LINK).where(LINK.c.made < now - DAYS * DAY))
    beyond = connection.execute(select(func.count()).select_from(LINK)).scalar_one() - MOST + 1
    if beyond > 0:
        oldest = select(LINK.c.code).order_by(LINK.c.made).limit(beyond)
        connection.execute(delete(LINK).where(LINK.c.code.in_(oldest)))


def expand(code: str, who: Hashable, clock: Callable[[], float] = time.time) -> str:
    """The query of a code. Raises Refusal if there is none, or not any more, or ``who`` guesses."""
    if not ASKED.take(who):
        raise Refusal("Many short codes were asked for in this browser just now; wait a minute.")
    with begin(writing=False) as connection:
        query = connection.execute(
            select(LINK.c.query).where(LINK.c.code == code, LINK.c.made >= clock() - DAYS * DAY)
        ).scalar_one_or_none()
    if query is None:
        raise Refusal("There is no short link {code}: it is mistyped, or older than {days} days.", code=code, days=DAYS)
    return str(query)
