"""Runs the code of every line of Derive and every step of Step: ``python -m tests.measure.programs``.

All walkthroughs, networks, layers and the eight conventions, in NumPy and in PyTorch; what is not the line's array is
printed, and then how many lines ran.
"""

from mlpviz.derivation.walkthroughs import WALKTHROUGHS
from tests.support.networks import CASES, NOTATIONS
from tests.support.programs import libraries, walked, wrong_lines


def main():
    count, wrong = 0, []
    with libraries() as opened:
        for walkthrough in WALKTHROUGHS.values():
            for name in CASES:
                for notation in NOTATIONS:
                    for scene, chains in walked(walkthrough, name, notation):
                        count += len(opened) * sum(len(chain.lines) for chain in chains)
                        wrong += wrong_lines(scene, chains, opened)
    for each in wrong:
        print(*each, sep="\n  ")
    print(f"{count} lines ran, {len(wrong)} of them not their array")


if __name__ == "__main__":
    main()
