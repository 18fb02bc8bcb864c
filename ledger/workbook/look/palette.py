"""Colours of charts: apart from each other for every eye, and on a grey printer."""

from __future__ import annotations

import math

import attrs

from unitledger.workbook.look.style import ACCENT


@attrs.frozen
class Fill:
    """How the area of a series is filled: a colour, or lines of that colour on white; `dash`: how its line is drawn."""

    colour: str
    pattern: str = ""
    dash: str = "solid"


_NAVY, _AMBER, _BRICK, _SKY, _TEAL = ACCENT, "#E69F00", "#A23B2A", "#BFD9EE", "#3F8F8B"

FILLS = (
    Fill(_NAVY),
    Fill(_AMBER, dash="dash"),
    Fill(_BRICK, dash="round_dot"),
    Fill(_SKY, dash="long_dash"),
    Fill(_TEAL, dash="dash_dot"),
    Fill(_NAVY, "wide_upward_diagonal", "long_dash_dot"),
    Fill(_BRICK, "wide_downward_diagonal", "square_dot"),
    Fill(_TEAL, "large_check", "long_dash_dot_dot"),
)
"""One per series, dark beside light; when the greys are used up, patterns tell the others apart."""


def fills(accent: str) -> tuple[Fill, ...]:
    """Return the fills with an accent for the first colour, which takes the place of the one that is most like it."""
    colours = dict.fromkeys(fill.colour for fill in FILLS)
    nearest = min(colours, key=lambda colour: math.dist(bytes.fromhex(colour[1:]), bytes.fromhex(accent[1:])))
    instead = {nearest: _NAVY, _NAVY: accent}
    return tuple(attrs.evolve(fill, colour=instead.get(fill.colour, fill.colour)) for fill in FILLS)
