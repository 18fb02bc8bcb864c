"""Colours of charts: apart from each other for every eye, and on a grey printer."""

from __future__ import annotations

import attrs


@attrs.frozen
class Fill:
    """How the area of a series is filled: a colour, or lines of that colour on white; `dash`: how its line is drawn."""

    colour: str
    pattern: str = ""
    dash: str = "solid"


_NAVY, _AMBER, _BRICK, _SKY, _TEAL = "#1F3A5F", "#E69F00", "#A23B2A", "#BFD9EE", "#3F8F8B"

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
