"""How a formula is wrong: what would make it right, and what it is right by accident for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ...maths.activations import ACTIVATIONS
from ...maths.expressions import Expression, Symbol
from .conventions import nearest
from .edits import Change, every_change
from .findings import KINDS
from .networks import SMOOTH, random_networks
from .question import Case
from .rearranging import Arrangement, arrangements
from .repairs import LARGEST, Problem, Repair, agree, repair, repair_besides, size
from .spelling import target_text
from .vocabulary import Vocabulary

UNLIKELY = 2.6
"""What a diagnosis may cost before another arrangement of the same factors explains more."""

MOST_ARRANGED = 8
"""In how many other arrangements one more mistake is looked for."""

REORDERING = frozenset({"brackets", *KINDS})
"""The changes that keep the factors and only multiply them otherwise."""


@dataclass
class Diagnosis(Case):
    """A wrong formula: names its mistakes and suggests others."""

    def diagnose(self) -> None:
        """Name what is wrong: the change that makes it right, another array that it is, or another arrangement."""
        found = repair(self.problem, self.tree)
        if (found is None or len(found.changes) > 1) and (other := self.other_target()) is not None:
            self.causes.append("wrong target")
            self.tell("wrong target", other=target_text(other, self.notation), target=self.name)
            return
        best = next((each for each in self.arranged if self.problem.right(each.tree)), None)
        if best is not None and (found is None or self.explains_more(best, found)):
            self.causes += [kind for kind in KINDS if kind in best.kinds]
            self.tell("arrangement", kinds=", ".join(KINDS[kind] for kind in KINDS if kind in best.kinds))
            self.tell_whole(best.tree, tuple(best.kinds))
        elif found is not None:
            self.explain(found, best)
        elif not self.arranged_and_more():
            self.tell("unknown")

    def arranged_and_more(self) -> bool:
        """Whether another arrangement and one more change make it right."""
        for each in self.arranged[:MOST_ARRANGED]:
            if (also := repair_besides(self.problem, each.tree)) is not None and "transposed" not in also.whole:
                self.causes += [kind for kind in KINDS if kind in each.kinds]
                self.tell("arrangement too", kinds=", ".join(KINDS[kind] for kind in KINDS if kind in each.kinds))
                self.explain(also)
                return True
        return False

    def explains_more(self, best: Arrangement, found: Repair) -> bool:
        """Whether multiplying the same factors otherwise is the simpler story."""
        return found.cost > UNLIKELY or 1 < len(found.causes) >= best.changes

    @cached_property
    def arranged(self) -> list[Arrangement]:
        """The other ways to multiply the same factors."""
        return arrangements(self.problem, self.tree)

    def other_target(self) -> Symbol | None:
        """Another array of the pass that the formula is, if it is one."""
        value = self.evaluator.value(self.tree)
        alike = (symbol for symbol, array in self.evaluator.values.items() if agree(value, array))
        others = (symbol for symbol in alike if symbol != self.target)
        return next((each for each in others if Problem(each, self.problem.evaluators).right(self.tree)), None)

    def explain(self, found: Repair, best: Arrangement | None = None) -> None:
        """Tell the causes of a repair, and the formula after it, or as it is best written."""
        if found.whole == ("missing l2",) and not found.changes:
            self.causes += ["only l2 missing", "missing l2"]
            self.tell("only l2 missing", new=self.penalty(found))
        else:
            for change in found.changes:
                self.explain_change(change)
            for key in found.whole:
                self.explain_whole(key, found)
        turned = best is not None and found.whole == ("transposed",) and not found.changes
        tree = best.tree if turned and best is not None else found.tree
        if len(found.causes) > 1 or (found.whole and "missing l2" not in found.whole):
            self.tell_whole(tree, found.causes)
        self.suggest(tree, True, found.causes)

    def explain_change(self, change: Change) -> None:
        """Tell one change."""
        self.causes.append(change.key)
        old, new = self.spelling.text(change.old), self.spelling.text(change.new)
        key = "transposed result" if change.key == "transposed" and change.tree is change.new else change.key
        self.tell(key, target=self.name, old=old, new=new, why=self.why_no_division)

    def explain_whole(self, key: str, found: Repair) -> None:
        """Tell what is wrong with the result as a whole."""
        self.causes.append(key)
        template = f"{key} result" if key in ("transposed", "sign") else key
        details = {"factor": found.factor, "new": self.penalty(found), "why": self.why_no_division}
        self.tell(template, target=self.name, **details)

    @property
    def why_no_division(self) -> str:
        """Why there is nothing left to divide by m."""
        if self.own.architecture.reduction == "sum":
            return ": the cost is a sum over the samples, nothing is divided by m"
        return ": the error delta holds the 1/m already" if self.target.name != "delta" else ""

    def penalty(self, found: Repair) -> str:
        """The l2 term as a repair adds it."""
        right = getattr(found.tree, "right", None)
        return self.spelling.text(right) if "missing l2" in found.whole and right is not None else ""

    def tell_whole(self, tree: Expression, causes: tuple[str, ...]) -> None:
        """Add the formula after all its changes; where shapes fail the suggestions tell it."""
        if self.evaluator.value(self.tree) is not None:
            self.tell("repaired", new=self.spelling.text(tree))
        self.suggest(tree, True, causes)

    def suggest_arrangements(self) -> None:
        """Add the reorderings and transposes that would multiply, the right ones first, and name some."""
        reorderings = (
            every_change(Vocabulary(self.evaluator), self.tree, REORDERING) if size(self.tree) <= LARGEST else ()
        )
        changed = [Arrangement(1, frozenset({change.key}), change.tree) for change in reorderings]
        goal = self.problem.goals[0]
        fits = [
            each
            for each in changed
            if (value := self.evaluator.value(each.tree)) is not None and value.shape == goal.shape
        ]
        options = [(self.problem.right(each.tree), each) for each in [*fits, *self.arranged[:12]]]
        for right, each in sorted(options, key=lambda option: (not option[0], option[1].changes)):
            self.suggest(each.tree, right, tuple(sorted(each.kinds)))
        self.tell_suggestions()

    def tell_suggestions(self) -> None:
        """Name the first that is right and the first that is not."""
        good = next((each for each in self.suggestions if each.right), None)
        bad = next((each for each in self.suggestions if not each.right), None)
        if good is not None:
            self.tell("suggest right", text=good.text)
        if bad is not None:
            self.tell("suggest wrong" if good is not None else "suggest only wrong", text=bad.text)
        if good is None and bad is None:
            self.tell("suggest none", target=self.name)

    def told_conventions(self) -> None:
        """Say in which convention the formula would be right."""
        if self.conventions:
            self.causes.append("convention")
            self.tell("convention", conventions=nearest(self.conventions, self.notation))

    def accident(self) -> bool:
        """Whether it is right on the learner's network, or with their activations, all the same."""
        rough = random_networks(self.own.architecture, self.one_sample, smooth=False)
        kinked = [name for name in self.own.architecture.activations if name in SMOOTH]
        if kinked and self.problem_on(rough).right(self.tree):
            self.tell("accident of slopes", activation=ACTIVATIONS[kinked[0]].title, target=self.name)
        elif self.agrees_here():
            key = "accident of m" if self.only_because_of_m else "accident"
            self.tell(key, target=self.name, place=self.place)
        else:
            return False
        self.causes.append("accident")
        return True

    @property
    def only_because_of_m(self) -> bool:
        """Whether one sample is what makes it right."""
        return self.own.batch_size == 1 and self.problem_for_one.right(self.tree)
