"""A tree as a line of a dialect, and as plain NumPy, which is the line's meaning."""

from __future__ import annotations

import random

from tests.corpus.dialects import ATOM, LATEX, PLAIN, SUM, UNICODE, Dialect
from tests.corpus.names import OWN, canonical, scripted, spelled
from tests.corpus.oracle import Network
from tests.corpus.trees import Tree


class Printer:
    """A tree in a dialect, the forms and names chosen once for a line."""

    def __init__(self, dialect: Dialect, style: str, choose: random.Random, network: Network) -> None:
        self.dialect, self.style, self.choose, self.network = dialect, style, choose, network
        self.given: dict[str, str] = {}
        self.forms = {kind: choose.choice(forms) for kind, forms in dialect.forms.items()}

    def text(self, tree: Tree) -> str:
        return self.written(tree, SUM)

    def written(self, tree: Tree, level: int) -> str:
        text, bound = self.part(tree)
        return text if bound >= level else self.bracketed(text)

    def bracketed(self, text: str) -> str:
        return rf"\left({text}\right)" if self.dialect.forms is LATEX and len(text) > 18 else f"({text})"

    def part(self, tree: Tree) -> tuple[str, int]:
        match tree:
            case ("name", letter, layer):
                return self.named(letter, layer), ATOM
            case ("number", text):
                return text, ATOM
            case ("width", layer):
                return self.width(layer), ATOM
            case ("slope", l, z):
                return self.slope(l, z), ATOM
            case ("call", function, part):
                return f"{function}({self.text(part)})", ATOM
            case ("square", part) if self.forms["square"][0].count("{}") == 2:
                return self.filled("square", (part, part))
            case ("t" | "square" as kind, part) if scripted(part, self.style):
                return self.forms[kind][0].format(f"({self.text(part)})"), ATOM
        return self.filled(tree[0], tree[1:])

    def filled(self, kind: str, parts: tuple[Tree, ...]) -> tuple[str, int]:
        form, level, levels = self.forms[kind]
        return form.format(*(self.written(part, least) for part, least in zip(parts, levels, strict=True))), level

    def named(self, letter: str, layer: int | None) -> str:
        text = spelled(letter, layer, self.style)
        if text == OWN.get(self.style, {}).get(canonical(letter, layer)):
            self.given[text] = canonical(letter, layer)
        return text

    def width(self, layer: int) -> str:
        return {"round": f"n_{layer}", "square": f"n_{layer}", "bold": f"n_{layer}"}.get(self.style, f"n[{layer}]")

    def slope(self, l: int, z: Tree) -> str:
        form, activation = self.choose.choice(self.dialect.primes), self.network.activations[l - 1]
        return form.format(*([activation] if form.count("{}") == 2 else []), self.text(z))


class Meaning(Printer):
    """The plainest NumPy, over the names that ``meaning.names`` knows."""

    def slope(self, l: int, z: Tree) -> str:
        return f"slope{l}"


def meaning(tree: Tree, network: Network) -> str:
    return Meaning(Dialect(PLAIN, ("code",)), "code", random.Random(0), network).text(tree)


def latex_left(target: str, style: str, choose: random.Random) -> str:
    letter, layer = target.rstrip("]").split("[")
    if letter in ("dW", "db", "dA"):
        inner = spelled(letter[1:], int(layer), style)
        forms = [
            rf"\frac{{\partial J}}{{\partial {inner}}} = ",
            rf"\nabla_{{{inner}}} J = ",
            rf"{{\partial J \over \partial {inner}}} = ",
        ]
        return choose.choice(forms if letter != "dA" else forms[:1])
    return spelled(letter, int(layer), style) + " = "


def unicode_left(target: str, style: str) -> str:
    letter, layer = target.rstrip("]").split("[")
    if letter in ("dW", "db", "dA"):
        return f"∂J/∂{spelled(letter[1:], int(layer), style)} = "
    return spelled(letter, int(layer), style) + " = "


def left_side(printer: Printer, target: str) -> str:
    if printer.dialect.forms is LATEX:
        return latex_left(target, printer.style, printer.choose)
    if printer.dialect.forms is UNICODE:
        return unicode_left(target, printer.style)
    letter, layer = target.rstrip("]").split("[")
    return printer.choose.choice(printer.dialect.left).format(printer.named(letter, int(layer)))
