"""Puts attackers beside a victim: ``python -m tests.measure.attack``, or some rows by name.

The victim changes a weight on the Step page twice a second, first alone and then while others do what a row says; then
the attackers leave. Printed are the victim's times, clicks without an answer, and the server's memory at its most,
without and with what trains and measures. Everything is on loopback and ends by itself.
"""

import argparse
import asyncio
import random
import subprocess
import sys
import time
import urllib.request
from contextlib import ExitStack, contextmanager, suppress
from uuid import uuid4

from tests.measure.load import HEAD, Seen
from tests.measure.serving import served
from tests.support.browser import ROOT
from tests.support.learners import Learner

BEAT = 0.5
"""Seconds between the victim's clicks, and between two looks at the memory."""

DIAGONALS = "W2 @ (" + " @ ".join(["diag(b1)"] * 6) + ")"
DEEP = "&".join(("widths=" + ",".join(["4"] * 33), "activations=" + ",".join(["tanh"] * 32)))
MOONS = "dataset=moons&widths=2,16,1&activations=tanh,sigmoid&loss=binary_cross_entropy&reduction=mean_samples"


async def repeated(url, page="", query="", again=True):
    """One tab that reruns a page; or, not ``again``, comes anew each time."""
    while True:
        async with Learner(url, page, query) as learner:
            await learner.rerun()
            while again:
                await learner.rerun()


async def formulas(url):
    """A formula whose parts are 4,096 × 4,096, told otherwise each time so that no verdict is remembered."""
    for k in range(10_000):
        text = f"{DIAGONALS} * {k + 1}".replace(" ", "%20").replace("@", "%40").replace("*", "%2A")
        async with Learner(url, "check", f"widths=2,4096,2&target=dW%5B2%5D&formula={text}") as learner:
            await learner.rerun()


async def uploads(url, megabytes=15.9):
    """Files that are sent to a session of one's own and never opened."""
    content = random.Random(0).randbytes(int(1e6 * megabytes))
    with urllib.request.urlopen(f"{url}/_stcore/health") as answer:
        cookies = dict(each.partition(";")[0].split("=", 1) for each in answer.headers.get_all("Set-Cookie"))
    cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
    async with Learner(url, cookie=cookie) as learner:
        await learner.rerun()
        for _ in range(50):
            place = f"{url}/_stcore/upload_file/{learner.session}/{uuid4()}"
            await asyncio.to_thread(put, place, content, cookie, cookies["_streamlit_xsrf"])
        await asyncio.sleep(3600)


def put(place, content, cookie, token):
    head = b'--b\r\nContent-Disposition: form-data; name="f"; filename="f.json"\r\n\r\n'
    headers = {"Cookie": cookie, "X-Xsrftoken": token, "Content-Type": "multipart/form-data; boundary=b"}
    request = urllib.request.Request(place, head + content + b"\r\n--b--\r\n", headers, method="PUT")
    with suppress(OSError), urllib.request.urlopen(request):
        pass


async def runs(url, number):
    """A tab that starts a long run, and leaves, and comes again as somebody else."""
    for k in range(10_000):
        query = f"{MOONS}&epochs=1000000&data_seed={number * 1000 + k}"
        async with Learner(url, "train", query) as learner:
            await learner.rerun()
            await learner.rerun(learner.pressed("Start"))


async def measurements(url):
    """A tab that measures Loop or matrix, and watches."""
    async with Learner(url, "train", MOONS) as learner:
        await learner.rerun()
        while True:
            await learner.rerun(learner.pressed("Measure"))
            await watched(learner, 12)
            if "Measure" not in learner.widgets:
                return


async def watchers(url, count=10):
    """Tabs that watch one run."""
    async with Learner(url, "train", f"{MOONS}&epochs=1000000") as first:
        await first.rerun()
        await first.rerun(first.pressed("Start"))
        link = first.address()
        await asyncio.gather(*(watch(url, link) for _ in range(count)))


