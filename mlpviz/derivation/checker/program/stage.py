"""What a program finds when it starts: the network's arrays under the names that people give them.

Also what stands in place of the program's own data, sizes and first parameters, so that it computes with the network.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from ....maths.expressions import Symbol
from ..reading import syntax as sx
from .limits import ERRORS
from .numerics import numeric
from .slopes import activation_of, slope_of
from .spelled import Spelled, spelled
from .starting import (
    ALSO_RATES,
    BATCHES,
    BY_LAYER,
    GRADIENT_TABLES,
    HIDDEN,
    L2,
    PAIRS,
    PARAMETER_TABLES,
    TABLES,
    VELOCITY,
    plainest,
    sizes_of,
)
from .things import Builtin, Fresh, Lookup, is_array, is_number, numbers_in
from .troubles import Trouble
from .viewing import Viewed

OF_LAYER = re.compile(r"(?:layer|linear|dense|fc|lin|hidden|block)_?(?P<number>\d)", re.IGNORECASE)
"""The keys under which tables have the parameters of a layer."""

LETTERS_OF_LAYER = {
    **dict.fromkeys("w W weight weights kernel 0".split(), "W"),
    **dict.fromkeys("b B bias biases 1".split(), "b"),
}
"""What they call the arrays of a layer there."""

PREVIOUS = re.compile(r"_?prev(ious)?$")
STARTING = frozenset("X Y W b".split())
"""What a program may write out or draw itself."""


@dataclass
class Stage(Viewed):
    """A network as a program sees it."""

    outputs: int = 0
    """The number of outputs of the learner's own network."""

    @cached_property
    def numbers(self) -> dict[str, Any]:
        return sizes_of(self.world)

    @cached_property
    def long_numbers(self) -> dict[str, Any]:
        """The numbers by long names, whatever their letters' case."""
        return {plainest(name): value for name, value in self.numbers.items() if len(plainest(name)) > 4}

    def size(self, value: Any) -> Any:
        """The network's own number of outputs in place of the learner's, written out."""
        return self.world.architecture.widths[-1] if type(value) is int and value == self.outputs else value

    # names

    def is_function(self, name: str) -> bool:
        return (
            name in self.functions
            or numeric(name) is not None
            or activation_of(name) is not None
            or slope_of(name) is not None
        )

    def function(self, name: str) -> Any:
        return Builtin(name)

    def given(self, name: str) -> Any:
        """What a name that the program does not define stands for, or None."""
        if name in self.given_names:
            return self.named(self.given_names[name])
        if name in self.functions:
            return None
        if VELOCITY.fullmatch(name) and name not in self.multiplied:
            return np.float64(0)
        for find in (self.as_number, self.as_list, self.as_table, self.as_array):
            value = find(name)
            if value is not None:
                return value
        return None

    def named(self, canonical: str) -> Any:
        """A quantity by its canonical name: A[1], Y, X, m."""
        name, _, index = canonical.partition("[")
        if canonical in ("X", "m"):
            return self.shown("A", 0) if canonical == "X" else self.world.m
        return self.shown(name, int(index.rstrip("]"))) if index.rstrip("]").isdigit() else self.shown(name)

    def as_number(self, name: str) -> Any:
        if name in L2:
            return np.float64(self.world.architecture.l2)
        if name in ALSO_RATES:
            return np.float64(self.world.eta)
        return self.numbers.get(name, self.long_numbers.get(plainest(name)))

    def as_list(self, name: str) -> Any:
        """W, b, Z, A and so on as a list by layer, if the program takes entries of it."""
        base = BY_LAYER.get(name)
        if base is None or name not in self.by_layer:
            return None
        return self.listed(base)

    def listed(self, base: str) -> list[Any]:
        counted = self.stance.counted
        if counted is not None:
            lowest = 0 if base in ("A", "dA") else 1
            numbers = {counted.number(Symbol(base, l)): l for l in range(lowest, self.world.depth + 1)}
            return [self.shown(base, numbers[k]) if k in numbers else None for k in range(max(numbers) + 1)]
        first = [self.shown("A", 0)] if base in ("A", "dA") else []
        first = first if base == "A" else [None] * (base == "dA")
        rows = [self.shown(base, l) for l in range(1, self.world.depth + 1)]
        if first or self.stance.lists == "zero":
            return [*first, *rows]
        return [None, *rows]

    def as_table(self, name: str) -> Any:
        if name in TABLES and (name in self.by_layer or name not in ("p", "net", "data", "nn")):
            if name in self.paired and name in (*PARAMETER_TABLES, *GRADIENT_TABLES):
                W, b = ("W", "b") if name in PARAMETER_TABLES else ("dW", "db")
                return [(self.shown(W, l), self.shown(b, l)) for l in range(1, self.world.depth + 1)]
            values: dict[Any, Any] = {}
            if name in PARAMETER_TABLES:
                for l in range(1, self.world.depth + 1):
                    values |= {f"W{l}": self.shown("W", l), f"b{l}": self.shown("b", l)}
            if name == "caches":
                values |= {l: self.cache(l + 1) for l in range(self.world.depth)}
            return Lookup(self.entry_of_table, {key: value for key, value in values.items() if value is not None})
        if name in BATCHES:
            return [(self.shown("A", 0), self.shown("Y"))]
        if name in PAIRS:
            return [self.pair(k) for k in range(self.world.m)]
        return None

    def entry_of_table(self, key: str) -> Any:
        """What a table has under a key: an array by its name, or the table of a layer, params["layer1"]["w"]."""
        found = OF_LAYER.fullmatch(str(key))
        if found is None:
            return self.given(key)
        return Lookup(lambda inner: self.given(f"{LETTERS_OF_LAYER.get(str(inner), inner)}{found['number']}"))

    def cache(self, l: int) -> Any:
        """What the layers of the course on deep learning keep: ((A_prev, W, b), Z)."""
        return (self.shown("A", l - 1), self.shown("W", l), self.shown("b", l)), self.shown("Z", l)

    def pair(self, k: int) -> tuple[Any, Any]:
        x, y = self.world.X[k], self.world.Y[k]
        return (x.reshape(-1, 1), y.reshape(-1, 1)) if self.stance.columns else (x, y)

    def as_array(self, name: str) -> Any:
        own = spelled(name) or self.second_letter(name)
        if own is None:
            return None
        if own.name == "X":
            return self.shown("A", 0) if own.number in (None, 0) else self.shown("A", own.number)
        if own.name == "Y":
            numbers = self.stance.numbers and own.number is None and "hot" not in name.lower()
            return self.world.class_numbers.copy() if numbers else self.shown("Y")
        if own.name == "dX":
            return self.shown("dA", 0)
        layer = self.layer(own, name)
        return None if layer is None else self.shown(own.name, layer)

    def second_letter(self, name: str) -> Spelled | None:
        """V1, which are weights where they multiply something, and else what an optimiser keeps."""
        found = re.fullmatch(r"[VU]_?(\d)", name) if name in self.multiplied else None
        return Spelled("W", int(found[1])) if found else None

    def at_top(self, name: str, by_m: bool) -> Any:
        """What a name without a number is at the output: dZ, W, A_prev; errors times m where that is said."""
        bare = PREVIOUS.sub("", name)
        own = spelled(bare)
        if own is None or own.number is not None or own.name in ("X", "Y") or (len(name) > 2 and name in BY_LAYER):
            return None
        array = self.shown(own.name, self.world.depth - (bare != name))
        return array * self.world.m if by_m and own.name in ERRORS and is_array(array) else array

    # the program's own data

    def data(self, name: str) -> Any:
        """What the network has for a name that the program reads from elsewhere."""
        own = spelled(name)
        return self.given(name) if own is not None and own.name in STARTING else None

    def settled(self, machine: Any, path: str, value: Any, statement: Any) -> Any:
        """The network's own in place of what a program writes out or draws: data, sizes, first parameters."""
        if isinstance(value, Fresh) or (
            is_array(value) and (self.facts.of("literal", statement) or self.facts.of("fresh", statement))
        ):
            return self.own_array(machine, path, value)
        if is_number(value) and isinstance(statement, sx.Assignment) and self.facts.of("literal", statement):
            return self.sized(path, value)
        if isinstance(value, list) and self.facts.of("literal", statement) and value:
            return self.own_list(path, value)
        if isinstance(value, list) and (self.facts.of("fresh", statement) or is_zero(value)):
            return self.own_parameters(machine, path, value)
        return value

    def sized(self, path: str, value: Any) -> Any:
        """The network's own in place of a number that a program writes out: a size, a rate."""
        bare = path.rpartition(".")[2]
        if not is_number(value) or isinstance(value, bool):
            return value
        if bare in HIDDEN and isinstance(value, int):
            return self.numbers["hidden_size"]
        skipped = ALSO_RATES if self.world.architecture.l2 else L2 | ALSO_RATES
        own = self.as_number(bare) if bare not in skipped else None
        own = self.given(path) if path in self.given_names else own
        return own if is_number(own) else value

    def own_array(self, machine: Any, path: str, value: Any) -> Any:
        key = path.removeprefix("self.")
        own = spelled(path)
        array = self.given(key) if key in self.given_names else None
        if array is None and own is not None and own.name in STARTING:
            array = self.as_array(path)
        if is_array(array):
            return self.placed(array, value, own)
        return value.made(machine.budget) if isinstance(value, Fresh) else value

    def placed(self, array: Any, value: Any, own: Spelled | None) -> Any:
        """An array of the network, with one axis if the program's own has one."""
        shape = value.shape
        if own is not None and own.name in ("X", "Y", "b") and len(shape) == 1 and 1 in array.shape:
            return array.reshape(-1)
        if own is not None and own.name == "b" and len(shape) == 2 and array.ndim == 1:
            return array.reshape((-1, 1) if shape[1] == 1 and shape[0] != 1 else (1, -1))
        return array

    def own_list(self, path: str, value: list[Any]) -> Any:
        """Sizes by layer, or data written as a list."""
        if all(is_number(each) for each in value) and path.rpartition(".")[2] in self.numbers:
            own = self.numbers[path.rpartition(".")[2]]
            return list(own) if isinstance(own, list) else value
        own_name = spelled(path)
        if own_name is not None and own_name.name in STARTING and not all(is_array(each) for each in value):
            array = self.as_array(path)
            return array if is_array(array) else value
        return value

    def own_parameters(self, machine: Any, path: str, value: list[Any]) -> Any:
        """The network's weights in place of a list of drawn ones."""
        base = spelled(path)
        if base is not None and base.number is not None and numbers_in(value) is not None:
            array = self.as_array(path) if base.name in STARTING else None
            return value if array is None else array
        if base is None or base.name not in ("W", "b") or not value:
            return [each.made(machine.budget) if isinstance(each, Fresh) else each for each in value]
        rows = [self.shown(base.name, l) for l in range(1, self.world.depth + 1)]
        skipped = len(value) - len(rows)
        if skipped < 0 or any(row is None for row in rows):
            raise Trouble("unpack", count=len(value), names=len(rows))
        return [None] * skipped + rows


def is_zero(value: list[Any]) -> bool:
    """Whether a list of numbers is as parameters begin: nothing but zeros."""
    numbers = numbers_in(value)
    return numbers is not None and not numbers.any()
