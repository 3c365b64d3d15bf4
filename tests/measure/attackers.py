"""Who does harm to a class that is measured, and the other rooms beside it, in a process of their own."""

import asyncio
import hashlib
import json
import multiprocessing
import random
import secrets
from collections import Counter

from tests.support.members import BETWEEN, Wire

LOOK = 0.05
KEYLESS = ("show", "end", "done", "offers")
FLOODS, NAMES, GUESSES = 8, 4, 4


class Beside:
    """The process; ``told()`` is how often which of them was told what."""

    def __init__(self, work, *given):
        own, its = multiprocessing.Pipe()
        self.told_by, spawned = own, multiprocessing.get_context("spawn")
        self.process = spawned.Process(target=begun, args=(its, work, *given), daemon=True)
        self.process.start()
        self.told()

    def told(self):
        self.told_by.send(None)
        return self.told_by.recv()

    def end(self):
        self.process.kill()
        self.process.join()


def begun(pipe, work, *given):
    asyncio.run(reporting(pipe, work, *given))


async def reporting(pipe, work, *given):
    told = Counter()
    everybody = [asyncio.create_task(each) for each in work(told, *given)]
    while everybody:
        await asyncio.sleep(LOOK)
        if pipe.poll():
            pipe.recv()
            pipe.send(Counter(told))


def other_rooms(told, url, codes):
    """Somebody in each of these rooms."""
    return [looking(url, code, told) for code in codes]


def harm(told, url, code, asked):
    """Browsers that flood the room with answers, act without its key and guess codes, as fast as they are answered."""
    answer = {"do": "answer", "question": asked["name"], "choice": asked["options"][0]["key"]}
    return [
        *(repeated(url, code, told, "flood", **answer) for _ in range(FLOODS)),
        *(repeated(url, code, told, "new names", anew=True, **answer) for _ in range(NAMES)),
        *(repeated(url, code, told, "no key", do=name) for name in KEYLESS),
        *(repeated(url, "", told, "guess") for _ in range(GUESSES)),
    ]


async def repeated(url, code, told, name, anew=False, **content):
    """One browser, over and over, under one name for all that is of this kind, or under a new one each time."""
    secret = hashlib.sha256(name.encode()).hexdigest()[:32]
    wire = Wire(url, {"x-mlpviz-browser": secret})
    while True:
        if anew:
            wire.headers["x-mlpviz-browser"] = secrets.token_hex(16)
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
