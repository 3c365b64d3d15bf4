"""Every label of the corpus is proven without the package: what the line computes against complex steps."""

import ast
import re
from collections import Counter
from dataclasses import replace

from tests.corpus.causes import CAUSES
from tests.corpus.line import NETWORKS, PYTHON
from tests.corpus.lines import LINES
from tests.corpus.meaning import judged, truths


def test_right_lines_agree_with_the_oracle_and_wrong_ones_do_not():
    wrong = [
        (line.dialect, line.text, line.about, line.network, judged(line))
        for line in LINES
        if line.right != (judged(line) == "right")
    ]
    assert not wrong, "\n".join(map(str, wrong))


def test_what_is_wrong_in_one_dialect_is_not_right_in_python():
    others = [line for line in LINES if not line.right and line.dialect not in PYTHON and in_python(line.text)]
    assert others
    assert not [line.text for line in others if judged(replace(line, meaning=None)) == "right"]


def in_python(text: str) -> bool:
    """Whether Python can read a text as one line, over names that the corpus knows: nothing tells its dialect then."""
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return False
    if len(tree.body) != 1:
        return False
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return all(re.fullmatch(r"(delta|[WAZbd]+)\d|[XYm]|delta|[AZWb]|d[WbA]", name) for name in names)


def test_every_line_knows_what_it_is_about_and_what_is_amiss():
    for line in LINES:
        assert line.network in NETWORKS, line
        assert line.about in dict(truths(line.network, line.single)[0][1].named()), line
        assert bool(line.cause) != line.right, line
        assert all(cause in CAUSES for cause in line.cause.split(" + ") if cause), line
        assert not (line.target and line.sets), line


def test_every_cause_is_a_valid_expression_that_some_line_has():
    used = {cause for line in LINES for cause in line.cause.split(" + ") if cause}
    assert used == CAUSES.keys()
    assert all(re.compile(words) for words in CAUSES.values())


def test_no_line_stands_twice():
    counts = Counter((line.text, line.about, line.network, str(line.notation)) for line in LINES)
    assert not [key for key, count in counts.items() if count > 1]


def test_the_corpus_is_large_in_every_dialect():
    counts = Counter(line.dialect for line in LINES if not line.later)
    least = {"numpy": 130, "latex": 100, "unicode": 45, "plain": 35, "torch": 35, "matlab": 35}
    least |= {"tensorflow": 15, "jax": 12, "julia": 15, "r": 12}
    assert not {dialect: counts[dialect] for dialect, count in least.items() if counts[dialect] < count}
    assert sum(line.right for line in LINES) >= 300
    assert sum(not line.right for line in LINES) >= 130
