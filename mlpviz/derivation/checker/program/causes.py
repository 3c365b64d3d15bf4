"""What is amiss with a line by its value: a factor, a sign, one number for many, an array that NumPy has stretched."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ....maths.messages import N_, Message
from ..reading import syntax as sx
from .facts import SUMS, called_name, has_sum
from .faults import Fault
from .judging import Judge
from .limits import ERRORS
from .runs import Rehearsal, parted, squeezed
from .telling import Multiple, Sighting
from .things import is_array, is_number
from .troubles import SHAPELY, TROUBLES
from .worlds import kind_of

SENTENCES = {
    "not": N_("This is not {expected}."),
    "penalty": N_("This is not the penalty on the weights: l2 / 2 times the sum of all their squares."),
    "is": N_("This is {name}, and what is due is {expected}."),
    "missing m": N_("This is {name}: the division by m is missing, and no later line makes up for it."),
    "extra m": N_("This is {name}: there is one division by m too many."),
    "missing n": N_("This is {name}: a division by the number of outputs, n, is missing."),
    "extra n": N_("This is {name}: there is one division by the number of outputs, n, too many."),
    "two": N_("This is {name}: a factor 2 is too many, the one that the square of the loss does not leave over."),
    "half": N_("This is {name}: the factor 2 of the square is missing, or a factor ½ is too many."),
    "sign": N_("This is {name}: the sign is wrong."),
    "rate": N_("This is {name}: the learning rate belongs to the update."),
    "missing l2": N_("The l2 term is missing: this is the gradient without the penalty (weight decay)."),
    "slope": N_("The derivative of the activation, f', is missing: this is what comes back to A, not to Z."),
    "extra slope": N_("This is {name}: the derivative of the activation, f', is there, and it is not due yet."),
    "turned": N_("This is the transpose of {expected}."),
    "ascent": N_("The sign is wrong: this step goes uphill, the cost grows. A gradient is subtracted."),
    "update": N_("This step does not go downhill along the gradient."),
    "unrated": N_("The learning rate is missing: the other steps of the program have it."),
    "idle": N_("This step changes nothing: it is to go against the gradient."),
    "unmade": N_("The line reads what it is to make: nothing has given {name} a value before."),
    "put": N_("Line {line} makes {expected} of what this gives, and it does not become that."),
    "twice": N_("{name} stands here twice: only the last of the values is kept."),
    "empty": N_("Nothing is put into this: it stays as it is made, without {expected}."),
    "flat": N_(
        "{expected} has one axis here, and its bias is a column: NumPy makes a matrix of both. Add keepdims=True."
    ),
    "alone": N_("This is the step alone: it is to be added to what was there, the weights or biases before it."),
    "one number": N_(
        "This is one number for all units: the sum has no axis. Add up over the samples alone ({call}), so that each "
        "unit keeps its own."
    ),
    "axis": N_("The sum runs along the wrong axis: it is due over the samples ({call})."),
    "stretched": N_(
        "NumPy repeats what does not fit: {a} and {b} become {c}, without a word. The shapes should agree; keep the "
        "axis of length one (keepdims), or make it a column or a row."
    ),
    "lacks": N_("A factor is missing: each entry is to be multiplied by that of {factor}."),
    "has": N_("There is a factor too many: each entry is multiplied by that of {factor}."),
    "shape": N_("The result is {a}, and {expected} is {b}."),
    "mask": N_("The mask changes nothing: no activation is below 0. Take those that are 0, or the signs of z."),
    "updated": N_("{name} has been updated already: the error is carried back by the weights before their update."),
    "last": N_("Nothing is added up: only the last sample is left. Add each sample's share (+=)."),
    "shared": N_("This is the share of one sample: the shares of all samples are due."),
}


SAID_BY_FORMULA = frozenset(
    {SENTENCES[key] for key in ("not", "shape", "one number", "axis", "turned", "lacks", "has")}
    | {TROUBLES[key] for key in SHAPELY}
)
"""What the judge of formulas says itself of a line that it explains."""


def of_value(judge: Judge, fault: Fault) -> Iterator[Message]:
    """What can be said of a line at fault from what it holds."""
    trouble = fault.seen.event.trouble
    if trouble is not None:
        yield trouble.message
        yield from stretched(judge, fault)
        return
    if fault.source is not None:
        yield Message(SENTENCES["put"], line=fault.seen.event.line, expected=fault.due)
        return
    yield from first_sentence(judge, fault)
    yield from stretched(judge, fault)


def first_sentence(judge: Judge, fault: Fault) -> Iterator[Message]:
    """What the line gave, against what it should have given."""
    expected = fault.due
    if fault.way in ("flat", "empty"):
        yield Message(SENTENCES[fault.way], expected=expected)
    elif fault.way in ("unmade", "twice"):
        yield Message(SENTENCES[fault.way], name=fault.seen.event.path)
    elif fault.way in ("ascent", "update", "alone", "last", "unrated", "idle"):
        yield Message(SENTENCES[fault.way])
        if fault.way == "update":
            yield from of_sum(judge, fault)
    elif fault.expected == "penalty" and fault.sighting is None:
        yield Message(SENTENCES["penalty"])
    elif fault.way == "turned":
        yield Message(SENTENCES["turned"], expected=expected)
    elif fault.sighting is not None:
        yield from of_sighting(fault, fault.sighting)
    else:
        yield Message(SENTENCES["not"], expected=expected)
        yield from of_shape(judge, fault)
        yield from of_entries(judge, fault)
        yield from of_update(judge, fault)


def of_sighting(fault: Fault, sighting: Sighting) -> Iterator[Message]:
    """A line that holds a quantity, or a multiple of one, but not what is due."""
    factor, expected = parted(fault.expected)
    name = sighting.factor.write(sighting.name)
    held, due = kind_of(sighting.name), kind_of(expected)
    if sighting.name == expected or held == "bare dW":
        if held == "bare dW":
            yield Message(SENTENCES["missing l2"])
        yield from of_factor(sighting.factor, name)
        return
    if (held, due) == ("dA", "delta") or " - Y" in sighting.name:
        yield Message(SENTENCES["is"], name=name, expected=fault.expected)
        if changed_nothing(fault):
            yield Message(SENTENCES["mask"])
        yield Message(SENTENCES["slope"])
    elif (held, due) == ("delta", "dA"):
        yield Message(SENTENCES["extra slope"], name=name)
    else:
        yield Message(SENTENCES["is"], name=name, expected=fault.expected)
    yield from of_factor(sighting.factor, name) if not factor else ()


def changed_nothing(fault: Fault) -> bool:
    """Whether a line wrote zeros where there were none to write."""
    statement = fault.seen.event.statement
    if not isinstance(statement, sx.Assignment):
        return False
    items = (item for each in statement.targets if isinstance(each, sx.Index) for item in each.items)
    return any(isinstance(item, sx.Compared) for item in items)


def of_factor(factor: Multiple, name: str) -> Iterator[Message]:
    """The constants that a quantity has been multiplied by."""
    powers = dict(factor.powers)
    for letter in ("m", "n"):
        if powers.get(letter):
            yield Message(SENTENCES[f"{'missing' if powers[letter] > 0 else 'extra'} {letter}"], name=name)
    if factor.value < 0:
        yield Message(SENTENCES["sign"], name=name)
    if powers.get("eta"):
        yield Message(SENTENCES["rate"], name=name)
    if "2*" in factor.before:
        yield Message(SENTENCES["two"], name=name)
    if "0.5*" in factor.before:
        yield Message(SENTENCES["half"], name=name)


def of_sum(judge: Judge, fault: Fault) -> Iterator[Message]:
    """A sum of everything where each unit has a sum of its own."""
    statement = fault.seen.event.statement
    if statement is None:
        return
    whole = (
        isinstance(each, sx.Call) and called_name(each) in SUMS and not each.keywords and len(each.arguments) < 2
        for each in sx.walked(statement)
    )
    if any(whole):
        yield Message(SENTENCES["one number"], call="axis=1" if judge.stance.columns else "axis=0")


def of_shape(judge: Judge, fault: Fault) -> Iterator[Message]:
    """A result of another shape than is due."""
    value, name = fault.seen.event.value, parted(fault.due)[1]
    array = judge.result.run.world.arrays.get(name)
    if array is None or not (is_array(value) or is_number(value)):
        return
    if squeezed(value) in (squeezed(array), squeezed(array)[::-1]):
        return
    call = "axis=1" if judge.stance.columns else "axis=0"
    sums = fault.seen.event.statement is not None and has_sum(fault.seen.event.statement)
    if sums and np.size(value) == 1:
        yield Message(SENTENCES["one number"], call=call)
    elif sums:
        yield Message(SENTENCES["axis"], call=call)
    yield Message(
        SENTENCES["shape"],
        a=str(np.shape(value)),
        b=str(np.shape(judge.result.run.stage.seen(name, array))),
        expected=name,
    )


def of_entries(judge: Judge, fault: Fault) -> Iterator[Message]:
    """A factor that every entry lacks, or has once too often: f', a, 1 − a."""
    factor, name = parted(fault.expected)
    run, value = judge.result.run, fault.seen.event.value
    if not is_array(run.world.arrays.get(name)) or not is_array(value):
        return
    due = laid(run, fault, run.world.arrays[name]) * run.teller.factors.named(factor)
    for text, array in entrywise_factors(run):
        by = laid(run, fault, array)
        if np.size(by) == np.size(due) == np.size(value):
            lacks = np.allclose(np.ravel(value) * np.ravel(by), np.ravel(due), rtol=1e-8, atol=0)
            has = np.allclose(np.ravel(value), np.ravel(by) * np.ravel(due), rtol=1e-8, atol=0)
            if lacks or has:
                yield Message(SENTENCES["lacks" if lacks else "has"], factor=text)
                return


