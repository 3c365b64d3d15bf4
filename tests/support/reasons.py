"""What is amiss in a sentence about a line: symbols that nobody has met, words that are not so, marks left over."""

import re
from string import Formatter

from mlpviz.derivation.calculus import Assembled, Indicator, Partial
from mlpviz.derivation.derived import Derived
from mlpviz.derivation.indices import Entry, SumOver
from mlpviz.derivation.printing.prose import MARK, letter, prose
from mlpviz.maths.expressions import Apply, Symbol, Transpose, walk
from mlpviz.maths.messages import Message

SYMBOL = re.compile(r"(?<![^\W\d_])([^\W\d_ªºᵀᵢⱼ])(?![^\W\d_]|[₀-₉]*[′(])((?:[_^]\{[^{}]*\})*)")
"""A single letter with what stands above and below it; words of more letters are functions and words."""

NABLA = re.compile(r"∇_\{(\w)([⁽⁾⁰-⁹¹²³]*)\}")
BARE = re.compile(r"(?<![\w'’])[b-zB-HJ-ZΑ-ωℓ∇ŷŶ](?![\w'’])|[Σθδ∂]")
"""A letter in a template that is no English word, so a symbol that follows no notation."""

DEFINED = {"modules": {"v", "𝓑"}, "layouts": {"u", "v", "m", "n"}}
"""Letters that a walkthrough brings in at its head."""

SAMPLES = {"rows": "columns", "columns": "rows"}
PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾", "0123456789()")


def known(line, target, view):
    """The symbols of a line as (letter, layer), and its indices."""
    texts, indices = [view.notation.cost], set()
    nodes = [target, *every(line.value), *([line.called] if line.called else [])]
    for node in nodes:
        match node:
            case Indicator(left, right):
                indices |= {str(left), str(right)}
            case SumOver(index=index):
                indices.add(index)
            case Entry(Assembled()):
                pass
            case Entry(symbol, row, column):
                indices |= {str(each) for each in (row, column) if each}
                texts += [prose(node, view), prose(symbol, view)]
            case Assembled(row=row, column=column):
                indices |= {each for each in (row, column) if each}
            case Symbol():
                texts += [prose(node, view), letter(node, view) if not isinstance(node, Derived) else ""]
            case Partial():
                texts.append(prose(node, view))
            case Apply():
                pass
    pairs = set().union(*map(symbols, texts))
    return {(each.casefold(), layer) for each, layer, _ in pairs}, indices


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
            yield from details(value) if isinstance(value, Message) else [(name, str(value))]


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


def untrue(text, architecture, notation, elementwise=False):
    """Words that are not so of a network or in a notation."""
    low = text.lower()
    names = {*architecture.activations}
    claims = {
        "bias": architecture.bias or "bias" not in low,
        "softmax": "softmax" in names or "softmax" not in low or "would" in low,
        "logistic": architecture.loss == "binary_cross_entropy" or "logistic" not in low,
        "division": architecture.scale is not None or not re.search(r"division|divides? (by|it)|the mean of", low),
        "as rows": not re.search(rf"samples? (are|as|is|stands?) (a )?{SAMPLES[notation.orientation]} here", low),
        "stand": not re.search(rf"samples stand in .* as {SAMPLES[notation.orientation]}", low),
        "old words": not re.search(r"\bslopes?\b|\bsheet|\bshare\b|answers its|\btext s\d", low),
    }
    return [name for name, so in claims.items() if not so]


def left_over(text):
    """Marks that nobody would set."""
    return re.findall(r"[_^{}]", MARK.sub("", text))


def complaints(scene, walkthrough, chain, number):
    """What is amiss in the sentences of one line of a chain."""
    line, before = chain.lines[number], chain.lines[max(number - 1, 0)]
    (here, at), (earlier, there) = (known(each, chain.target, scene.view) for each in (line, before))
    extra = DEFINED.get(walkthrough, set())
    said = [chain.title, line.title, line.reason, *([line.notes[""]] if "" in line.notes else [])]
    found = []
    for sentence in said:
        found += strangers(sentence, here | earlier, at | there, {each.casefold() for each in extra})
        found += [f"bare {each}" for t in templates(sentence) for each in bare(t, extra)]
        found += untrue(sentence, scene.architecture, scene.view.notation)
    found += [f"left over {each}" for sentence in [*said, *line.notes.values()] for each in left_over(sentence)]
    found += [f"marked title {each}" for each in said[:2] if MARK.search(each)]
    return [(each, line.reason) for each in found]


def bare(template, extra):
    """Symbols that stand in a template as they are."""
    text = re.sub(r"\(AB\)ᵀ = BᵀAᵀ|nn\.\w+|Δ(?= …)", "", words(template))
    return [each for each in BARE.findall(text) if each not in extra]
