"""Writes texts by chance to Check and looks how it takes them: ``python -m tests.measure.fuzz_reader 0 10000``.

The texts are numbered, and each is written by its number alone, so that many can be tried in pieces (0 10000, then
10000 20000) and one again (1234 1235). Prints how many lines and programs were read, refused and judged, the longest
times with their texts, and every fault; a text that takes more than two seconds is one. ``--programs`` is the share of
programs, ``--seconds`` after how long a piece ends by itself, and says where.
"""

import argparse
import signal
import time
import traceback
from collections import Counter
from random import Random

from tests.support.fuzzed import told

LONGEST, SLOW = 30, 2.0


class Hung(BaseException):
    """A text that took too long to wait for."""


def ring(*_):
    raise Hung


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("first", type=int)
    parser.add_argument("end", type=int)
    parser.add_argument("--programs", type=float, default=0.1)
    parser.add_argument("--seconds", type=float, default=float("inf"))
    options = parser.parse_args()
    signal.signal(signal.SIGPROF, ring)
    counts, times, faults = Counter(), [], Counter()
    begun, number = time.monotonic(), options.first
    for number in range(options.first, options.end):
        if time.monotonic() - begun > options.seconds:
            break
        random = Random(number)
        whole = random.random() < options.programs
        start = time.process_time()
        try:
            signal.setitimer(signal.ITIMER_PROF, LONGEST)
            kind, text = told(random, whole)
        except (Exception, Hung) as fault:
            kind = "fault"
            place = traceback.extract_tb(fault.__traceback__)[-1]
            faults[f"{type(fault).__name__} at {place.filename.rsplit('/', 1)[-1]}:{place.lineno}: {fault}"[:150]] += 1
            text = f"number {number}, {'program' if whole else 'line'}"
            print("fault:", text, f"{type(fault).__name__} {place.name}:{place.lineno}", flush=True)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        spent = time.process_time() - start
        counts["program" if whole else "line", kind] += 1
        times = sorted([*times, (spent, text)], reverse=True)[:5] if spent > 0.05 else times
        if spent > SLOW:
            print(f"slow: number {number}, {spent:.2f} s", ascii(text), flush=True)
    print(f"{options.first} to {number}: {sum(counts.values())} texts")
    for (what, kind), number in sorted(counts.items()):
        print(f"{what:10}{kind:10}{number:8}")
    for spent, text in times:
        print(f"{spent:.2f} s {ascii(text)[:300]}")
    for fault, number in faults.most_common():
        print(f"{number} times {fault}")


if __name__ == "__main__":
    main()
