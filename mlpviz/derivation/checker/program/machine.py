"""The machine: it goes through the statements of a program on one network, within bounds, and tells each assignment.

An error in a line is that line's, and the program goes on; what it should have given is missing from then on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from ..reading import syntax as sx
from . import facts, targets
from .arithmetic import truth
from .classes import packed
from .collecting import looped
from .evaluating import evaluated
from .events import Event, snapshot
from .scopes import Scopes
from .slopes import activation_of, slope_of
from .things import Instance, Missing, is_array, is_number, numbers_in
from .troubles import DEEPEST, FATAL, LONGEST_LIST, Trouble

ENOUGH = 20
"""Passes of a loop after which further ones tell nothing, if something in the program could not be computed."""


class Machine(Scopes):
    """Runs statements on the names of a scene; ``correct`` may put another value in place of what a line gave.

    A ``light`` run keeps nothing that only explains a line: what its names held, what a line that failed has read.
    """

    def __init__(
        self,
        scene: Any,
        statements: Sequence[sx.Statement],
        correct: Callable[[Event, Any], Any] = lambda event, value: value,
        light: bool = False,
    ) -> None:
        super().__init__(scene, statements)
        self.correct, self.light = correct, light
        self.events: list[Event] = []
        self.troubles: dict[int, Trouble] = {}
        self.nameless: list[Trouble] = []
        self.stopped: Trouble | None = None
        self.passes: Counter[tuple[int, int]] = Counter()
        self.called: set[int] = set()
        self.made: set[str] = set()
        self.calls: list[str] = []
        self.operands: list[tuple[sx.Span, Any]] = []
        self.kept: list[Any] = []
        self.tags: dict[tuple[int, str], Any] = {}
        """What a program has put on its arrays under names of its own: w.g."""

        self.depth = 0
        self.bare = True
        self.visited: set[int] = set()

    def value(self, node: sx.Syntax) -> Any:
        return evaluated(self, node)

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
        if activation_of(definition.name) or (slope_of(definition.name) and "linear" not in definition.name):
            return
        before, self.helper = dict(self.troubles), definition
        names = [name for name, default in definition.parameters if default is None]
        values = [self.found("self") if name == "self" else self.argument(name) for name in names]
        keywords = {name: value for name, value in zip(names, values, strict=True) if value is not None}
        try:
            self.run(definition, [], keywords)
        except Trouble as trouble:
            if trouble.key in FATAL:
                raise
        finally:
            self.helper = None
        if any(value is None for value in values):
            self.troubles = before

    def default(self, name: str, value: Any) -> Any:
        """A size is the network's; any other number, such as the slope of a leaky ReLU, is what is written."""
        return self.scene.sized(name, value) if isinstance(value, int) else value

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
        except (ArithmeticError, LookupError, TypeError, ValueError, AttributeError):  # what no table foresaw
            self.troubled(statement.line, Trouble("value"))
        except RecursionError:
            self.troubles.setdefault(statement.line, Trouble("nested"))

    def look(self, node: sx.Syntax) -> None:
        """Note what all names of an expression hold that could not be computed as a whole."""
        if self.light:
            return
        for each in sx.walked(node):
            if isinstance(each, sx.Word | sx.Index | sx.Attribute):
                try:
                    self.value(each)
                except Trouble as trouble:
                    if trouble.key == "name":
                        self.nameless.append(trouble)

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
        path = targets.path(self, target)
        event = Event(
            number=len(self.events),
            line=statement.line,
            key=(statement.line, count, place),
            path=path,
            owner=id(self.current[-1]) if self.current and path.startswith("self.") else 0,
            value=snapshot(value),
            reads=frozenset(self.reads),
            trouble=trouble,
            statement=statement,
            fresh=self.scene.facts.of("fresh", facts.part_of(statement, place)),
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
        if is_array(value) or isinstance(value, np.generic) or numbers_in(value) is not None:
            self.owners[id(value)] = len(self.events) - 1
            self.kept.append(value)

    def written_into(self, array: Any, at: Any, value: Any) -> None:
        targets.write(self, array, at, value)

    def loop(self, statement: sx.Loop) -> None:
        once = self.scene.facts.of("repeats", statement)
        try:
            passes = looped(self, statement.iterable)
        except Trouble as trouble:
            self.lose(statement, trouble)
            raise
        for count, each in enumerate(passes, 1):
            self.budget.step()
            self.bind_loop(statement.target, each)
            if self.leaves(statement.body) or once or (count >= ENOUGH and self.troubles):
                return

    def repeated(self, statement: sx.While) -> None:
        """One pass tells all of a training that goes on until it is good enough; an index is counted to its end."""
        of = self.scene.facts.of
        once = not of("counts", statement) or self.holds_now(statement.condition) is None
        for _pass in range(1 if once else LONGEST_LIST):
            self.budget.step()
            if (not once and not self.holds_now(statement.condition)) or self.leaves(statement.body):
                return
        if not once or of("endless", statement):
            self.troubled(statement.line, Trouble("endless"))

    def leaves(self, body: Sequence[sx.Statement]) -> bool:
        """Run one pass of a loop; whether it leaves the loop."""
        try:
            self.block(body)
        except Leave as leave:
            return leave.word == "break"
        return False

    def lose(self, loop: sx.Loop, trouble: Trouble) -> None:
        """The names that a loop would have given values have none if it does not run."""
        for each in (each for statement in loop.body for each in sx.walked(statement)):
            for target in facts.all_targets(each) if isinstance(each, sx.Assignment) else ():
                if isinstance(target, sx.Word):
                    self.scope[target.text] = Missing(loop.line, trouble)

    def bind_loop(self, target: sx.Syntax, value: Any) -> None:
        targets.bind(self, target, value)

    def branch(self, statement: sx.Branch) -> None:
        self.block(statement.otherwise if self.holds_now(statement.condition) is False else statement.body)

    def holds_now(self, condition: sx.Syntax) -> bool | None:
        """Whether a condition holds; None where that cannot be told."""
        try:
            return truth(self.value(condition))
        except Trouble:
            return None

    def returned(self, statement: sx.Return) -> None:
        outside, self.reads = self.reads, set()
        try:
            value = None if statement.value is None else self.result(statement.value)
            if statement.value is not None and not isinstance(statement.value, sx.Word | sx.Sequence | sx.Pairs):
                value = self.happened(statement, 0, sx.Word(""), value)
                self.owned(value)
        except Trouble as trouble:
            if trouble.key in FATAL:
                raise
            self.troubled(statement.line, trouble)
            value = Missing(statement.line, trouble)
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
        scope = self.bound(definition, arguments, keywords)
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

    def bound(self, definition: sx.Definition, arguments: Sequence[Any], keywords: Mapping[str, Any]) -> dict[str, Any]:
        """The parameters of a function with their values; one that nobody gives is what its name says."""
        names = [name for name, _default in definition.parameters]
        alone = "self" not in keywords and not any(isinstance(each, Instance) for each in arguments[:1])
        if names[:1] == ["self"] and alone:
            arguments = [self.found("self"), *arguments]
        names, arguments = packed(names, arguments)
        scope = {**dict(zip(names, arguments, strict=False)), **{k: v for k, v in keywords.items() if k in names}}
        for name, (_name, default) in zip(names, definition.parameters, strict=True):
            if name not in scope:
                value = self.given(name) if default is None else self.default(name, self.value(default))
                if value is not None or default is not None:
                    scope[name] = value
        return scope

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


STATEMENTS: dict[type, Callable[[Any, Any], None]] = {
    sx.Assignment: Machine.assign,
    sx.Expressed: Machine.expressed,
    sx.Loop: Machine.loop,
    sx.While: Machine.repeated,
    sx.Branch: Machine.branch,
    sx.Return: Machine.returned,
}
