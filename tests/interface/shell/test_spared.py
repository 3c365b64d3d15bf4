"""What is found out once is what Streamlit finds out each time."""

import pytest
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

from mlpviz.interface.shell import spared

SECTIONS = ("theme", "theme.light", "theme.dark", "theme.sidebar", "theme.light.sidebar", "theme.dark.sidebar")


def filled(populate, section):
    message = CustomThemeConfig()
    populate(message, section)
    return message


@pytest.mark.parametrize("section", SECTIONS)
def test_a_theme_is_the_same_and_looked_up_once(section):
    own = getattr(app_session._populate_theme_msg, "__wrapped__", app_session._populate_theme_msg)
    asked = []

    def populate(message, section):
        asked.append(section)
        own(message, section)

    once = spared.once(populate)
    assert filled(once, section) == filled(once, section) == filled(own, section)
    assert asked == [section]


def test_a_streamlit_that_has_it_elsewhere_is_left_alone(monkeypatch):
    monkeypatch.delattr(app_session, spared.NAME)
    spared.spare()
    assert not hasattr(app_session, spared.NAME)
    monkeypatch.setattr(app_session, spared.NAME, lambda message, section="theme": None, raising=False)
    spared.spare()
    first = getattr(app_session, spared.NAME)
    spared.spare()
    assert getattr(app_session, spared.NAME) is first
