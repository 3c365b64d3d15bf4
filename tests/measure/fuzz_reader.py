<<<<<<< HEAD
"""Random texts against the readers: ``python -m tests.measure.fuzz_reader``: none may raise or hang.

``--count`` strings of random tokens are given to check_formula and, a few lines at a time, to check_code; the longest
time is reported.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator

import mlpviz

NETWORK = mlpviz.Architecture((2, 3, 2), ("relu", "sigmoid"), "half_squared_error", "mean_samples")

TOKENS = (
    "X Y W1 W2 b1 b2 A1 A2 Z1 Z2 dZ2 dW1 delta[2] W[1] A[0] m lr h err np self params cache δ² Wᵀ \\delta^{(2)} \\frac "
    "( ) [ ] { } , : ; . ' \" = == += -= <- -> * @ / + - ** ^ _ ' .T .* ⊙ % # \\ & | ~ ! < > <= 0 1 2 -1 1e9 10**9 ½ "
    "np.dot( np.sum( np.zeros( range( len( sum( axis=0 keepdims=True .T .dot( .shape[0] .append( .reshape( f'{l}' "
    "for in if else elif while def return class import lambda pass with end function True None not and or "
    "__class__ __import__( eval( exec( open( getattr( \n \n \n    \n\t 中 é 𝑊 ∂ ∇ Σ ∞ \x00 ‖"
).split(" ")
"""What random texts are made of; an empty one is a blank."""

FORMULA_KINDS = frozenset({"right", "wrong", "shape", "refused"})
LINE_KINDS = FORMULA_KINDS | {"other"}


def texts(count: int, seed: int = 0) -> Iterator[str]:
    """Random strings of tokens, the same for the same seed."""
    generator = random.Random(seed)
    for _ in range(count):
        length = generator.choice((1, 2, 3, 5, 8, 13, 21, 40))
        yield generator.choice(("", " ")).join(generator.choice(TOKENS) for _ in range(length))


def as_formula(text: str) -> None:
    """Raises AssertionError if a formula gets anything but a verdict."""
    verdict = mlpviz.check_formula(text, "dW[2]", NETWORK)
    assert verdict.kind in FORMULA_KINDS, text


def as_program(text: str) -> None:
    """Raises AssertionError if a program gets anything but a report."""
    report = mlpviz.check_code(text, NETWORK)
    assert report.kind in FORMULA_KINDS, text
    assert {line.kind for line in report.lines} <= LINE_KINDS, text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    for check in (as_formula, as_program):
        longest, slowest, begun = 0.0, "", time.perf_counter()
        for text in texts(options.count, options.seed):
            start = time.perf_counter()
            try:
                check(text)
            except Exception as error:
                raise SystemExit(f"{check.__name__} raised {error!r} at {text!r}") from error
            took = time.perf_counter() - start
            if took > longest:
                longest, slowest = took, text
        print(
            f"{check.__name__}: {options.count} texts in {time.perf_counter() - begun:.0f} s, longest {longest:.2f} s"
        )
        print(f"    {slowest!r}")
=======
"""Writes texts by chance to Check and looks how it takes them: ``python -m tests.measure.fuzz_reader 10000 1``.

Prints how many lines and programs were read, refused and judged, the longest times with their texts, and every fault;
a text that takes more than two seconds is one. ``--programs`` is the share of programs.
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
    parser.add_argument("count", type=int)
    parser.add_argument("seed", type=int, default=0, nargs="?")
    parser.add_argument("--programs", type=float, default=0.1)
    options = parser.parse_args()
    signal.signal(signal.SIGALRM, ring)
    random = Random(options.seed)
    counts, times, faults = Counter(), [], Counter()
    for _ in range(options.count):
        whole = random.random() < options.programs
        asked = random.getrandbits(64)
        start = time.process_time()
        try:
            signal.alarm(LONGEST)
            kind, text = told(Random(asked), whole)
        except (Exception, Hung) as fault:
            kind = "fault"
            place = traceback.extract_tb(fault.__traceback__)[-1]
            faults[f"{type(fault).__name__} at {place.filename.rsplit('/', 1)[-1]}:{place.lineno}: {fault}"[:150]] += 1
            text = f"seed {asked}, {'program' if whole else 'line'}"
            print("fault:", text, f"{type(fault).__name__} {place.name}:{place.lineno}", flush=True)
        finally:
            signal.alarm(0)
        spent = time.process_time() - start
        counts["program" if whole else "line", kind] += 1
        times = sorted([*times, (spent, text)], reverse=True)[:5] if spent > 0.05 else times
        if spent > SLOW:
            print(f"slow: {spent:.2f} s", ascii(text), flush=True)
    for (what, kind), number in sorted(counts.items()):
        print(f"{what:10}{kind:10}{number:8}")
    for spent, text in times:
        print(f"{spent:.2f} s {ascii(text)[:300]}")
    for fault, number in faults.most_common():
        print(f"{number} times {fault}")
>>>>>>> 73dfce0 (Write texts by chance to the reader: a thousand in the tests, any number to measure; a function says what NumPy would not take)


if __name__ == "__main__":
    main()
