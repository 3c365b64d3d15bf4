"""The machine: it goes through the statements of a program on one network, within bounds, and tells each assignment.

An error in a line is that line's, and the program goes on; what it should have given is missing from then on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..reading import syntax as sx
from . import facts, targets
from .arithmetic import combined, truth
from .collecting import looped
from .evaluating import evaluated, method_of
from .slopes import activation_of, slope_of
from .things import Instance, Maker, Missing, is_array, is_number
from .troubles import DEEPEST, FATAL, Budget, Trouble


@dataclass(eq=False)
class Event:
    """Something that a line gave: to which name, what it held then, and the events that it was computed from."""

    number: int
    line: int
    key: tuple[int, int, int]
    path: str
    value: Any
    reads: frozenset[int] = frozenset()
    trouble: Trouble | None = None
    statement: sx.Statement | None = None
    fresh: bool = False
    function: str = ""
    before: int | None = None
    """The event whose array this one changed in place."""

    operands: tuple[tuple[sx.Span, Any], ...] = ()
    """What the names of its line held, by where they stand."""

    stretched: tuple[tuple[tuple[int, ...], ...], ...] = ()
    """The shapes of two arrays that NumPy has repeated to make them fit, and of what came of it."""

    lent: Any = None
    """The array of the network that it changed."""


class Machine:
    """Runs statements on the names of a scene; ``correct`` may put another value in place of what a line gave."""

    def __init__(
        self,
        scene: Any,
        statements: Sequence[sx.Statement],
        correct: Callable[[Event, Any], Any] = lambda event, value: value,
    ) -> None:
        self.scene, self.correct = scene, correct
        self.dialect, self.linear = scene.dialect, scene.dialect.name == "matlab"
        self.budget = Budget()
        self.scopes: list[dict[str, Any]] = [{}]
        self.classes = facts.classes(statements)
        inside = {id(each) for methods in self.classes.values() for each in methods.values()}
        self.definitions = {each.name: each for each in definitions(statements) if id(each) not in inside}
        self.events: list[Event] = []
        self.troubles: dict[int, Trouble] = {}
        self.owners: dict[int, int] = {}
        self.kept: list[Any] = []
        self.reads: set[int] = set()
        self.passes: Counter[tuple[int, int]] = Counter()
        self.called: set[int] = set()
        self.made: set[str] = set()
        self.calls: list[str] = []
        self.nameless: list[Trouble] = []
        self.depth = 0
        self.stopped: Trouble | None = None
        self.bare = True
        self.visited: set[int] = set()
        self.borrowed: dict[str, Any] = {}
        self.lent: dict[int, Any] = {}
        self.operands: list[tuple[sx.Span, Any]] = []
        self.instances: dict[str, Instance] = {}
        self.current: list[Instance] = []

    # names

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

    def value(self, node: sx.Syntax) -> Any:
        return evaluated(self, node)

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

    # statements

    def program(self, statements: Sequence[sx.Statement]) -> None:
        """Run a program, and after it those of its functions that nothing has called, with what their names say."""
        try:
            self.block(statements)
            for name, methods in self.classes.items():
                if name not in self.made:
                    self.alone_class(name, methods)
            for definition in self.definitions.values():
                if id(definition) not in self.called:
                    self.alone(definition)
        except GivenBack:
            pass
        except Trouble as trouble:
            self.stopped = trouble

    def alone_class(self, name: str, methods: Mapping[str, sx.Definition]) -> None:
        """Run the methods of a class that nothing uses, in the order in which they stand."""
        self.current.append(self.alone_instance(name))
        for definition in methods.values():
            if id(definition) not in self.called:
                self.alone(definition)
        self.current.pop()

    def alone(self, definition: sx.Definition) -> None:
        """Run a function that nothing calls, if its parameters have names that say what they are."""
        if activation_of(definition.name) or slope_of(definition.name):
            return
        before = dict(self.troubles)
        names = [name for name, default in definition.parameters if default is None]
        values = [self.found("self") if name == "self" else self.argument(name) for name in names]
        keywords = {name: value for name, value in zip(names, values, strict=True) if value is not None}
        try:
            self.run(definition, [], keywords)
        except Trouble as trouble:
            if trouble.key in FATAL:
                raise
        if any(value is None for value in values):
            self.troubles = before

    def argument(self, name: str) -> Any:
        """The value of a parameter that nobody gives: the program's own of this name, or the network's."""
        own = self.scopes[0].get(name)
        return own if own is not None and not isinstance(own, Missing) else self.given(name)

    def given(self, name: str) -> Any:
        """What the network has under a name; what it was when the program got it is remembered."""
        value = self.scene.given(name)
        self.lend(value)
        return value

    def block(self, statements: Sequence[sx.Statement]) -> None:
        for statement in statements:
            self.statement(statement)

    def statement(self, statement: sx.Statement) -> None:
        if isinstance(statement, sx.Ignored | sx.Unreadable | sx.Definition):
            return
        self.budget.step()
        self.visited.add(statement.line)
        try:
            STATEMENTS[type(statement)](self, statement)
        except Trouble as trouble:
            if trouble.key in FATAL:
                raise
            self.troubled(statement.line, trouble)
        except RecursionError:
            self.troubles.setdefault(statement.line, Trouble("nested"))

    def look(self, node: sx.Syntax) -> None:
        """Note what all names of an expression hold that could not be computed as a whole."""
        for each in sx.walked(node):
            if isinstance(each, sx.Word | sx.Index | sx.Attribute):
                with suppress(Trouble):
                    self.value(each)

    def troubled(self, line: int, trouble: Trouble) -> None:
        self.troubles.setdefault(line, trouble)
        if trouble.key == "name":
            self.nameless.append(trouble)

    def assign(self, statement: sx.Assignment) -> None:
        outside, self.reads = self.reads, set()
        operands, self.operands, self.budget.stretched = self.operands, [], []
        try:
            targets.assign(self, statement)
        except Trouble as trouble:
            if trouble.key in FATAL:
                raise
            self.troubled(statement.line, trouble)
            self.look(statement.value)
            for place, target in enumerate(facts.all_targets(statement)):
                missing = Missing(statement.line, trouble)
                targets.put_back(self, target, self.happened(statement, place, target, missing, trouble))
        finally:
            self.reads, self.operands = outside | self.reads, operands

    def happened(
        self,
        statement: Any,
        place: int,
        target: sx.Syntax,
        value: Any,
        trouble: Trouble | None = None,
        before: Any = None,
    ) -> Any:
        """Tell that a line has given a value to a target; returns the value to go on with."""
        count = self.passes[statement.line, place]
        self.passes[statement.line, place] += 1
        event = Event(
            number=len(self.events),
            line=statement.line,
            key=(statement.line, count, place),
            path=targets.path(self, target),
            value=snapshot(value),
            reads=frozenset(self.reads),
            trouble=trouble,
            statement=statement,
            fresh=self.scene.facts.of("fresh", statement),
            operands=tuple(self.operands),
            stretched=tuple(self.budget.stretched),
            function=self.calls[-1] if self.calls else "",
            before=self.owners.get(id(before)) if before is not None else None,
            lent=self.lent.get(id(before)) if before is not None else None,
        )
        self.events.append(event)
        return self.correct(event, value)

    def owned(self, value: Any) -> None:
        """The last event is what a value comes from."""
        if is_array(value) or isinstance(value, np.generic):
            self.owners[id(value)] = len(self.events) - 1
            self.kept.append(value)

    def written_into(self, array: Any, at: Any, value: Any) -> None:
        targets.write(self, array, at, value)

    def loop(self, statement: sx.Loop) -> None:
        once = self.scene.facts.of("repeats", statement)
        for each in looped(self, statement.iterable):
            self.budget.step()
            self.bind_loop(statement.target, each)
            try:
                self.block(statement.body)
            except Leave as leave:
                if leave.word == "break":
                    return
            if once:
                return

    def bind_loop(self, target: sx.Syntax, value: Any) -> None:
        targets.bind(self, target, value)

    def branch(self, statement: sx.Branch) -> None:
        try:
            holds = truth(self.value(statement.condition))
        except Trouble:
            holds = True
        self.block(statement.body if holds else statement.otherwise)

    def returned(self, statement: sx.Return) -> None:
        outside, self.reads = self.reads, set()
        try:
            value = None if statement.value is None else self.result(statement.value)
            if statement.value is not None and not isinstance(statement.value, sx.Word | sx.Sequence | sx.Pairs):
                value = self.happened(statement, 0, sx.Word(""), value)
                self.owned(value)
        finally:
            self.reads = outside | self.reads
        raise GivenBack(value)

    def result(self, node: sx.Syntax) -> Any:
        """What a function gives; several results are no matrix."""
        if isinstance(node, sx.Sequence) and all(isinstance(each, sx.Word) for each in node.items):
            return [self.value(each) for each in node.items]
        return self.value(node)

    def expressed(self, statement: sx.Expressed) -> None:
        if isinstance(statement.value, sx.Word) and statement.value.text in ("break", "continue"):
            raise Leave(statement.value.text)
        if facts.changes(statement.value):
            return self.assign(facts.as_assignment(statement))
        outside, self.reads = self.reads, set()
        try:
            value = self.value(statement.value)
            if is_array(value) or is_number(value):
                self.happened(statement, 0, sx.Word(""), value)
        finally:
            self.reads = outside | self.reads
        return None

    # functions

    def run(self, definition: sx.Definition, arguments: Sequence[Any], keywords: Mapping[str, Any]) -> Any:
        """Call a function of the program."""
        if len(self.scopes) > DEEPEST:
            raise Trouble("deep", limit=DEEPEST)
        self.budget.step()
        self.called.add(id(definition))
        names = [name for name, _default in definition.parameters]
        if (
            names[:1] == ["self"]
            and (not arguments or not isinstance(arguments[0], Instance))
            and "self" not in keywords
        ):
            arguments = [self.found("self"), *arguments]
        scope = {**dict(zip(names, arguments, strict=False)), **{k: v for k, v in keywords.items() if k in names}}
        for name, default in definition.parameters:
            if name not in scope:
                value = self.given(name) if default is None else self.scene.sized(name, self.value(default))
                if value is not None or default is not None:
                    scope[name] = value
        owner = scope.get("self")
        outer, self.operands = self.operands, []
        self.scopes.append(scope)
        self.current += [owner] if isinstance(owner, Instance) else []
        self.calls.append(definition.name)
        try:
            self.block(definition.body)
        except GivenBack as result:
            return result.value
        finally:
            self.calls.pop()
            self.scopes.pop()
            self.operands = outer
            if isinstance(owner, Instance):
                self.current.pop()
        return None

    def make(self, name: str, arguments: Sequence[Any], keywords: Mapping[str, Any]) -> Any:
        """Make an object of a class."""
        self.made.add(name)
        made = Instance(name)
        if (start := self.classes[name].get("__init__")) is not None:
            self.run(start, [made, *arguments], keywords)
        return made


class GivenBack(Exception):
    """A function of the program is done."""

    def __init__(self, value: Any) -> None:
        super().__init__()
        self.value = value


class Leave(Exception):
    """A loop is left, or goes on with its next pass."""

    def __init__(self, word: str) -> None:
        super().__init__()
        self.word = word


def snapshot(value: Any) -> Any:
    return value.copy() if is_array(value) else list(value) if isinstance(value, list) else value


def definitions(statements: Sequence[sx.Statement]) -> Iterator[sx.Definition]:
    for each in statements:
        if isinstance(each, sx.Definition):
            yield each
            yield from definitions(each.body)
        elif isinstance(each, sx.Branch):
            yield from definitions((*each.body, *each.otherwise))


STATEMENTS: dict[type, Callable[[Any, Any], None]] = {
    sx.Assignment: Machine.assign,
    sx.Expressed: Machine.expressed,
    sx.Loop: Machine.loop,
    sx.Branch: Machine.branch,
    sx.Return: Machine.returned,
}
