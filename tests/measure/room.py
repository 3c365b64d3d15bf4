"""A class in a room: ``python -m tests.measure.room --followers 200 --browsers 5 --processes 1``.

Each follower is a page with a websocket of its own that asks its room, as the page's script does; some are real pages
in Chromium. The teacher goes from step to step; then all answer a question within some seconds, some of them twice.
Printed are the times from the teacher's key to a follower's new step, how many answers were counted, and what the
server takes, and this command beside it on the same cores. ``--database postgresql`` starts one for the time;
``--hostile`` lets others do harm meanwhile; ``--polls`` says what each way of asking costs.
"""

import argparse
import asyncio
import hashlib
import json
import os
import random
import secrets
import shutil
import tempfile
import time
from collections import Counter
from contextlib import AsyncExitStack, nullcontext
from pathlib import Path
from urllib.parse import urlsplit

from mlpviz.rooms.classrooms import open_classroom
from mlpviz.rooms.database import URL
from tests.measure.serving import Served, quantile, served
from tests.support.browser import FLAGS, Server, environment
from tests.support.learners import Learner
from tests.support.postgresql import postgresql

ARRIVAL = 0.08
"""Seconds between two that come in."""
BETWEEN = (0.15, 0.35)
PATIENCE = 60.0
STEPS = 17


