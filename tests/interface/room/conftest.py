"""Rooms in either database."""

from tests.support.databases import postgresql_url, rooms

__all__ = ["postgresql_url", "rooms"]
