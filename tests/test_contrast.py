"""Every pair of colour tokens that a page sets text in is readable: WCAG 2.2 contrast, computed, in light and in dark."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).resolve().parent.parent / "templates" / "report.css").read_text(encoding="utf-8")
_BLOCK = re.compile(r":root\s*{(.*?)}", re.S)
_TOKEN = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6})")
TEXT = [
    ("ink", "paper"), ("ink", "soft"), ("quiet", "paper"), ("quiet", "soft"), ("link", "paper"), ("link", "soft"),
    *((f"on-{word}", word) for word in ("implemented", "partial", "planned", "not-implemented", "absent", "silent")),
]  # fmt: skip
"""What text is written in, and on what."""
SIGNS = [("focus", "paper"), ("focus", "soft"), ("accent", "paper"), ("quiet", "paper")]
"""What must be seen but is not read: outlines, bars."""


def themes() -> dict[str, dict[str, str]]:
    """The tokens of each theme; dark overrides light."""
    light, dark = (dict(_TOKEN.findall(block)) for block in _BLOCK.findall(CSS)[:2])
    return {"light": light, "dark": {**light, **dark}}


def luminance(colour: str) -> float:
    """Relative luminance of an sRGB colour, after WCAG 2.2."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 to 21."""
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_is_readable_on_its_ground(theme: str, text: str, ground: str) -> None:
    tokens = themes()[theme]
    assert contrast(tokens[text], tokens[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("sign", "ground"), SIGNS)
def test_what_must_be_seen_can_be_seen(theme: str, sign: str, ground: str) -> None:
    tokens = themes()[theme]
    assert contrast(tokens[sign], tokens[ground]) >= 3


def test_contrast_is_measured_as_the_standard_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
