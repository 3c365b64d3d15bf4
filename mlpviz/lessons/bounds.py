"""How much a teacher's own lesson may have."""

from __future__ import annotations

import re

from ..setup.limits import SCENES

__all__ = ["SCENES"]

BYTES = 200_000  # of the file
TITLE = 120  # characters
TEXT = 2_000  # characters of what a scene says, or of its notes
LINK = 4_000  # characters
DONE = 8  # things to be done, or mistakes, of one scene
MINUTES = 600
STEP = 100_000
ENTRY = 4_095  # row or column of a number that is asked about
NAME = 12  # hexadecimal digits
KEPT = 8_000_000  # bytes of all lessons that a server keeps for links

MARKUP = re.compile(r"</?[A-Za-z!][^<>]{0,200}>|<!--|&#?\w{1,10};")
"""A tag, a comment or an entity of a markup language."""
