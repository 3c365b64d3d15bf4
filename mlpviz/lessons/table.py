"""The lessons, one file each; ``LESSONS`` is the one table of them."""

from __future__ import annotations

from . import learning_live, one_to_batch, why_not_multiply
from .lesson import Lesson

LESSONS: dict[str, Lesson] = {
    lesson.name: lesson for lesson in (why_not_multiply.LESSON, one_to_batch.LESSON, learning_live.LESSON)
}
