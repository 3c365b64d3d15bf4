"""A learner without a browser: the websocket alone, with what Streamlit's own page sends and keeps.

It keeps the large messages as a browser does, so that the server may refer to them, reruns the fragments that ask for
it, and counts what comes.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

AGE = 2
"""Runs after which a browser forgets a message that no run has used."""

LARGEST = 64 * 2**20
EVENTS = "$$STREAMLIT_INTERNAL_KEY_{component}__events"


@dataclass(frozen=True)
class Answer:
    """What a rerun took: seconds until its last message, bytes, messages, and those that said what went wrong."""

    seconds: float
    size: int
    messages: int
    faults: tuple[str, ...]


@dataclass
class Cache:
    """The messages that the server need not send again, by their hash, with the run that used them last."""

    run: int = 0
    messages: dict[str, tuple[ForwardMsg, int]] = field(default_factory=dict)

    def next_run(self, fragment: str = "") -> list[str]:
        """The hashes that the next run may refer to; what a fragment does not draw grows no older by its run."""
        self.run += 1
        if fragment:
            own = {name for name, (kept, _run) in self.messages.items() if kept.delta.fragment_id == fragment}
            self.messages = {n: (kept, run + (n not in own)) for n, (kept, run) in self.messages.items()}
        self.messages = {name: each for name, each in self.messages.items() if self.run - each[1] <= AGE}
        return list(self.messages)

    def take(self, message: ForwardMsg) -> ForwardMsg:
        """The message that is meant; large ones are kept."""
        name = message.ref_hash or (message.hash if message.metadata.cacheable else "")
        if not name:
            return message
        kept = self.messages[name][0] if message.ref_hash else message
        self.messages[name] = kept, self.run
        return kept


class Learner:
    """One visitor of a page. ``query`` is that of the address, as a link has it."""

    def __init__(self, url: str, page: str = "", query: str = "", cookie: str = "") -> None:
        self.url, self.page, self.query, self.cookie = url.rstrip("/"), page, query, cookie
        self.cache = Cache()
        self.components: dict[str, str] = {}
        self.widgets: dict[str, str] = {}
        self.fragments: dict[str, float] = {}
        self.living: dict[str, str] = {}
        self.elements: dict[tuple[int, ...], Element] = {}
        self.received = 0
        self.session = ""
        self.script = ""
        self.socket: ClientConnection

    async def __aenter__(self) -> Learner:
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.socket.close()

    async def open(self) -> None:
        """Connect, with the session of before if there was one; which parts rerun alone, the next run says anew."""
        self.living.clear()
        self.fragments.clear()
        headers = {"Cookie": self.cookie} if self.cookie else {}
        protocols: list[Any] = ["streamlit", *(["none", self.session] if self.session else [])]
        self.socket = await connect(
            self.url.replace("http", "ws", 1) + "/_stcore/stream",
            subprotocols=protocols,
            additional_headers=headers,
            max_size=LARGEST,
            open_timeout=60,
            ping_interval=None,
            compression=None,
            proxy=None,
        )
        if cookie := self.socket.response and self.socket.response.headers.get("Set-Cookie"):
            self.cookie = self.cookie or cookie.partition(";")[0]

    async def rerun(self, *states: WidgetState, fragment: str = "", patience: float = 120.0) -> Answer:
        """Ask for a run and take its messages until it has ended."""
        await self.ask(*states, fragment=fragment)
        return await self.answer(time.perf_counter(), patience)

    async def ask(self, *states: WidgetState, fragment: str = "") -> None:
        message = BackMsg()
        asked = message.rerun_script
        fragment = fragment or next(filter(None, (self.living.get(state.id, "") for state in states)), "")
        asked.query_string, asked.page_name, asked.fragment_id = self.query, self.page, fragment
        asked.is_auto_rerun = fragment in self.fragments
        if fragment:
            asked.page_script_hash = self.script
        else:
            self.fragments.clear()  # the run will name its own
        asked.widget_states.widgets.extend(states)
        asked.cached_message_hashes.extend(self.cache.next_run(fragment))
        asked.context_info.timezone, asked.context_info.locale = "UTC", "en"
        asked.context_info.url = f"{self.url}/{self.page}"
        asked.context_info.color_scheme = "light"
        await self.socket.send(message.SerializeToString())

    async def answer(self, since: float, patience: float) -> Answer:
        """The messages of a run until its end."""
        size = messages = 0
        faults: list[str] = []
        async with asyncio.timeout(patience):
            while True:
                content = await self.socket.recv()
                assert isinstance(content, bytes)
                size, messages = size + len(content), messages + 1
                message = ForwardMsg.FromString(content)
                faults += self.take(message)
                if message.WhichOneof("type") == "script_finished" and message.script_finished != EARLY:
                    self.received += size
                    return Answer(time.perf_counter() - since, size, messages, tuple(faults))

    def take(self, message: ForwardMsg) -> Iterator[str]:
        """Note what a message tells of elements; yields what it tells of errors."""
        path, kind = tuple(message.metadata.delta_path), message.WhichOneof("type")
        if kind == "ref_hash":
            message = self.cache.take(message)
        elif kind == "delta":
            self.cache.take(message)
        elif kind == "new_session":
            self.session, self.script = message.new_session.initialize.session_id, message.new_session.page_script_hash
        elif kind == "auto_rerun":
            self.fragments[message.auto_rerun.fragment_id] = message.auto_rerun.interval
        if message.WhichOneof("type") == "delta" and message.delta.WhichOneof("type") == "new_element":
            yield from self.note(path, message.delta.new_element, message.delta.fragment_id)

    def note(self, path: tuple[int, ...], element: Element, fragment: str) -> Iterator[str]:
        kind = element.WhichOneof("type")
        self.elements[path] = element
        if kind == "exception":
            yield element.exception.type
        if kind == "bidi_component":
            self.components[element.bidi_component.component_name] = element.bidi_component.id
            self.living[element.bidi_component.id] = fragment
        widget = getattr(element, kind or "", None)
        if name := getattr(widget, "label", ""):
            self.widgets[name] = getattr(widget, "id", "")

    def event(self, component: str, name: str, value: Any) -> list[WidgetState]:
        """What a component's trigger sends, beside its state."""
        found, sent = self.components[component], json.dumps([{"event": name, "value": value}])
        return [
            WidgetState(id=found, json_value="{}"),
            WidgetState(id=EVENTS.format(component=found), json_trigger_value=sent),
        ]

    def pressed(self, label: str) -> WidgetState:
        """A click on a button."""
        return WidgetState(id=self.widgets[label], trigger_value=True)

    def weight(self, value: float, row: int = 0, column: int = 0, layer: int = 1) -> list[WidgetState]:
        """A weight typed into the stepper."""
        place = {"symbol": "W", "layer": layer, "row": row, "column": column, "value": value}
        return self.event("mlpviz.stepper", "edit", place)

    def address(self) -> str:
        """The query that the page has put into the address."""
        shown = (each.bidi_component for each in self.elements.values() if each.WhichOneof("type") == "bidi_component")
        (data,) = next(json.loads(each.json) for each in shown if each.component_name == "mlpviz.address")
        return data["query"]

    async def close(self) -> None:
        with suppress(ConnectionClosed):
            await self.socket.close()


EARLY = ForwardMsg.FINISHED_EARLY_FOR_RERUN


def carried_out(coroutine):
    """What a coroutine returns, run in a thread of its own: a browser's loop may be running in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()
