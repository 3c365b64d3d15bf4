"""The results as a picture: a line for each configuration, a mark on it for each contestant; an SVG of its own."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from mlpviz.benchmark.race import Result
from mlpviz.benchmark.table import COLUMNS

WIDTH, LEFT, RIGHT, TOP, LINE, BOTTOM = 772, 184, 24, 76, 30, 44

MARKS = dict(
    zip(
        COLUMNS,
        [
            ("#cc79a7", "M0-7 2-2H7L3 1 5 6 0 3-5 6-3 1-7-2H-2Z"),
            ("#8c8c8c", "M-5-5H5V5H-5Z"),
            ("#d55e00", "M0-7 7 6H-7Z"),
            ("#e69f00", "M0 7 7-6H-7Z"),
            ("#0072b2", "M0-7 7 0 0 7-7 0Z"),
            ("#56b4e9", "M-6-2H-2V-6H2V-2H6V2H2V6H-2V2H-6Z"),
            ("#009e73", "M-5 0A5 5 0 1 0 5 0 5 5 0 1 0-5 0Z"),
        ],
        strict=True,
    )
)
"""Colour and outline of each contestant's mark: colours that the colour-blind can tell apart, and different shapes."""

STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#57606a}.grid{stroke:#8c8c8c;stroke-opacity:.3}"
    ".ours{stroke:#57606a;stroke-width:2}@media(prefers-color-scheme:dark){text{fill:#b1bac4}.ours{stroke:#b1bac4}}"
)
"""Colours that are readable on a light and on a dark page; the picture has no background."""


class Axis:
    """A logarithmic axis over whole powers of ten that holds all ratios, and 1."""

    def __init__(self, ratios: Iterable[float]) -> None:
        powers = [math.log10(ratio) for ratio in (1.0, *ratios)]
        self.low, self.high = math.floor(min(powers)), max(math.ceil(max(powers)), 1)

    def place(self, ratio: float) -> float:
        share = (math.log10(ratio) - self.low) / (self.high - self.low)
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def ticks(self) -> list[float]:
        return [10.0**power for power in range(self.low, self.high + 1)]


def picture(results: Sequence[Result]) -> str:
    """The results as SVG: contestants to the right of the line at 1 are slower than mlpviz."""
    marked = [{name: ratio for name in MARKS if (ratio := result.ratio(name))} for result in results]
    axis = Axis(ratio for each in marked for ratio in each.values())
    foot = TOP + LINE * len(results)
    parts = [scale(axis, foot), *legend()]
    for i, (result, ratios) in enumerate(zip(results, marked, strict=True)):
        y = TOP + LINE * (i + 0.5)
        parts.append(f'<text x="8" y="{y + 4}">{label(result)}</text>')
        parts.append(f'<path class="grid" d="M{LEFT} {y}H{WIDTH - RIGHT}"/>')
        parts += [mark(name, axis.place(ratio), y) for name, ratio in ratios.items()]
    size = f'width="{WIDTH}" height="{foot + BOTTOM}" viewBox="0 0 {WIDTH} {foot + BOTTOM}"'
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img"><title>Time of a step, relative to mlpviz</title>'
    )
    return "\n".join([head, f"<style>{STYLE}</style>", *parts, "</svg>\n"])


def scale(axis: Axis, foot: int) -> str:
    """The axis with its ticks, and the line where mlpviz stands."""
    parts = []
    for tick in axis.ticks():
        x = axis.place(tick)
        parts.append(f'<path class="{"ours" if tick == 1 else "grid"}" d="M{x} {TOP}V{foot}"/>')
        parts.append(f'<text x="{x}" y="{foot + 16}" text-anchor="middle">{tick:g}</text>')
    middle = (LEFT + WIDTH - RIGHT) / 2
    told = "time of a step, mlpviz = 1 (right of the line: longer)"
    return "\n".join([*parts, f'<text x="{middle}" y="{foot + 36}" text-anchor="middle">{told}</text>'])


def legend() -> Iterable[str]:
    """Every contestant's mark and name, three a line."""
    for i, name in enumerate(MARKS):
        x, y = LEFT + 190 * (i % 3), 22 + 24 * (i // 3)
        yield f'{mark(name, x, y)}<text x="{x + 12}" y="{y + 4}">{name}</text>'


def mark(name: str, x: float, y: float) -> str:
    colour, outline = MARKS[name]
    return f'<path transform="translate({x} {y})" fill="{colour}" d="{outline}"/>'


def label(result: Result) -> str:
    threads = "1 thread" if result.threads == 1 else "all cores"
    return f"{result.configuration.name}, batch {result.configuration.batch_size:,}, {threads}"
