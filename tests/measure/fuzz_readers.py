"""Hands in texts by chance for as long as one likes: ``python -m tests.measure.fuzz_readers --cases 20000``.

Every reader of links, setup files, tables, matrices and formulas gets as many cases; the first that takes too much work
or memory, or fails otherwise than by a sentence, is shown as small as it can be made.
"""

import argparse
import time
from collections import Counter

from hypothesis import HealthCheck, given, settings

from tests.support.hostile_readers import READERS, outcome, texts


def fuzz(name, cases):
    """How each case of one reader ended."""
    kinds = Counter()

    @settings(max_examples=cases, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(texts(name))
    def handed_in(text):
        kinds[outcome(name, text)] += 1

    handed_in()
    return kinds


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=2_000)
    parser.add_argument("--reader", choices=READERS, action="append")
    chosen = parser.parse_args()
    print("| reader | cases | read | refused | seconds of CPU |\n|---|---|---|---|---|")
    for name in chosen.reader or READERS:
        begun = time.process_time()
        kinds = fuzz(name, chosen.cases)
        read = kinds.total() - kinds["refused"]
        print(f"| {name} | {kinds.total():,} | {read:,} | {kinds['refused']:,} | {time.process_time() - begun:.0f} |")


if __name__ == "__main__":
    main()
