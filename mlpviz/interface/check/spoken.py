"""What the Check page says aloud of a text: its verdict, and the first sentence about it."""

from __future__ import annotations

from zlib import crc32

from ...maths.messages import Message
from ..shell.assist import aloud
from ..shell.translation import told
from . import report, verdict
from .checked import Checked, CheckedProgram, kind_of


def say(text: str, result: Checked | CheckedProgram | None, guarded: bool) -> None:
    """Have the verdict on a text said once; ``guarded``, without what would be right."""
    sentences = [told(each) for each in words(result, guarded)] if result is not None else []
    aloud(crc32(repr((text, sentences)).encode()), sentences)


def words(result: Checked | CheckedProgram, guarded: bool) -> list[Message]:
    if isinstance(result, CheckedProgram):
        return [report.title(result.report), result.report.message]
    found = result.verdict
    heading, more = verdict.headed(found, kind_of(found, result.notation), found.hints if guarded else found.remarks)
    return [heading, *more[:1]]
