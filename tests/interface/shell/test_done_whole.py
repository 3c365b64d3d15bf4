"""What is done while something else is done at that moment is taken whole."""

import pytest
from streamlit.runtime.state.safe_session_state import SafeSessionState
from streamlit.testing.v1 import AppTest

from mlpviz.interface.shell.done_whole import TAKE, do_whole


def page():
    """A field, and another run that is asked for while what was typed into it is taken."""
    import streamlit as st
    from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx

    def take():
        get_script_run_ctx().script_requests.request_rerun(RerunData())
        st.session_state["taken"] = st.session_state["field"]

    st.text_input("Field", key="field", on_change=take)
    st.text(st.session_state.get("taken", "nothing"))


def test_what_was_typed_is_taken_though_another_run_is_asked_for_meanwhile(monkeypatch):
    monkeypatch.setattr(SafeSessionState, TAKE, as_streamlit_has_it := plain(getattr(SafeSessionState, TAKE)))
    assert typed() == "nothing", "Streamlit takes it by itself: done_whole.py can go"
    do_whole()
    do_whole()
    assert getattr(SafeSessionState, TAKE).__wrapped__ is as_streamlit_has_it
    assert typed() == "a word"


def plain(take):
    return getattr(take, "__wrapped__", take)


def typed():
    """What the page shows of a word that was typed into its field."""
    return AppTest.from_function(page).run().text_input[0].input("a word").run().text[0].value


def test_what_fails_leaves_the_session_looking_for_other_runs():
    do_whole()
    looks = []
    state = SafeSessionState(Failing(), lambda: looks.append(True))
    with pytest.raises(ValueError, match="this one"):
        getattr(state, TAKE)(None)
    assert not looks
    assert "a key" not in state and looks


class Failing:
    def on_script_will_rerun(self, *_given, **_named):
        raise ValueError("this one")

    def __contains__(self, _key):
        return False
