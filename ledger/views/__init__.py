"""A ledger as people look at it from Python: in a terminal and in a notebook.

- `trace`: what an answer is made of, as a tree; `overview`: the whole ledger, its options as columns; `cover`: what a
  ledger says of itself
- `grid`: a table of texts, drawn on a terminal or written as HTML; `html`: pages of such tables; `plain`: text that
  no terminal wraps
- `figures`: values and provenance in words

Values are handed in, so that what works them out can have views of its own.
"""

from __future__ import annotations

from unitledger.views.cover import answered, cover, recommended
from unitledger.views.figures import figure_of, origin, shown, stated, unit_text
from unitledger.views.grid import Grid, aligned, sectioned
from unitledger.views.html import page, paragraph
from unitledger.views.overview import Overview, by_option, constants_table, overview
from unitledger.views.trace import Trace, trace

__all__ = [
    "Grid",
    "Overview",
    "Trace",
    "aligned",
    "answered",
    "by_option",
    "constants_table",
    "cover",
    "figure_of",
    "origin",
    "overview",
    "page",
    "paragraph",
    "recommended",
    "sectioned",
    "shown",
    "stated",
    "trace",
    "unit_text",
]
