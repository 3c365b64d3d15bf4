"""Products of ∂-fractions: which link joins which, and which does not."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from ...maths import expressions as ex
from ...maths.symbols import SLOPES


@dataclass(frozen=True)
class Link:
    """∂above/∂below, one factor of the chain rule; ``above`` may be the cost."""

    above: ex.Symbol
    below: ex.Symbol


@dataclass(frozen=True)
class ChainProduct(ex.Expression):
    """A product of ∂-fractions, as it is written: the gradient by the last of them, if each joins the next."""

    links: tuple[Link, ...]

    @property
    def broken(self) -> str:
        """Why the links do not join: one is there twice, missing, of another layer, or out of order; or ""."""
        if len(set(self.links)) < len(self.links):
            return "twice"
        if joins(self.links) or joins(self.links[::-1]):
            return ""
        if joins(self.sorted):
            return "order"
        return "layer" if self.fault.above.name == self.gap.below.name else "missing"

    @property
    def sorted(self) -> tuple[Link, ...]:
        """The links from the cost back, as far as they join, and the others after them."""
        above, found, rest = ex.Symbol("cost"), list[Link](), list(self.links)
        while (link := next((each for each in rest if each.above == above), None)) is not None:
            found.append(link)
            rest.remove(link)
            above = link.below
        return (*found, *rest)

    @property
    def fault(self) -> Link:
        """The first link that does not join, or that is there for the second time."""
        again = (link for k, link in enumerate(self.links) if link in self.links[:k])
        return next(again, self.sorted[self.joined] if self.joined < len(self.links) else self.links[-1])

    @property
    def gap(self) -> Link:
        """The link that the one at fault follows."""
        return self.sorted[max(self.joined - 1, 0)]

    @property
    def joined(self) -> int:
        """How many links join, from the cost back."""
        return next((k for k in range(len(self.links)) if not joins(self.sorted[: k + 1])), len(self.links))

    @property
    def reversed(self) -> bool:
        """Whether the cost stands at the end, as where gradients have the shape of their variable."""
        return len(self.links) > 1 and joins(self.links[::-1])

    @property
    def gradient(self) -> ex.Symbol:
        """The array that it comes to, if its links join."""
        return ex.Symbol(SLOPES.get(self.last.name, ""), self.last.layer)

    @property
    def last(self) -> ex.Symbol:
        """What the gradient is by."""
        return (self.links[0] if self.reversed else self.sorted[-1]).below


def joins(links: tuple[Link, ...]) -> bool:
    """Whether each link is of what the one before it is by, the first of the cost."""
    joined = all(first.below == second.above for first, second in pairwise(links))
    return joined and links[0].above.name == "cost"
