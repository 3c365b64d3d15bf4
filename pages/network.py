"""The Network page: what the network is, what it starts from, and every number of it."""

import streamlit as st

from mlpviz.interface.lesson import place
from mlpviz.interface.network import numbers, picture
from mlpviz.interface.network import page as network
from mlpviz.interface.room import strip
from mlpviz.interface.shell import address, controls, large, page, session, sharing, toolbar
from mlpviz.interface.shell.translation import _

session.visit("network")
page.start("network", session.whole_query())
strip.strip()
place.lesson()
with st.container(horizontal=True, vertical_alignment="bottom", key="toolbar"):
    with st.container(width=320):
        controls.preset()
    toolbar.history_buttons()
    sharing.share()
    network.large_button()
toolbar.notices()
network.about()
settings, seen = st.columns([3, 2], gap="large")
with settings:
    network.heading(_("Layers"))
    network.layers()
    network.heading(_("Loss and update"))
    network.loss()
    network.heading(_("Starting weights"))
    network.starting_values()
    network.heading(_("Numbers"))
    large.in_turn(session.current(), numbers.numbers)
with seen, network.beside():
    large.in_turn(session.current(), lambda: picture.picture(numbers.chosen_part()))
    network.summary()
network.say_change()
address.show()
