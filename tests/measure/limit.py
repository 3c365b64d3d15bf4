"""How many followers a server takes: ``python -m tests.measure.limit``.

Followers come to a room, each a page with a websocket that asks its room as the page's script does, and stay as more
come. At each size the teacher goes from step to step and asks a question. The limit is the first size at which the
95 % of the times from the teacher's → to a follower's new step pass ``--bound`` milliseconds, or a step does not come,
an answer is lost or counted twice, or somebody is not let in; beside it stands what was short. Without arguments: one
process with SQLite, then four behind nginx with PostgreSQL, within ``--minutes``.
"""

import argparse
import asyncio
import os
import random
import time
from collections import Counter
from contextlib import nullcontext, suppress

import psutil

from mlpviz.rooms.classrooms import open_classroom
from mlpviz.rooms.database import URL
from tests.measure.serving import quantile, served
from tests.support.learners import Learner
from tests.support.members import Member, posed
from tests.support.postgresql import postgresql

PLANS = {"sqlite": (1, (200, 800, 1_600, 2_000)), "postgresql": (4, (200, 800, 1_600, 2_400))}
"""Processes and sizes, by the database."""
DOORS = 4
"""Followers that come in at a time."""
STEP, LATE = 1.5, 8.0
"""Seconds between two steps; seconds after which one that has not come is lost."""
ANSWERS, COUNTED = 5.0, 20.0
"""Seconds in which all answer; in which all have been counted."""
TICK = 0.01
FULL = 0.9
"""Of a core: what a process takes that has no more of it."""
HEAD = (
    f"{'followers':>9}{'median':>8}{'95 %':>8}{'most':>8} ms{'steps told':>14}{'answers counted':>17}"
    f"{'cores':>7}{'MB':>7}{'files':>7}   this command: cores, late by (95 %); load"
)


class Lag:
    """How late this command itself is: what it measures cannot be nearer than that."""

    def __init__(self):
        self.late, self.task = [], asyncio.create_task(self.tick())

    async def tick(self):
        while True:
            since = time.monotonic()
            await asyncio.sleep(TICK)
            self.late.append(time.monotonic() - since - TICK)

    def end(self):
        self.task.cancel()
        return 1000 * quantile(self.late, 0.95)


class Busy:
    """Cores that each process of a server takes from now on, and this command."""

    def __init__(self, server):
        self.server, self.before, self.since, self.own = server, cpus(server), time.monotonic(), time.process_time()

    def told(self):
        """Of all processes, of the busiest one, and of this command."""
        took, own = time.monotonic() - self.since, time.process_time() - self.own
        each = [now - self.before.get(pid, 0.0) for pid, now in cpus(self.server).items()]
        return sum(each) / took, max(each, default=0.0) / took, own / took


def cpus(server):
    found = {}
    for process in server.serving():
        with suppress(psutil.Error):
            found[process.pid] = sum(process.cpu_times()[:2])
    return found


def files_of(server):
    """Open files of the process that has the most, and how many it may have."""
    found = [(0, 0)]
    for process in server.serving():
        with suppress(psutil.Error):
            found.append((process.num_fds(), process.rlimit(psutil.RLIMIT_NOFILE)[0]))
    return max(found)


class Crowd:
    """Followers of one room, and their teacher."""

    def __init__(self, server, options):
        self.server, self.options = server, options
        self.code, self.key = open_classroom(time.time())
        self.members, self.tasks, self.outside = [], [], Counter()
        self.chance, self.step = random.Random(0), 0

    async def begin(self):
        self.teacher = Member(self.server.url, self.code, self.key)
        self.teacher.learner = Learner(self.server.url)
        self.tasks.append(asyncio.create_task(self.teacher.follow()))
        self.wire = self.teacher.wire()

    async def grow(self, size):
        """Let more come in, until there are so many or one is turned away; seconds that one takes."""
        since, missing, doors = time.monotonic(), size - len(self.members), asyncio.Semaphore(DOORS)
        await asyncio.gather(*(self.enter(doors) for _ in range(missing)))
        return (time.monotonic() - since) / max(1, missing)

    async def enter(self, doors):
        async with doors:
            if self.outside:
                return
            member = Member(self.server.url, self.code)
            try:
                await member.come()
            except Exception as error:
                self.outside[f"{type(error).__name__} {error}".strip()] += 1
                return
            self.members.append(member)
            self.tasks.append(asyncio.create_task(member.follow()))

    async def steps(self):
        """Seconds from the teacher's → to each follower, of all steps."""
        found = []
        for _ in range(self.options.steps):
            self.step += 1
            query, then = f"step={self.step}", time.time()
            await self.teacher.send(self.wire, do="place", page="step", query=query, by="wall")
            await asyncio.sleep(STEP)
            while any(query not in each.arrived for each in self.members) and time.time() < then + LATE:
                await asyncio.sleep(TICK)
            found += [each.arrived[query] - then for each in self.members if query in each.arrived]
        return found

    async def question(self):
        """How many answers were taken, and how many counted."""
        await posed(self.teacher)
        given = (member.answer(ANSWERS, self.chance) for member in self.members)
        told = await asyncio.gather(*given, return_exceptions=True)
        taken = sum(each is True for each in told)
        for does in ("close", "show"):
            await self.teacher.send(do=does)
        until = time.monotonic() + COUNTED
        while self.members[0].bars < taken and time.monotonic() < until:
            await asyncio.sleep(TICK)
        counted = self.members[0].bars
        await self.teacher.send(do="done")
        return taken, counted

    async def end(self):
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        await asyncio.gather(*(each.learner.close() for each in self.members), return_exceptions=True)


