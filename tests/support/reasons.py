"""What is amiss in a sentence about a line: symbols that nobody has met, words that are not so, marks left over."""

import re
from functools import lru_cache
from string import Formatter

from mlpviz.derivation.calculus import Assembled, Indicator, Partial
from mlpviz.derivation.derived import Derived
from mlpviz.derivation.indices import Entry, SumOver
from mlpviz.derivation.plain import plain
from mlpviz.derivation.printing.prose import ISOLATES, MARK, letter, prose
from mlpviz.maths.expressions import Apply, MatMul, Symbol, Transpose, walk
from mlpviz.maths.messages import Message

SYMBOL = re.compile(r"(?<![^\W\d_])([^\W\d_ªºᵀΣ])(?![^\W\d_]|[₀-₉]*[′(])((?:[_^]\{[^{}]*\})*)")
"""A single letter with what stands above and below it; words of more letters are functions and words."""

NABLA = re.compile(r"∇_\{(\w)([⁽⁾⁰-⁹¹²³]*)\}")
BARE = re.compile(r"(?<![\w'’])[b-zB-HJ-ZΑ-ωℓ∇ŷŶ](?![\w'’])|[Σθδ∂]")
"""A letter in a template that is no English word, so a symbol that follows no notation."""

DEFINED = {"modules": {"v", "𝓑"}, "layouts": {"∂", "u", "v", "m", "n"}}
"""Letters that a walkthrough brings in at its head."""

SAMPLES = {"rows": "columns", "columns": "rows"}
PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾", "0123456789()")


def known(line, target, view):
    """The symbols of a line, as it is shown, as (letter, layer), and its indices."""
    pairs, indices = {(view.notation.cost.casefold(), "")}, set()
    for node in {target, *every(plain(line.value, view)), *([line.called] if line.called else [])}:
        pairs |= named(node, view)
        indices |= numbered(node)
    return pairs, indices


@lru_cache(maxsize=20_000)
def named(node, view):
    """The symbols that a node writes, as (letter, layer)."""
    match node:
        case Entry(Assembled()) | Assembled() | SumOver():
            return frozenset()
        case Entry(symbol):
            texts = [prose(node, view), prose(symbol, view)]
        case Symbol():
            texts = [prose(node, view), letter(node, view) if not isinstance(node, Derived) else ""]
        case Partial():
            texts = [prose(node, view)]
        case _:
            return frozenset()
    return frozenset((each.casefold(), layer) for text in texts for each, layer, _ in symbols(text))


def numbered(node):
    """The indices of a node."""
    match node:
        case Indicator(left, right):
            return {str(left), str(right)}
        case SumOver(index=index):
            return {index}
        case Entry(row=row, column=column) | Assembled(row=row, column=column):
            return {str(each) for each in (row, column) if each}
    return set()


def every(node):
    """A formula's nodes, with those of assembled matrices and of what a derivative is of."""
    for part in walk(node):
        yield part
        match part:
            case Assembled(body=body):
                yield from every(body)
            case Partial(of, by, body):
                yield from (each for each in (of, by) if each)
            case Transpose(Assembled(body=body)):
                yield from every(body)


def symbols(text):
    """The symbols of a text as (letter, layer, indices)."""
    text = NABLA.sub(lambda found: f"{found[1]}^{{{found[2].translate(PLAIN)}}} ", text)
    found = set()
    for base, marks in SYMBOL.findall(text):
        parts = dict(MARK.findall(marks))
        below = re.sub(r"new|[\d,:\s]", "", parts.get("_", ""))
        found.add((base, parts.get("^", ""), below))
    return found


def details(message):
    """The details that a message, or one in it, names."""
    if isinstance(message, Message):
        for name in {field for _, field, *_ in Formatter().parse(message.template) if field}:
            value = message.details[name]
            yield from details(value) if isinstance(value, Message) else [(name, str(value).translate(ISOLATES))]


def templates(message):
    """The template of a message and of those in it."""
    if not isinstance(message, Message):
        yield str(message)
        return
    yield message.template
    for value in message.details.values():
        yield from templates(value) if isinstance(value, Message) else ()


