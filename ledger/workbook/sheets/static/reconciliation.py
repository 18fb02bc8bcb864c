"""The sheet Reconciliation: published figures beside the workbook's own, with a verdict on each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from unitledger.expression import TEXT, Kind, absolute, all_of, maximum, sentence, when
from unitledger.model import Choice, Entries, Words
from unitledger.units import DIMENSIONLESS, Unit, magnitude, quantity
from unitledger.workbook import text
from unitledger.workbook.grid import Entry, Grid, frame
from unitledger.workbook.layout import FIRST_ROW, HINT_ROW, LABEL_COLUMN, RECONCILIATION, UNIT_COLUMN
from unitledger.workbook.ledger_cells import LedgerCells
from unitledger.workbook.look.formats import GENERAL, number_format, shown_width
from unitledger.workbook.published import Case, Published
from unitledger.workbook.sheet import Highlight, Sheet, Style
from unitledger.workbook.sheets.checks import Checks
from unitledger.workbook.sheets.strip import put_freshness

PRINTED, COMPUTED, DIFFERENCE, ROUNDING, VERDICT, NOTE, CASE, MOST = range(2, 10)

_FIGURE_WIDTH = 13
_WIDTHS = {ROUNDING: 11, VERDICT: 14, NOTE: 60, CASE: 28, MOST: 13}
_ROUNDED: Style = ("constant", "0.0%")
_TIMES: Style = ("constant", '0.0"x"')


@attrs.frozen
class _Figure:
    """A published figure in the unit of its line; `printed`: None where there is none."""

    row: int
    case: Case
    label: str
    unit: Unit
    printed: float | None
    computed: float

    @classmethod
    def of(cls, entries: Entries, row: int, figure: Published) -> _Figure:
        case = figure.case
        entry = entries[case.output]
        assert not isinstance(entry, Choice | Words), "a word is no published figure"
        source = Unit.parse(case.unit)

        def converted(stored: float) -> float:
            return magnitude(quantity(stored, source), entry.unit, entries.calendar)

        printed = None if case.published is None else converted(case.published)
        return cls(row, case, entry.label, entry.unit, printed, converted(figure.computed))

    @property
    def known(self) -> list[float]:
        return [number for number in (self.printed, self.computed) if number is not None]

    @property
    def is_compared(self) -> bool:
        """Whether there is a print to compare with, and what it may be off by."""
        return self.printed is not None and self.case.rounding is not None

    @property
    def pattern(self) -> str:
        return number_format(self.unit, self.known)


def reconciliation_sheet(checks: Checks, published: Sequence[Published]) -> Sheet:
    """Return the sheet, one row per figure beneath its option, in the units of the ledger.

    Without cells if nothing is published; a figure of an option that the workbook lacks is left out.
    """
    entries = checks.entries
    shown: list[_Figure] = []
    titles_of: dict[str, int] = {}
    for option in entries.options:
        there = [figure for figure in published if figure.case.option == option]
        if there:
            titles_of[option] = FIRST_ROW + len(shown) + len(titles_of)
            shown += [_Figure.of(entries, row, figure) for row, figure in enumerate(there, titles_of[option] + 1)]
    if not shown:
        return Sheet(RECONCILIATION)
    sheet = frame.begin(RECONCILIATION, text.RECONCILIATION_TITLE, text.RECONCILIATION_HINT)
    titles = [text.LINE, text.UNIT, text.PUBLISHED, text.COMPUTED, text.DIFFERENCE]
    titles += [text.ROUNDING, text.VERDICT, text.NOTE, text.CASE]
    if any(each.case.most for each in shown):
        titles.append(text.TIMES_AT_MOST)
    frame.headings(sheet, titles, range(PRINTED, VERDICT))
    sheet.freeze = (FIRST_ROW, PRINTED)
    grid = Grid(sheet, {})
    rows = (FIRST_ROW, shown[-1].row)
    with grid.mapped("reconciliation", rows=range(HINT_ROW, rows[1] + 1), columns=range(VERDICT + 1)):
        for option, row in titles_of.items():
            grid.put(grid.entry("", TEXT, row, LABEL_COLUMN), checks.cells.options.at(option), frame.SECTION)
            grid.put(grid.entry("", TEXT, row, {at: at for at in range(UNIT_COLUMN, len(titles))}), None, frame.SECTION)
        _put_figures(grid, checks.cells, shown)
        put_freshness(grid, VERDICT, checks)
    for verdict in (text.DIFFERS, text.DOES_NOT_HOLD):
        sheet.highlights.append(Highlight(rows, (VERDICT, VERDICT), verdict, ("warn", GENERAL)))
    sheet.widths |= _WIDTHS
    sheet.widths[LABEL_COLUMN] = frame.LABEL_WIDTH
    sheet.widths[UNIT_COLUMN] = frame.UNIT_WIDTH
    widest = 1 + max(shown_width(each.known, each.pattern) for each in shown)
    sheet.widths |= dict.fromkeys((PRINTED, COMPUTED, DIFFERENCE), max(_FIGURE_WIDTH, min(widest, frame.WIDEST_FIGURE)))
    return sheet


def _put_figures(grid: Grid, cells: LedgerCells, shown: Sequence[_Figure]) -> None:
    """Put figures, their differences from the workbook's own, and whether the rounding of the print explains them."""
    by_row = {each.row: each for each in shown}
    units = {row: each.unit for row, each in by_row.items()}

    def column(kind: Kind | Mapping[int, Unit], place: int) -> Entry:
        return grid.entry("", kind, {row: row for row in by_row}, {None: place})

    def look(row: int, _: None) -> Style:
        return "number", by_row[row].pattern

    printed, computed, difference = (column(units, place) for place in (PRINTED, COMPUTED, DIFFERENCE))
    rounding, verdict = column(DIMENSIONLESS, ROUNDING), column(TEXT, VERDICT)
    for row, each in by_row.items():
        constant = ("constant", each.pattern)
        _put_words(grid, each)
        if each.case.settings:
            grid.put(computed, each.computed, constant, rows=[row])
        else:
            here = cells.where(each.case.output, each.case.option)
            grid.put(computed, here, ("used", each.pattern), rows=[row])
        if each.is_compared:
            grid.put(printed, each.printed, constant, rows=[row])
            grid.put(rounding, each.case.rounding, _ROUNDED, rows=[row])
    compared = [row for row, each in by_row.items() if each.is_compared]
    apart = computed - printed
    same = absolute(apart) <= cells.tolerance * maximum(absolute(computed), absolute(printed))
    grid.put(difference, when(same, 0, apart), look, rows=compared)
    most = column(DIMENSIONLESS, MOST)
    for row in compared:
        if by_row[row].case.most is not None:
            grid.put(most, by_row[row].case.most, _TIMES, rows=[row])
    # A bound may be missed on one side, unless it says how far off the other may be.
    missed = {"at most": apart, "at least": -apart}
    for bound, ends in dict.fromkeys((by_row[row].case.bound, by_row[row].case.most is not None) for row in compared):
        met = missed.get(bound, absolute(apart)) <= rounding * absolute(printed)
        met = all_of(met, computed <= most * printed) if ends else met
        yes, no = (text.HOLDS, text.DOES_NOT_HOLD) if bound else (text.AGREES, text.DIFFERS)
        rows = [row for row in compared if (by_row[row].case.bound, by_row[row].case.most is not None) == (bound, ends)]
        grid.put(verdict, when(met, sentence(yes), sentence(no)), frame.TEXT, rows=rows)


def _put_words(grid: Grid, each: _Figure) -> None:
    case, sheet = each.case, grid.sheet
    grid.head(each.row, each.label, each.unit.spelling)
    if not each.is_compared:
        sheet.text(each.row, VERDICT, text.NOT_PUBLISHED, frame.UNIT)
    settings = ", ".join(f"{name} = {given}" for name, given in case.settings.items())
    note = text.VARIANT.format(settings=settings, note=case.note) if settings else case.note
    sheet.text(each.row, NOTE, note, frame.REMARK)
    sheet.text(each.row, CASE, case.case, frame.REMARK)
