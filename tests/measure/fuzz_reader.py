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


if __name__ == "__main__":
    main()
