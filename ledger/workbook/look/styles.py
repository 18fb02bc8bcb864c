"""How cells look: every style by name, in the terms of the writer. Colours say what a cell is.

Blue on yellow: input. Blue: constant or stated figure. Black: formula. Green: fetched from another sheet.
"""

from __future__ import annotations

from typing import Any

from unitledger.workbook.contents import Kind
from unitledger.workbook.look.style import ACCENT, FONT

SIZE = 10
# Printed text stays readable: no page is scaled below what leaves this size.
SMALLEST_PRINTED = 7
SMALL = 9

_INK = "#1F2933"
_QUIET = "#616E7C"
_RULE = "#9AA5B1"
_BAND = ACCENT
_SHADE = "#E4EAF1"
_BLUE = "#0000FF"
_GREEN = "#00702E"
_YELLOW = "#FFF9C4"
_HEADING = {"bold": True, "font_color": "#FFFFFF", "bg_color": _BAND, "text_wrap": True}
_OPEN = {"border": 4, "border_color": _RULE}
_INPUT = {**_OPEN, "font_color": _BLUE, "bg_color": _YELLOW, "locked": False}
_TITLE = {"bold": True, "font_size": 14, "font_color": _BAND}
_TABLE_HEAD = {"bold": True, "font_color": _BAND, "bg_color": _SHADE}
_ROW = {"bottom": 4, "bottom_color": _RULE}
STYLES: dict[str, dict[str, Any]] = {
    "title": _TITLE,
    "title_whole": {**_TITLE, "text_wrap": True},
    "note": {"font_color": _QUIET, "italic": True},
    "status_bad": {"bold": True, "font_color": "#FFFFFF", "bg_color": "#C62828", "shrink": True, "indent": 1},
    "status_warn": {"bold": True, "font_color": "#7A4B00", "bg_color": "#FFE3B3", "shrink": True, "indent": 1},
    "heading": _HEADING,
    "heading_in": {**_HEADING, "indent": 1},
    "heading_right": {**_HEADING, "align": "right"},
    "heading_input": {**_INPUT, "bold": True, "align": "right", "text_wrap": True},
    "section": {"bold": True, "font_color": _BAND, "bg_color": _SHADE},
    "label": {"text_wrap": True},
    "label_unused": {"text_wrap": True, "italic": True, "font_color": _QUIET, "bg_color": "#EEEEEE"},
    "label_total": {"bold": True, "top": 1, "text_wrap": True},
    "unit": {"font_color": _QUIET, "text_wrap": True, "indent": 1},
    "unit_right": {"font_color": _QUIET, "align": "right"},
    "unit_total": {"font_color": _QUIET, "top": 1, "text_wrap": True, "indent": 1},
    "text": {"indent": 1},
    "name": {"text_wrap": True, "indent": 1},
    "wrapped": {"text_wrap": True},
    "top": {"bold": True, "valign": "top"},
    "words": {"font_color": _QUIET, "font_size": SMALL, "text_wrap": True, "indent": 1},
    "remark": {"font_color": _QUIET, "font_size": SMALL, "text_wrap": True, "indent": 1},
    "number": {},
    "used": {"font_color": _GREEN},
    "total": {"bold": True, "top": 1},
    "input": _INPUT,
    "choice": {**_INPUT, "align": "right", "text_wrap": True},
    "input_text": {**_INPUT, "align": "left", "indent": 1, "text_wrap": True},
    "open": {**_OPEN, "font_color": _BLUE, "locked": False},
    "open_text": {**_OPEN, "font_color": _BLUE, "align": "left", "indent": 1, "text_wrap": True, "locked": False},
    "inherited": {**_OPEN, "font_color": _QUIET},
    "inherited_choice": {**_OPEN, "font_color": _QUIET, "align": "right", "text_wrap": True},
    "own": {"font_color": _QUIET, "italic": True, "text_wrap": True, "indent": 1},
    "changed": {"font_color": _BLUE, "bg_color": "#FFD180", "border": 1, "border_color": _INK},
    "changes": {"font_color": _QUIET, "font_size": SMALL, "indent": 1},
    "selector": {**_INPUT, "align": "left", "bold": True},
    "constant": {"font_color": _BLUE},
    "constant_total": {"font_color": _BLUE, "bold": True, "top": 1},
    "constant_word": {"font_color": _BLUE, "align": "right", "text_wrap": True},
    "constant_name": {"font_color": _BLUE, "align": "right", "shrink": True},
    "date": {"align": "left", "indent": 1},
    "said": {"text_wrap": True},
    "said_first": {"bold": True, "text_wrap": True},
    "cover": {"font_color": _QUIET, "text_wrap": True},
    "answer": {
        "bold": True,
        "font_size": 14,
        "font_color": _BAND,
        "bg_color": _SHADE,
        "text_wrap": True,
        "indent": 1,
        "left": 5,
        "left_color": _BAND,
    },
    "qualifies": {"text_wrap": True, "indent": 1, "left": 5, "left_color": _BAND},
    "band": {**_TABLE_HEAD, "text_wrap": True},
    "band_right": {**_TABLE_HEAD, "text_wrap": True, "align": "right"},
    "beside": {"text_wrap": True, "indent": 1},
    "row": _ROW,
    "row_quiet": {**_ROW, "font_color": _QUIET},
    "row_total": {**_ROW, "bold": True},
    "row_label": {**_ROW, "text_wrap": True},
    "row_label_total": {**_ROW, "text_wrap": True, "bold": True, "font_color": _BAND},
    "row_unit": {**_ROW, "font_color": _QUIET, "text_wrap": True, "indent": 1},
    "row_link": {**_ROW, "font_color": _GREEN, "underline": 1, "text_wrap": True},
    "against": {**_ROW, "align": "right"},
    "chart_heading": {"bold": True, "font_color": _BAND, "bottom": 1, "bottom_color": _BAND, "text_wrap": True},
    "foot": {"font_color": _QUIET},
    "foot_text": {"font_color": _QUIET, "italic": True},
    "mark": {"align": "right"},
    "used_word": {"font_color": _GREEN, "align": "right", "text_wrap": True},
    "used_name": {"font_color": _GREEN, "align": "right", "text_wrap": True},
    "link": {"font_color": _GREEN, "underline": 1, "text_wrap": True, "indent": 1},
    "good": {"bold": True, "font_color": "#0B5D1E", "bg_color": "#D7F2DD", "align": "center", "shrink": True},
    "bad": {"bold": True, "font_color": "#FFFFFF", "bg_color": "#C62828", "align": "center", "shrink": True},
    "warn": {"bold": True, "font_color": "#7A4B00", "bg_color": "#FFE3B3", "align": "center", "shrink": True},
}
"""Style names and what they mean to the writer; "locked" counts on protected sheets."""

BASE: dict[str, Any] = {"font_name": FONT, "font_size": SIZE, "font_color": _INK, "valign": "vcenter"}
"""What every style starts from."""

TABS = {Kind.OUTPUTS: _BAND, Kind.INPUTS: "#E6B800", Kind.CALCULATION: _GREEN, Kind.WORKING: _RULE}
"""Colours of the tabs of sheets."""

RULE = _RULE
EDGE = "#404040"
GRID = "#E4E7EB"
CHART_FONT: dict[str, Any] = {"name": FONT, "size": 10, "bold": False, "color": _INK}
CHART_TITLE: dict[str, Any] = {"name": FONT, "size": 11, "bold": True, "color": _BAND}
"""Lines and letters of charts."""
