"""Measures how often a mistake's cause is named: ``python -m tests.measure.causes [COUNT] [--two] [--show KIND]``.

Mistakes are made in the engine's own equations, one or two at a time, besides those of the generated tests: slopes of
other activations as they are written out, brackets left out, divisions, numbers.
"""

import argparse
from collections import Counter
from dataclasses import dataclass
from time import process_time

import mlpviz
from mlpviz.derivation.notation import Notation
from mlpviz.maths.activations import ACTIVATIONS
from mlpviz.maths.expressions import (
    Add,
    Apply,
    Divide,
    MatMul,
    Multiply,
    Negate,
    Number,
    Subtract,
    Symbol,
    Transpose,
    walk,
)
from tests.support.spellings import (
    MISTAKES,
    Case,
    Speller,
    chosen,
    generator,
    label,
    outside_slopes,
    replaced,
)

A_FORMS = {
    "sigmoid": (
        lambda a: Multiply(a, Subtract(Number(1), a)),
        lambda a: Multiply(Subtract(Number(1), a), a),
        lambda a: Subtract(a, Multiply(a, a)),
    ),
    "tanh": (
        lambda a: Subtract(Number(1), Multiply(a, a)),
        lambda a: Multiply(Subtract(Number(1), a), Add(Number(1), a)),
    ),
}
"""How the slopes are written in a."""


def is_named_slope(node):
    return isinstance(node, Apply) and node.name.endswith("'")


def own(node):
    return node.name.removesuffix("'")


def other_slope(chance, node, architecture):
    """The slope of another activation, written in a."""
    name = chance.choice([name for name in A_FORMS if name != own(node)])
    return chance.choice(A_FORMS[name])(node.arguments[1])


def other_slope_in_z(chance, node, architecture):
    """The slope in a, with z in its place."""
    name = chance.choice(list(A_FORMS))
    return chance.choice(A_FORMS[name])(node.arguments[0])


def spread(chance, node, architecture):
    """A product with another slope that has no brackets of its own."""
    name = chance.choice([name for name in A_FORMS if name != own(node.right)])
    slope = chance.choice(A_FORMS[name])(node.right.arguments[1])
    return Multiply(Multiply(node.left, slope.left), slope.right) if isinstance(slope, Multiply) else None


def is_error(node):
    return isinstance(node, Subtract) and isinstance(bare(node.left), Symbol) and isinstance(bare(node.right), Symbol)


def bare(node):
    return node.operand if isinstance(node, Transpose) else node


MORE = {
    "other slope": (is_named_slope, other_slope, ("wrong slope",)),
    "z in a slope": (is_named_slope, other_slope_in_z, ("wrong slope", "wrong array")),
    "other slope without brackets": (
        lambda node: isinstance(node, Multiply) and is_named_slope(node.right),
        spread,
        ("wrong slope",),
    ),
    "error without brackets": (
        lambda node: isinstance(node, Multiply) and is_error(node.left),
        lambda chance, node, architecture: Subtract(node.left.left, Multiply(node.left.right, node.right)),
        ("brackets",),
    ),
    "a for y": (
        is_error,
        lambda chance, node, architecture: node.left,
        ("missing term",),
    ),
    "twice": (
        lambda node: isinstance(node, MatMul) or is_error(node),
        lambda chance, node, architecture: Multiply(Number(2), node),
        ("extra 2", "factor", "extra factor", "wrong number"),
    ),
    "half": (
        lambda node: isinstance(node, MatMul) or is_error(node),
        lambda chance, node, architecture: Multiply(Number(0.5), node),
        ("extra 1/2", "factor", "extra factor", "wrong number"),
    ),
    "no 2": (
        lambda node: isinstance(node, Multiply) and node.left == Number(2),
        lambda chance, node, architecture: node.right,
        ("missing 2", "factor"),
    ),
    "only m": (
        lambda node: isinstance(node, Divide) and isinstance(node.right, Multiply),
        lambda chance, node, architecture: Divide(node.left, Symbol("m")),
        ("missing 1/n",),
    ),
    "only n": (
        lambda node: isinstance(node, Divide) and isinstance(node.right, Multiply),
        lambda chance, node, architecture: Divide(node.left, Symbol("n", architecture.depth)),
        ("missing 1/m",),
    ),
    "squared slope": (
        lambda node: isinstance(node, Multiply) and is_named_slope(node.right),
        lambda chance, node, architecture: Multiply(node, node.right),
        ("extra slope",),
    ),
    "minus": (
        lambda node: isinstance(node, MatMul | Multiply),
        lambda chance, node, architecture: Negate(node),
        ("sign",),
    ),
}

