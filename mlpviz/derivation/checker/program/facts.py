"""What there is to say of a statement without running it: that it draws its numbers, repeats, changes a list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from ..reading import syntax as sx
from .paths import scripted_name, written_name

DRAWN = frozenset(
    "zeros ones empty full zeros_like ones_like full_like "
    "randn rand random normal uniform standard_normal random_sample rnorm runif random_uniform "
    "random_normal xavier_uniform kaiming_normal glorot ranf truncated_normal".split()
)


REPEATING = frozenset("epoch epochs iter iteration iterations it t _ step i_epoch num_iter n_iter ep e".split())
"""Loop variables that count repetitions of the whole training: one pass tells all."""


BARE = frozenset("np numpy torch tf jnp float int array tensor asarray T float32 matrix".split())
"""Words that take nothing from the network."""


METHODS_THAT_CHANGE = frozenset("append insert push! assign_sub assign_add assign sub_ add_ copy_ push".split())


def changes(node: sx.Syntax) -> bool:
    """Whether an expression that stands alone changes an array or a list."""
    return pushes(node) or (
        isinstance(node, sx.Call)
        and isinstance(node.function, sx.Attribute)
        and node.function.name in METHODS_THAT_CHANGE
        and not (isinstance(node.function.object, sx.Word) and node.function.object.text in ("np", "torch", "tf"))
    )


def pushes(node: sx.Syntax) -> bool:
    """Whether a call is Julia's push!(list, value)."""
    return isinstance(node, sx.Call) and node.function == sx.Word("push") and len(node.arguments) == 2


def as_assignment(statement: sx.Expressed) -> sx.Assignment:
    value = statement.value
    if isinstance(value, sx.Call) and pushes(value):
        grown, entry_ = value.arguments
        value = replace(value, function=sx.Attribute(grown, "append", span=grown.span), arguments=(entry_,))
    return sx.Assignment((), value, line=statement.line, span=statement.span)


def leaves(target: sx.Syntax) -> Iterator[sx.Syntax]:
    if isinstance(target, sx.Sequence):
        for each in target.items:
            yield from leaves(each)
    else:
        yield target


def all_targets(statement: sx.Assignment) -> list[sx.Syntax]:
    if not statement.targets and isinstance(statement.value, sx.Call):
        function = statement.value.function
        return [function.object] if isinstance(function, sx.Attribute) else []
    return [each for target in statement.targets for each in leaves(target)]


