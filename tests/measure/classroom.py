"""What befalls a class, done to one in Chromium: ``python -m tests.measure.classroom``.

A teacher, a laptop and a phone are in a room of a server with PostgreSQL. The teacher goes to every page; leads from a
second device; a phone sleeps and wakes, another loses its network; the teacher's computer dies and comes back by the
teacher's own link; the database goes away and comes back; somebody leaves; the room ends. Printed is what each page
said, and how long it took; a page that does something else than it should ends the measure. ``--pictures FOLDER`` keeps
what was on screen.
"""

import argparse
import os
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from mlpviz.rooms import bounds
from mlpviz.rooms.database import URL
from tests.measure.serving import quantile
from tests.support.browser import Page, Server, expect, expect_count, expect_text, launched
from tests.support.postgresql import postgresql
from tests.support.rooms import LAPTOP, LINE, PATHS, PHONE, STEP, does, go_to, keys_link, opened_room, press

SLEEP = 65
"""Seconds that a phone sleeps: longer than the page takes for a sleep worth a word."""
HIDE = """hidden => {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden })
  Object.defineProperty(document, "visibilityState", { configurable: true, get: () => (hidden ? "hidden" : "visible") })
  document.dispatchEvent(new Event("visibilitychange"))
}"""
SAID = "[...document.querySelectorAll('.mlp-class-saids p')].map(el => el.textContent).join(' | ')"


@dataclass
class Class:
    """Who is there, and how a page more comes in."""

    browser: object
    server: Server
    database: object
    pictures: Path | None
    dark: bool
    rounds: int = 1
    pages: list = field(default_factory=list)

    def open(self, path, size, **context):
        page = Page(self.browser, self.server, size, self.dark, **context)
        self.pages.append(page)
        return page.open(path)

    def come(self):
        self.teacher = self.open("/?preset=xor", LAPTOP)
        self.code = opened_room(self.teacher)
        self.own = keys_link(self.teacher)
        self.laptop, self.phone = self.open(f"/?room={self.code}", LAPTOP), self.open(f"/?room={self.code}", PHONE)
        for page in (self.laptop, self.phone):
            expect_text(page, LINE, "following")
            expect(page, "location.search.includes('preset=xor')")

    def picture(self, name, *pages):
        for number, page in enumerate(pages):
            if self.pictures:
                page.screenshot(path=str(self.pictures / f"{name}-{number}.png"), animations="disabled")

    def followed(self, *pages):
        """Seconds from the teacher's → until every page is on the new step."""
        step = self.teacher.evaluate(STEP) + 1
        since = time.perf_counter()
        press(self.teacher, "ArrowRight")
        for page in pages:
            expect(page, STEP, step)
        return time.perf_counter() - since


def timed(look, *given):
    since = time.perf_counter()
    look(*given)
    return time.perf_counter() - since


def told(what, seconds="", *said):
    print(f"{what:60}{seconds and f'{seconds:6.2f} s'}", *said, sep="  ", flush=True)


def every_page(room):
    """To each page, and a step on it where it has steps; the first time a browser loads what it needs."""
    found, stepped = {}, []
    for _ in range(room.rounds):
        for title in ("Derive", "Check", "Train", "Network", "Step"):
            since = time.perf_counter()
            go_to(room.teacher, title)
            own = time.perf_counter() - since
            for page in (room.laptop, room.phone):
                expect(page, "location.pathname", PATHS[title])
            found.setdefault(title, []).append((time.perf_counter() - since, own))
            expect_text(room.phone, LINE, "following")
            if title in ("Derive", "Step"):
                stepped.append(room.followed(room.laptop, room.phone))
    for title, ((first, own), *later) in found.items():
        told(f"the teacher opens {title}: both have followed", first, f"(the teacher’s own page after {own:.2f} s)")
        if later:
            all_, its = ([quantile(each, part) for part in (0.5, 1.0)] for each in zip(*later, strict=True))
            said = "{:.2f} s, at most {:.2f} s (the teacher’s own page {:.2f}, {:.2f} s)".format(*all_, *its)
            told(f"  and {len(later)} times more", "", said)
    told("  and goes a step on", quantile(stepped, 0.5), f"at most {max(stepped):.2f} s of {len(stepped)}")


def second_device(room):
    """The teacher's own link, copied to a phone."""
    remote = room.open(room.own, PHONE)
    expect_text(remote, LINE, "Screens follow")
    step = remote.evaluate(STEP) + 1
    since = time.perf_counter()
    press(remote, "ArrowRight")
    for page in (room.teacher, room.laptop, room.phone):
        expect(page, STEP, step)
    told("a second device leads: all have followed", time.perf_counter() - since)
    remote.context.close()


def sleeping_phone(room):
    """A phone that is put away, and its page frozen, while the class goes on."""
    session = room.phone.context.new_cdp_session(room.phone)
    room.phone.evaluate(HIDE, True)
    session.send("Page.setWebLifecycleState", {"state": "frozen"})
    press(room.teacher, "ArrowRight")
    time.sleep(SLEEP)
    session.send("Page.setWebLifecycleState", {"state": "active"})
    room.phone.evaluate(HIDE, False)
    took = timed(expect, room.phone, STEP, room.teacher.evaluate(STEP))
    expect_text(room.phone, LINE, "This screen was asleep")
    room.picture("woken", room.phone)
    told(f"a phone slept {SLEEP} s: has caught up", took, room.phone.evaluate(SAID))
    session.detach()


