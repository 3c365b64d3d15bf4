"""The database of rooms and short links: SQLite beside the runs, or PostgreSQL with ``MLPVIZ_DATABASE_URL``.

Several processes share it. Its tables are made at first use. SQLite keeps a log of its own beside its file (WAL), so
that who reads does not wait for who writes; the file is for its own user alone.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import streamlit as st
from sqlalchemy import Column, Connection, Engine, Float, Integer, MetaData, String, Table, Text, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.engine.url import URL as Address
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.schema import CreateTable

from ..jobs import disk
from ..jobs.folder import default_folder
from ..maths.messages import N_, Refusal
from ..setup.codes import LENGTH

URL = "MLPVIZ_DATABASE_URL"
FILE = "rooms.sqlite"
PATIENCE = 3
"""Seconds that a connection, or who writes before us, may take."""
CONNECTIONS = 4
AWAY = N_("The database of rooms and short links cannot be reached; everything else goes on.")

TABLES = MetaData()
ROOM = Table(
    "room",
    TABLES,
    Column("code", String(LENGTH), primary_key=True),
    Column("key_hash", String(64), nullable=False),
    Column("version", Integer, nullable=False),
    Column("touched", Float, nullable=False),
    Column("follow", Integer, nullable=False),
    Column("place", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("asked", String(16), nullable=False),
    Column("phase", String(8), nullable=False),
)
"""A class. The teacher's key itself is nowhere here. ``asked`` is the name of the question that is open or was."""
ANSWER = Table(
    "answer",
    TABLES,
    Column("code", String(LENGTH), primary_key=True),
    Column("question", String(16), primary_key=True),
    Column("who", String(64), primary_key=True),
    Column("choice", String(64), nullable=False),
)
"""A browser's present answer. ``who`` is another word for the same browser in every room."""
PRESENT = Table(
    "present",
    TABLES,
    Column("code", String(LENGTH), primary_key=True),
    Column("process", String(16), primary_key=True),
    Column("members", Integer, nullable=False),
    Column("teachers", Integer, nullable=False),
    Column("seen", Float, nullable=False),
)
"""How many of a room a process serves."""
LINK = Table(
    "link",
    TABLES,
    Column("code", String(LENGTH), primary_key=True),
    Column("query", Text, nullable=False),
    Column("made", Float, nullable=False),
)
"""A link's query by its short code."""

_log = logging.getLogger(__name__)
_lock = threading.Lock()
_ready: set[Engine] = set()


@contextmanager
def begin(writing: bool = True) -> Iterator[Connection]:
    """A transaction on the database.

    Raises Refusal, one sentence for everybody, where the database is away; the reason is in the server's log.
    """
    try:
        with engine().execution_options(writing=writing).begin() as connection:
            yield connection
    except (SQLAlchemyError, OSError, ImportError) as error:
        _log.warning("rooms: %s", str(getattr(error, "orig", error)).partition("\n")[0])
        raise Refusal(AWAY) from error


def engine() -> Engine:
    """The engine of this process, with all tables there."""
    own: Engine = st.connection("mlpviz", type="sql", **options(os.environ.get(URL, ""))).engine
    if own not in _ready:
        with _lock:
            if own not in _ready:
                prepare(own)
                _ready.add(own)
    return own


def options(url: str) -> dict[str, Any]:
    """What the connection is made with."""
    pool = {"pool_size": CONNECTIONS, "max_overflow": CONNECTIONS, "pool_timeout": PATIENCE, "pool_pre_ping": True}
    if not url:
        return {"url": f"sqlite:///{default_folder() / FILE}", "connect_args": {"timeout": PATIENCE}, **pool}
    made = address_of(url)
    if made.drivername in ("postgres", "postgresql"):
        made = made.set(drivername="postgresql+psycopg")
    timeout = {"connect_timeout": PATIENCE} if made.get_backend_name() == "postgresql" else {}
    return {"url": made.render_as_string(hide_password=False), "connect_args": timeout, **pool}


def address_of(url: str) -> Address:
    """The address of a database. Raises ArgumentError, with nothing of the text in it: there is a password in that."""
    try:
        return make_url(url)
    except ValueError:
        raise ArgumentError(f"{URL} has a port that is not a number") from None


def prepare(own: Engine) -> None:
    """Make what is not there yet; several processes may do so at once."""
    if own.dialect.name == "sqlite":
        path = default_folder()
        disk.make_folder(path)
        disk.touch(path / FILE)
        event.listen(own, "connect", _opened)
        event.listen(own, "begin", _begun)
        own.dispose()  # a connection made before has not been told
    with own.begin() as connection:
        if own.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(7341905)"))
        for table in TABLES.sorted_tables:
            connection.execute(CreateTable(table, if_not_exists=True))


def _opened(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions begin where they are begun, in _begun
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")


def _begun(connection: Connection) -> None:
    """Who writes says so first: else two that have read would each wait for the other."""
    writing = connection.get_execution_options().get("writing", True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
