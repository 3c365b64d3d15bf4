"""Measures the formula checker on the corpus of lines, by dialect: ``python -m tests.measure.corpus``.

``--list refused|alarm|missed|unnamed|kind [dialect]`` prints the lines with what is said of them; ``--hand`` and
``--generated`` keep to one half. Lines that were added later have a table of their own.
"""

import argparse

from tests.corpus.lines import LINES
from tests.corpus.verdicts import outcome, tally

LISTS = {
    "refused": lambda each: each.kind == "refused",
    "alarm": lambda each: each.line.right and each.kind in ("wrong", "shape"),
    "missed": lambda each: not each.line.right and each.kind == "right",
    "unnamed": lambda each: not each.line.right and not each.names_its_cause,
    "kind": lambda each: not each.line.right and each.kind in ("wrong", "shape") and not each.agrees,
}
COLUMNS = "{:11}{:>6} |{:>6}{:>14}{:>9}{:>8} |{:>6}{:>14}{:>9}{:>13}{:>14}"
HEAD = COLUMNS.format(
    *("dialect", "lines", "right", "judged right", "refused", "alarms"),
    *("wrong", "judged right", "refused", "kind agreed", "causes named"),
)


def share(part, whole):
    return f"{part} {100 * part / whole:3.0f} %" if whole else "-"


def row(name, each):
    right = (each.right, share(each.accepted, each.right), each.right - each.accepted - each.alarms, each.alarms)
    wrong = (each.wrong, each.missed, each.wrong - each.read - each.missed)
    return COLUMNS.format(
        name, each.lines, *right, *wrong, share(each.agreed, each.read), share(each.named, each.wrong)
    )


def table(outcomes):
    """One row a dialect, and one of all."""
    dialects = dict.fromkeys(each.line.dialect for each in outcomes)
    rows = [row(name, tally(each for each in outcomes if each.line.dialect == name)) for name in dialects]
    return "\n".join([HEAD, *rows, row("all", tally(outcomes))])


def described(each):
    line = each.line
    own = f" given {dict(line.given)}" if line.given else ""
    what = "right" if line.right else line.cause
    return (
        f"{line.dialect}: {line.text}\n    {line.about} of {line.network}, {dict(line.switches)}{own}; {what}\n"
        f"    {each.kind}: {each.message}"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dialect", nargs="?", help="of the listed lines")
    parser.add_argument("--list", choices=LISTS)
    parser.add_argument("--hand", action="store_true")
    parser.add_argument("--generated", action="store_true")
    chosen = parser.parse_args()
    kept = [
        line for line in LINES if not ((chosen.hand and line.generated) or (chosen.generated and not line.generated))
    ]
    outcomes = [outcome(line) for line in kept]
    if chosen.list:
        for each in outcomes:
            if LISTS[chosen.list](each) and chosen.dialect in (None, each.line.dialect):
                print(described(each))
    for title, later in (("", False), ("\nadded later", True)):
        some = [each for each in outcomes if each.line.later == later]
        if some:
            print(title, table(some), sep="\n" if title else "")


if __name__ == "__main__":
    main()
