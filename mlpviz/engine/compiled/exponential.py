"""exp, expm1 and tanh as arithmetic, so that a compiler computes them of many entries at once, as NumPy does.

A call of the C library in a loop keeps the loop from being made of vectors. Here nothing is called:
e^x = 2ⁿ e^r, where n is the whole number next to x / ln 2, so that |r| ≤ ln 2 / 2, and e^r − 1 is the beginning of its
series, as long as the type is exact. NaN stays NaN, infinity is reached and 0 too, by way of the subnormal numbers.

Source: W. J. Cody, W. Waite, Software Manual for the Elementary Functions (1980), chapters 6 and 13.
"""

from __future__ import annotations

import math
from decimal import Context, Decimal
from functools import reduce

import numpy as np

LN2 = Decimal(2).ln(Context(prec=40))

SPARE = 12
"""Bits of ln 2's first part that are 0 at its end: n times it is exact for every n of at most so many bits."""

EXPONENTIALS = frozenset({"exp", "expm1", "tanh"})

EXACT = 'error_model="numpy", fastmath={"contract"}'
"""How these are compiled: the order of their additions is what makes them exact."""

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
    less_one = r * {series}
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
    return value / (value + real(2))"""


def exponentials(dtype: str) -> str:
    """The text of the functions ``exp``, ``expm1`` and ``tanh`` of one entry, of ``real``s in ``dtype``.

    ``shift`` moves the point of a number behind its last digit: adding it rounds, and leaves n in the last bits.
    """
    of = np.finfo(dtype)
    unit = 2.0 ** (of.nmant - SPARE)
    high = math.floor(LN2 * int(unit)) / unit
    return TEXT.format(
        exact=EXACT, bits=of.bits, bias=of.maxexp - 1, fraction=of.nmant, shift=1.5 * 2.0**of.nmant,
        limit=math.ceil((of.maxexp + of.nmant + 2) * LN2), flat=math.ceil((of.nmant + 2) * LN2),
        per_ln2=float(1 / LN2), high=high, low=float(LN2 - Decimal(high)), series=series(float(of.eps)),
    )  # fmt: skip


def series(eps: float) -> str:
    """(e^r − 1) / r for |r| ≤ ln 2 / 2, by Horner's rule, to an eighth of the type's precision."""
    count = next(k for k in range(1, 30) if float(LN2 / 2) ** k / math.factorial(k + 1) < eps / 8)
    terms = [f"real({1 / math.factorial(k)!r})" for k in range(count, 0, -1)]
    return reduce(lambda inner, term: f"({term} + r * {inner})", terms)
