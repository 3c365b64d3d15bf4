"""einsum with at most three arrays of at most two axes each: the sizes are known before anything is computed."""

from __future__ import annotations

import math
import re
from typing import Any

import numpy as np

from .arithmetic import array_of, number_array
from .troubles import Budget, Trouble, shown

RULE = re.compile(r"[a-zA-Z]{0,3}(,[a-zA-Z]{0,3}){0,2}(->[a-zA-Z]{0,3})?")


def einsum(budget: Budget, rule: Any = "", *operands: Any) -> Any:
    """The sum of products that a rule such as ``ij,kj->ik`` describes."""
    rule = rule.replace(" ", "") if isinstance(rule, str) else ""
    arrays = [number_array(np.asarray(array_of(each, budget))) for each in operands]
    indices = rule.split("->")[0].split(",")
    if not RULE.fullmatch(rule) or len(indices) != len(arrays):
        raise Trouble("arguments", name="einsum")
    lengths: dict[str, int] = {}
    for letters, array in zip(indices, arrays, strict=True):
        if len(letters) != array.ndim:
            raise Trouble("arguments", name="einsum")
        for letter, n in zip(letters, array.shape, strict=True):
            if lengths.setdefault(letter, n) != n:
                raise Trouble("entrywise", a=shown(arrays[0].shape), b=shown(arrays[-1].shape))
    left = rule.partition("->")[2] if "->" in rule else ""
    if not set(left) <= set(lengths) or len(set(left)) < len(left):
        raise Trouble("arguments", name="einsum")
    budget.room([lengths[letter] for letter in left], effort=max(1, min(math.prod(lengths.values()), 10**6)))
    return np.einsum(rule, *arrays)