def offline_phone(room):
    """A phone without a network for a minute."""
    context = room.phone.context
    context.set_offline(True)
    took = timed(expect_text, room.phone, LINE, "The room cannot be reached")
    press(room.teacher, "ArrowRight")
    room.picture("offline", room.phone)
    told("a phone has lost its network: said so", took, room.phone.evaluate(SAID))
    time.sleep(max(0, 60 - took))
    context.set_offline(False)
    took = timed(expect, room.phone, STEP, room.teacher.evaluate(STEP))
    expect(room.phone, SAID, "")
    told("  and is back: has caught up", took)


def dead_teacher(room):
    """The teacher's computer dies; the teacher comes back by the own link."""
    room.teacher.context.close()
    since = time.perf_counter()
    time.sleep(bounds.AWAY)  # as long as a teacher's page may be hidden by another window
    expect_text(room.phone, LINE, "The teacher’s screen is away just now")
    expect_text(room.laptop, LINE, "The teacher’s screen is away just now")
    room.picture("away", room.phone, room.laptop)
    told("the teacher’s computer died: said so", time.perf_counter() - since, room.phone.evaluate(SAID))
    room.laptop.locator("[data-do=next]").click()
    expect_text(room.laptop, LINE, "You are on step")
    room.teacher = room.open(room.own, LAPTOP)
    expect_text(room.teacher, LINE, "Screens follow")
    told("  and is back by the own link: no longer said", timed(expect, room.phone, SAID, ""))
    expect(room.teacher, STEP, room.phone.evaluate(STEP))
    told("  and leads", room.followed(room.phone))
    does(room.laptop, "go back")
    expect(room.laptop, STEP, room.teacher.evaluate(STEP))


def database_away(room):
    """PostgreSQL is stopped, and started again."""
    room.database.stop()
    took = timed(expect_text, room.phone, LINE, "cannot be reached")
    for page in (room.laptop, room.teacher):
        expect_text(page, LINE, "cannot be reached")
    room.picture("database", room.phone, room.laptop, room.teacher)
    told("the database is away: all are told", took, room.phone.evaluate(SAID))
    room.laptop.locator("[data-do=next]").click()
    press(room.teacher, "ArrowRight", 2)
    step = room.teacher.evaluate(STEP)
    expect(room.laptop, STEP, step - 1)
    go_to(room.laptop, "Derive")
    told("  and the pages go on: a student steps, and opens Derive")
    time.sleep(3)
    room.database.start()
    since = time.perf_counter()
    expect(room.phone, STEP, step)
    told("  and is back: the phone is where the teacher has gone", time.perf_counter() - since)
    expect(room.phone, SAID, "")
    expect_text(room.laptop, LINE, "You are elsewhere")
    does(room.laptop, "go back")
    expect(room.laptop, "location.pathname", "/")
    told("  and all follow again", room.followed(room.laptop, room.phone))


def leaving(room):
    """One leaves, then the room ends."""
    since = time.perf_counter()
    does(room.laptop, "leave")
    expect_count(room.laptop, LINE, 0)
    told("a student has left", time.perf_counter() - since)
    told("  and is no longer counted", timed(expect_text, room.teacher, LINE, "1 is here"))
    does(room.teacher, "End the room")
    since = time.perf_counter()
    room.teacher.locator(".mlp-class-sure").get_by_role("button", name="End the room").click()
    expect_text(room.phone, LINE, "it may have ended")
    told("the room has ended: said so", time.perf_counter() - since, room.phone.evaluate(SAID))
    room.picture("ended", room.phone, room.teacher)
    step = room.phone.evaluate(STEP)
    room.phone.locator("[data-do=next]").click()
    expect(room.phone, STEP, step + 1)
    told("  and the page goes on alone")


BEFALLS = [every_page, second_device, offline_phone, database_away, sleeping_phone, dead_teacher, leaving]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    names = [each.__name__ for each in BEFALLS]
    parser.add_argument("--only", choices=names, action="append")
    parser.add_argument("--pictures", type=Path)
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--rounds", type=int, default=1, help="how often to every page")
    options = parser.parse_args()
    if options.pictures:
        options.pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, postgresql() as (database, url):
        server = Server(Path(folder), env={**os.environ, "MLPVIZ_RUNS": folder, URL: url})
        with server, launched() as browser:
            room = Class(browser, server, database, options.pictures, options.dark, options.rounds)
            room.come()
            for befalls in BEFALLS:
                if not options.only or befalls.__name__ in options.only:
                    befalls(room)
            for page in room.pages:
                faults = [each for each in page.faults if "ERR_INTERNET_DISCONNECTED" not in each]
                assert not faults, faults


if __name__ == "__main__":
    main()
