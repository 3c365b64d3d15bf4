"""The names of a program that runs: its own, those of its objects, and what the network has under a name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from ..reading import syntax as sx
from .arithmetic import combined
from .classes import classes, definitions, properties
from .evaluating import method_of
from .facts import indexed_by_layer
from .things import Instance, Maker, Missing, is_array
from .troubles import Budget, Trouble


class Scopes:
    """Where names are looked up: in tables alone."""

    def __init__(self, scene: Any, statements: Sequence[sx.Statement]) -> None:
        self.scene = scene
        self.dialect, self.linear = scene.dialect, scene.dialect.name == "matlab"
        self.budget = Budget()
        self.scopes: list[dict[str, Any]] = [{}]
        self.classes, self.properties = classes(statements), properties(statements)
        inside = {id(each) for methods in self.classes.values() for each in methods.values()}
        self.definitions = {each.name: each for each in definitions(statements) if id(each) not in inside}
        self.owners: dict[int, int] = {}
        self.reads: set[int] = set()
        self.borrowed: dict[str, Any] = {}
        self.lent: dict[int, Any] = {}
        self.instances: dict[str, Instance] = {}
        self.current: list[Instance] = []
        self.helper: sx.Definition | None = None
        """A function that nothing calls, while it runs: what its names say is taken at the output."""

    @property
    def scope(self) -> dict[str, Any]:
        return self.scopes[-1]

    def holds(self, name: str) -> bool:
        return name in self.scope or name in self.scopes[0]

    def found(self, name: str) -> Any:
        """The value of a name: the program's own, or the one that the network has under it."""
        for scope in (self.scope, self.scopes[0]):
            if name in scope:
                return scope[name]
        if name == "self":
            return self.current[-1] if self.current else self.alone_instance("")
        if name in self.definitions:
            return self.definitions[name]
        if name in self.classes:
            return Maker(name)
        if name not in self.borrowed:
            self.borrowed[name] = self.given(name)
        return self.borrowed[name]

    def lend(self, value: Any) -> None:
        """Remember what an array of the network was when the program got it."""
        if is_array(value):
            self.lent[id(value)] = value.copy()
        elif isinstance(value, list | tuple | dict):
            for each in value.values() if isinstance(value, dict) else value:
                self.lend(each)

    def callable_named(self, name: str) -> Any:
        """What a name stands for where it is called; an array only if the program has one of that name."""
        if name in self.definitions and name not in self.scope:
            return self.definitions[name]
        if name in self.classes:
            return Maker(name)
        value = self.scope.get(name, self.scopes[0].get(name))
        if value is None and self.linear and not self.scene.is_function(name):
            value = self.found(name)
        return value

    def methods(self, owner: Instance) -> Mapping[str, sx.Definition]:
        return self.classes.get(owner.name, self.definitions)

    def alone_instance(self, name: str) -> Instance:
        """The object of a class that the program makes none of."""
        return self.instances.setdefault(name, Instance(name))

    def field(self, owner: Instance, name: str) -> Any:
        """An attribute of an object."""
        if name in owner.fields:
            value = owner.fields[name]
            if isinstance(value, Missing):
                raise Trouble("early", name=f"self.{name}"[:40], line=value.line)
            return value
        if (method := method_of(self, owner, name)) is not None:
            return method
        value = self.given(name)
        if value is None:
            raise Trouble("name", name=f"self.{name}"[:40])
        owner.fields[name] = value
        return value

    def method(self, owner: Instance, name: str) -> Any:
        if (method := method_of(self, owner, name)) is not None:
            return method
        if name in owner.fields:
            return owner.fields[name]
        return self.definitions.get(name) or self.scene.function(name)

    def combined(self, sign: str, a: Any, b: Any) -> Any:
        return combined(sign, a, b, self.budget)

    def noted(self, value: Any) -> None:
        """Remember from which event a value comes that has just been read."""
        number = self.owners.get(id(value))
        if number is not None:
            self.reads.add(number)

    @contextmanager
    def inside(self, owner: Any, axis: int | None) -> Iterator[None]:
        """While an index is computed: what ``end`` counts."""
        before = self.scope.get("end")
        if self.dialect.first_axis:
            shape = np.shape(owner) if is_array(owner) else (len(owner),) if isinstance(owner, list | tuple) else ()
            count = shape[axis] if axis is not None and axis < len(shape) else int(np.prod(shape)) if shape else 0
            self.scope["end"] = int(count)
        try:
            yield
        finally:
            if before is None:
                self.scope.pop("end", None)
            else:
                self.scope["end"] = before

    def class_numbers(self, value: Any) -> Any:
        """Labels used as an index: the number of each sample's class."""
        numbers = self.scene.class_numbers(value)
        if numbers is None:
            raise Trouble("value")
        return numbers

    def samples_axis(self, value: Any) -> int | None:
        """The axis of the samples for a sum that names none: the first one in Python."""
        if not self.dialect.is_code:
            return self.scene.samples_axis(value)
        return 0 if value.ndim else None

    @property
    def softmax_axis(self) -> int:
        return self.scene.softmax_axis

    def argument(self, name: str) -> Any:
        """The value of a parameter that nobody gives: the program's own of this name, or the network's."""
        own = self.scopes[0].get(name)
        return own if own is not None and not isinstance(own, Missing) else self.given(name)

    def takes_entries(self, name: str) -> bool:
        """Whether the function that runs alone takes entries of a name: it is a list then."""
        assert self.helper is not None
        nodes = (node for statement in self.helper.body for node in sx.walked(statement))
        return name in indexed_by_layer(nodes)

    def given(self, name: str) -> Any:
        """What the network has under a name; what it was when the program got it is remembered."""
        value = self.scene.given(name)
        if self.helper is not None and (value is None or isinstance(value, list)) and not self.takes_entries(name):
            own = self.scene.at_top(name, self.scene.facts.of("divides", self.helper))
            value = value if own is None else own
        self.lend(value)
        return value
