"""What a page has sent last reaches its browser, also where a fragment asks for a run at that moment."""

import json
import subprocess
import sys

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


async def main():
    config = RuntimeConfig(sys.argv[1], MemoryMediaFileStorage("/media"), MemoryUploadedFileManager("/uploaded"))
    server = Runtime(config)
    await server.start()
    as_streamlit_has_it = await told(server, True)
    keep_order()
    keep_order()
    print(json.dumps([as_streamlit_has_it, await told(server, True), await told(server, False)]))
    server.stop()
    await server.stopped

asyncio.run(main())
"""


def test_what_was_sent_last_is_passed_on_before_another_run_begins(tmp_path):
    page = tmp_path / "page.py"
    page.write_text(PAGE)
    command = [sys.executable, "-c", SERVER, str(page)]
    ended = subprocess.run(
        command,
        capture_output=True,
        text=True,
        env=environment(STREAMLIT_RUNNER_FAST_RERUNS="false"),
        timeout=60,
        check=True,
    )
    lost, of_a_fragment, whole = (WORDS.intersection(told) for told in json.loads(ended.stdout))
    assert lost == {"watched"}, "Streamlit passes it on by itself: in_order.py can go"
    assert of_a_fragment == whole == WORDS