class Facts:
    """What is asked of the same statements in every run, found once; a statement is known by its identity."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, int], bool] = {}

    def of(self, question: str, node: sx.Syntax) -> bool:
        key = (question, id(node))
        if key not in self.known:
            self.known[key] = QUESTIONS[question](node)
        return self.known[key]


def is_fresh(statement: Any) -> bool:
    """Whether a line, or what one of its targets gets, draws or fills an array itself."""
    value = getattr(statement, "value", None) if isinstance(statement, sx.Statement) else statement
    return isinstance(value, sx.Syntax) and any(
        isinstance(each, sx.Call) and called_name(each) in DRAWN for each in sx.walked(value)
    )


def part_of(statement: Any, place: int) -> Any:
    """What a line gives to the target at a place, where it says that of each; else the whole line."""
    match statement:
        case sx.Assignment((sx.Sequence(targets),), sx.Sequence(values)) if len(targets) == len(values):
            return values[place]
    return statement


def is_literal(statement: Any) -> bool:
    """Whether a right side is written out in numbers, and takes nothing from the network."""
    return all(not isinstance(each, sx.Word) or each.text in BARE for each in sx.walked(statement.value))


def called_name(call: sx.Call) -> str:
    match call.function:
        case sx.Word(text):
            return text
        case sx.Attribute(_, name):
            return name
    return ""


def repeats(loop: sx.Loop) -> bool:
    """Whether a loop only repeats the whole training, so that one pass tells all."""
    name = scripted_name(loop.target) or ""
    counts = isinstance(loop.iterable, sx.Slice) or (
        isinstance(loop.iterable, sx.Call)
        and called_name(loop.iterable) in ("range", "arange", "trange", "tqdm", "seq")
    )
    if not counts or not name:
        return False
    body = [each for statement in loop.body for each in sx.walked(statement)]
    indexed = is_index(name, body)
    if name in REPEATING:
        return not indexed
    computed = [each for each in body if isinstance(each, sx.Assignment)]
    return not indexed and not any(sx.Word(name) in sx.walked(each) for each in computed)


def is_index(name: str, body: Iterable[sx.Syntax]) -> bool:
    """Whether a name stands in an index, or is given to a function."""
    return any(
        (isinstance(each, sx.Index) and any(sx.Word(name) in sx.walked(item) for item in each.items))
        or (isinstance(each, sx.Call) and sx.Word(name) in each.arguments and called_name(each) not in OUTSIDE)
        for each in body
    )


OUTSIDE = frozenset({"print", "range"})
"""Functions to which a number may be given that is no index."""


def counts(loop: sx.While) -> bool:
    """Whether a loop goes on until an index has been counted up or down."""
    body = [each for statement in loop.body for each in sx.walked(statement)]
    given = {target for each in body if isinstance(each, sx.Assignment) for target in all_targets(each)}
    words = (each for each in sx.walked(loop.condition) if isinstance(each, sx.Word) and each in given)
    return any(is_index(word.text, body) for word in words)


ALWAYS = frozenset("True true TRUE 1".split())


def is_endless(loop: sx.While) -> bool:
    """Whether nothing ends a loop: its condition always holds, and no line in it leaves it."""
    body = (each for statement in loop.body for each in sx.walked(statement))
    leaves_it = any(isinstance(each, sx.Return) or each == sx.Word("break") for each in body)
    return not leaves_it and scripted_name(loop.condition) in ALWAYS


SUMS = frozenset("sum mean reduce_sum reduce_mean colSums rowSums colMeans rowMeans".split())


def gives_itself(statement: Any) -> bool:
    """Whether a line gives a name what the same name holds already."""
    if not isinstance(statement, sx.Assignment) or statement.sign or isinstance(statement.value, sx.Word | sx.Sequence):
        return False
    return statement.targets == (statement.value,)


def gives_twice(statement: Any) -> bool:
    """Whether the same name stands twice among those that get values: a, a = f(x)."""
    several = isinstance(statement, sx.Assignment) and any(isinstance(each, sx.Sequence) for each in statement.targets)
    return several and any(is_lost(statement, place) for place in range(len(all_targets(statement))))


def is_lost(statement: Any, place: int) -> bool:
    """Whether what the target at a place gets is lost, since its name stands again further on."""
    found = all_targets(statement)
    return found[place] in found[place + 1 :] and found[place] != sx.Word("_")


def reads_itself(statement: Any) -> bool:
    """Whether a line computes a name from what the same name holds, and from no other."""
    if not isinstance(statement, sx.Assignment) or statement.sign or len(statement.targets) != 1:
        return False
    target = statement.targets[0]
    return isinstance(target, sx.Word) and target in set(sx.walked(statement.value)) and statement.value != target


def has_sum(statement: Any) -> bool:
    return any(isinstance(each, sx.Call) and called_name(each) in SUMS for each in sx.walked(statement))


def indexed_by_layer(nodes: Iterable[sx.Syntax]) -> frozenset[str]:
    """The names of which a program takes entries, walks through, or counts."""
    found: set[str] = set()
    for node in nodes:
        match node:
            case sx.Index(owner, _):
                found |= {written_name(owner)}
            case sx.Loop(_, iterable) | sx.Comprehension(_, _, iterable):
                found |= {written_name(each) for each in sx.walked(iterable)}
            case sx.Call(sx.Word("len" | "length" | "zip" | "reversed" | "enumerate"), arguments):
                found |= {written_name(each) for each in arguments}
            case sx.Call(sx.Attribute(owner, "append" | "insert")):
                found |= {written_name(owner)}
    return frozenset(found - {""})


SAMPLES = frozenset("m N batch_size n_samples num_samples num_examples n_examples".split())


def goes_through_samples(loop: sx.Loop) -> bool:
    """Whether a loop has a pass for each sample."""
    words = {each.text for each in sx.walked(loop.iterable) if isinstance(each, sx.Word)}
    return bool(words & {*SAMPLES, "X", "Y"})


def divides(definition: sx.Definition) -> bool:
    """Whether a function divides by the number of samples."""
    nodes = [node for statement in definition.body for node in sx.walked(statement)]
    below = [each.right for each in nodes if isinstance(each, sx.Operation) and each.sign == "/"]
    return any(isinstance(part, sx.Word) and part.text in SAMPLES for each in below for part in sx.walked(each)) or any(
        isinstance(each, sx.Call) and called_name(each) in ("mean", "reduce_mean") for each in nodes
    )


QUESTIONS: dict[str, Callable[[Any], bool]] = {
    "fresh": is_fresh,
    "literal": is_literal,
    "repeats": repeats,
    "divides": divides,
    "counts": counts,
    "endless": is_endless,
    "twice": gives_twice,
}
