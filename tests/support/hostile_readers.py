"""Everything that reads what people hand in, beside texts that are changed by chance: each is read or refused.

A reader may take so much work and memory as the length of what it reads allows, and no more.
"""

import json

from hypothesis import strategies as st

import mlpviz
from mlpviz.examples.csv_table import data_of, read_table, remarks
from mlpviz.interface.shell.presets import PRESET_SETUPS
from mlpviz.setup.file import decode_file, encode_file
from mlpviz.setup.link import as_text, decode, encode, query_of
from mlpviz.setup.matrix_text import parse_matrix
from tests.support.work import memory, work

NETWORK = mlpviz.Architecture((2, 3, 2), ("relu", "sigmoid"), "half_squared_error", "sum")
SETUP = PRESET_SETUPS["softmax-batch"]


def read_link(text):
    return decode(query_of(text), PRESET_SETUPS)


def read_file(text):
    return decode_file(text.encode("utf-8", "surrogatepass"), PRESET_SETUPS)


def take_table(text):
    """A table with all that the page makes of it; its last column is the target."""
    table = read_table(text.encode("utf-8", "surrogatepass"))
    remarks(table, table.names[:-1], table.names[-1])
    return data_of(table, table.names[:-1], table.names[-1])


def judge_formula(text):
    return mlpviz.check_formula(text, "dW[2]", NETWORK)


READERS = {
    "link": (read_link, [as_text(encode(setup, setup)) for setup in (SETUP, PRESET_SETUPS["mazur"])]
             + ["widths=2,3,2&X=1,2;3,4&Y=0,1;1,0&entries=W1:1,2;3,4;5,6~b1.0.1:5&l2=0.1&end=1",
                "v=1&preset=xor&formula=dW2%20%3D%20delta2.T%20@%20A1&given=h,A[1]&home=v%3D1%26end%3D1&end=1",
                "dataset=moons&schedule=step&schedule_options=every:5,gamma:0.5&run=0123456789abcdef&end=1"]),
    "setup file": (read_file, [encode_file(setup).decode() for setup in (SETUP, PRESET_SETUPS["mazur"])]),
    "table": (take_table, ["a,b,kind\n" + "".join(f"{k},{k / 7:.3f},{'xy'[k % 2]}\n" for k in range(12)),
                           "a;b;y\n1,5;2;3\n2,5;3;4\n1,1;2;5\n", '"x ""1""";y\n"1";2\n"3";4\n', "1\t2\n3\t4\n5\t6\n"]),
    "matrix": (parse_matrix, ["1, 2\n3, 4\n", "[[1. 2.]\n [3. 4.]]", "array([[1, 2], [3, 4]], dtype=float32)",
                              "tensor([[np.float64(1.5), 2]])", "1\t2\n3\t4", "[1 2; 3 4]"]),
    "formula": (judge_formula, ["delta[2].T @ A[1] / m",
                                "dW2 = np.dot(d2.T, a1) + l2 * W2",
                                r"\frac{1}{m}\Delta^{(2)T}A^{(1)}",
                                "(A[2] - Y) * A[2] * (1 - A[2])", "∂J/∂W⁽²⁾ = Σ_i δ_i a_iᵀ"]),
}  # fmt: skip
"""Each reader of what people hand in, and what is right for it."""

TOKENS = [
    "", "0", "-", ".", ",", ";", ":", "~", "&", "=", "%", "+", "\\", "/", "\n", "\r", "\t", "\0", '"', "'", "[", "]",
    "{", "}", "(", ")", "^", "_", "@", "1e308", "1e-400", "9" * 50, "NaN", "Infinity", "null", "true", "\ud800",
    "\\ud800", "\ufeff", "\u202e", "é", "𝟙", "٣", "−", "<a>", "%ED%A0%80", "%00", "W1:", "only~", "4096", "1000000",
    "__class__", "\\frac", ".T", "np.", "sum", "ᵀ",
]  # fmt: skip

CHANGES = st.lists(
    st.tuples(
        st.integers(0, 10**4), st.integers(0, 40), st.sampled_from(TOKENS), st.sampled_from([0, 1, 1, 1, 2, 500])
    ),
    max_size=6,
)


def changed(text, changes):
    """A text with some of its pieces taken out, written again many times, or replaced."""
    for place, length, token, times in changes:
        place %= len(text) + 1
        piece = token or text[place : place + length]
        text = text[:place] + piece * times + text[place + length * (not token or times == 0) :]
    return text[:20_000]


def texts(name):
    """Texts for a reader: right ones that were changed by chance, and some of chance alone."""
    right = READERS[name][1]
    return st.builds(changed, st.sampled_from(right), CHANGES) | st.text(max_size=200)


def outcome(name, text):
    """ "read" or "refused", after everything that must hold of either."""
    reader = READERS[name][0]
    ((kind, said), calls), most, _ = memory(work, told, reader, text)
    assert calls < 3_000_000 + 100 * len(text), (name, calls, text[:200])
    assert most < 30_000_000 + 200 * len(text), (name, most, text[:200])
    said.encode()  # which half a character cannot
    assert said.replace("\t", "").isprintable(), (name, said[:200], text[:200])
    assert len(said) < 3_000, (name, said[:200])
    return kind


def told(reader, text):
    try:
        found = reader(text)
    except ValueError as refusal:
        return "refused", str(refusal)
    if isinstance(found, mlpviz.Verdict):
        return found.kind, found.message
    return "read", json.dumps(str(type(found)))
