"""A class in a room: ``python -m tests.measure.room --followers 200 --browsers 5 --processes 1``.

Each follower is a page with a websocket of its own that asks its room, as the page's script does; some are real pages
in Chromium. The teacher goes from step to step; then all answer a question within some seconds, some of them twice.
Printed are the times from the teacher's key to a follower's new step, how many answers were counted, and what the
server takes, and this command beside it on the same cores. ``--database postgresql`` starts one for the time;
``--hostile`` lets others be in many rooms meanwhile, and do harm.
"""

import argparse
import asyncio
import os
import random
import time
from collections import Counter
from contextlib import AsyncExitStack, nullcontext

from mlpviz.rooms.classrooms import open_classroom
from mlpviz.rooms.database import URL
from tests.measure.attackers import Beside, harm, other_rooms
from tests.measure.serving import quantile, served
from tests.support.browser import FLAGS, chromium
from tests.support.learners import Learner
from tests.support.members import PATIENCE, Member, posed
from tests.support.postgresql import postgresql

ARRIVAL = 0.08
"""Seconds between two that come in."""
SETTLED = 6.0
"""Seconds in which others have come in."""


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
        self.browser = await playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
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

    async def begin(self):
        """All at the first step; when steps were reached before is forgotten."""
        await self.teacher.keyboard.press("Home")
        for page in self.followers:
            await page.wait_for_selector('[data-step="0"]')
            await page.evaluate("window.reached = {}")

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
    """What a server takes from one look at it to the next."""

    def __init__(self, server):
        self.server = server
        self.begin()

    def begin(self):
        self.cpu, self.since, self.own = self.server.cpu(), time.monotonic(), time.process_time()

    def told(self, name, asked=0):
        """Print it; ``asked`` is how often the server was asked meanwhile."""
        took, clock = self.server.cpu() - self.cpu, time.monotonic() - self.since
        own = (time.process_time() - self.own) / clock
        each = f"{1000 * took / asked:.2f} ms each of {asked:,}, " if asked else ""
        memory, load = self.server.memory()[0], os.getloadavg()[0]
        beside = f"({each}this command {own:.2f}, load {load:.1f})"
        print(f"{name:44}{took / clock:6.2f} cores {memory:8,.0f} MB   {beside}", flush=True)
        self.begin()


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
        looks = looks_of(members)
        await asyncio.sleep(options.seconds)
        cost.told("nothing new", looks_of(members) - looks)
        await steps(teacher, members, pages, options)
        cost.told(f"a step every {options.pause} s")
        await question(teacher, members, options, chance)
        cost.told("a question, answered by all")
        if options.hostile:
            await beside_others(server, teacher, members, pages, options)
        failed = sum((member.failed for member in members), Counter())
        print(f"failed looks: {failed.total()} {dict(failed) or ''}; {teacher.seen.get('here')}")
        for task in (*tasks, follows):
            task.cancel()
        await asyncio.gather(*tasks, follows, return_exceptions=True)
        await asyncio.gather(*(member.learner.close() for member in members))
        await teacher.send(do="end")
        if options.browsers:
            await pages.browser.close()


def looks_of(members):
    return sum(member.looks for member in members)


async def steps(teacher, members, pages, options):
    """Go from step to step, and print how long it took to each follower."""
    raw, drawn, wire = [], [], teacher.wire()
    if pages.teacher:
        await pages.begin()
    for step in range(1, options.steps + 1):
        for member in members:
            member.arrived.clear()
        if pages.teacher:
            then = await pages.pressed()
        else:
            then = time.time()
            await teacher.send(wire, do="place", page="step", query=f"step={step}", by="wall")
        await asyncio.sleep(options.pause)
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
    await posed(teacher)
    since = time.monotonic()
    taken = await asyncio.gather(*(member.answer(options.within, chance) for member in members))
    took = time.monotonic() - since
    await teacher.send(do="close")
    await teacher.send(do="show")
    shown_at = time.monotonic()
    while (counted := members[0].bars) < sum(taken) and time.monotonic() < shown_at + PATIENCE:
        await asyncio.sleep(0.02)
    late = time.monotonic() - shown_at
    print(f"{'an answer is taken after (ms)':34} {shown([member.waited for member in members])}")
    print(f"answers: {sum(taken)} of {len(members)} taken in {took:.1f} s, {counted} counted, seen {late:.2f} s later")
    await teacher.send(do="done")


# while others do harm


async def beside_others(server, teacher, members, pages, options):
    """Steps while others are in many rooms; then while browsers do harm to this one as well."""
    cost, beside = Cost(server), []
    codes = [open_classroom(time.time())[0] for _ in range(options.rooms)]
    rooms = Beside(other_rooms, teacher.url, codes)
    beside.append(rooms)
    await measured_beside(f"{options.rooms} other rooms", rooms, cost, teacher, members, pages, options)
    await posed(teacher)
    await asyncio.sleep(SETTLED)
    beside.append(Beside(harm, teacher.url, teacher.code, members[0].seen["question"]))
    await measured_beside("attackers too", beside[-1], cost, teacher, members, pages, options)
    for each in beside:
        each.end()
    await teacher.send(do="done")


async def measured_beside(name, others, cost, teacher, members, pages, options):
    """What the server takes while nothing is new, and steps."""
    await asyncio.sleep(SETTLED)
    before, looks = others.told(), looks_of(members)
    cost.begin()
    await asyncio.sleep(options.seconds)
    told = others.told() - before
    cost.told(f"nothing new, {name}", told.total() + looks_of(members) - looks)
    print("  they are told:", ", ".join(f"{what} {count:,}" for what, count in sorted(told.items())))
    await steps(teacher, members, pages, options)
    cost.told(f"a step every {options.pause} s, {name}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--followers", type=int, default=200)
    parser.add_argument("--browsers", type=int, default=0)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--steps", type=int, default=10)
    parser.add_argument("--pause", type=float, default=1.5, help="seconds between two steps")
    parser.add_argument("--within", type=float, default=10.0, help="seconds in which all answer")
    parser.add_argument("--seconds", type=float, default=10.0, help="in which nothing happens")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--hostile", action="store_true", help="steps once more, beside attackers")
    parser.add_argument("--rooms", type=int, default=900, help="others with somebody in them, then")
    options = parser.parse_args()
    with postgresql() if options.database == "postgresql" else nullcontext((None, "")) as (_server, url):
        os.environ.pop(URL, None)
        if url:
            os.environ[URL] = url
        with served(options.processes) as server:
            os.environ["MLPVIZ_RUNS"] = server.runs
            asyncio.run(lesson(server, options))


if __name__ == "__main__":
    main()
