"""What a page has sent last reaches its browser, also where a fragment asks for a run at that moment."""

import json
import subprocess
import sys

import pytest

from tests.support.browser import environment

PAGE = """
import streamlit as st

st.write("first")
st.fragment(lambda: st.write("watched"), run_every=0.25)()
st.write("last")
"""

WORDS = {"first", "watched", "last"}

SERVER = """
import asyncio, json, sys

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime import Runtime, RuntimeConfig
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from mlpviz.interface.shell.in_order import keep_order


class Browser(list):
    client_context = None

    def write_forward_msg(self, message):
        kind = message.WhichOneof("type")
        element = kind == "delta" and message.delta.WhichOneof("type") == "new_element"
        self.append(message.delta.new_element.markdown.body if element else kind)


async def told(server, of_a_fragment):
    '''What a browser is told where the server's loop has no time until a page has run, and is then asked at once.'''
    browser, first, again = Browser(), BackMsg(), BackMsg()
    name = server.connect_session(browser, {})
    session = server._session_mgr.get_active_session_info(name).session
    first.rerun_script.query_string = ""
    server.handle_backmsg(name, first)
    session._scriptrunner._script_thread.join()
    if of_a_fragment:
        again.rerun_script.fragment_id = next(iter(session._fragment_storage._fragments))
    else:
        again.rerun_script.query_string = "again"
    server.handle_backmsg(name, again)
    server.handle_backmsg(name, again)
    while not 0 < browser.count("new_session") == browser.count("script_finished"):
        await asyncio.sleep(0.01)
    return browser


async def sent_late(server):
    '''What a browser is told that gets nothing until a page has run, and a fragment of it once more.'''
    browser, first, again = Browser(), BackMsg(), BackMsg()
    name = server.connect_session(browser, {})
    session = server._session_mgr.get_active_session_info(name).session
    send, session._message_enqueued_callback = session._message_enqueued_callback, lambda: None
    first.rerun_script.query_string = ""
    server.handle_backmsg(name, first)
    await passed_on(session, 1)
    again.rerun_script.fragment_id = next(iter(session._fragment_storage._fragments))
    server.handle_backmsg(name, again)
    await passed_on(session, 2)
    send()
    while browser.count("script_finished") < 2:
        await asyncio.sleep(0.01)
    return browser


async def passed_on(session, runs):
    while [m.WhichOneof("type") for m in session._browser_queue._queue].count("script_finished") < runs:
        await asyncio.sleep(0.01)


async def main():
    config = RuntimeConfig(sys.argv[1], MemoryMediaFileStorage("/media"), MemoryUploadedFileManager("/uploaded"))
    server = Runtime(config)
    await server.start()
    as_streamlit_has_it = [await told(server, True), await sent_late(server)]
    keep_order()
    keep_order()
    here = [await told(server, True), await told(server, False), await sent_late(server)]
    print(json.dumps([as_streamlit_has_it, here]))
    server.stop()
    await server.stopped

asyncio.run(main())
"""


@pytest.fixture(scope="module")
def browsers(tmp_path_factory):
    """What browsers are told, first by Streamlit alone."""
    page = tmp_path_factory.mktemp("in_order") / "page.py"
    page.write_text(PAGE)
    command = [sys.executable, "-c", SERVER, str(page)]
    settings = environment(STREAMLIT_RUNNER_FAST_RERUNS="false")
    ended = subprocess.run(command, capture_output=True, text=True, env=settings, timeout=60, check=True)
    return json.loads(ended.stdout)


def test_what_was_sent_last_is_passed_on_before_another_run_begins(browsers):
    (lost, _), (of_a_fragment, whole, _) = ([WORDS.intersection(told) for told in each] for each in browsers)
    assert lost == {"watched"}, "Streamlit passes it on by itself: in_order.py can go"
    assert of_a_fragment == whole == WORDS


def test_a_browser_is_told_that_a_page_is_there_only_once_it_has_all_of_it_so_that_nothing_is_removed(browsers):
    (_, lacking), (*_, whole) = (
        [WORDS.intersection(told[: told.index("script_finished")]) for told in each] for each in browsers
    )
    assert lacking == {"first", "last"}, "Streamlit drops nothing by itself: keep_whole can go"
    assert whole == WORDS