ALL = {**MISTAKES, **MORE}


@dataclass(frozen=True)
class Made:
    case: Case
    kinds: tuple[str, ...]
    groups: tuple[frozenset, ...]

    def named(self, causes):
        """How many of its mistakes are named."""
        return sum(bool(group & set(causes)) for group in self.groups)


def made(chance, count=1):
    """A formula with some mistakes, the networks and notations those of the generated tests."""
    while True:
        architecture, view, target, tree = chosen(chance)
        groups, kinds, wrong = [], [], tree
        for _ in range(count):
            kind = chance.choice(list(ALL))
            places = [node for node in outside_slopes(wrong) if ALL[kind][0](node)]
            changed = None
            if places:
                place = chance.choice(places)
                changed = ALL[kind][1](chance, place, architecture)
            if changed is None or kind in kinds:
                break
            wrong = replaced(wrong, place, changed)
            groups.append(frozenset(ALL[kind][2]))
            kinds.append(kind)
        if len(kinds) < count or target in walk(wrong):
            continue
        text = Speller(chance, architecture, view).text(wrong)
        return Made(Case(text, label(target, view), architecture, view), tuple(kinds), tuple(groups))


def slopes():
    """Every activation's slope in a on a layer of every other one, in each form and with and without its brackets."""
    for name, entry in ACTIVATIONS.items():
        if not entry.elementwise:
            continue
        architecture = mlpviz.Architecture((2, 3, 2), (name, name), "half_squared_error", "sum")
        for other, forms in A_FORMS.items():
            for form in forms if other != name else ():
                for target, layer in (("delta[2]", 2), ("delta[1]", 1)):
                    start = "(A[2] - Y)" if layer == 2 else "delta[2] @ W[2]"
                    slope = form(Symbol("A", layer))
                    for text in written(slope):
                        yield name, other, Case(f"{start} * {text}", target, architecture, Notation())


def written(slope):
    """A slope in one pair of brackets, or as people write it."""
    words = plain(slope)
    yield f"({words})"
    if isinstance(slope, Multiply):
        yield words


def plain(node, inside=False):
    match node:
        case Symbol(name, layer):
            return f"{name}[{layer}]"
        case Number(value):
            return f"{value:g}"
    sign = {Multiply: "*", Subtract: "-", Add: "+"}[type(node)]
    text = f"{plain(node.left, isinstance(node, Multiply))} {sign} {plain(node.right, True)}"
    return f"({text})" if inside else text


def judged(case):
    before = process_time()
    verdict = mlpviz.check_formula(case.text, case.target, case.architecture, case.notation)
    return verdict, process_time() - before


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=400)
    parser.add_argument("--two", action="store_true")
    parser.add_argument("--slopes", action="store_true")
    parser.add_argument("--show", default="")
    options = parser.parse_args()
    if options.slopes:
        report_slopes(options.show)
        return
    chance = generator(options.count + 7 * options.two)
    wanted = 1 + options.two
    totals, by_kind, times = Counter(), {}, []
    for _ in range(options.count):
        each = made(chance, wanted)
        verdict, seconds = judged(each.case)
        times.append(seconds)
        if verdict.kind == "right":
            totals["right after all"] += 1
            continue
        count = each.named(verdict.causes)
        totals[count] += 1
        kind = " + ".join(sorted(each.kinds))
        by_kind.setdefault(kind, Counter())[count] += 1
        if count < wanted and (options.show in kind if options.show else False):
            print(kind, "|", each.case.target, "=", each.case.text, "|", verdict.causes)
            print("    ", verdict.message[:300])
    for kind, counts in sorted(by_kind.items(), key=lambda pair: -pair[1].total()):
        if counts[wanted] < counts.total():
            print(f"{counts[wanted]:4} of {counts.total():4}  {kind}")
    judged_wrong = sum(count for key, count in totals.items() if key != "right after all")
    print(dict(totals), f"all named {totals[wanted] / judged_wrong:.1%}")
    times.sort()
    print(
        f"median {times[len(times) // 2]:.3f} s, 95 % {times[int(0.95 * len(times))]:.3f} s, longest {times[-1]:.3f} s"
    )


def report_slopes(show):
    counts = Counter()
    for own_name, other, case in slopes():
        verdict, _ = judged(case)
        title = ACTIVATIONS[other].title.lower()
        good = "wrong slope" in verdict.causes and title in verdict.message
        counts[good] += 1
        if not good and show in own_name:
            print(own_name, other, case.target, case.text, verdict.kind, verdict.causes, verdict.message[:200])
    print(counts)


if __name__ == "__main__":
    main()
