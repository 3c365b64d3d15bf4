"""Writes every line of Derive by every hand on every preset: ``python -m tests.measure.hands``.

What stands there that the hand does not write is printed, in formulas and in sentences, and then how many lines it was.
"""

from mlpviz.derivation.hands import HANDS
from mlpviz.derivation.walkthroughs import WALKTHROUGHS
from mlpviz.examples.presets import PRESETS
from tests.support.letters import strange_lines


def main():
    count, wrong = 0, []
    for hand in HANDS.values():
        for preset in PRESETS:
            for walkthrough in WALKTHROUGHS.values():
                lines = [(hand.name, preset, *each) for each in strange_lines(walkthrough, preset, hand)]
                count += len(lines)
                wrong += [each for each in lines if each[-1]]
    for each in wrong:
        print(*each, sep="\n  ")
    print(f"{count} lines written, {len(wrong)} of them with letters that are not the hand's")


if __name__ == "__main__":
    main()
