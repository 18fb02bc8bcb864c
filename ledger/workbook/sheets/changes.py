"""The sheet Changes: what differs from an earlier workbook, and what that does to the answer."""

from __future__ import annotations

from itertools import count

import attrs

from unitledger.expression import TEXT, Expression, Kind, apply, equal, when
from unitledger.expression.table.statistics import INDEX
from unitledger.model import Assumption, Choice, Entries, cell_name
from unitledger.units import DIMENSIONLESS, Unit
from unitledger.workbook import text
from unitledger.workbook.grid import Entry, Grid, frame
from unitledger.workbook.layout import CHANGES, FIRST_ROW, HINT_ROW, LABEL_COLUMN
from unitledger.workbook.ledger_cells import LedgerCells, unit_of
from unitledger.workbook.look.formats import CHANGE, GENERAL, number_format, shown_width
from unitledger.workbook.sheet import Sheet, Style
from unitledger.workbook.sheets.checks import Checks
from unitledger.workbook.sheets.strip import put_freshness
from unitledger.workbook.sheets.summary.text import POINTS
from unitledger.workbook.stated.since import Change, Gone, Since, State

OPTION, UNIT, EARLIER, NOW, CHANGED, EFFECT, REMARK = range(1, 8)
_FIGURE_WIDTH = 13
_REMARK_WIDTH = 34
# A figure that has grown more is no share of what it was.
_MOST_TIMES = 100

_WORDS = ("words", GENERAL)
_REMARKS: dict[State, str] = {
    "no value": text.SINCE_NO_VALUE,
    "together no value": text.SINCE_NO_VALUE_TOGETHER,
    "new": text.SINCE_NEW,
    "gone": text.SINCE_GONE,
}


@attrs.frozen
class _Comparing:
    """The sheet under construction; `pattern`: number format of all effects."""

    grid: Grid
    entries: Entries
    cells: LedgerCells
    pattern: str

    @property
    def sheet(self) -> Sheet:
        """The sheet it stands on."""
        return self.grid.sheet

    def seen(self, name: str, option: str) -> Expression:
        """Return the cell of a figure of one period."""
        assert self.cells.along is not None
        return self.cells.along(self.entries.input(name).expression, option)

    def at(self, row: int, column: int, kind: Kind = DIMENSIONLESS) -> Entry:
        """A cell of the sheet."""
        return self.grid.entry("", kind, row, {None: column})


def changes_sheet(checks: Checks, since: Since) -> Sheet:
    """Return the sheet: one row per input that differs, in each option. Calc must have been said."""
    entries = checks.entries
    answer = entries.lines[since.answer]
    effects = [each.effect for each in (*since.changes, *since.together) if each.effect is not None]
    title = text.SINCE_TITLE.format(file=since.earlier.file, version=since.earlier.version or text.NOT_STATED)
    sheet = frame.begin(CHANGES, title, text.SINCE_HINT)
    effect = text.SINCE_EFFECT.format(answer=answer.label, unit=answer.unit.spelling)
    titles = (text.INPUT, text.OPTION, text.UNIT, text.SINCE_EARLIER, text.SINCE_NOW, text.SINCE_CHANGE, effect)
    frame.headings(sheet, (*titles, text.NOTE), range(EARLIER, REMARK))
    sheet.freeze = FIRST_ROW, OPTION + 1
    comparing = _Comparing(Grid(sheet, {}), entries, checks.cells, number_format(answer.unit, effects))
    told = sum(map(len, (since.changes, since.new, since.earlier.gone, since.options, since.periods, since.together)))
    rows = range(HINT_ROW, FIRST_ROW + max(told, 1))
    with comparing.grid.mapped("changes", rows=rows, columns=range(OPTION, EFFECT + 1)):
        put_freshness(comparing.grid, EFFECT, checks)
        widest = max(_put_rows(comparing, since), shown_width(effects, comparing.pattern)) + 1
    if not told:
        sheet.text(FIRST_ROW, LABEL_COLUMN, text.SINCE_NOTHING, frame.TEXT)
    labels = (str(held) for row, column, _, held, *_ in sheet.cells if column == LABEL_COLUMN and row >= FIRST_ROW)
    options = frame.width(checks.layout.options, frame.UNIT_WIDTH, frame.LABEL_WIDTH)
    sheet.widths |= {LABEL_COLUMN: frame.width(labels, frame.LABEL_WIDTH, frame.WIDEST_LABEL), OPTION: options}
    figures = min(max(widest, _FIGURE_WIDTH), frame.WIDEST_FIGURE)
    sheet.widths |= {UNIT: frame.UNIT_WIDTH, **dict.fromkeys(range(EARLIER, REMARK), figures), REMARK: _REMARK_WIDTH}
    sheet.widths[CHANGED] = figures + len(f"+{POINTS}")
    return sheet


def _put_rows(comparing: _Comparing, since: Since) -> int:
    """Put what differs, one beneath the other; return the width that the figures of inputs need."""
    rows, widest = count(FIRST_ROW), 0
    for change in since.changes:
        widest = max(widest, _put_change(comparing, next(rows), change))
    for name in since.new:
        _put_new(comparing, next(rows), name)
    for gone in since.earlier.gone:
        _put_gone(comparing, next(rows), gone, since.earlier.options[0])
    for option, state in since.options:
        _put_words(comparing, next(rows), (text.OPTION, option, ""), state)
    for periods, state in since.periods:
        _put_words(comparing, next(rows), (text.SINCE_PERIODS.format(periods=periods), "", ""), state)
    for whole in since.together:
        _put_together(comparing, next(rows), whole)
    return widest


