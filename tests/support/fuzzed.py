"""Texts by chance: tokens of all dialects, lines of the corpus with something changed, characters, and programs."""

import re
from random import Random

from mlpviz import Architecture, check_code, check_formula
from mlpviz.derivation.hands import HANDS
from mlpviz.derivation.notation import Notation
from tests.corpus.line import NETWORKS as LIKE
from tests.corpus.line import Line
from tests.corpus.lines import LINES
from tests.corpus.programs import PROGRAMS
from tests.corpus.verdicts import counted_as_shown

TOKENS = (
    "A A1 a2 A[1] W W2 w_{jk} b b1 Z1 z2 delta δ2 X x Y y ŷ m n lr l2 J L dW1 dZ2 dA1 self.W1 cache['A1'] A_prev h "
    "1 2 0 0.5 1. 1e3 -1 ½ + - * / @ ** // % = == := <- += -= < > ( ) [ ] { } , ; : . ' \" | & ! ? ~ # .* .^ ./ .' %*% "
    "^ _ ᵀ ⊙ ∘ ⊗ · × ∂ ∇ Σ √ ∈ ⇒ … ′ ₁ ² ⁽¹⁾ .T .t() .sum(0) .mean() .dot( .reshape(-1,1) .shape[0] [:,None] "
    "np.dot( np.sum( ,axis=0) ,axis=1,keepdims=True) np.outer( np.where( np.exp( np.maximum(0, np.einsum('ij,jk->ik', "
    "np.ones( np.diag( torch.mm( tf.matmul( relu( sigmoid( softmax( f'( σ'( d_f( max(0, sum( (Z1>0) not and or if else "
    "for in range( lambda return def import len( "
    r"\frac{ \partial \nabla \sum_{k} \sum_{i=1}^{m} \left( \right) \mathbf{ \hat{y} \odot \cdot ^{(1)} ^{(l)} "
    r"^T ^\top _{ij} _j ^{[1]} \begin{bmatrix} \end{bmatrix} \\ & \text{ \underbrace{ } \delta \sigma' "
    r"^{(l+1)} \operatorname{diag}"
).split()

CHARACTERS = [
    chr(code) for code in (*range(32, 127), *range(0xA0, 0x180), *range(0x370, 0x3FF), *range(0x2070, 0x20A0))
]
CHARACTERS += [chr(code) for code in (*range(0x2190, 0x2200), *range(0x2200, 0x2300), *range(0x1D400, 0x1D4FF))]
CHARACTERS += ["\n", "\t", "\r", "\0", "\u200b", "\u202e", "\ud800", "\ufeff", "\U0010ffff", "\u0301", "列"]


NETWORKS = (
    Architecture((2, 3, 2), ("relu", "sigmoid"), "half_squared_error", "sum"),
    Architecture((4, 5, 3, 3), ("tanh", "relu", "softmax"), "cross_entropy", "mean_samples", l2=0.1),
    Architecture((3, 4, 1), ("leaky_relu", "sigmoid"), "binary_cross_entropy", "mean_samples"),
)
NOTATIONS = ("rows", "columns", *(each.notation for each in HANDS.values()))


def tokens(random: Random) -> str:
    """A line of tokens."""
    blank = random.choice(("", " ", " "))
    return blank.join(random.choice(TOKENS) for _ in range(random.randint(1, 40)))


def characters(random: Random) -> str:
    return "".join(random.choice(CHARACTERS) for _ in range(random.randint(1, 60)))


def changed(text: str, random: Random) -> str:
    """A text with a few pieces lost, doubled, moved or put in."""
    for _ in range(random.choice((1, 1, 1, 2, 2, 5))):
        start = random.randint(0, len(text))
        end = min(len(text), start + random.randint(0, 6))
        piece, rest = text[start:end], text[:start] + text[end:]
        place = random.randint(0, len(rest))
        insert = random.choice(
            ("", piece * 2, piece, random.choice(TOKENS), random.choice(CHARACTERS), random.choice("()[]{}=*'^_\\\n"))
        )
        text = rest[:place] + insert + rest[place:]
    return text


def slipped(text: str, random: Random) -> str:
    """A text with a few of its words and signs in the place of others."""
    pieces = re.findall(r"\\?\w+|.", text, re.DOTALL)
    for _ in range(random.choice((1, 1, 2, 3))):
        pieces[random.randrange(len(pieces))] = random.choice(pieces)
    return "".join(pieces)


def line(random: Random) -> tuple[str, Line]:
    """A line of the corpus with something changed, of tokens, or of characters, and the line whose network it has."""
    like, kind = random.choice(LINES), random.random()
    if kind < 0.7:
        return random.choice((changed, slipped))(like.text, random), like
    return tokens(random) if kind < 0.9 else characters(random), like


def program(random: Random) -> str:
    """A program of the corpus with something changed, or of lines of all kinds."""
    if random.random() < 0.5:
        return changed(random.choice(PROGRAMS).text, random)
    heads = ("", "", "", "    ", "for i in range(3):\n    ", "if m > 1:\n    ", "def f(x):\n    ", "x = ", "return ")
    return "\n".join(random.choice(heads) + line(random)[0].strip() for _ in range(random.randint(1, 12)))


def told(random: Random, whole: bool) -> tuple[str, str]:
    """What is said of a text, a line or a ``whole`` program, and the text."""
    if whole:
        text = program(random)
        report = check_code(text, random.choice(NETWORKS), random.choice(NOTATIONS))
        sentences = [report.message, *(each.message for each in report.lines)]
    else:
        text, like = line(random)
        architecture = Architecture(**vars(LIKE[like.network]))
        target = random.choice((None, counted_as_shown(like)))
        report = check_formula(text, target, architecture, Notation(**like.switches), given=like.given)
        sentences = [*report.sentences]
        assert report.place is None or 0 <= report.place[0] <= report.place[1] <= len(text), report.place
    assert all(str(each).isprintable() for each in sentences), sentences
    return report.kind, text
