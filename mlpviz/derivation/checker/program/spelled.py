"""What a name of a program should hold, by how it is spelled: dW2, grad_w1, l2_delta, grads['db1'], weights_hidden."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from ....maths.symbols import SLOPES

LETTERS = (
    ("W", "w weight weights theta syn kernel wt ws omega weightmatrix"),
    ("b", "b bias biases bs intercept"),
    ("Z", "z zs net logits logit score scores pre preactivation netinput linear u zed"),
    (
        "A",
        "a h act acts activation activations out output outputs yhat ypred pred preds prediction "
        "predictions p prob probs probabilities l o al hidden yh aout predicted as ŷ",
    ),
    ("X", "x input inputs features xs xb xtrain xbatch images"),
    ("Y", "y t target targets label labels ytrue ys ytrain yb ybatch expected onehot truth gt"),
)
"""The words for each array, the array's own name before them."""

BASES = {word: base for base, words in LETTERS for word in words.split()}
GRADIENT = frozenset(
    "d grad grads gradient gradients dl dj dc de dloss dcost g nabla del partial ∂ ∇ ∂j ∂l ∂c ∂e".split()
)
DELTA = frozenset("delta deltas δ Δ dz".split())
PLACES = {
    **dict.fromkeys("hidden hid h ih inputhidden first hiddenlayer".split(), "hidden"),
    **dict.fromkeys("out output o ho hiddenoutput last final outputlayer".split(), "out"),
}
NOISE = frozenset(
    "layer self new cur current train batch mat the of loss cost j c e wrt by relu sigmoid tanh softmax".split()
)
ACTIVATIONS = frozenset("relu sigmoid tanh softmax sig act activated".split())
EXACT = {
    **dict.fromkeys("wh w_h wih w_ih whx wxh w_xh w_hidden w_in win hidden_weights".split(), ("W", "hidden")),
    **dict.fromkeys("wo w_o who w_ho why w_hy wout w_out woh output_weights".split(), ("W", "out")),
    **dict.fromkeys("bh b_h b_hidden bih b_ih c_in c_h c_hidden".split(), ("b", "hidden")),
    **dict.fromkeys("bo b_o bout b_out by b_y bho b_ho c_out c_o".split(), ("b", "out")),
    **dict.fromkeys(
        "zh z_h z_hidden hidden_input hidden_inputs net_h neth hidden_layer_input".split(), ("Z", "hidden")
    ),
    **dict.fromkeys("zo z_o z_out zout output_input final_inputs net_o neto output_layer_input".split(), ("Z", "out")),
    **dict.fromkeys("ah a_h a_hidden out_h outh hidden_outputs hidden_output".split(), ("A", "hidden")),
    **dict.fromkeys("ao a_o a_out out_o outo final_outputs aout a_output".split(), ("A", "out")),
}
"""Names whose letters say which layer they are of."""

OUTPUTS = frozenset(
    "yhat ypred pred preds prediction predictions probs prob probabilities al aout yh predicted ŷ p o".split()
)
COST = re.compile(
    r"(?:total_?|mean_?|avg_?|final_?)?(?:cost|loss|mse|err|error|J|E|C)(?:_?(?:val|value|fn|now))?", re.IGNORECASE
)
"""What a program calls the cost; where it is a number it is that."""

PENALTY = re.compile(
    r"(?:l2_?)?(?:reg|regulari[sz]ation|l2|(?:weight_?)?decay)_?(?:loss|cost|term|penalty)|penalty", re.IGNORECASE
)
"""What a program calls the term by which weights cost something, where it computes it from them."""

COST_FUNCTION = re.compile(
    r"(?:(?:compute|calc|calculate|get|total)_?)?(?:cost|loss)(?:_?(?:of|fn|function))?", re.IGNORECASE
)

SURE = "W b Z X Y".split()
"""The arrays that have words of their own."""


@dataclass(frozen=True)
class Spelled:
    """A quantity by its name; the number of its layer as it is written, or the place that a word says."""

    name: str
    number: int | None = None
    place: str = ""
    sure: bool = True
    listed: bool = False


TOKENS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-zδŷ∂∇]+|[A-Z]+|[0-9]+|[δΔ∂∇ŷ]")
PATH = re.compile(r"""^(?P<owner>.*?)\[(?P<key>'[^']*'|"[^"]*"|-?\d+)\]$""")


@lru_cache(maxsize=4096)
def spelled(path: str) -> Spelled | None:
    """What a path such as dW2, self.W1, grads['dW2'] or Z[1] names, if anything."""
    path = path.removeprefix("self.")
    found = PATH.match(path)
    if found and found["key"][0] in "'\"":
        own = spelled(found["key"][1:-1])
        of_gradients = own is not None and own.name in SLOPES and found["owner"].lower() in GRADIENT
        return replace(own, name=slope_by(own.name)) if own is not None and of_gradients else own
    if found:
        owner = spelled(found["owner"])
        if owner is None or owner.number is not None:
            return None
        return Spelled(owner.name, int(found["key"]), "", owner.sure, listed=True)
    return by_tokens(path.rpartition(".")[2])


