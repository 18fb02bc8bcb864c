"""What a house has of its own: logo, font, accent colour, decimals of money; colours of charts that go with it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from math import floor
from pathlib import Path
from typing import Any

import attrs

from unitledger.errors import ValueRefused, brief

FONT = "Calibri"
ACCENT = "#1F3A5F"

_FONT = re.compile(r"\w[\w .-]{0,30}")
_COLOUR = re.compile("#[0-9A-Fa-f]{6}")
# Text as the Web Content Accessibility Guidelines ask for it: level AA.
_LEAST_CONTRAST = 4.5
# Of red, green and blue in what an eye takes for bright; up to where sRGB codes light along a straight line.
_WEIGHTS, _STRAIGHT = (0.2126, 0.7152, 0.0722), 0.04045
_MOST_DECIMALS = 8
_LARGEST_LOGO = 1_000_000
_BEGINNINGS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


@attrs.frozen
class Style:
    """How workbooks of a house look; what is not given is as in every workbook.

    `logo`: path of a PNG or JPEG file of at most 1 MB, shown at the top right of Summary, as high as its title rows.
    `font`: name of the font; columns have widths for Calibri, so that a much wider one may not fit. `accent`: colour of
    headings, bands, the answer and the first of a chart, such as "#7A1F3D"; its contrast with white is 4.5 or more.
    `currency_decimals`: decimals of money among key figures and the lines of Calc; None: by their size.
    Raises ValueRefused.
    """

    logo: Path | None = attrs.field(default=None, converter=attrs.converters.optional(Path))
    font: str = attrs.field(default=FONT)
    accent: str = attrs.field(default=ACCENT)
    currency_decimals: int | None = attrs.field(default=None)

    @font.validator
    def _is_a_font(self, _: object, given: object) -> None:
        if not isinstance(given, str) or not _FONT.fullmatch(given):
            raise ValueRefused(f"{given!r:.60} is not the name of a font, such as 'Arial', of at most 31 letters.")

    @accent.validator
    def _is_legible(self, _: object, given: object) -> None:
        if not isinstance(given, str) or not _COLOUR.fullmatch(given):
            raise ValueRefused(f"The accent is {given!r:.60}; expected a colour such as {ACCENT!r}.")
        contrast = _contrast_with_white(given)
        if contrast < _LEAST_CONTRAST:
            raise ValueRefused(
                f"The accent {given} has a contrast of {floor(100 * contrast) / 100} with white; {_LEAST_CONTRAST} is "
                "needed to read white headings on it. Choose a darker one."
            )

    @currency_decimals.validator
    def _is_a_count(self, _: object, given: object) -> None:
        if given is not None and not (isinstance(given, int) and 0 <= given <= _MOST_DECIMALS):
            raise ValueRefused(f"Money has 0 to {_MOST_DECIMALS} decimals, not {given!r:.60}.")

    @logo.validator
    def _is_a_picture(self, _: object, __: object) -> None:
        self.picture()

    def picture(self) -> bytes:
        """Return the logo's file, empty without one. Raises ValueRefused when it is not there or not such a picture."""
        if self.logo is None:
            return b""
        name = brief(self.logo)
        try:
            if not self.logo.is_file():
                raise ValueRefused(f"The logo {name} is not there, or no file. Name a PNG or JPEG file.")
            size = self.logo.stat().st_size
            if size > _LARGEST_LOGO:
                raise ValueRefused(f"The logo {name} takes {size:,} bytes; {_LARGEST_LOGO:,} are possible.")
            held = self.logo.read_bytes()
        except OSError as broken:
            raise ValueRefused(f"The logo {name} cannot be read: {broken.strerror}.") from None
        if not held.startswith(_BEGINNINGS):
            raise ValueRefused(f"The logo {name} is neither a PNG nor a JPEG file.")
        return held

    def over(self, look: Mapping[str, Any]) -> dict[str, Any]:
        """Return the look of a cell, a tab or letters with the house's font and accent in place of the usual ones."""
        own = {FONT: self.font, ACCENT: self.accent}
        return {key: own.get(value, value) for key, value in look.items()}


def _contrast_with_white(colour: str) -> float:
    """Return the contrast ratio of the Web Content Accessibility Guidelines, 1 for white itself and 21 for black."""
    parts = (part / 255 for part in bytes.fromhex(colour[1:]))
    light = (part / 12.92 if part <= _STRAIGHT else float(((part + 0.055) / 1.055) ** 2.4) for part in parts)
    return 1.05 / (sum(weight * each for weight, each in zip(_WEIGHTS, light, strict=True)) + 0.05)


USUAL = Style()
"""How a workbook looks that is nobody's."""


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
