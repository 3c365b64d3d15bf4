"""A number as it is shown on every page; the stepper's script writes it alike, held by the same test vectors."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Context, Decimal

from ..maths.digits import MINUS, RAISED

LARGE = 1e5
EXACT = Context(prec=400, rounding=ROUND_HALF_UP)


def number(value: float, digits: int) -> str:
    """A number with ``digits`` decimals and a real minus sign; very small and very large ones in powers of ten."""
    if math.isnan(value):
        return "NaN"
    sign, size = MINUS if value < 0 else "", abs(float(value))
    if math.isinf(size):
        return sign + "∞"
    fixed = Decimal(size).quantize(Decimal(1).scaleb(-digits), context=EXACT)
    return sign + (scientific(size, 0) if size >= LARGE or (size and not fixed) else f"{fixed:f}")


def scientific(size: float, digits: int) -> str:
    """A positive number as a mantissa with ``digits`` decimals times a power of ten."""
    rounded = Context(prec=digits + 1, rounding=ROUND_HALF_UP).create_decimal_from_float(size)
    power = rounded.adjusted()
    mantissa = rounded.scaleb(-power).quantize(Decimal(1).scaleb(-digits))
    return f"{mantissa}·10{str(power).translate(RAISED)}"
