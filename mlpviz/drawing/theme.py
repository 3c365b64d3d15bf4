"""All colours there are: of figures, of pages, and of Streamlit's own parts, which a test holds to these.

One diverging scale for every signed number: orange, grey at 0, blue. What is wrong is orange and what is right blue:
nobody has to tell red from green.
"""

from __future__ import annotations

from dataclasses import dataclass

Colour = str
"""#rrggbb."""


@dataclass(frozen=True)
class Ground:
    """What is drawn on a light or on a dark ground."""

    background: Colour
    panel: Colour
    ink: Colour
    border: Colour
    negative: Colour
    zero: Colour
    positive: Colour


LIGHT = Ground("#ffffff", "#f3f4f6", "#1d2025", "#cfd4da", "#b5500f", "#e9eaec", "#1c66ad")
DARK = Ground("#14171b", "#22272e", "#eceff3", "#444c56", "#f0924d", "#2a2f36", "#6fb1f0")

NEGATIVE, POSITIVE, NEUTRAL, VIOLET = "#d9772b", "#3f8ad6", "#8a929b", "#7b61c9"
"""Colours that can be told apart on either ground."""

CLASSES = (
    NEGATIVE,
    POSITIVE,
    VIOLET,
    "#b8a12d",
    "#2aa6a6",
    "#c75b9b",
    "#5b6b7b",
    "#a9743c",
    "#8fb7e0",
    "#4b4bb5",
)
"""The colours of classes and of curves, on either ground."""

VARIABLES = {
    "--mlp-negative": NEGATIVE,
    "--mlp-zero": LIGHT.zero,
    "--mlp-positive": POSITIVE,
    "--mlp-ink": DARK.background,  # on the three above and on the mark, whatever the ground
    "--mlp-mark": "#c9b8dd",
    "--mlp-little": "#f4ead9",  # of a map, whose steps between the two are even in lightness
    "--mlp-much": "#0e4a86",
    "--mlp-inner-1": VIOLET,
    "--mlp-inner-2": "#0d9488",
    "--mlp-inner-3": "#b45309",
}
"""The colours by their names in style sheets and scripts."""

CSS = ":root { " + " ".join(f"{name}: {colour};" for name, colour in VARIABLES.items()) + " }"


def ground(dark: bool) -> Ground:
    return DARK if dark else LIGHT


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    """A colour between two, with a ``share`` of the other."""
    parts = (round(a + (b - a) * share) for a, b in zip(channels(one), channels(other), strict=True))
    return "#" + "".join(f"{part:02x}" for part in parts)


def edge(ground: Ground) -> Colour:
    """The border of what can be pressed or typed into, which can be seen on a ground."""
    return mixed(ground.background, ground.ink, 0.52)


def contrast(one: Colour, other: Colour) -> float:
    """The contrast of two colours, from 1 to 21, as WCAG 2 defines it; text needs 4.5."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def readable(colour: Colour) -> Colour:
    """Black or white, whichever is more readable on ``colour``."""
    return max("#000000", "#ffffff", key=lambda ink: contrast(ink, colour))


def luminance(colour: Colour) -> float:
    red, green, blue = (linear(part / 255) for part in channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(part: float) -> float:
    """An sRGB channel as linear light."""
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def channels(colour: Colour) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