def by_tokens(name: str) -> Spelled | None:
    bare = re.sub(r"^[d∂](?:[JLCE]|Loss|Cost)_?_?(?=[d∂])", "", name.strip("_"))
    number = next((int(each) for each in re.findall(r"\d+", bare)[:1] if len(each) < 3), None)
    lower = re.sub(r"_?\d+", "", bare).lower().strip("_")
    tokens = [each.lower() for each in TOKENS.findall(bare) if not each.isdigit()]
    if lower == "d" and number is not None:
        return Spelled("delta", number, sure=False)
    if bare in (f"c{number}", f"c_{number}"):
        return Spelled("b", number, sure=False)
    prefix, rest = gradient_prefix(bare, tokens)
    if not prefix and lower in EXACT:
        return Spelled(EXACT[lower][0], number, EXACT[lower][1])
    if (prefix and "_".join(rest) in EXACT) or (prefix and "".join(rest) in EXACT):
        base, place = EXACT.get("_".join(rest)) or EXACT["".join(rest)]
        return Spelled(slope_by(base), number, place)
    return of_parts(prefix, rest, number)


def gradient_prefix(bare: str, tokens: list[str]) -> tuple[str, list[str]]:
    """Whether a name is a gradient's ("d") or an error's ("delta"), and its other words."""
    kinds = ["d" if each in GRADIENT else "delta" if each in DELTA else "" for each in tokens]
    rest = [each for each, kind in zip(tokens, kinds, strict=True) if not kind]
    if "delta" in kinds or "error" in tokens or "err" in tokens:
        return "delta", [each for each in rest if each != "err"]
    if "d" in kinds and rest:
        return "d", rest
    glued = re.match(r"^(?:d|grad|g(?=[Wwb])|∂|∇)([A-Za-z].*)$", bare)
    if glued and (inner := re.sub(r"_?\d+", "", glued[1]).lower().strip("_")) in {*BASES, *EXACT}:
        return "d", [inner]
    return "", tokens


def of_parts(prefix: str, rest: list[str], number: int | None) -> Spelled | None:
    words = [each for each in rest if each not in NOISE]
    joined = "".join(words)
    bases = [BASES[each] for each in words if each in BASES]
    place = next((PLACES[each] for each in reversed(words) if each in PLACES), "")
    if joined in BASES:
        bases, place = [BASES[joined]], "out" if joined in OUTPUTS else PLACES.get(joined, "")
    elif any(each not in BASES and each not in PLACES for each in words):
        return None
    base = next((each for each in [*SURE, "A"] if each in bases), "")
    if prefix == "delta":
        if base in ("W", "b"):
            return Spelled(slope_by(base), number, place)
        return Spelled("delta", number, place, sure="error" not in rest)
    if not base:
        return None
    if prefix == "d":
        sure = base in SURE or (base == "A" and joined in ("a", "al"))
        return Spelled(slope_by(base), number, place, sure=sure)
    layered = number is not None and base == "A" and joined in ("l", "layer")
    sure = base in SURE or joined in ("a", "al") or layered
    return Spelled(base, number, place, sure=sure and joined not in ("u", "linear"))


def is_cost(path: str) -> bool:
    return COST.fullmatch(path) is not None and path not in ("j", "e", "c")


def is_penalty(path: str) -> bool:
    return PENALTY.fullmatch(path) is not None


def gives_cost(function: str) -> bool:
    """Whether a function's name says that it gives the cost: compute_cost, loss_of."""
    return COST_FUNCTION.fullmatch(function) is not None


def slope_by(base: str) -> str:
    return SLOPES.get(base, f"d{base}")


def shifts(names: Iterable[str], depth: int) -> dict[str, int]:
    """By quantity what is to be added to a written number to get the layer, as the numbers that a program has say."""
    seen: dict[str, set[int]] = {}
    for name in names:
        own = spelled(name)
        if own is not None and own.number is not None and not own.listed:
            seen.setdefault(own.name, set()).add(own.number)
    return {
        group: shift(kinds, seen, depth)
        for kinds in map(str.split, ("W b dW db", "A Z", "delta dA"))
        for group in kinds
    }


def shift(kinds: list[str], seen: dict[str, set[int]], depth: int) -> int:
    numbers = set().union(*(seen.get(kind, set()) for kind in kinds))
    of_parameters = kinds[0] == "W"
    above_input = set().union(*(seen.get(kind, set()) for kind in kinds if kind != "A"))
    if numbers and max(numbers) == depth + 1 and 0 not in numbers and 1 not in above_input:
        return -1
    if 0 in numbers and max(numbers) < depth and of_parameters:
        return 1
    return 0
