"""Judges a formula that has been read: right, wrong and how, or of shapes that do not multiply."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ...maths.expressions import Expression, Symbol, rebuild, walk
from .conventions import described
from .diagnosis import Diagnosis
from .failures import equalities, failing, failure, parts, plain
from .findings import SENTENCES
from .networks import COUNT, random_networks
from .nodes import Diagonal, SampleSum, Slope
from .question import OWN_TOLERANCE
from .refusal import Refusal
from .repairs import agree, repair
from .spelling import target_text
from .verdict import Verdict

MOST_SUGGESTIONS = 4


@dataclass
class Judge(Diagnosis):
    """Chooses the reading, tries it, and gives the verdict."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.tree = self.chosen()

    def chosen(self) -> Expression:
        """The reading that multiplies; refused if both do and differ, or if the formula holds its own target."""
        if any(node == self.target for node in walk(self.tree)):
            raise Refusal("circular", text=self.spelling.text(self.target))
        if len(self.line.readings) == 1:
            return self.summed(self.tree)
        loose, tight = self.line.readings
        first, second = (self.evaluator.value(tree) for tree in (loose, tight))
        if first is not None and second is not None and not agree(first, second):
            raise Refusal("readings", left=self.spelling.text(loose), right=self.spelling.text(tight))
        return self.summed(tight if first is None and second is not None else loose)

    def summed(self, tree: Expression) -> Expression:
        """The tree, with sums over everything or over the outputs if the loss or cost asked for needs that."""
        over = {"cost": "everything", "losses": "outputs"}.get(self.target.name)
        if over is None or self.problem.right(tree):
            return tree
        wider = replaced_sums(tree, over)
        if wider == tree or not (self.problem.right(wider) or self.fits_better(wider, tree)):
            return tree
        self.sentences.append(SENTENCES["all sums"].format(over={"everything": "all entries"}.get(over, "the outputs")))
        return wider

    def fits_better(self, tree: Expression, other: Expression) -> bool:
        """Whether a tree has the shape of what is asked for, and another one has not."""
        values = self.evaluator.value(tree), self.evaluator.value(other)
        fits, misfits = (value is not None and value.size == self.problem.goals[0].size for value in values)
        return fits and not misfits

    def verdict(self) -> Verdict:
        """The verdict."""
        tree, notes = self.tree, self.sentences
        self.sentences = []
        kind = self.kind()
        found = self.conventions
        return Verdict(
            kind,
            (*self.left_side(kind), *self.sentences, *notes),
            self.target,
            self.spelling.text(tree),
            plain(tree, self.evaluator, self.own.architecture),
            parts(tree, self.measure, self.spelling),
            tuple(dict.fromkeys(self.causes)),
            tuple(self.suggestions[:MOST_SUGGESTIONS]),
            found,
            COUNT,
            self.one_sample or "one sample" in self.causes,
        )

    def kind(self) -> str:
        """Right, wrong or shape; what there is to say about it is noted."""
        if self.line.left is not None and self.line.left != self.target:
            self.causes.append("wrong target")
        if self.problem.right(self.tree):
            return self.right()
        if self.right_for_one and self.own.batch_size == 1 and self.learner.known:
            return self.right_for_one_sample()
        if self.single_output_right():
            return self.right("one output")
        absent = [node for node in walk(self.tree) if isinstance(node, Symbol) and not self.line.scope.has(node)]
        if absent:
            return self.absent(absent[0])
        if self.evaluator.value(self.tree) is None:
            return self.square() if self.value_here is not None else self.shape()
        return self.wrong()

    def left_side(self, kind: str) -> tuple[str, ...]:
        """What is to be said about the left side of a line."""
        told = [SENTENCES["lists"]] if self.line.scope.shift else []
        if "wrong target" in self.causes and self.line.left is not None and self.line.left != self.target:
            left = target_text(self.line.left, self.notation)
            told.append(SENTENCES["left side"].format(left=left, target=self.name))
        return tuple(told)

    def right(self, *notes: str) -> str:
        """Say so, if it also agrees on the learner's own network; and where else it is right."""
        agrees = self.agrees_here()
        if agrees is False:
            return self.not_here()
        key = "right untried" if agrees is None else "right"
        key = "right for one" if self.one_sample and agrees else key
        self.tell(key, target=self.name, count=COUNT, own=self.own_name)
        for note in notes:
            self.tell(note)
        if self.one_sample:
            self.tell("diagonal")
        if self.conventions:
            self.tell("conventions", conventions=described(self.conventions))
        if self.uses_labels:
            self.tell("labels")
        return "wrong" if "wrong target" in self.causes else "right"

    def not_here(self) -> str:
        """It agrees on the random networks and not on the learner's own."""
        labels = self.own.arrays[Symbol("Y")].sum(1)
        if self.uses_labels and np.abs(labels - 1).max() > OWN_TOLERANCE:
            self.causes.append("labels")
            self.tell("labels here")
        else:
            self.causes.append("not here")
            self.tell("not here")
        return "wrong"

    def right_for_one_sample(self) -> str:
        """It is right as it is written, for one sample; say what a batch needs."""
        self.causes.append("one sample")
        self.tell("right for one", target=self.name, count=COUNT, own=self.own_name)
        if (found := repair(self.problem, self.tree)) is not None:
            self.tell("in a batch", new=self.spelling.text(found.tree))
            self.suggest(found.tree, True, found.causes)
        return "wrong" if "wrong target" in self.causes else "right"

    def single_output_right(self) -> bool:
        """Whether a mean over all entries is a mean over samples here, there being one output."""
        architecture = self.own.architecture
        if architecture.reduction != "mean_elements" or architecture.widths[-1] != 1:
            return False
        alike = replace(architecture, reduction="mean_samples")
        if not self.problem_on(random_networks(alike, self.one_sample)).right(self.tree):
            return False
        self.__dict__["networks"] = random_networks(alike, self.one_sample)
        self.__dict__["problem"] = self.problem_on(self.networks)
        return True

    def absent(self, symbol: Symbol) -> str:
        """It names an array that the network does not have."""
        layer = symbol.layer if isinstance(symbol.layer, int) else 0
        shown, first = layer + self.notation.first_layer, self.notation.first_layer
        text = self.spelling.text(symbol)
        lowest = first + (symbol.name not in ("A", "n"))
        extent = f"its layers of {symbol.name} go from {lowest} to {self.own.architecture.depth + first}"
        biasless = symbol.name in ("b", "db") and not self.own.architecture.bias
        self.tell("absent -1" if shown < 0 else "absent", text=text, range="it has no biases" if biasless else extent)
        self.causes.append("absent")
        if self.counted_otherwise(1 - 2 * first):
            self.tell("other count", first=1 - first)
        found = repair(self.problem, self.tree)
        if found is not None:
            self.explain(found)
        if "wrong layer" not in self.causes and not biasless:
            self.causes.append("wrong layer")
        return "wrong"

    def counted_otherwise(self, less: int) -> bool:
        """Whether all arrays are there if every layer number stands for a layer that is ``less`` below."""
        symbols = [node for node in walk(self.tree) if isinstance(node, Symbol) and isinstance(node.layer, int)]
        lower = [Symbol(node.name, int(node.layer) - less) for node in symbols]  # type: ignore[arg-type]
        return all(map(self.line.scope.has, lower))

    def shape(self) -> str:
        """It does not multiply: where, what would, and which of that is right."""
        node = failing(self.tree, self.evaluator)
        if node is not None:
            self.tell_text(failure(node, self.measure, self.spelling))
        self.diagnose()
        self.suggest_arrangements()
        self.told_conventions()
        return "shape"

    def square(self) -> str:
        """It multiplies on the learner's network only because sizes are equal there."""
        node = failing(self.tree, self.evaluator)
        assert node is not None
        self.causes.append("square")
        why = failure(node, self.measure, self.spelling)
        equal = equalities(node, self.measure) if not isinstance(node, Diagonal) else "m = 1"
        if self.agrees_here():
            self.tell("right because square", target=self.name, equal=equal, failure=why, place=self.place)
        else:
            self.tell("square", equal=equal, failure=why)
        self.diagnose()
        self.suggest_arrangements()
        self.told_conventions()
        return "wrong"

    def wrong(self) -> str:
        """It multiplies and is wrong: by accident right here, or how it is wrong."""
        if not self.accident():
            self.tell("wrong", target=self.name)
            self.result_shape()
        if any(isinstance(node, Slope) and not self.sloped(node) for node in walk(self.tree)):
            self.causes.append("softmax slope")
            self.tell("softmax slope")
        self.diagnose()
        self.told_conventions()
        if self.right_for_one:
            self.causes.append("one sample")
            self.tell("one sample")
        return "wrong"

    def sloped(self, node: Slope) -> bool:
        """Whether the activation of a slope's layer has one."""
        return self.own.architecture.activation(node.layer).elementwise

    def result_shape(self) -> None:
        """Say so if the result has another shape than the target."""
        a, b = self.measure.dimensions(self.tree), self.measure.dimensions(self.target)
        if a != b:
            here = self.measure.here(self.tree) if a != (1, 1) else ""
            texts = self.measure.text(self.tree), self.measure.text(self.target)
            self.tell("result", a=texts[0], b=texts[1], here=here, target=self.name)


def replaced_sums(tree: Expression, over: str) -> Expression:
    """The tree with every sum over something else."""
    if isinstance(tree, SampleSum):
        return SampleSum(replaced_sums(tree.operand, over), over)
    return rebuild(tree, lambda child: replaced_sums(child, over))
