"""What each way of asking costs: ``python -m tests.measure.asking``: a fragment's rerun, or a route of the server."""

import asyncio
import tempfile
from pathlib import Path

from tests.measure.serving import Served
from tests.support.browser import Server, environment
from tests.support.learners import Learner
from tests.support.members import Wire

LEARNERS, ROUNDS = 20, 20

PROBE = """import streamlit as st
from starlette.responses import JSONResponse
from starlette.routing import Route


async def plain(request):
    return JSONResponse({"token": "1"})


if __name__ == "__main__":

    @st.fragment(run_every=1000)
    def poll():
        st.write("x")

    poll()
else:
    app = st.App(__file__, routes=[Route("/plain", plain)])
"""


async def polls(count, rounds):
    """Processor time of one question by a fragment's rerun, and by a route."""
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / "app.py").write_text(PROBE)
        as_ours = environment(STREAMLIT_RUNNER_POST_SCRIPT_GC="false", STREAMLIT_RUNNER_MAGIC_ENABLED="false")
        with Server(Path(place), Path(place) / "app.py", as_ours) as server:
            found = Served(server.url, server.process.pid)
            learners = [Learner(server.url) for _ in range(count)]
            for learner in learners:
                await learner.open()
                await learner.rerun()
            fragment = [next(iter(learner.fragments)) for learner in learners]
            await cost(
                found,
                "a rerun of a fragment",
                count * rounds,
                [rerun(learner, name, rounds) for learner, name in zip(learners, fragment, strict=True)],
            )
            wires = [Wire(server.url, {}) for _ in range(count)]
            await cost(found, "a route", count * rounds, [asking(wire, rounds) for wire in wires])
            await asyncio.gather(*(learner.close() for learner in learners))


async def rerun(learner, fragment, rounds):
    for _ in range(rounds):
        await learner.rerun(fragment=fragment)


async def asking(wire, rounds):
    for _ in range(rounds):
        await wire.ask("GET", "/plain")


async def cost(server, name, count, work):
    before = server.cpu()
    await asyncio.gather(*work)
    print(f"{name:34}{1000 * (server.cpu() - before) / count:8.2f} ms of processor time each", flush=True)


if __name__ == "__main__":
    asyncio.run(polls(LEARNERS, ROUNDS))
