"""A lesson as data: scenes with a text, a link, a question, and what is to be done before one goes on."""

from __future__ import annotations

from dataclasses import dataclass

from .question import Ask


@dataclass(frozen=True)
class Reached:
    """The stepper has come to a step or, on the Derive page, to a line, counted from 0."""

    place: str
    at: int


@dataclass(frozen=True)
class Explained:
    """Somebody has asked where a number of an array comes from."""

    of: str


@dataclass(frozen=True)
class Guessed:
    """The question of the scene has been answered, if that is what counts, rightly."""

    right: bool = True


@dataclass(frozen=True)
class FoundRight:
    """A formula for an array has been found right on the Check page."""

    target: str


@dataclass(frozen=True)
class Edited:
    """A property of the setup is another one than the scene began with."""

    what: str


@dataclass(frozen=True)
class Trained:
    """A run has come to an accuracy, of the samples that are kept apart if there are any."""

    accuracy: float


Done = Reached | Explained | Guessed | FoundRight | Edited | Trained


@dataclass(frozen=True)
class LessonScene:
    """One scene: its title, what it says to students, and to the teacher alone, and the address that it opens.

    ``link`` is a page's path with a query: /check?exercise=E46. It takes about so many ``minutes``.
    """

    title: str
    say: str
    notes: str
    link: str
    ask: Ask | None = None
    done: tuple[Done, ...] = ()
    minutes: float = 5


@dataclass(frozen=True)
class Lesson:
    """A lesson by its name in links: its title, what it is about, and its scenes in order."""

    name: str
    title: str
    about: str
    scenes: tuple[LessonScene, ...]

    @property
    def minutes(self) -> float:
        return sum(scene.minutes for scene in self.scenes)
