"""A question about what a text says, with its answers to choose from."""

from __future__ import annotations

import streamlit as st

from ...derivation.errata import Answer, ChoiceExercise, Exercise
from ..shell.translation import _
from ..widgets.progress import Progress, progress_of
from .checked import sign


def own_line(exercise: Exercise) -> None:
    """The text's formula, in its own letters."""
    if exercise.own:
        st.caption(_("The text has, in its own letters:"))
        with st.container(key="own"):
            st.latex(exercise.own)


def choose(exercise: ChoiceExercise) -> None:
    """The question and its answers, each with what is wrong about it once it was chosen."""
    own_line(exercise)
    st.markdown(_(exercise.question))
    progress = progress_of(exercise.code)
    with st.container(key="answers", gap="small"):
        for number, answer in enumerate(exercise.answers):
            tried = answer.text in progress.tries
            st.button(
                answer.text if answer.is_formula else _(answer.text),
                key=f"answer {number}",
                icon=icon_of(answer, tried, progress),
                on_click=take,
                args=(exercise, answer),
                disabled=tried or progress.done,
                width="stretch",
            )
            if answer.why and (tried or progress.done):
                st.text(_(answer.why))


def icon_of(answer: Answer, tried: bool, progress: Progress) -> str:
    if answer.right and progress.done:
        return sign("check_circle")
    return sign("cancel" if tried else "radio_button_unchecked")


def take(exercise: ChoiceExercise, answer: Answer) -> None:
    progress_of(exercise.code).attempt(answer.text, answer.right)
