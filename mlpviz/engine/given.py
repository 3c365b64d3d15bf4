"""What somebody gives as an array: taken as finite numbers of its shape, or refused in words that name the entry."""

from __future__ import annotations

import operator
import reprlib
from typing import Any

import numpy as np

from ..maths.messages import Message, Refusal
from .arrays import Array, Arrays


def numbers(name: str, values: Any, dtype: str, device: Arrays, expected: Message) -> Array:
    """The values as an array to read, on the host unless they are on the device already.

    Raises Refusal where they are no numbers, which says what was ``expected``, or not finite as ``dtype``.
    """
    if values is None or getattr(getattr(values, "dtype", None), "kind", "f") == "c":
        raise not_numbers(name, values, expected)
    try:
        with device.quiet():
            array = device.as_given(values, dtype)
    except (TypeError, ValueError, OverflowError):
        raise not_numbers(name, values, expected) from None
    if not device.all_finite(array):
        raise not_finite(name, array, np.asarray(device.to_host(values), np.float64), dtype)
    return array


def not_numbers(name: str, values: Any, expected: Message) -> Refusal:
    return Refusal("{name} must be {expected}, got {values}", name=name, expected=expected, values=reprlib.repr(values))


def not_finite(name: str, array: Array, given: np.ndarray, dtype: str) -> Refusal:
    """What to say of the first entry that is not finite: as it was given, or because the type cannot hold it."""
    place = tuple(int(k) for k in np.argwhere(~np.isfinite(np.asarray(array)))[0])
    value, entry = float(given[place]), f"{name}[{', '.join(map(str, place))}]" if place else name
    if np.isfinite(value):
        return Refusal(
            "{name} must have numbers that {dtype} can hold, up to {most:.2g} in size, got {value:g} at {entry}",
            name=name,
            dtype=dtype,
            most=float(np.finfo(dtype).max),
            value=value,
            entry=entry,
        )
    return Refusal("{name} must have finite numbers, got {value:g} at {entry}", name=name, value=value, entry=entry)


class Layers(list[Any]):
    """Arrays by the mathematical layer l; assigning to an entry writes into the array instead of replacing it."""

    def __init__(self, arrays: Any, name: str, device: Arrays) -> None:
        super().__init__(arrays)
        self.name, self.device = name, device

    def __setitem__(self, layer: Any, values: Any) -> None:
        array = self.at(layer)
        array[...] = fitting(f"{self.name}[{layer}]", values, array, self.device)

    def at(self, layer: Any) -> Array:
        """The array of a layer. Raises Refusal where there is none."""
        try:
            array = self[operator.index(layer)]
        except (TypeError, IndexError):
            array = None
        if array is None:
            raise Refusal("there is no array at layer {layer}", layer=str(layer))
        return array


def fitting(name: str, values: Any, array: Array, device: Arrays) -> Array:
    """Numbers to write into an array: of its shape, or a row without its brackets."""
    shape = array.shape
    expected = Message("an array of numbers of shape {shape}", shape=str(shape))
    given = numbers(name, values, np.dtype(array.dtype).name, device, expected)
    if given.shape == shape or (1, *given.shape) == shape:
        return given
    if given.shape == shape[::-1]:
        raise Refusal(
            "{name} must have shape {shape}, got {found}; it looks transposed",
            name=name,
            shape=str(shape),
            found=str(given.shape),
        )
    raise Refusal("{name} must have shape {shape}, got {found}", name=name, shape=str(shape), found=str(given.shape))
