"""A line that takes figures from an input in place of its formula, wherever a condition holds."""

from __future__ import annotations

from typing import Any

import attrs

from unitledger.errors import ExpressionError
from unitledger.expression import Operand, lower, when
from unitledger.model.entry.inputs import Assumption
from unitledger.model.entry.line import Line
from unitledger.model.entry.over import Balance
from unitledger.model.held.entries import Entries


def take_booked(entries: Entries, line: Line, booked: Assumption, holds: Operand) -> Line:
    """Put `booked` in place of the formula of a line where the condition `holds`; an input over time comes before it.

    Raises ExpressionError for a balance, whose formula is that of its flows.
    """
    if isinstance(line, Balance):
        raise ExpressionError(f"{line.name!r} is a balance. Give the actual figures of what is added and removed.")
    written = when(holds, booked, line.written).expression
    lowered = lower(written, line.name, line.unit, entries.calendar).expression
    made = attrs.evolve(line, written=written, lowered=lowered, parts=())
    table: dict[str, Any] = entries._rows if line.name in entries._rows else entries._lines
    table[line.name] = made
    if booked.name in table:
        held = table.pop(booked.name)
        entries._rows = {
            name: row
            for here, kept in table.items()
            for name, row in ([(booked.name, held)] if here == line.name else []) + [(here, kept)]
        }
    return made
