"""The lessons that a link can name: those of the table, and teachers' own, kept by a server while it has room."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from . import bounds
from .lesson import Lesson, LessonScene
from .table import LESSONS


@dataclass
class OwnLessons:
    """Teachers' own lessons by name, the latest used last; the oldest make room."""

    most: int = bounds.KEPT
    files: OrderedDict[str, tuple[Lesson, int]] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def put(self, lesson: Lesson, size: int) -> None:
        with self.lock:
            self.files.pop(lesson.name, None)
            self.files[lesson.name] = lesson, size
            while sum(each for _lesson, each in self.files.values()) > self.most:
                self.files.popitem(last=False)

    def get(self, name: str) -> Lesson | None:
        with self.lock:
            if name not in self.files:
                return None
            self.files.move_to_end(name)
            return self.files[name][0]


OWN = OwnLessons()

DIGITS = 9
"""Digits of a scene's number that are read: Python refuses to read thousands of them."""


@dataclass(frozen=True)
class Present:
    """The lesson that a session is in, and the number of its scene, from 1."""

    lesson: Lesson
    number: int

    @property
    def scene(self) -> LessonScene:
        return self.lesson.scenes[self.number - 1]


def lesson_named(name: str) -> Lesson | None:
    return LESSONS.get(name) or OWN.get(name)


def present_in(query: Mapping[str, str]) -> Present | None:
    """The scene that a link names; past the last one it is the last."""
    lesson, number = lesson_named(query.get("lesson", "")), query.get("scene", "1")
    if lesson is None or not number.isdecimal():
        return None
    return Present(lesson, max(1, min(int(number[:DIGITS]), len(lesson.scenes))))


def scene_query(query: Mapping[str, str]) -> dict[str, str]:
    """What of the setup the scene has that a link names; nothing if there is none."""
    found = present_in(query)
    return own_query(found.scene) if found else {}


def own_query(scene: LessonScene) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(scene.link).query, keep_blank_values=True))
