"""The colours: text can be read on every one of them, and nobody has another."""

import re
import tomllib
from pathlib import Path

import pytest

from mlpviz.drawing import theme
from mlpviz.drawing.theme import DARK, LIGHT, contrast, mixed, readable

ROOT = Path(__file__).parents[2]
TEXT, GRAPHIC = 4.5, 3.0  # what WCAG 2.1 AA asks for
GROUNDS = pytest.mark.parametrize("ground", [LIGHT, DARK], ids=["light", "dark"])
HUNDREDTHS = [k / 100 for k in range(101)]


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#123456") == 1


@GROUNDS
def test_text_can_be_read(ground):
    for colour in (ground.ink, ground.negative, ground.positive):
        assert contrast(colour, ground.background) >= TEXT
        assert contrast(colour, ground.panel) >= TEXT


@pytest.mark.parametrize("end", [theme.NEGATIVE, theme.POSITIVE])
def test_numbers_can_be_read_on_every_shade(end):
    """In the stepper on the whole scale; on the Check page on a part of its end over the page itself."""
    ink = theme.VARIABLES["--mlp-ink"]
    assert all(contrast(ink, mixed(theme.VARIABLES["--mlp-zero"], end, share)) >= TEXT for share in HUNDREDTHS)
    for ground in (LIGHT, DARK):
        assert all(contrast(ground.ink, mixed(ground.background, end, 0.38 * share)) >= TEXT for share in HUNDREDTHS)


def test_the_mark_can_be_read():
    assert contrast(theme.VARIABLES["--mlp-ink"], theme.VARIABLES["--mlp-mark"]) >= TEXT


@GROUNDS
def test_counts_can_be_read_on_every_shade(ground):
    shades = [mixed(ground.zero, ground.positive, share) for share in HUNDREDTHS]
    assert all(contrast(readable(shade), shade) >= TEXT for shade in shades)


@GROUNDS
def test_what_can_be_pressed_and_what_takes_no_part_can_be_seen(ground):
    """As the style sheets mix them: borders, quiet text on a tinted card, faded numbers on what is left of a shade."""
    assert contrast(theme.edge(ground), ground.background) >= GRAPHIC
    tinted = mixed(ground.background, ground.positive, 0.09)
    assert contrast(mixed(tinted, ground.ink, 0.70), tinted) >= TEXT
    shades = [
        mixed(theme.VARIABLES["--mlp-zero"], end, share)
        for end in (theme.NEGATIVE, theme.POSITIVE)
        for share in HUNDREDTHS
    ]
    faint = mixed(ground.background, ground.ink, 0.85)
    assert all(contrast(faint, mixed(ground.background, shade, 0.26)) >= TEXT for shade in shades)


@GROUNDS
@pytest.mark.parametrize("colour", [theme.NEGATIVE, theme.POSITIVE, theme.NEUTRAL, theme.VIOLET])
def test_what_stands_on_either_ground_can_be_seen(ground, colour):
    assert contrast(colour, ground.background) >= GRAPHIC


@pytest.mark.parametrize(("name", "ground"), [("light", LIGHT), ("dark", DARK)])
def test_streamlit_has_the_same_colours(name, ground):
    config = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    assert config["theme"][name] == {
        "primaryColor": ground.positive,
        "backgroundColor": ground.background,
        "secondaryBackgroundColor": ground.panel,
        "textColor": ground.ink,
        "redColor": ground.negative,
        "greenColor": ground.positive,
        "borderColor": ground.border,
    }


SOURCES = [
    path
    for path in sorted((ROOT / "mlpviz").rglob("*"))
    if path.suffix in (".py", ".css", ".js", ".html")
    and path.name != "theme.py"
    and path.parent.name != "benchmark"  # its picture stands in the README, on a page that is not ours
]


def test_no_other_file_has_a_colour_of_its_own():
    colour = re.compile(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b|\brgba?\((?!0[, ]+0[, ]+0[, ])|\bhsla?\(")  # but shadows
    found = {path.name: colour.findall(path.read_text(encoding="utf-8")) for path in SOURCES}
    assert not {name: colours for name, colours in found.items() if colours}


def test_every_variable_of_a_colour_is_set_and_used():
    text = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    assert all(name in text for name in theme.VARIABLES)
    assert all(f"{name}: {colour};" in theme.CSS for name, colour in theme.VARIABLES.items())
