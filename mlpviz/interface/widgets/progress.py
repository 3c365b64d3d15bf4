"""How far a learner has come with the exercises: kept by their own browser, and by nobody else.

What is kept are the exercises' codes, how many tries each took, and whether it was found or shown. It is read once a
page is up, put together with what this session knows, and written back whenever that changes; a browser that keeps
nothing does no harm.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

from ...maths.messages import Refusal
from ...setup.codecs import quoted
from ..shell import session

KEY, SEEN = "mlpviz.exercises", "mlpviz.exercises.seen"
COMPONENT = "mlpviz.progress"
MOST_TRIES = 999
LENGTH = 4_000  # characters that are read: those of a few hundred exercises

_ENTRY = re.compile(r"(E\d{1,3}):(\d{1,3})([fs]?)", re.ASCII)


@dataclass
class Progress:
    """A learner's progress with one exercise.

    ``tries`` are the answers of this session, ``before`` how many there were in earlier ones; ``solved`` is whether one
    was right, ``revealed`` whether they were shown what is right.
    """

    tries: list[str] = field(default_factory=list)
    before: int = 0
    solved: bool = False
    revealed: bool = False
    hinted: bool = False

    @property
    def done(self) -> bool:
        """Whether the right version may be shown."""
        return self.solved or self.revealed

    @property
    def count(self) -> int:
        return min(self.before + len(self.tries), MOST_TRIES)

    def attempt(self, answer: str, right: bool) -> None:
        """Count an answer, once; what comes after it was found or shown is practice."""
        if self.done:
            return
        if answer not in self.tries:
            self.tries.append(answer)
        self.solved = right


def everything() -> dict[str, Progress]:
    """The progress of this session by exercise."""
    by_code: dict[str, Progress] = st.session_state.setdefault(KEY, {})
    return by_code


def progress_of(code: str) -> Progress:
    return everything().setdefault(code, Progress())


def icon_of(progress: Progress) -> str:
    if progress.solved:
        return ":material/check_circle:"
    if progress.revealed:
        return ":material/visibility:"
    return ":material/adjust:" if progress.count else ":material/radio_button_unchecked:"


def written(progress: Mapping[str, Progress]) -> str:
    """Progress as text: the code, the tries, and f for found or s for shown, as in E46:2f,E9:1."""
    begun = ((code, each) for code, each in progress.items() if each.count or each.done)
    parts = (f"{code}:{each.count}{'f' if each.solved else 's' if each.revealed else ''}" for code, each in begun)
    return ",".join(sorted(parts))


def read(text: str) -> dict[str, Progress]:
    """The progress that a text tells of.

    Raises Refusal naming the text and what is accepted.
    """
    matches = [_ENTRY.fullmatch(part) for part in text.split(",")] if text else []
    if len(text) > LENGTH or not all(matches):
        raise Refusal(
            "progress: found {text}, which this browser kept; accepted are entries such as E46:2f with commas between "
            "them, so the exercises begin anew.",
            text=quoted(text),
        )
    found = (match.groups() for match in matches if match)
    return {code: Progress(before=int(tries), solved=end == "f", revealed=end == "s") for code, tries, end in found}


def merge(others: Mapping[str, Progress]) -> None:
    """Take in what was known elsewhere: nothing that was found is lost."""
    for code, other in others.items():
        mine = progress_of(code)
        mine.before = max(mine.before, other.count - len(mine.tries))
        mine.solved = mine.solved or other.solved
        mine.revealed = (mine.revealed or other.revealed) and not mine.solved


JS = """
const NAME = "mlpviz.exercises"

function kept(most) {  // null: there is nothing, or the browser keeps nothing
  try {
    const text = window.localStorage.getItem(NAME)
    return text === null ? null : text.slice(0, most)
  } catch {
    return null
  }
}

function keep(text) {
  try {
    if (text) window.localStorage.setItem(NAME, text)
    else window.localStorage.removeItem(NAME)
  } catch {
    // blocked or full: the session still knows
  }
}

export default function ({ data: [data], setTriggerValue }) {
  const there = kept(data.most)
  if (there !== null && there !== data.text && there !== data.seen) setTriggerValue("kept", there)
  else if (there !== data.text && (there !== null || data.text)) keep(data.text)
}
"""

_component = st.components.v2.component(COMPONENT, html="<span hidden></span>\n", js=JS)


def remember() -> None:
    """Keep the progress in the learner's browser, after taking in what it has."""
    data = {"text": written(everything()), "seen": st.session_state.get(SEEN, ""), "most": LENGTH + 1}
    with st.container(key="progress", height="content"):
        _component(key=COMPONENT, data=[data], on_kept_change=_take)


def _take() -> None:
    text = st.session_state[COMPONENT].get("kept")
    if not isinstance(text, str):
        return
    st.session_state[SEEN] = text
    try:
        merge(read(text))
    except Refusal as refusal:
        session.refuse(refusal)
