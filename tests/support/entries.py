"""The value of a Σ form term by term, as a reader adds it up."""

from mlpviz.derivation.indices import Entry, SumOver
from mlpviz.engine.evaluate import evaluate
from mlpviz.maths.expressions import Number, rebuild


def entry_value(node, values, sizes, at):
    """The number that a Σ form gives, with the shown arrays and the value of each free index (from 0)."""
    match node:
        case Entry(symbol, row, column):
            return values(symbol)[at[row] if row else 0, at[column] if column else 0]
        case SumOver(index, dimension, body):
            return sum(entry_value(body, values, sizes, {**at, index: k}) for k in range(sizes(dimension)))
    return evaluate(rebuild(node, lambda child: Number(float(entry_value(child, values, sizes, at)))), values)
