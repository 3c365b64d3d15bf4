"""exp, log and what is made of them as arithmetic, so that a compiler computes them of many entries at once.

A call of the C library in a loop keeps the loop from being made of vectors. Here nothing is called:

- e^x = 2ⁿ e^r, where n is the whole number next to x / ln 2, so that |r| ≤ ln 2 / 2;
- log x = n ln 2 + log m, where √½ ≤ m < √2, and log m = 2 artanh s with s = (m − 1) / (m + 1).

The series of e^r − 1 and of artanh are taken as far as the type is exact. NaN and infinity stay what they are, and the
subnormal numbers are there.

Source: W. J. Cody, W. Waite, Software Manual for the Elementary Functions (1980), chapters 5, 6 and 13;
for log1p, D. Goldberg, What Every Computer Scientist Should Know About Floating-Point Arithmetic (1991), theorem 4.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import Context, Decimal
from functools import reduce

import numpy as np

ELEMENTARY = frozenset({"exp", "expm1", "tanh", "log", "log1p"})

LN2 = Decimal(2).ln(Context(prec=40))

SPARE = 12
"""Bits of ln 2's first part that are 0 at its end: n times it is exact for every n of at most so many bits."""

EXACT = 'error_model="numpy", fastmath={"contract"}, forceinline=True'
"""How these are compiled: the order of their additions is what makes them exact, and a call would end the vectors."""

TEXT = """whole = np.int{bits}  # as wide as real


@njit({exact})
def power_of_two(n):
    return whole((n + whole({bias})) << whole({fraction})).view(real)


@njit({exact})
def exponential(x):
    x = real({limit}) if x > real({limit}) else real(-{limit}) if x < real(-{limit}) else x
    shifted = real(x * real({per_ln2!r}) + real({shift!r}))
    n = shifted - real({shift!r})
    r = (x - n * real({high!r})) - n * real({low!r})
    less_one = r * {of_exp}
    k = whole(shifted.view(whole) - real({shift!r}).view(whole))
    half = whole(k >> whole(1))
    return n, less_one, (real(1) + less_one) * power_of_two(half) * power_of_two(whole(k - half))


@njit({exact})
def exp(x):
    n, less_one, value = exponential(x)
    return value


@njit({exact})
def expm1(x):
    n, less_one, value = exponential(x)
    return less_one if n == 0 else value - real(1)


@njit({exact})
def tanh(x):
    x = real({flat}) if x > real({flat}) else real(-{flat}) if x < real(-{flat}) else x
    value = expm1(x + x)
    return value / (value + real(2))


@njit({exact})
def log(x):
    subnormal = x < real({smallest!r})
    scale = real({lift!r}) if subnormal else real(1)
    lifted = real(x * scale)
    bits = lifted.view(whole)
    k = whole(whole(bits - real({root!r}).view(whole)) >> whole({fraction}))
    m = whole(bits - whole(k << whole({fraction}))).view(real)
    n = real(k) - (real({fraction}) if subnormal else real(0))
    s = (m - real(1)) / (m + real(1))
    r = s * s
    value = n * real({high!r}) + (n * real({low!r}) + (s + s) * {of_log})
    value = value if x < real(math.inf) else x  # infinity and NaN
    return value if x > 0 or x != x else real(-math.inf) if x == 0 else real(math.nan)


@njit({exact})
def log1p(x):
    u = real(1) + x
    value, lost = log(u), x - (u - real(1))
    return value + lost / u if u > 0 and u < real(math.inf) else value"""


def elementary(dtype: str) -> str:
    """The text of the functions of one entry, of ``real``s in ``dtype``.

    ``shift`` moves the point of a number behind its last digit: adding it rounds, and leaves n in the last bits.
    """
    of = np.finfo(dtype)
    unit = 2.0 ** (of.nmant - SPARE)
    high = math.floor(LN2 * int(unit)) / unit
    exps, logs = exp_terms(float(of.eps)), log_terms(float(of.eps))
    return TEXT.format(
        exact=EXACT, bits=of.bits, bias=of.maxexp - 1, fraction=of.nmant, shift=1.5 * 2.0**of.nmant,
        limit=math.ceil((of.maxexp + of.nmant + 2) * LN2), flat=math.ceil((of.nmant + 2) * LN2),
        per_ln2=float(1 / LN2), high=high, low=float(LN2 - Decimal(high)), of_exp=horner(exps), of_log=horner(logs),
        smallest=float(of.tiny), lift=2.0**of.nmant, root=math.sqrt(0.5),
    )  # fmt: skip


def exp_terms(eps: float) -> list[float]:
    """The series of (e^r − 1) / r for |r| ≤ ln 2 / 2, to an eighth of the type's precision."""
    count = next(k for k in range(1, 30) if float(LN2 / 2) ** k / math.factorial(k + 1) < eps / 8)
    return [1 / math.factorial(k) for k in range(1, count + 1)]


def log_terms(eps: float) -> list[float]:
    """The series of artanh(s) / s in s² for s between those of √½ and √2, to an eighth of the type's precision."""
    largest = ((math.sqrt(2) - 1) / (math.sqrt(2) + 1)) ** 2
    count = next(k for k in range(1, 30) if largest**k / (2 * k + 1) < eps / 8)
    return [1 / (2 * k + 1) for k in range(count)]


def horner(terms: Iterable[float]) -> str:
    """The text of a polynomial in r, the constant term first."""
    texts = [f"real({term!r})" for term in terms]
    return reduce(lambda inner, term: f"({term} + r * {inner})", reversed(texts))
