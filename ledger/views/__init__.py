"""A ledger as people look at it from Python: in a terminal and in a notebook.

- `trace`: what an answer is made of, as a tree; `overview`: the whole ledger, and figures in words
- `grid`: a table of texts, drawn on a terminal, as text that none wraps, or on a page of HTML

Values are handed in, so that what works them out can have views of its own.
"""

from __future__ import annotations

from unitledger.views.grid import Grid, aligned, page, paragraph, sectioned
from unitledger.views.overview import (
    Overview,
    answered,
    by_option,
    constants_table,
    cover,
    figure_of,
    origin,
    overview,
    recommended,
    shown,
    stated,
    unit_text,
)
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