async def measured(crowd):
    """One row of the table, and what is against this size."""
    server, options = crowd.server, crowd.options
    for each in crowd.members:
        each.failed.clear()
    busy, lag = Busy(server), Lag()
    told = await crowd.steps()
    (cores, busiest, own), late, count = busy.told(), lag.end(), len(crowd.members)
    taken, counted = await crowd.question()
    files, may = files_of(server)
    wanted, load = count * options.steps, os.getloadavg()[0]
    times = "".join(f"{1000 * quantile(told, part):8,.0f}" for part in (0.5, 0.95, 1.0))
    print(
        f"{count:9,}{times}   {f'{len(told):,}/{wanted:,}':>14}{f'{counted:,}/{count:,}':>17}{cores:7.2f}"
        f"{server.memory()[0]:7,.0f}{files:7,}   {own:.2f}, {late:.0f} ms; {load:.1f}",
        flush=True,
    )
    failed = sum((each.failed for each in crowd.members), Counter())
    against = {
        f"95 % after {1000 * quantile(told, 0.95):,.0f} ms": 1000 * quantile(told, 0.95) > options.bound,
        f"{wanted - len(told):,} steps did not come within {LATE:.0f} s": len(told) < wanted,
        f"{count - taken:,} answers were not taken": taken < count,
        f"{counted:,} of {taken:,} answers were counted": counted != taken,
        f"looks failed: {dict(failed)}": bool(failed),
    }
    short = {
        f"the server's busiest process is at {busiest:.2f} of a core": busiest > FULL,
        f"this command is at {own:.2f} of a core, and {late:.0f} ms late itself": own > FULL
        or late > options.bound / 2,
        f"the machine has more to do than its {os.cpu_count()} cores do (load {load:.1f})": load > os.cpu_count() + 1,
        f"{files:,} of {may:,} files are open": files > FULL * may,
        f"{psutil.virtual_memory().available / 1e6:,.0f} MB are free": psutil.virtual_memory().available < 5e8,
    }
    return [what for what, is_so in against.items() if is_so], [what for what, is_so in short.items() if is_so]


async def climbed(server, sizes, options, until):
    """Measure size after size; print the limit, and why it is one."""
    crowd, limit = Crowd(server, options), None
    await crowd.begin()
    print(HEAD, flush=True)
    rate = 0.0
    for size in sizes:
        needed = rate * (size - len(crowd.members)) + options.steps * STEP + 2 * ANSWERS
        if time.monotonic() + needed > until:
            print(f"{size:9,}  not begun: it takes {needed:.0f} s, and {until - time.monotonic():.0f} s are left")
            break
        rate = await crowd.grow(size)
        if crowd.outside:
            limit = limit or size
            print(f"{size:9,}  not all came in, {len(crowd.members):,} did: {dict(crowd.outside)}; {told_by(server)}")
            break
        against, short = await measured(crowd)
        if against:
            limit = limit or size
            print(f"{'':9}  {'; '.join(against)}: {'; '.join(short) or 'nothing of this machine is short'}", flush=True)
    print(f"limit: {limit:,}" if limit else f"no limit up to {len(crowd.members):,}", flush=True)
    await crowd.end()


def told_by(server):
    """What speaks for the server's having reached an end."""
    files, may = files_of(server)
    free = psutil.virtual_memory().available / 1e6
    return f"{files:,} of {may:,} files open, {server.memory()[0]:,.0f} MB, {free:,.0f} MB free"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=PLANS, action="append", help="only this one")
    parser.add_argument("--followers", type=int, nargs="+", help="the sizes, one after the other")
    parser.add_argument("--processes", type=int)
    parser.add_argument("--steps", type=int, default=6)
    parser.add_argument("--bound", type=float, default=1_000.0, help="milliseconds")
    parser.add_argument("--minutes", type=float, default=10.0, help="for everything")
    options = parser.parse_args()
    until = time.monotonic() + 60 * options.minutes
    for database in options.database or PLANS:
        processes, sizes = PLANS[database]
        processes, sizes = options.processes or processes, options.followers or sizes
        print(
            f"{database}, {processes} process{'es' if processes > 1 else ''}; bound {options.bound:.0f} ms", flush=True
        )
        with postgresql() if database == "postgresql" else nullcontext((None, "")) as (_server, url):
            os.environ.pop(URL, None)
            if url:
                os.environ[URL] = url
            with served(processes) as server:
                os.environ["MLPVIZ_RUNS"] = server.runs
                asyncio.run(climbed(server, sizes, options, until))


if __name__ == "__main__":
    main()