def laid(run: Rehearsal, fault: Fault, array: Any) -> Any:
    """A quantity with a row for each sample as a line has it: of one sample, or turned."""
    one = (
        fault.seen.sample is not None
        and len(array) == run.world.m > 1 == np.size(fault.seen.event.value) // array.shape[1]
    )
    return array[fault.seen.sample] if one else array.T if run.stance.columns else array


def entrywise_factors(run: Rehearsal) -> Iterator[tuple[str, Any]]:
    """What an error may have to be multiplied by, entry by entry."""
    for l in range(1, run.world.depth + 1):
        yield f"f'(Z[{l}])", run.world.arrays[f"slope[{l}]"]
        yield f"A[{l}]", run.world.arrays[f"A[{l}]"]
        yield f"1 - A[{l}]", 1 - run.world.arrays[f"A[{l}]"]


def of_update(judge: Judge, fault: Fault) -> Iterator[Message]:
    """A line that reads weights which have been updated already."""
    if kind_of(fault.expected) not in ERRORS | {"dW", "db"}:
        return
    for source in judge.sources(judge.result.run, fault.seen):
        if source.coefficient is not None:
            yield Message(SENTENCES["updated"], name=source.event.path)


def stretched(judge: Judge, fault: Fault) -> Iterator[Message]:
    """Arrays that NumPy has repeated to make them fit; a bias of one axis is rightly so."""
    flat = judge.stance.flat != "none"
    for a, b, c in fault.seen.event.stretched[:1]:
        if not flat or np.prod(c) > max(np.prod(a), np.prod(b)):
            yield Message(SENTENCES["stretched"], a=str(a), b=str(b), c=str(c))
