"""LaTeX's commands as the signs and letters that they stand for."""

from __future__ import annotations

from ....maths.symbols import COMMANDS as LETTERS

COMMANDS: dict[str, str] = {
    **{command: letter for letter, command in LETTERS.items() if command[1:].isalpha()},
    **dict.fromkeys(
        r"\left \right \big \Big \bigl \bigr \Bigl \Bigr \biggl \biggr \Biggl \Biggr \quad \qquad".split(), ""
    ),
    **dict.fromkeys((r"\,", r"\;", r"\:", r"\!", "\\ ", r"\(", r"\)", r"\[", r"\]"), ""),
    **dict.fromkeys(
        r"\mathbf \boldsymbol \mathrm \mathit \mathsf \mathcal \bm \text \operatorname".split(), ""
    ),  # the font says nothing
    r"\odot": "⊙", r"\circ": "∘", r"\cdot": "·",
    r"\top": "⊤", r"\intercal": "⊤", r"\prime": "'",
    r"\partial": "∂", r"\nabla": "∇",
    r"\sigma": "σ", r"\varphi": "φ", r"\phi": "ϕ", r"\tanh": "tanh",
}  # fmt: skip
"""What a command is read as; nothing for what only sets a formula in type."""

KEPT = frozenset({r"\frac", r"\tfrac", r"\dfrac", r"\hat", r"\widehat"})
"""The commands with arguments, each with a row below."""