class Wire:
    """A connection that stays open, for one request after the other."""

    def __init__(self, url, headers):
        self.where, self.headers, self.reader = urlsplit(url), headers, None

    async def ask(self, method, path, content=b""):
        """The answer as JSON, on a new connection if the server has closed this one meanwhile."""
        for fresh in (False, True):
            try:
                if self.reader is None or fresh:
                    self.reader, self.writer = await asyncio.open_connection(self.where.hostname, self.where.port)
                return await self._asked(method, path, content)
            except (ConnectionError, asyncio.IncompleteReadError):
                if fresh:
                    raise
        return None

    async def _asked(self, method, path, content):
        head = {"Host": self.where.netloc, "Content-Length": len(content), **self.headers}
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        self.writer.write(f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode() + content)
        heads = (await self.reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(heads.partition("content-length: ")[2].partition("\r\n")[0])
        return json.loads(await self.reader.readexactly(length))


class Member:
    """One page in the room."""

    def __init__(self, url, code, key=""):
        self.url, self.code, self.key, self.learner = url, code, key, None
        self.seen, self.arrived, self.errors, self.question = {}, {}, 0, asyncio.Event()
        self.waited = 0.0  # seconds for an answer to be taken, at most

    async def come(self):
        """Open the page: its websocket and its first run."""
        self.learner = Learner(self.url, query=f"room={self.code}")
        await self.learner.open()
        await self.learner.rerun(patience=PATIENCE)

    def wire(self):
        told = {
            "x-mlpviz-browser": self.secret,
            "x-mlpviz-key": self.key,
            "Cookie": self.learner and self.learner.cookie,
        }
        return Wire(self.url, {name: text for name, text in told.items() if text})

    async def follow(self):
        """Ask the room again and again, as the page does."""
        self.secret = secrets.token_hex(16)
        wire = self.wire()
        while True:
            try:
                self.take(await wire.ask("GET", f"/room/{self.code}?since={self.seen.get('token', '')}"))
            except Exception:
                self.errors += 1
                await asyncio.sleep(1)
            await asyncio.sleep(random.uniform(*BETWEEN))

    def take(self, seen):
        if "token" not in seen:
            self.errors += 1
            return
        self.seen = seen
        self.arrived.setdefault(seen["place"].get("query"), time.time())
        if seen["question"] and seen["question"]["phase"] == "open":
            self.question.set()

    async def send(self, wire=None, **content):
        return await (wire or self.wire()).ask("POST", f"/room/{self.code}", json.dumps(content).encode())

    async def answer(self, within, chance):
        """Answer within so many seconds; one in five thinks again."""
        await self.question.wait()
        wire, asked = self.wire(), self.seen["question"]
        await asyncio.sleep(chance.uniform(0, 0.8 * within))
        taken = 0
        for choice in chance.sample(asked["options"], 2 if chance.random() < 0.2 else 1):
            since = time.monotonic()
            answer = await self.send(wire, do="answer", question=asked["name"], choice=choice["key"])
            self.waited = max(self.waited, time.monotonic() - since)
            taken += answer["kind"] == "done"
        return taken > 0


class Pages:
    """Real pages in Chromium: the teacher's and some followers'."""

    WATCH = """() => {
      const at = () => document.querySelector("[data-step]")?.dataset.step
      window.reached = {}
      setInterval(() => { window.reached[at()] ??= Date.now() }, 4)
      addEventListener("keydown", () => (window.pressed ??= []).push(Date.now()), true)
    }"""

    def __init__(self, stack, url, code, key):
        self.stack, self.url, self.code, self.key, self.followers, self.teacher = stack, url, code, key, [], None

    async def come(self, count):
        from playwright.async_api import async_playwright

        playwright = await self.stack.enter_async_context(async_playwright())
        path = shutil.which("chromium") or shutil.which("chromium-headless-shell")
        self.browser = await playwright.chromium.launch(executable_path=path, args=FLAGS)
        self.teacher = await self.open(f"/?room={self.code}#key={self.key}")
        for _ in range(count):
            self.followers.append(await self.open(f"/?room={self.code}"))

    async def open(self, path):
        page = await (await self.browser.new_context()).new_page()
        await page.goto(self.url + path, wait_until="commit")
        await page.wait_for_selector("[data-step]")
        await page.wait_for_selector(".mlp-class-heads button")
        await page.evaluate(self.WATCH)
        return page

    async def pressed(self):
        """Go a step further; when that was."""
        await self.teacher.keyboard.press("ArrowRight")
        return (await self.teacher.evaluate("window.pressed.at(-1)")) / 1000

    async def reached(self, step):
        found = [await page.evaluate(f"window.reached[{step}]") for page in self.followers]
        return [each / 1000 for each in found if each]


def shown(seconds):
    """Median, 95 % and the largest, in milliseconds."""
    return " ".join(f"{1000 * quantile(seconds, part):8,.0f}" for part in (0.5, 0.95, 1.0)) if seconds else "       –"


class Cost:
    """What a server takes from one look to the next."""

    def __init__(self, server):
        self.server, self.cpu, self.since, self.own = server, server.cpu(), time.monotonic(), time.process_time()

    def told(self, name):
        now, clock, own = self.server.cpu(), time.monotonic(), time.process_time()
        share, beside = ((each / (clock - self.since)) for each in (now - self.cpu, own - self.own))
        self.cpu, self.since, self.own = now, clock, own
        memory, load = self.server.memory()[0], os.getloadavg()[0]
        print(
            f"{name:34}{share:6.2f} cores {memory:8,.0f} MB   (this command {beside:.2f}, load {load:.1f})", flush=True
        )


async def lesson(server, options):
    code, key = open_classroom(time.time())
    chance, cost = random.Random(0), Cost(server)
    async with AsyncExitStack() as stack:
        pages = Pages(stack, server.url, code, key)
        if options.browsers:
            await pages.come(options.browsers)
        members = [Member(server.url, code) for _ in range(options.followers)]
        tasks = []
        for member in members:
            await member.come()
            tasks.append(asyncio.create_task(member.follow()))
            await asyncio.sleep(ARRIVAL)
        cost.told(f"{len(members)} have come")
        teacher = Member(server.url, code, key)
        teacher.learner = Learner(server.url)
        follows = asyncio.create_task(teacher.follow())
        await asyncio.sleep(options.seconds)
        cost.told("nothing new")
        await steps(teacher, members, pages, options)
        cost.told("a step every 1.5 seconds")
        await question(teacher, members, options, chance)
        cost.told("a question, answered by all")
        if options.hostile:
            await beside_attackers(teacher, members, pages, options)
            cost.told("steps beside attackers")
        print(f"failed looks: {sum(member.errors for member in members)}; {teacher.seen.get('here')}")
        for task in (*tasks, follows):
            task.cancel()
        await asyncio.gather(*tasks, follows, return_exceptions=True)
        await asyncio.gather(*(member.learner.close() for member in members))
        await teacher.send(do="end")
        if options.browsers:
            await pages.browser.close()


async def steps(teacher, members, pages, options):
    """Go from step to step, and print how long it took to each follower."""
    raw, drawn, wire = [], [], teacher.wire()
    for step in range(1, options.steps + 1):
        for member in members:
            member.arrived.clear()
        if pages.teacher:
            then = await pages.pressed()
        else:
            then = time.time()
            await teacher.send(wire, do="place", page="step", query=f"step={step}", by="wall")
        await asyncio.sleep(1.5)
        raw += [at - then for member in members for at in [*member.arrived.values()][-1:]]
        if pages.teacher:
            drawn += [at - then for at in await pages.reached(step)]
    wanted = options.steps * len(members)
    print(f"{'from the teacher’s → (ms)':34}{'median':>9}{'95 %':>9}{'most':>9}   of all")
    print(f"{'  told to a follower':34} {shown(raw)}   {len(raw)}/{wanted}")
    if drawn:
        print(
            f"{'  drawn in Chromium':34} {shown(drawn)}   {len(drawn)}/{options.steps * options.browsers}", flush=True
        )


async def question(teacher, members, options, chance):
    """Ask, let all answer, and print how many were counted."""
    offered = (await teacher.send(do="offers"))["asks"]
    await teacher.send(do="ask", ask=next(each["ask"] for each in offered if each["ask"]["kind"] == "sign"))
    since = time.monotonic()
    taken = await asyncio.gather(*(member.answer(options.within, chance) for member in members))
    took = time.monotonic() - since
    await teacher.send(do="close")
    await teacher.send(do="show")
    shown_at = time.monotonic()
    while (counted := bars_of(members[0])) < sum(taken) and time.monotonic() < shown_at + PATIENCE:
        await asyncio.sleep(0.02)
    late = time.monotonic() - shown_at
    print(f"{'an answer is taken after (ms)':34} {shown([member.waited for member in members])}")
    print(f"answers: {sum(taken)} of {len(members)} taken in {took:.1f} s, {counted} counted, seen {late:.2f} s later")
    await teacher.send(do="done")


# while others do harm


def bars_of(member):
    """How many answers a follower sees."""
    return sum(bar["count"] for bar in (member.seen["question"] or {}).get("bars", []))


async def beside_attackers(teacher, members, pages, options):
    """Steps while browsers flood the room, guess codes, act without its key, and others are in many rooms."""
    offered = (await teacher.send(do="offers"))["asks"]
    await teacher.send(do="ask", ask=next(each["ask"] for each in offered if each["ask"]["kind"] == "sign"))
    await asyncio.sleep(2)
    asked, told = members[0].seen["question"], Counter()
    code, url = teacher.code, teacher.url
    answer = {"do": "answer", "question": asked["name"], "choice": asked["options"][0]["key"]}
    rooms = [open_classroom(time.time())[0] for _ in range(options.rooms)]
    attackers = [
        *(repeated(url, code, told, "flood", **answer) for _ in range(8)),
        *(repeated(url, code, told, "no key", do=name) for name in ("show", "end", "done", "offers")),
        *(repeated(url, "", told, "guess") for _ in range(4)),
        *(looking(url, each, told) for each in rooms),
    ]
    tasks = [asyncio.create_task(each) for each in attackers]
    await asyncio.sleep(8)
    since = Counter(told)
    await steps(teacher, members, pages, options)
    print(
        "beside them:", ", ".join(f"{name} {count - since[name]:,}" for name, count in sorted(told.items())), flush=True
    )
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await teacher.send(do="done")


async def repeated(url, code, told, name, **content):
    """One browser, over and over, as fast as it is answered; its flood and its guesses are of one secret."""
    secret = hashlib.sha256(name.encode()).hexdigest()[:32]
    wire = Wire(url, {"x-mlpviz-browser": secret})
    while True:
        place = f"/room/{code or secrets.token_hex(2).upper()}"
        answer = await wire.ask("POST" if content else "GET", place, json.dumps(content).encode() if content else b"")
        told[f"{name}: {answer.get('kind', 'seen')}"] += 1


async def looking(url, code, told):
    """Somebody in another room, at another address."""
    address = f"10.{random.randrange(250)}.{random.randrange(250)}.{random.randrange(250)}"
    wire = Wire(url, {"x-mlpviz-browser": secrets.token_hex(16), "x-forwarded-for": address})
    await asyncio.sleep(random.uniform(0, 6))
    token = ""
    while True:
        seen = await wire.ask("GET", f"/room/{code}?since={token}")
        token = seen.get("token", "")
        told[f"other rooms: {seen.get('kind', 'seen')}"] += 1
        await asyncio.sleep(random.uniform(*BETWEEN))


# what each way of asking costs

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


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--followers", type=int, default=200)
    parser.add_argument("--browsers", type=int, default=0)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--steps", type=int, default=10)
    parser.add_argument("--within", type=float, default=10.0, help="seconds in which all answer")
    parser.add_argument("--seconds", type=float, default=10.0, help="in which nothing happens")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--hostile", action="store_true", help="steps once more, beside attackers")
    parser.add_argument("--rooms", type=int, default=900, help="others with somebody in them, then")
    parser.add_argument("--polls", action="store_true", help="only what each way of asking costs")
    options = parser.parse_args()
    if options.polls:
        asyncio.run(polls(20, 20))
        return
    with postgresql() if options.database == "postgresql" else nullcontext((None, "")) as (_server, url):
        os.environ.pop(URL, None)
        if url:
            os.environ[URL] = url
        with served(options.processes) as server:
            os.environ["MLPVIZ_RUNS"] = server.runs
            asyncio.run(lesson(server, options))


if __name__ == "__main__":
    main()
