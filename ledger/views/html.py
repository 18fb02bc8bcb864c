"""Pieces of HTML that need no style sheet and no script; every text is escaped."""

from __future__ import annotations

from html import escape

from unitledger.views.figures import one_line

# Notebooks would read what stands between two dollar signs as a formula.
_PAGE = '<div class="tex2jax_ignore mathjax_ignore">\n{}\n</div>'


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
