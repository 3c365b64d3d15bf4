"""What an array is, told by its value: which quantity of the network, times which factor, turned or not.

The numbers are random and all sizes differ, so that values agree only where the quantities do.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np

from .things import is_array, is_number
from .worlds import World, kind_of

TOLERANCE = 1e-8
GUARDED = 1e-4
"""How far a cost may be off where something small stands within its logarithms."""

ORDER = "delta dW db dA Z A W b Y losses cost slope".split()
"""Which quantity a value is first taken for, where it could be several."""


@dataclass(frozen=True)
class Multiple:
    """A constant factor: its value and how it is written before or behind a quantity."""

    value: float
    before: str
    after: str = ""
    powers: tuple[tuple[str, int], ...] = ()

    @property
    def doubles(self) -> bool:
        """Whether there is a 2 or a ½ in it."""
        return "2*" in self.before or "0.5*" in self.before

    def write(self, name: str) -> str:
        return f"{self.before}{name}{self.after}"


@dataclass(frozen=True)
class Sighting:
    """A quantity that a value is: its name, the factor, whether it is turned, and the sample that it is about."""

    name: str
    factor: Multiple
    turned: bool = False
    sample: int | None = None

    @property
    def exact(self) -> bool:
        return self.factor.value == 1


def written(sign: int, two: int, powers: tuple[tuple[str, int], ...]) -> tuple[str, str]:
    """How a factor is written: what stands before a quantity, and what it is divided by."""
    above = [name for name, power in powers if power > 0]
    below = [name for name, power in powers if power < 0]
    before = "-" * (sign < 0) + ("2*" if two > 0 else "0.5*" if two < 0 else "") + "".join(f"{name}*" for name in above)
    after = f"/{below[0]}" if len(below) == 1 else f"/({'*'.join(below)})" if below else ""
    return before, after


class Factors:
    """The constant factors that a value may have in one world, found by their size."""

    def __init__(self, world: World) -> None:
        sizes = {"eta": world.eta, "m": float(world.m), "n": float(world.architecture.widths[-1])}
        table: dict[float, Multiple] = {}
        for sign, two, eta, m, n in product((1, -1), (0, 1, -1), (0, 1), (0, 1, -1), (0, 1, -1)):
            powers = tuple((name, p) for name, p in (("eta", eta), ("m", m), ("n", n)) if p and sizes[name] != 1)
            value = sign * 2.0**two * float(np.prod([sizes[name] ** p for name, p in powers]))
            factor = Multiple(value, *written(sign, two, powers), powers)
            if value not in table or len(factor.before + factor.after) < len(table[value].before + table[value].after):
                table[value] = factor
        self.values = sorted(table)
        self.table = table

    def named(self, text: str) -> float:
        """The value of a factor as it is written before a name: -m*"""
        return next((value for value, factor in self.table.items() if factor.before == text and not factor.after), 1.0)

    def find(self, ratio: float) -> Multiple | None:
        place = bisect_left(self.values, ratio)
        near = self.values[max(0, place - 1) : place + 1]
        return next((self.table[v] for v in near if abs(v - ratio) <= TOLERANCE * 10 * abs(v)), None)


@dataclass(frozen=True, eq=False)
class Standard:
    """An array of the network to hold values against: flat, with its largest entry."""

    name: str
    flat: Any
    shape: tuple[int, ...]
    sample: int | None
    place: int
    pivot: float


class Teller:
    """Tells values of one world."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.factors = Factors(world)
        self.told: dict[tuple[tuple[int, ...], bytes], list[Sighting]] = {}
        self.by_size: dict[int, list[Standard]] = {}
        for name, array in world.arrays.items():
            self.add(name, np.asarray(array, dtype=float))
        self.add("cost without l2", np.asarray(world.cost_without_l2, dtype=float))

    def add(self, name: str, array: Any, sample: int | None = None) -> None:
        flat = array.ravel()
        place = int(np.abs(flat).argmax())
        shape = tuple(n for n in array.shape if n != 1)
        if flat[place] != 0 and np.isfinite(flat).all():
            known = Standard(name, flat, shape, sample, place, float(flat[place]))
            self.by_size.setdefault(flat.size, []).append(known)

    @cached_property
    def by_sample(self) -> dict[int, list[Standard]]:
        """The quantities of each sample alone: rows, and the share of each in the gradients."""
        own = Teller.__new__(Teller)
        own.by_size = {}
        world = self.world
        for name, array in world.arrays.items():
            if is_array(array) and array.shape[:1] == (world.m,) and array.ndim == 2 and world.m > 1:
                for k in range(world.m):
                    own.add(name, array[k], k)
        for l in range(1, world.depth + 1):
            for k in range(world.m if world.m > 1 else 0):
                below = world.arrays[f"A[{l - 1}]"][k]
                own.add(f"dW[{l}]", np.outer(world.arrays[f"delta[{l}]"][k], below), k)
        return own.by_size

    def sightings(self, value: Any) -> list[Sighting]:
        """All that a value may be, the likeliest first; nothing for what is no array of finite numbers."""
        if not (is_array(value) or is_number(value)) or isinstance(value, bool | np.bool_):
            return []
        array = np.asarray(value, dtype=float)
        if array.size == 0 or (array.ndim == 0 and isinstance(value, int)) or not np.isfinite(array).all():
            return []
        key = (array.shape, array.tobytes())
        if key not in self.told:
            found = self.matching(array, self.by_size) or self.matching(array, self.by_sample)
            self.told[key] = sorted(found, key=preference)
        return self.told[key]

    def guarded_cost(self, value: Any) -> tuple[Sighting, ...]:
        """The cost of a program that keeps its logarithms from 0 by a little."""
        costs = (float(self.world.trace.cost), self.world.cost_without_l2)
        near = any(abs(float(value) - cost) <= GUARDED * abs(cost) for cost in costs)
        one = self.factors.find(1.0)
        return (Sighting("cost", one),) if near and one is not None else ()

    def matching(self, array: Any, table: dict[int, list[Standard]]) -> list[Sighting]:
        shape = tuple(n for n in array.shape if n != 1)
        found = []
        for known in table.get(array.size, ()):
            if shape == known.shape:
                seen = self.compare(array.ravel(), known)
                if seen is not None:
                    found.append(Sighting(known.name, seen, False, known.sample))
            if len(shape) == 2 and shape[::-1] == known.shape:
                seen = self.compare(array.T.ravel(), known)
                if seen is not None:
                    found.append(Sighting(known.name, seen, True, known.sample))
        return found

    def compare(self, flat: Any, known: Standard) -> Multiple | None:
        ratio = float(flat[known.place]) / known.pivot
        if ratio == 0:
            return None
        factor = self.factors.find(ratio)
        if factor is None or np.abs(flat - factor.value * known.flat).max() > TOLERANCE * abs(
            factor.value * known.pivot
        ):
            return None
        return factor

    def coefficient(self, change: Any, name: str) -> float | None:
        """The number by which a quantity is to be multiplied to give a change, if there is one."""
        array = self.world.arrays.get(name)
        if array is None or not is_array(change):
            return None
        for seen in (array, array.T):
            if tuple(n for n in seen.shape if n != 1) == tuple(n for n in change.shape if n != 1):
                flat, own = np.asarray(change, dtype=float).ravel(), seen.ravel()
                place = int(np.abs(own).argmax())
                ratio = flat[place] / own[place] if own[place] else 0.0
                if ratio and np.abs(flat - ratio * own).max() <= 1e-7 * abs(ratio * own[place]):
                    return float(ratio)
        return None


def preference(sighting: Sighting) -> tuple[int, int, int]:
    kind = kind_of(sighting.name)
    order = ORDER.index(kind) if kind in ORDER and " - " not in sighting.name else len(ORDER)
    return (len(sighting.factor.before) + len(sighting.factor.after), order, sighting.turned)