async def watch(url, link):
    async with Learner(url, "train", link) as learner:
        await learner.rerun()
        await watched(learner, 3600)


async def watched(learner, seconds):
    """Rerun a page's fragments as often as they ask for it, like a browser."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        await asyncio.sleep(min(learner.fragments.values(), default=1.0))
        for name in list(learner.fragments):
            await learner.rerun(fragment=name)


ROWS = {
    "nobody": lambda url: [],
    "derive": lambda url: [repeated(url, "derive", DEEP) for _ in range(4)],
    "derive-once": lambda url: [repeated(url, "derive", DEEP)],
    "reloads": lambda url: [repeated(url, "", "widths=1400,1400,10", again=False) for _ in range(2)],
    "train-reloads": lambda url: [repeated(url, "train", "dataset=digits", again=False) for _ in range(8)],
    "formulas": lambda url: [formulas(url) for _ in range(3)],
    "deep-formulas": lambda url: [
        repeated(url, "check", f"{DEEP}&target=dW%5B3%5D&formula=delta%5B3%5D.T%20%40%20A%5B2%5D", again=False)
    ],
    "measurements": lambda url: [measurements(url) for _ in range(12)],
    "uploads": lambda url: [uploads(url)],
    "runs": lambda url: [runs(url, number) for number in range(6)],
    "watchers": lambda url: [watchers(url)],
}
"""What attackers do, by name."""


async def attack(url, name):
    """All attackers of a row, until the process is ended; one that fails is told of, and the others go on."""
    for ended in await asyncio.gather(*ROWS[name](url), return_exceptions=True):
        print(f"an attacker ended: {ended!r}", flush=True)


@contextmanager
def attacked(url, name):
    """While the block runs, so do a row's attackers, in a process of their own."""
    command = [sys.executable, "-m", "tests.measure.attack", name, "--against", url]
    attackers = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        attackers.kill()
        attackers.wait()


async def victim(url, seconds, seen, begin):
    """Clicks, one after another, from the moment that the page is up and the attackers have been told to ``begin``."""
    chance = random.Random(1)
    try:
        async with Learner(url) as learner:
            await learner.rerun()
            await asyncio.sleep(4)  # the libraries are loaded a moment later
            await learner.rerun()
            begin()
            end = time.monotonic() + seconds
            while time.monotonic() < end:
                answer = await learner.rerun(*learner.weight(round(chance.uniform(-1, 1), 4)), patience=60)
                seen.clicks.append(answer.seconds)
                seen.sizes.append(answer.size)
                seen.lost.update(answer.faults)
                await asyncio.sleep(BEAT)
    except Exception as error:  # a click that got no answer, whatever the reason
        seen.lost[type(error).__name__] += 1


async def row(server, name, seconds):
    """The victim beside the attackers of a row: what it saw, and the most memory."""
    seen, most = Seen(), [0.0, 0.0]

    async def looks():
        while True:
            most[:] = map(max, most, await asyncio.to_thread(server.memory))
            await asyncio.sleep(BEAT)

    looking = asyncio.create_task(looks())
    with ExitStack() as stack:
        await victim(server.url, seconds, seen, lambda: stack.enter_context(attacked(server.url, name)))
    looking.cancel()
    return seen, most


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="*", default=list(ROWS))
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=20.0, help="for each row")
    parser.add_argument("--against", metavar="URL", help="only attack, until the process is ended")
    options = parser.parse_args()
    if options.against:
        asyncio.run(attack(options.against, options.rows[0]))
        return
    print(HEAD)
    for name in options.rows:
        with served(options.processes) as server:  # a server for each, so that none has another's memory
            seen, (serving, everything) = asyncio.run(row(server, name, options.seconds))
        seen.tell(name)
        print(f"{'':22} {serving:,.0f} MB serving, {everything:,.0f} MB in all", flush=True)


if __name__ == "__main__":
    main()
