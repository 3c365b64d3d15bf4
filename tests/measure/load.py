"""Tells how long learners wait: ``python -m tests.measure.load --learners 200 --processes 2``.

Each comes to the Step page and from then on changes a weight every few seconds, with the websocket alone. Printed are
the time from a click to its last message, clicks without an answer, bytes, and what the server takes. ``--processes 1``
is ``streamlit run``; more stand behind nginx, as ``python -m mlpviz.serve`` starts them.
"""

import argparse
import asyncio
import random
import time
from collections import Counter
from dataclasses import dataclass, field

from tests.measure.serving import quantile, served
from tests.support.learners import Learner

ARRIVALS = 10.0
"""Seconds in which all come."""
PATIENCE = 60.0
"""Seconds after which a click is lost."""


@dataclass
class Seen:
    """What the learners saw."""

    firsts: list[float] = field(default_factory=list)
    first_sizes: list[int] = field(default_factory=list)
    clicks: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    lost: Counter = field(default_factory=Counter)

    def tell(self, who):
        times = [f"{1000 * quantile(self.clicks, part):8.0f}" for part in (0.5, 0.95, 1.0)]
        size = f"{quantile(self.sizes, 0.5):10,.0f}" if self.sizes else f"{'':10}"
        print(f"{who:22}{len(self.clicks):7}{''.join(times)}{sum(self.lost.values()):6}{size}", *self.lost.items())


HEAD = f"{'':22}{'clicks':>7}{'median':>8}{'p95':>8}{'max':>8}{'lost':>6}{'bytes':>10}   (ms)"


async def lesson(url, number, options, seen, end):
    """One learner from arrival to the end."""
    chance = random.Random(number)
    await asyncio.sleep(chance.uniform(0, ARRIVALS))
    try:
        async with Learner(url) as learner:
            first = await learner.rerun(patience=PATIENCE)
            seen.firsts.append(first.seconds)
            seen.first_sizes.append(first.size)
            while (wait := options.pause * chance.uniform(0.5, 1.5)) + time.monotonic() < end:
                await asyncio.sleep(wait)
                answer = await learner.rerun(*learner.weight(round(chance.uniform(-1, 1), 3)), patience=PATIENCE)
                if answer.faults:
                    seen.lost[answer.faults[0]] += 1
                seen.clicks.append(answer.seconds)
                seen.sizes.append(answer.size)
    except Exception as error:  # a click that got no answer, whatever the reason
        seen.lost[type(error).__name__] += 1


async def lessons(url, options, seen):
    end = time.monotonic() + ARRIVALS + options.seconds
    await asyncio.gather(*(lesson(url, number, options, seen, end) for number in range(options.learners)))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int, default=100)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--pause", type=float, default=5.0, help="seconds between a learner's clicks")
    parser.add_argument("--seconds", type=float, default=40.0, help="after all have come")
    options = parser.parse_args()
    seen = Seen()
    with served(options.processes) as server:
        before, begun = server.cpu(), time.monotonic()
        asyncio.run(lessons(server.url, options, seen))
        share = (server.cpu() - before) / (time.monotonic() - begun)
        memory = server.memory()[0]
    way = "streamlit run" if options.processes == 1 else "nginx"
    print(HEAD)
    seen.tell(f"{options.learners} learners, {options.processes} {way}")
    visit = f"{1000 * quantile(seen.firsts, 0.5):.0f} ms, p95 {1000 * quantile(seen.firsts, 0.95):.0f} ms"
    print(f"first run: {visit}, {quantile(seen.first_sizes, 0.5):,.0f} bytes by the websocket")
    print(f"server: {share:.2f} cores, {memory:,.0f} MB")


if __name__ == "__main__":
    main()
