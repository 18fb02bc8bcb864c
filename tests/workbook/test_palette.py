"""Colours of charts: told apart by every eye, and on a grey printer."""

from __future__ import annotations

import math
from itertools import combinations, pairwise

import pytest

from unitledger.workbook.look.style import FILLS

# What colours look like to an eye without red or green cones: Machado, Oliveira and Fernandes (2009), severity 1.
EYES = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
}
Triple = tuple[float, ...]
SOLID = [fill.colour for fill in FILLS if not fill.pattern]


def times(matrix: tuple[Triple, ...], vector: Triple) -> Triple:
    return tuple(sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)


def linear(colour: str) -> Triple:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    return tuple(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)


def lab(light: Triple) -> Triple:
    """CIE L*a*b* of linear sRGB light."""
    to_xyz = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    clipped = tuple(min(max(part, 0.0), 1.0) for part in light)
    white = (0.95047, 1.0, 1.08883)
    ratios = [part / full for part, full in zip(times(to_xyz, clipped), white, strict=True)]
    x, y, z = (ratio ** (1 / 3) if ratio > 0.008856 else 7.787 * ratio + 16 / 116 for ratio in ratios)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def closest(colours: list[str], eye: str) -> float:
    """The least distance between two colours as an eye sees them."""
    seen = [lab(times(EYES[eye], linear(colour))) for colour in colours]
    return min(math.dist(one, other) for one, other in combinations(seen, 2))


@pytest.mark.parametrize("eye", EYES)
def test_colours_lie_apart_for_every_eye(eye: str) -> None:
    # A distance of 2.3 is just noticeable; areas beside a legend need ten times that.
    assert closest(SOLID, eye) > 30


def test_greys_lie_apart() -> None:
    lightness = sorted(lab(linear(colour))[0] for colour in SOLID)

    assert min(above - below for below, above in pairwise(lightness)) > 12
    assert lightness[-1] < 90, "the lightest stands out from paper"


def test_red_and_green_would_be_found() -> None:
    assert closest(["#CC4444", "#888833"], "deuteranopia") < 30 < closest(["#CC4444", "#888833"], "all cones")


def test_no_two_series_look_alike() -> None:
    assert len({(fill.colour, fill.pattern) for fill in FILLS}) == len(FILLS) == 8
    patterns = [fill.pattern for fill in FILLS if fill.pattern]
    assert len(set(patterns)) == len(patterns) == 3
    assert len({fill.dash for fill in FILLS}) == len(FILLS)
