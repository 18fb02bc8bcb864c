"""What a reader of Summary must know beside the figures: alerts by option, inputs outside their range, exclusions."""

from __future__ import annotations

from textwrap import wrap

from unitledger.expression import Operand, equal, fixed, sentence, total, when
from unitledger.model import Assumption, dated_prices, stale_rule
from unitledger.workbook import text
from unitledger.workbook.grid import frame
from unitledger.workbook.layout import FIRST_OPTION, UNIT_COLUMN
from unitledger.workbook.look.formats import GENERAL
from unitledger.workbook.sheet import Highlight
from unitledger.workbook.sheets.checks.rows import STALE
from unitledger.workbook.sheets.summary.summing import EMPTY, MARK, Summing

# Letters of a text in one row, which can only be so high.
_LONGEST = 2000


def put_alerts(summing: Summing) -> None:
    """Put how many alerts apply, what is watched and in which options it applies, and inputs outside their range.

    Lines that are not plausible are counted together.
    """
    put, checks, entries = summing.grid.put, summing.checks, summing.entries
    some = sentence(text.ALERTS_THAT_APPLY, fixed(checks.alerts, 0))
    put(summing.section(""), when(equal(checks.alerts, 0), sentence(text.NO_ALERT), some), frame.SECTION)
    watched = {alert.name: alert.text for alert in entries.alerts if not alert.line}
    if dated_prices(entries):
        watched[STALE] = text.STALE_PRICES_LISTED.format(rule=stale_rule(entries))
    of_lines = {alert.name for alert in entries.alerts if alert.line}
    counted: dict[str, Operand] = {}
    if of_lines:
        counted[text.IMPLAUSIBLE] = total(
            checks.warnings.down(name for name in checks.warnings.keys if name in of_lines)
        )
    if any(isinstance(entry, Assumption) for entry in entries.inputs.values()):
        counted |= {text.OUTSIDE_RANGE: checks.counts["ranges"], text.UNITS_ALONE_LISTED: checks.counts["units_alone"]}
    marks = summing.marked(watched | {said: said for said in counted}, UNIT_COLUMN).marks
    put(marks, when(equal(checks.warnings, 0), EMPTY, sentence(text.APPLIES)), MARK, rows=watched)
    for said, flags in counted.items():
        options = [entries.base] if said in {text.OUTSIDE_RANGE, text.UNITS_ALONE_LISTED} else entries.options
        put(marks, when(equal(flags, 0), EMPTY, fixed(flags, 0)), MARK, rows=[said], columns=options)
    for name in watched:
        place = marks[name].area().rows, (FIRST_OPTION, summing.layout.after_options - 1)
        summing.grid.sheet.highlights.append(Highlight(*place, text.APPLIES, ("warn", GENERAL)))


def put_exclusions(summing: Summing) -> None:
    """Put what the figures leave out, if anything."""
    left_out = wrap(", ".join(summing.entries.exclusions), _LONGEST)
    if left_out:
        summing.section(text.EXCLUDED)
    excluded = summing.texts(range(len(left_out)))
    for number, said in enumerate(left_out):
        summing.spread(excluded[number], "alert", summing.last_column)
        summing.grid.put(excluded[number], said, ("alert", GENERAL))
