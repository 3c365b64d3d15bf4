"""Tests in all eight notations what the suite tests in two for each network: ``python -m tests.measure.notations``.

Every array's way to the browser and every cell's expansion, every entry's sum, every line of every walkthrough, its
formulas and its words, and each equation replaced; and in Chromium every walkthrough's expansions, and the faces of
every small preset.
"""

import subprocess
import sys

from tests.support.browser import ROOT, environment
from tests.support.networks import ALL

FILES = (
    "tests/interface/stepper/test_payload.py",
    "tests/derivation/test_indices.py",
    "tests/derivation/test_walkthroughs.py",
    "tests/derivation/test_reasons.py",
    "tests/test_replacement.py",
    "tests/pages/test_derive_in_browser.py",
    "tests/interface/stepper/test_faces_in_browser.py",
)


def main() -> int:
    command = [sys.executable, "-m", "pytest", "-q", "-m", "not gpu", *FILES, *sys.argv[1:]]
    return subprocess.call(command, cwd=ROOT, env=environment(**{ALL: "1"}))


if __name__ == "__main__":
    sys.exit(main())