def words(template):
    """A template without its places."""
    return "".join(text + " …" * bool(name) for text, name, *_ in Formatter().parse(template))


def strangers(message, allowed, indices, extra):
    """Symbols and indices that a sentence names and that are neither met nor brought in by it."""
    known_letters = {base for base, _ in allowed} | extra
    new = {base.casefold() for name, text in details(message) if name.startswith("new") for base, *_ in symbols(text)}
    for name, text in details(message):
        if name.startswith("new"):
            continue
        for base, layer, below in symbols(text):
            if base in indices and not layer and not below:
                continue
            if not ((base.casefold(), layer) in allowed or (not layer and base.casefold() in known_letters | new)):
                yield f"{base} {layer} in {text!r} is no symbol here"
            yield from (f"index {each} in {text!r} is not met" for each in below if each not in indices)


OLD = re.compile(r"\bslopes?\b|\bsheet|\bthe share|answers its|\btext s\d", re.IGNORECASE)
"""Words that were one author's, and not the field's."""


def untrue(text, architecture, notation):
    """Words that are not so of a network or in a notation."""
    low = text.lower()
    names = {*architecture.activations}
    claims = {
        "bias": architecture.bias or "bias" not in low,
        "softmax": "softmax" in names or "softmax" not in low or "would" in low,
        "logistic": architecture.loss == "binary_cross_entropy" or "logistic" not in low,
        "division": architecture.scale is not None or not re.search(r"cost's division|the mean of the losses", low),
        "as rows": not re.search(rf"samples? (are|as|is|stands?) (a )?{SAMPLES[notation.orientation]} here", low),
        "stand": not re.search(rf"samples stand in .* as {SAMPLES[notation.orientation]}", low),
        "old words": not OLD.search(text),
    }
    return [name for name, so in claims.items() if not so]


def outer(line, view):
    """Whether what is said to be a column times a row is one, and which is which."""
    product = next((node for node in walk(line.value) if isinstance(node, MatMul)), None)
    if "column" in line.reason and "times a row" in line.reason and product is not None:
        (_, left), (right, _) = view.shape(product.left), view.shape(product.right)
        if view.single and (left, right) != (1, 1):
            yield "no column times a row"
        derivatives = [any(isinstance(node, Apply) for node in walk(side)) for side in (product.left, product.right)]
        if "column of derivatives" in line.reason and derivatives != [True, False]:
            yield "the derivatives are not on the left"
        if "row of derivatives" in line.reason and derivatives != [False, True]:
            yield "the derivatives are not on the right"


def left_over(text):
    """Marks that nobody would set."""
    return re.findall(r"[_^{}]", MARK.sub("", text))


def complaints(scene, walkthrough, chain):
    """What is amiss in the sentences of a chain, each with the reason of its line."""
    met = [known(line, chain.target, scene.view) for line in chain.lines]
    extra = {each.casefold() for each in DEFINED.get(walkthrough, set())}
    for number, line in enumerate(chain.lines):
        (here, at), (earlier, there) = met[number], met[max(number - 1, 0)]
        said = [chain.title, line.title, line.reason, *line.noted()]
        found = [each for sentence in said for each in strangers(sentence, here | earlier, at | there, extra)]
        found += [f"bare {each}" for sentence in said for each in bare(sentence, walkthrough)]
        found += [each for sentence in said for each in untrue(sentence, scene.architecture, scene.view.notation)]
        found += outer(line, scene.view)
        found += [f"old words: {each}" for each in line.notes.values() if OLD.search(each)]
        found += [f"left over {each}" for sentence in [*said, *line.notes.values()] for each in left_over(sentence)]
        found += [f"marked title {each}" for each in said[:2] if MARK.search(each)]
        yield from ((each, line.reason) for each in found)


def bare(message, walkthrough):
    """Symbols that stand in a message's template as they are."""
    texts = [BRIEF.sub("", words(template)) for template in templates(message)]
    return [each for text in texts for each in BARE.findall(text) if each not in DEFINED.get(walkthrough, ())]


BRIEF = re.compile(r"\(AB\)ᵀ = BᵀAᵀ|nn\.\w+|Δ(?= …)")
"""A rule about any two matrices, a name of PyTorch, and the change of what is named."""
