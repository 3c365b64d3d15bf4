"""Tells what one rerun of a page costs: ``python -m tests.measure.reruns``.

For each page a rerun that changes nothing and one after an edit: bytes and messages to the browser, the server's
processor time, and the time until the last message. One learner at the page's own address, the websocket alone.
"""

import argparse
import asyncio
import statistics

from tests.measure.serving import served
from tests.support.learners import Learner

PAGES = ("", "network", "derive", "check", "train")
WARM = 4
"""Reruns before any that counts; the libraries are then loaded as well."""


async def reruns(server, page, rounds, edits):
    """Bytes, messages, milliseconds of the processor and of the clock a rerun."""
    async with Learner(server.url, page) as learner:
        await learner.rerun()
        await asyncio.sleep(3)
        for _ in range(WARM):
            await learner.rerun()
        before, answers = server.cpu(), []
        for k in range(rounds):
            states = learner.weight(0.1 + k / 1000) if edits else []
            answers.append(await learner.rerun(*states))
        spent = 1000 * (server.cpu() - before) / rounds
        assert not [answer.faults for answer in answers if answer.faults]
        clock = 1000 * statistics.median(answer.seconds for answer in answers)
        last = answers[-1]
        return last.size, last.messages, spent, clock


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=100)
    options = parser.parse_args()
    print(f"{'page':10}{'rerun':18}{'bytes':>9}{'messages':>10}{'CPU ms':>9}{'ms':>8}")
    with served(1) as server:
        for page in PAGES:
            for edits in (False, True) if page == "" else (False,):
                size, messages, spent, clock = asyncio.run(reruns(server, page, options.rounds, edits))
                what = "an edited weight" if edits else "nothing changed"
                print(f"{page or 'step':10}{what:18}{size:9,}{messages:10}{spent:9.1f}{clock:8.1f}", flush=True)


if __name__ == "__main__":
    main()
