"""Carries every lesson out to its end in a browser, on a laptop and on a phone: ``python -m tests.measure.lessons``.

Of each scene everything is done that it asks for, every wrong answer is tried and told its cause, and a picture may be
kept (``--pictures FOLDER``), with the line as it is in the projector view. With ``--room`` a teacher carries each
lesson out in a room, with a laptop and a phone that follow through all scenes; one answers rightly, the other not.
"""

import argparse
import time
from pathlib import Path

from mlpviz.lessons.table import LESSONS
from tests.support.browser import Page, expect, running
from tests.support.lessons import carry_out, next_scene
from tests.support.taught import taught

DOTS = "[...document.querySelectorAll('.mlp-lesson-dot')].map(dot => dot.textContent).join('')"
SIZES = {"laptop": (1280, 720), "phone": (390, 844)}


def carried(page, lesson, pictures, name):
    """Seconds and causes told of each scene."""
    for number, scene in enumerate(lesson.scenes, start=1):
        begun = time.perf_counter()
        causes = carry_out(page, lesson, number)
        if pictures:
            page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 0)")
            page.wait_for_timeout(300)
            page.screenshot(path=str(pictures / f"{lesson.name}-{number}-{name}.png"), animations="disabled")
        yield number, scene, time.perf_counter() - begun, causes
        if number < len(lesson.scenes):
            next_scene(page, number)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=Path)
    parser.add_argument("--only", choices=[*LESSONS], action="append")
    parser.add_argument("--size", choices=[*SIZES], action="append")
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--room", action="store_true", help="in a room, with two who follow")
    options = parser.parse_args()
    if options.pictures:
        options.pictures.mkdir(parents=True, exist_ok=True)
    with running() as (browser, server):
        (in_a_room if options.room else by_oneself)(browser, server, options)


def by_oneself(browser, server, options):
    for name in options.size or SIZES:
        for lesson in (LESSONS[each] for each in options.only or LESSONS):
            opened = Page(browser, server, SIZES[name], options.dark, has_touch=name == "phone")
            page = opened.open(f"/?lesson={lesson.name}&scene=1")
            print(f"{lesson.title} · {name}", flush=True)
            for number, scene, seconds, causes in carried(page, lesson, options.pictures, name):
                print(f"  {number} {scene.title:32}{seconds:6.1f} s  {len(causes)} wrong answers", flush=True)
            expect(page, DOTS, "●" * len(lesson.scenes))
            close(opened)


def in_a_room(browser, server, options):
    for lesson in (LESSONS[each] for each in options.only or LESSONS):
        opened = [Page(browser, server, SIZES[name], options.dark) for name in ("laptop", *SIZES)]
        print(f"{lesson.title} · in a room", flush=True)
        begun = time.perf_counter()
        for number, scene, said in taught(opened, lesson, options.pictures):
            print(f"  {number} {scene.title:32}{time.perf_counter() - begun:6.1f} s  {said}", flush=True)
            begun = time.perf_counter()
        for each in opened:
            close(each)


def close(opened):
    opened.close()
    assert not opened.faults, opened.faults


if __name__ == "__main__":
    main()
