"""Pieces of HTML that need no style sheet and no script; every text is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from unitledger.views.figures import one_line

# Notebooks would read what stands between two dollar signs as a formula.
_PAGE = '<div class="tex2jax_ignore mathjax_ignore">\n{}\n</div>'
_LEFT = ' style="text-align: left"'
_RIGHT = ' style="text-align: right"'


def text(plain: str) -> str:
    """Return a text that shows itself, whatever it holds."""
    return escape(one_line(plain))


def page(*blocks: str) -> str:
    """Return blocks, one beneath the other, for a notebook."""
    return _PAGE.format("\n".join(blocks))


def paragraph(plain: str, *, strong: bool = False) -> str:
    """Return a paragraph of one text."""
    return f"<p><strong>{text(plain)}</strong></p>" if strong else f"<p>{text(plain)}</p>"


def preformatted(plain: str) -> str:
    """Return lines of text as they stand."""
    return "<pre>" + "\n".join(text(line) for line in plain.split("\n")) + "</pre>"


def details(summary: str, block: str) -> str:
    """Return a block that is folded away behind its summary."""
    return f"<details>\n<summary>{text(summary)}</summary>\n{block}\n</details>"


def table(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]], right: frozenset[int]) -> str:
    """Return a table; a row of one cell is the title of a section, columns in `right` hold numbers."""
    head = "".join(
        f'<th scope="col"{_RIGHT if column in right else _LEFT}>{text(heading)}</th>'
        for column, heading in enumerate(headings)
    )
    body = "\n".join(f"<tr>{_cells(row, len(headings), right)}</tr>" for row in rows)
    return f"<table>\n<thead>\n<tr>{head}</tr>\n</thead>\n<tbody>\n{body}\n</tbody>\n</table>"


def _cells(row: tuple[str, ...], width: int, right: frozenset[int]) -> str:
    if len(row) == 1 and width > 1:
        return f'<th colspan="{width}"{_LEFT}>{text(row[0])}</th>'
    return "".join(f"<td{_RIGHT if column in right else _LEFT}>{text(cell)}</td>" for column, cell in enumerate(row))
