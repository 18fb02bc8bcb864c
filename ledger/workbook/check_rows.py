"""Which row of the sheet Checks holds what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from unitledger.compute import disqualifying
from unitledger.model import Assumption, Breakdown, Choice, Entries, dated_prices, key_figures
from unitledger.workbook.layout import ALERTS_ROW, HEADINGS, SUMMARY, Layout, answers, input_name, output_name
from unitledger.workbook.parts import count

# Counts stand in the status column beneath the three status cells.
COUNTS_ROW = ALERTS_ROW + 2
_INTEGRITY = range(COUNTS_ROW + 1, COUNTS_ROW + 13)
TOTALS_COUNT, PARTS_COUNT, LINES_COUNT, BUILT_COUNT, SHOWN_COUNT, *_OTHERS = _INTEGRITY
INPUT_UNITS_COUNT, UNUSABLE_COUNT, NAMES_COUNT, CONSTANTS_COUNT, *_STUDIED = _OTHERS
SCENARIOS_COUNT, SCENARIOS_BUILT_COUNT, SELECTORS_COUNT = _STUDIED
_INFORMATION = range(_INTEGRITY.stop, _INTEGRITY.stop + 5)
EDITS_COUNT, RANGES_COUNT, WARNINGS_COUNT, UNITS_ALONE_COUNT, STATIC_COUNT = _INFORMATION
INTEGRITY_COUNTS = (TOTALS_COUNT, SELECTORS_COUNT)
ALERT_COUNTS = (RANGES_COUNT, UNITS_ALONE_COUNT)

# Columns of the inputs as built, counted from the first after the options; low and high as built come before.
INPUTS_DIFFER, FACTOR_AGAIN, NAMED_WRONG, UNUSABLE, UNIT_ALONE = range(2, 7)

# Stands among the names of alerts for prices that are out of date.
STALE = "stale prices"

# Rows about the parts of the answer, beside one for each part by its place.
SIZE_OF_TOTAL, SUM_OF_PARTS, LARGEST_PART, PARTS_UNEQUAL = "size of total", "sum", "largest", "unequal"

# Rows of one total: the sum of its parts, the largest of them, whether it does not add up.
ROWS_OF_A_TOTAL = 3


@attrs.frozen
class CheckRows:
    """Rows counted from 0, by name, of each block; a block without rows is empty and has no title.

    `totals`: first of three rows per total. `breakdown`: parts of the answer by their place, and what compares them
    with the answer. `again`: all that Calc works out; `built`: lines; `inputs`: as built; these three keep the
    distances between rows of the sheet that they mirror. `shown`: key figures of Summary. `whole`: inputs that are
    counts. `ranges`: inputs that are numbers, followed by the row `outside` with their sums. `stale`: inputs in a
    currency, if their age is checked, followed by the row of the `oldest` date. `alerts`: warnings of the ledger,
    first those that say what is plausible, and of these first what the headline stands on.
    `names`: by defined name. `constants`: by row on Constants. `static`: static tables by the name of their sheet.
    `titles`: row of each block's heading, by the name of the block; `end`: first row after all blocks.
    """

    totals: dict[str, int]
    breakdown: dict[str, int]
    again: dict[str, int]
    built: dict[str, int]
    shown: dict[str, int]
    inputs: dict[str, int]
    whole: dict[str, int]
    ranges: dict[str, int]
    outside: int
    stale: dict[str, int]
    oldest: int
    alerts: dict[str, int]
    names: dict[str, int]
    constants: dict[int, int]
    static: dict[str, int]
    titles: dict[str, int]
    end: int


class _Blocks:
    """Blocks one beneath the other, each a heading and its rows, with an empty row between."""

    def __init__(self, first: int) -> None:
        self.next = first
        self.titles: dict[str, int] = {}

    def mirrored(self, block: str, rows: Mapping[str, int]) -> dict[str, int]:
        """Place names as far apart as they are elsewhere."""
        if not rows:
            return {}
        top = min(rows.values())
        first = self._begin(block, max(rows.values()) - top + 1)
        return {name: first + there - top for name, there in rows.items()}

    def listed(self, block: str, names: Iterable[str], rows_each: int = 1, more: int = 0) -> dict[str, int]:
        """Place names one after the other, and `more` rows after them."""
        known = list(names)
        if not known:
            return {}
        first = self._begin(block, rows_each * len(known) + more)
        return {name: first + rows_each * place for place, name in enumerate(known)}

    def _begin(self, block: str, count: int) -> int:
        self.titles[block] = self.next
        first = self.next + 1
        self.next = first + count + 1
        return first


def check_rows(entries: Entries, layout: Layout) -> CheckRows:
    """Lay the sheet out."""
    blocks = _Blocks(STATIC_COUNT + 2)
    summed = (name for name, line in entries.lines.items() if line.parts)
    bounds = {name: target.bounds for name in layout.inputs if isinstance(target := entries.inputs[name], Assumption)}
    totals = blocks.listed("totals", summed, ROWS_OF_A_TOTAL)
    breakdown = blocks.listed("breakdown", _parts(layout.made_of))
    again = blocks.mirrored("again", layout.used | layout.lines)
    built = blocks.mirrored("built", layout.lines)
    shown = blocks.listed("shown", key_figures(entries) if SUMMARY in layout.sheets else ())
    inputs = blocks.mirrored("inputs", layout.inputs)
    whole = blocks.listed("whole", (name for name, held in bounds.items() if held.whole))
    ranges = blocks.listed("ranges", bounds, more=1)
    outside = max(ranges.values(), default=0) + 1
    prices = dated_prices(entries)
    stale = blocks.listed("stale", prices, more=1)
    oldest = max(stale.values(), default=0) + 1
    # Neighbours, so that one range holds all that watch the headline, and another all that watch lines.
    of_lines = [alert for alert in entries.alerts if alert.line]
    watching = dict.fromkeys(alert.name for alert in (*disqualifying(entries), *of_lines, *entries.alerts))
    alerts = blocks.listed("alerts", [*watching, STALE][: len(watching) + bool(prices)])
    names = blocks.listed("names", [*HEADINGS, *map(input_name, layout.inputs), *map(output_name, answers(entries))])
    there = _constant_rows(entries, layout)
    listed = blocks.listed("constants", map(str, there))
    constants = dict(zip(there, listed.values(), strict=True))
    static = blocks.listed("static", layout.static)
    return CheckRows(
        *(totals, breakdown, again, built, shown, inputs, whole, ranges, outside, stale, oldest),
        *(alerts, names, constants, static, blocks.titles, blocks.next - 1),
    )


def _parts(found: Breakdown | None) -> list[str]:
    """Rows of the answer taken apart: none where it is not made of parts."""
    if found is None:
        return []
    size = [] if found.is_total else [SIZE_OF_TOTAL]
    return [*size, *map(str, range(count(found))), SUM_OF_PARTS, LARGEST_PART, PARTS_UNEQUAL]


def _constant_rows(entries: Entries, layout: Layout) -> list[int]:
    """Rows of Constants that hold a value: constants, factors, tolerance and percent, words of choices, units."""
    rows = {*layout.constants.values(), *layout.factors.values(), *layout.definitions.values()}
    rows |= {layout.tolerance, layout.percent}
    for name, entry in entries.inputs.items():
        if isinstance(entry, Choice):
            rows |= {layout.lists[name] + place for place in range(len(entry.words))}
    return sorted(rows.union(*layout.units.values()))
