"""Fails every call of the file layer in a run's life, once and for good, for each reason.

``python -m tests.measure.faults [--every 1]`` prints how many lives were lived, and each that lost something.
"""

import argparse
import itertools
import tempfile
from collections import Counter
from pathlib import Path

import pytest

from tests.support import faults


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="only every n-th call")
    every = parser.parse_args().every
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        faults.prepare(patch)
        report(Path(folder), every)


def report(path, every):
    straight, lost, told, lived = faults.undisturbed_run(path / "straight"), 0, Counter(), 0
    calls = faults.calls_of_a_life(path / "whole")
    print(f"{len(calls)} calls in a life: {dict(Counter(calls))}")
    for at, reason, for_good in itertools.product(range(0, len(calls), every), faults.REASONS, (False, True)):
        lived += 1
        try:
            told.update(faults.life_with_a_fault(path / str(lived), straight, at=at, reason=reason, for_good=for_good))
        except Exception as error:  # whatever it is, it is a finding
            lost += 1
            print(f"call {at} ({calls[at]}), reason {reason}, {'for good' if for_good else 'once'}: {error!r}"[:400])
    print(f"{lived} lives, {sum(told.values())} sentences of {len(told)} kinds; {lost} lost something")


if __name__ == "__main__":
    main()
