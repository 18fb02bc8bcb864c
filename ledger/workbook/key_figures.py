"""Which lines answer the question of a ledger."""

from __future__ import annotations

from unitledger.model import Entries


def key_figures(entries: Entries) -> tuple[str, ...]:
    """Return the lines to show: the headline and what stands beside it, else the totals, else the last line."""
    if entries.answer is not None:
        return tuple(dict.fromkeys((entries.answer.line, *entries.answer.beside)))
    totals = tuple(name for name, line in entries.lines.items() if line.parts)
    return totals or tuple(entries.lines)[-1:]
