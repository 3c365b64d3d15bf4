"""mlpviz: the first page, step through, and the server that ``streamlit run`` starts.

Streamlit runs this file for whoever opens the page; the server imports it, and takes from it what it answers besides.
"""

import streamlit as st
from starlette.middleware import Middleware

from mlpviz.interface.lesson import place
from mlpviz.interface.room import routes, strip
from mlpviz.interface.room.open_files import ask_for_files
from mlpviz.interface.shell import page, session, toolbar
from mlpviz.interface.shell.delivery import Delivery
from mlpviz.interface.shell.done_whole import do_whole
from mlpviz.interface.shell.in_order import keep_order
from mlpviz.interface.step import page as step

if __name__ == "__main__":
    session.visit("step")
    page.start("step", session.whole_query())
    strip.strip()
    place.lesson()
    toolbar.notices()
    step.page()
else:
    ask_for_files()
    keep_order()
    do_whole()
    app = st.App(__file__, routes=routes.routes(), middleware=[Middleware(Delivery)])
