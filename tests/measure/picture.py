"""Take the README's picture of the Step page: ``.venv/bin/python -m tests.measure.picture .github/step.png``.

Behind the file a language may stand: ``… .github/step.zh-Hant.png zh-Hant``.
"""

import sys
from pathlib import Path

from tests.support.browser import Page, running

STEPS = 9  # presses of the right arrow to the hidden error


def take(target: Path, language: str = "en") -> None:
    """A picture of the hidden error of the 2-3-2 network, in the light theme."""
    with running() as (browser, server):
        opened = Page(browser, server, (1280, 720), dark=False)
        page = opened.open(f"/?preset=two-three-two&lang={language}")
        page.wait_for_selector("[data-step]")
        for _ in range(STEPS):
            page.keyboard.press("ArrowRight")
        page.wait_for_timeout(3000)  # motion, and the proof badges
        page.screenshot(path=str(target))
        opened.close()
        assert not opened.faults, "\n".join(opened.faults)


if __name__ == "__main__":
    take(Path(sys.argv[1]), *sys.argv[2:3])
