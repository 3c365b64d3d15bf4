"""Tells what Check says of every formula of the source texts: ``python -m tests.measure.texts``.

A row for each: its item, the formula, what is said of it in a word and in its first sentences; a star where that is
not what it deserves. ``--text`` keeps to one text.
"""

import argparse
from collections import Counter

from tests.support.formulas_of_texts import WRITTEN

WIDTH = 78


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--text", choices=sorted({each.text for each in WRITTEN}))
    options = parser.parse_args()
    counts = Counter()
    for each in WRITTEN:
        if options.text not in (None, each.text):
            continue
        verdict = each.verdict()
        counts[each.text, verdict.kind] += 1
        latex = " ".join(each.latex.split())
        star = "" if each.deserves(verdict) else "*"
        print(f"{each.place:7}{star:1}{verdict.kind:9}{latex if len(latex) < WIDTH else latex[: WIDTH - 1] + '…'}")
        print(f"{'':17}{verdict.message}")
        if verdict.kind == "refused":
            print(f"{'':17}[{each.why}]")
    for text in sorted({text for text, _ in counts}):
        found = ", ".join(f"{counts[text, kind]} {kind}" for kind in ("right", "wrong", "shape", "refused"))
        print(f"{text}: {found}")


if __name__ == "__main__":
    main()