def _put_change(comparing: _Comparing, row: int, change: Change) -> int:
    """Put an input that differs in an option; return the width that its figures need."""
    sheet = comparing.sheet
    target = comparing.entries.input(change.name)
    unit = target.unit.spelling if isinstance(target, Assumption) else text.CHOICE_UNIT
    label = text.SINCE_SPAN.format(label=target.label, last=change.last) if change.last else target.label
    _put_words(comparing, row, (label, change.option, unit), change.state, change.reason)
    known = [] if change.earlier is None else [change.earlier]
    if isinstance(target, Choice):
        word = "" if change.earlier is None else target.words[int(change.earlier) - 1]
        sheet.text(row, EARLIER, word, ("constant_word", GENERAL))
        _put_now(comparing, row, change.name, change.option, GENERAL)
    else:
        now = float(comparing.entries.setting(change.name, change.option).value)
        pattern = number_format(target.unit, [*known, now], exact=True)
        known.append(now)
        if change.earlier is not None:
            sheet.number(row, EARLIER, change.earlier, ("constant", pattern))
        _put_now(comparing, row, change.name, change.option, pattern)
        if change.earlier is not None and not target.unit.is_date:
            _put_apart(comparing, row, target.unit, known, pattern)
    if change.effect is not None:
        sheet.number(row, EFFECT, change.effect, ("constant", comparing.pattern))
    return shown_width(known, pattern) if isinstance(target, Assumption) else 0


def _put_apart(comparing: _Comparing, row: int, unit: Unit, known: list[float], pattern: str) -> None:
    """Put how far the figure now lies from the earlier one: a share where that means something, else in its unit.

    That is as on Summary: above zero before, no loss now, and at most a hundred times as much; of shares, points.
    """
    earlier, now = known
    was, is_now = (comparing.at(row, place, unit) for place in (EARLIER, NOW))
    apart, in_points = is_now - was, pattern.endswith("%")
    if not in_points and earlier > 0 and 0 <= now <= _MOST_TIMES * earlier:
        comparing.grid.put(comparing.at(row, CHANGED), when(equal(was, 0), 0, apart / was), ("number", CHANGE))
        return
    shown = f'{pattern}"{POINTS}"' if in_points else pattern
    comparing.grid.put(comparing.at(row, CHANGED, unit), apart, ("number", f"+{shown};-{shown};{shown}"))


def _put_now(comparing: _Comparing, row: int, name: str, option: str, pattern: str) -> None:
    """Put the figure that an option uses now, which follows Calc; of a choice the word."""
    cells, put = comparing.cells, comparing.grid.put
    used = cells.where(name, option) if "@" not in name else comparing.seen(name, option)
    if name in cells.words:
        put(comparing.at(row, NOW, TEXT), apply(INDEX, cells.words[name].down(), used), ("used_word", pattern))
    else:
        put(comparing.at(row, NOW, unit_of(comparing.entries, name)), used, ("used", pattern))


def _put_new(comparing: _Comparing, row: int, name: str) -> None:
    """Put an input that the earlier workbook lacks, with the base option's figure, of one over time the first."""
    entries = comparing.entries
    row_over_time = entries.rows.get(name)
    if row_over_time is not None:
        name = cell_name(name, row_over_time.axis.labels[0])
    target = entries.input(name)
    pattern, unit = GENERAL, text.CHOICE_UNIT
    if isinstance(target, Assumption):
        unit = target.unit.spelling
        pattern = number_format(target.unit, [float(target.setting.value)], exact=True)
    _put_words(comparing, row, (target.label, entries.base, unit), "new")
    _put_now(comparing, row, name, entries.base, pattern)


def _put_gone(comparing: _Comparing, row: int, gone: Gone, option: str) -> None:
    """Put an input that the earlier workbook alone has, with its figure as it stands there."""
    _put_words(comparing, row, (gone.label, option, gone.unit), "gone")
    if isinstance(gone.figure, str):
        comparing.sheet.text(row, EARLIER, gone.figure, ("constant_word", GENERAL))
    else:
        pattern = number_format(DIMENSIONLESS, [gone.figure], exact=True)
        comparing.sheet.number(row, EARLIER, gone.figure, ("constant", pattern))


def _put_together(comparing: _Comparing, row: int, whole: Change) -> None:
    """Put what all changes of an option do to the answer at once."""
    sheet = comparing.sheet
    sheet.text(row, LABEL_COLUMN, text.SINCE_TOGETHER, ("label_total", GENERAL))
    _put_option(comparing, row, whole.option, ("unit_total", GENERAL))
    for column in (UNIT, EARLIER, NOW, CHANGED):
        sheet.blank(row, column, ("total", GENERAL))
    if whole.effect is None:
        sheet.text(row, REMARK, _REMARKS[whole.state], _WORDS)
    else:
        sheet.number(row, EFFECT, whole.effect, ("constant_total", comparing.pattern))


def _put_option(comparing: _Comparing, row: int, option: str, style: Style) -> None:
    """Put the name of an option, which follows Calc where the ledger has it still."""
    is_ours = option in comparing.entries.options
    name = comparing.cells.options.at(option) if is_ours else option
    comparing.grid.put(comparing.at(row, OPTION, TEXT), name, style)


def _put_words(comparing: _Comparing, row: int, told: tuple[str, str, str], state: State, reason: str = "") -> None:
    """Put label, option and unit of a row, and in words why it has no effect; `told`: the three texts."""
    label, option, unit = told
    sheet = comparing.sheet
    sheet.text(row, LABEL_COLUMN, label, frame.LABEL)
    _put_option(comparing, row, option, frame.TEXT)
    sheet.text(row, UNIT, unit, frame.UNIT)
    if remark := reason or _REMARKS.get(state, ""):
        sheet.text(row, REMARK, remark, _WORDS)
