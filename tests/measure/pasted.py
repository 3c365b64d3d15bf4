"""Measures how much of Step and Derive is judged right if pasted into Check: ``python -m tests.measure.pasted``.

``--list`` prints what is not judged right, the shortest text of each kind, page and source first; ``--network`` and
``--plain`` keep to one network and to the notation in which arrays are stored.
"""

import argparse
from collections import Counter, defaultdict

from mlpviz.derivation.notation import Notation
from mlpviz.examples.presets import PRESETS
from tests.support.pasted import beyond, everything, kind_of

COLUMNS = "{:20}{:10}{:>8}{:>8}{:>8}{:>8}{:>9}{:>8}{:>8}"
KINDS = ("right", "wrong", "shape", "refused")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--list", type=int, default=0, help="how many texts of each page and source")
    parser.add_argument("--network", choices=PRESETS)
    parser.add_argument("--plain", action="store_true")
    options = parser.parse_args()
    texts = everything(
        *([(options.network,)] if options.network else [tuple(PRESETS)]),
        *([(Notation(), Notation("columns"))] if options.plain else []),
    )
    counts, amiss = defaultdict(Counter), defaultdict(list)
    for each in texts:
        kind = kind_of(each)
        known = "beyond" if beyond(each) and kind != "right" else kind if kind in KINDS else "fault"
        counts[each.page, each.source][known] += 1
        if known not in ("right", "beyond"):
            amiss[each.page, each.source].append((len(each.text), each.text, kind, each))
    print(COLUMNS.format("page", "source", "texts", *KINDS, "faults", "beyond"))
    for (page, source), tally in sorted(counts.items()):
        print(COLUMNS.format(page, source, tally.total(), *(tally[kind] for kind in (*KINDS, "fault", "beyond"))))
    for (page, source), found in sorted(amiss.items()):
        distinct = {text: (kind, each) for _, text, kind, each in sorted(found, key=lambda one: one[:3])}
        for text, (kind, each) in list(distinct.items())[: options.list]:
            print(f"\n{page}, {source}, {each.network}, {each.notation}\n    {text}\n    {kind}: {said(each)}")


def said(each):
    try:
        return each.verdict().message
    except Exception as fault:
        return repr(fault)


if __name__ == "__main__":
    main()
