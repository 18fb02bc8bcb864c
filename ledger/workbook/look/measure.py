"""What room a text takes: its width, and the height of a row in which it is broken into lines.

Letters are measured as in Calibri, whose widths the library that writes the file knows.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from math import ceil
from unicodedata import east_asian_width

from unitledger.workbook.look.styles import SIZE, STYLES

# Pixels of a digit, by which columns are measured, and of a space; the size in points whose letters the library knows.
_DIGIT, _SPACE, _KNOWN = 7, 3, 11
# Programs round letters to whole pixels; bold ones are wider.
_ROUNDED, _BOLD = 1.03, 1.04
# Texts of letters that are as wide as this, in pixels, are wider than nearly all.
_WIDE_LETTER = 10
# No letter is wider.
_WIDEST_LETTER = 20
# What a step to the right takes of a column, in pixels; what the library does not count of a sign as wide as two.
_INDENT, _SECOND = 9, 7
# Points of a line of the usual size, and of each further one.
_LINE, _NEXT_LINE = 14.0, 12.75
_HIGHEST = 409.0


def width(shown: str, style: str) -> float:
    """Return the width of the column, in characters, in which a text fits on one line."""
    scale, indent = _look(style)
    return (_pixels(shown) * scale + indent) / _DIGIT


def height(shown: str, across: float, style: str) -> float:
    """Return the height in points of a row in which a text has `across` characters of a column."""
    look = STYLES[style]
    lines = _lines(shown, across, style) if look.get("text_wrap") else 1
    points: float = (_LINE + _NEXT_LINE * (lines - 1)) * look.get("font_size", SIZE) / SIZE
    return min(points, _HIGHEST)


def fits(across: float, style: str, high: float = _HIGHEST) -> int:
    """Return how many letters of nearly any text fit on one line of so many characters; -1 if it is not so low."""
    return int(_room(across, style) / _WIDE_LETTER) if height("", across, style) <= high else -1


def _room(across: float, style: str) -> float:
    """Pixels of a line, for letters as wide as those that are known."""
    scale, indent = _look(style)
    return max(across * _DIGIT - indent, _DIGIT) / scale


def _lines(shown: str, across: float, style: str) -> int:
    """Lines that a text takes, broken between words; a word for which that is too narrow is broken anywhere.

    Such a word is broken behind a stroke first, as some programs do.
    """
    room = _room(across, style)
    if sum(shown.encode("latin-1", "replace").translate(_at_most())) <= room:
        return 1
    lines, filled = 1, 0.0
    for word in shown.split():
        space = _SPACE
        for piece in word.replace("/", "/ ").split() if _pixels(word) > room else (word,):
            wide = _pixels(piece)
            if filled and filled + space + wide > room:
                lines, filled = lines + 1, 0.0
            filled += wide + (space if filled else 0)
            if filled > room:
                lines, filled = lines + ceil(filled / room) - 1, filled % room
            space = 0
    return lines


@cache
def _look(style: str) -> tuple[float, float]:
    """How much wider a style is than the letters that are known, and how far it is indented."""
    look = STYLES[style]
    scale = _ROUNDED * look.get("font_size", SIZE) / _KNOWN * (_BOLD if look.get("bold") else 1)
    return scale, _INDENT * look.get("indent", 0)


@lru_cache(maxsize=10_000)
def _pixels(shown: str) -> int:
    """Width of a text in the size whose letters are known."""
    return _known()(shown) + (0 if shown.isascii() else _SECOND * sum(east_asian_width(sign) in "WF" for sign in shown))


@cache
def _at_most() -> bytes:
    """The widths of the first 256 letters; a question mark, which stands for all others, is as wide as any."""
    widths = bytearray(map(_pixels, map(chr, range(256))))
    widths[ord("?")] = _WIDEST_LETTER
    return bytes(widths)


@cache
def _known() -> Callable[[str], int]:
    from xlsxwriter.utility import xl_pixel_width as known

    letters: Callable[[str], int] = known
    return letters
