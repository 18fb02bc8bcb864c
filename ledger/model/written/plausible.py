"""What a line can plausibly be: its ends are constants of the ledger, and alerts say where it lies beyond them."""

from __future__ import annotations

from unitledger.expression import Number, Operand, apply
from unitledger.expression.table.arithmetic import DUST, ROUND
from unitledger.model.entry.figure import Figure
from unitledger.model.entry.line import Line
from unitledger.model.held.entries import Entries
from unitledger.model.written import record
from unitledger.units import quantity

# A figure is as good as its end where no more than dust lies between: engines add up in different ways.
_DECIMALS = Number(float(DUST))
_SOURCE = "assumed: what is plausible"
# So many letters of a label go into an alert, which is no longer than a label.
_LONGEST = 100


def watched(entries: Entries, line: Line) -> Line:
    """Append what is plausible of a line, as constants unless it is 0, and an alert for each end; return the line."""
    label = line.label if len(line.label) <= _LONGEST else f"{line.label[: _LONGEST - 1]}…"
    least, most = ("minimum", "least", "below"), ("maximum", "most", "above")
    for (kind, amount, beyond), end in ((least, line.plausible.least), (most, line.plausible.most)):
        if end is None:
            continue
        shown = quantity(end, line.unit)
        looked_at: Operand = line
        if end:
            figure = Figure(shown, _SOURCE, entries.as_of)
            called = f"{label}: {amount} plausible"
            looked_at = line / record.add_constant(entries, f"{line.name}.{kind}", figure, called)
        # Beside a negative end, what is below it is more than the whole of it.
        rises = (kind == "maximum") == (end >= 0)
        rounded = apply(ROUND, looked_at, _DECIMALS)
        limit = 1 if end else 0
        condition = rounded > limit if rises else rounded < limit
        record.add_alert(entries, condition, f"{label} is {beyond} {shown}, which is not plausible.", line.name)
    return line
