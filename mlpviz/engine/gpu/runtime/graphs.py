"""A step of training made many times: each launch by itself, or many steps captured once as a CUDA graph."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from mlpviz.engine.arrays import Call
from mlpviz.maths.messages import Message, counted

STEPS = 16
"""Steps of the longer graph; the other one makes a single step."""


def eagerly(calls: Sequence[Call], count: int) -> None:
    for _ in range(count):
        for call in calls:
            call()


class Graphs:
    """The launches of a step, captured once they have all been made once: that loads every kernel.

    ``obstacle`` says why they are not captured, if they are not; then each launch is made by itself.
    """

    def __init__(self, xp: Any, calls: Sequence[Call], obstacle: str = "") -> None:
        self.xp, self.calls, self.obstacle = xp, calls, obstacle
        self.ready = False
        self.one: Any = None
        self.many: Any = None

    def how(self, device: str) -> Message:
        if self.obstacle:
            return Message(
                "Each launch of a step is made by itself, since {reason}, on {device}.",
                reason=self.obstacle,
                device=device,
            )
        return counted(
            "Up to {count} step is one CUDA graph, on {device}.",
            "Up to {count} steps are one CUDA graph, on {device}.",
            STEPS,
            device=device,
        )

    def __call__(self, count: int) -> None:
        if not self.ready and count > 0:
            eagerly(self.calls, 1)
            self.ready, count = True, count - 1
        if count > 0 and not self.obstacle:
            self._capture(count)
        if self.obstacle:
            eagerly(self.calls, count)
            return
        many, count = divmod(count, STEPS)
        for _ in range(many):
            self.many.launch()
        for _ in range(count):
            self.one.launch()

    def _capture(self, count: int) -> None:
        try:
            if self.many is None and count >= STEPS:
                self.many = captured(self.xp, lambda: eagerly(self.calls, STEPS))
            if self.one is None and count % STEPS:
                self.one = captured(self.xp, lambda: eagerly(self.calls, 1))
        except Exception as error:  # whatever a driver, cuBLAS or the library refuses: the launches themselves work
            self.obstacle = Message("they could not be captured as a CUDA graph ({error})", error=str(error))


def captured(xp: Any, launch: Callable[[], None]) -> Any:
    """Capture what ``launch`` launches as a graph, without carrying it out."""
    stream = xp.cuda.Stream(non_blocking=True)
    with capturing(stream) as graphs:
        launch()
    graph = graphs[0]
    graph.upload()
    return graph


@contextmanager
def capturing(stream: Any) -> Iterator[list[Any]]:
    """Capture launches in the block instead of carrying them out; the list then holds the graph."""
    graphs: list[Any] = []
    with stream:
        stream.begin_capture()
        try:
            yield graphs
        except BaseException:
            with suppress(Exception):
                stream.end_capture()  # or the stream would go on capturing
            raise
        graphs.append(stream.end_capture())
