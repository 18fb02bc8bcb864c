"""The sheet Sensitivity: what is analysed, how far each input moves the answer, and where two options meet."""

from __future__ import annotations

from collections.abc import Iterator

from unitledger.workbook import text
from unitledger.workbook.grid import Grid, formula_text, frame
from unitledger.workbook.layout import FIRST_ROW, LABEL_COLUMN, SENSITIVITY, UNIT_COLUMN
from unitledger.workbook.ledger_cells import unit_of
from unitledger.workbook.look.formats import GENERAL, axis_format
from unitledger.workbook.sheet import Axis, Chart, Place, Series, Sheet, Style, Validation, pixels
from unitledger.workbook.sheets.second import Again, Comparison, Varying, put_varying, said
from unitledger.workbook.sheets.second.places import POINTS, Places
from unitledger.workbook.sheets.sensitivity.rows import LAST_COLUMN, ROWS_OF_CHARTS, SELECTOR, Rows, Showing
from unitledger.workbook.sheets.sensitivity.tables import along, ranked, sentences
from unitledger.workbook.study import Results, Study

# What is typed or picked stays a text, also where it looks like a number.
_SELECTOR: Style = ("selector", "@")
_OVER_CHART: Style = ("band", GENERAL)
_SECOND_CHART = SELECTOR + 3
_LABEL_WIDTH = 31
_FIGURE_WIDTH = 12
# Height of a row in points, so that a page holds all of them; height of a chart and the gap beside it in pixels.
_ROW = 13.0
_CHART_HEIGHT = 296
_GAP = 12
# Letters of a name beside which another has room under a chart.
_LONGEST_NAME = 40
# Letters of a list that stay within the tables' width.
_LINE = 80


def begin_study(again: Again, results: Results, study: Study, comparison: Comparison | None) -> Showing:
    """Settle the places of Sensitivity and of what stands behind it on Second calculation, and put the selectors.

    `comparison`: which option is best, if one is.
    """
    entries = again.entries
    own = {name for name, _ in again.cells.own_low.keys}
    places = Places(again.grid, entries, study, own=own)
    sheet = frame.begin(SENSITIVITY, text.SENSITIVITY_TITLE, text.SENSITIVITY_HINT)
    grid = Grid(sheet, {point: column for column, point in enumerate(POINTS, start=SELECTOR)}, FIRST_ROW)
    rows = Rows(grid, entries, study, places)
    answers = {said.ANALYSED: rows.option, said.COMPARED: rows.other}
    showing = Showing(grid, rows, Varying(again, places, study, results, rows.selectors, answers))
    _selectors(showing)
    put_varying(showing.varying, comparison, grid, rows.value, rows.difference)
    return showing


def _selectors(showing: Showing) -> None:
    """Put the cells in which a reader chooses what is analysed; only what is listed is taken."""
    selectors, choices = showing.rows.selectors, showing.there.choices.across()
    told = {"error_title": text.REFUSED_TITLE, "error_message": text.ONE_OF_THE_LIST, "ignore_blank": False}
    for selector in (selectors.analysed, selectors.compared):
        if selector.keys:
            showing.grid.put(selector, said.AS_THE_ANSWER, _SELECTOR)
            row, column = selector.place()
            rule = {"validate": "list", "source": formula_text(selector, choices), **told}
            showing.grid.sheet.validations.append(Validation((row, row), (column, column), rule))


def sensitivity_sheet(showing: Showing) -> Sheet:
    """Return the sheet."""
    grid, sheet, names = showing.grid, showing.grid.sheet, showing.study.listed
    across = range(LABEL_COLUMN, LAST_COLUMN + 1)
    with grid.mapped("tornado", columns=across):
        ranked(showing)
    if showing.study.driver is not None:
        with grid.mapped("one_way", columns=range(LABEL_COLUMN, max(across.stop, max(grid.columns.values()) + 1))):
            along(showing)
    with grid.mapped("said"):
        sentences(showing)
    _apart(showing)
    labels = (showing.entries.inputs[name].label for name in names)
    sheet.widths[LABEL_COLUMN] = frame.width(labels, _LABEL_WIDTH, frame.WIDEST_LABEL)
    units = (unit_of(showing.entries, name).spelling for name in (*names, showing.study.answer))
    sheet.widths[UNIT_COLUMN] = frame.unit_width(units, frame.UNIT_WIDTH, frame.LABEL_WIDTH)
    sheet.widths |= dict.fromkeys(across[SELECTOR:], _FIGURE_WIDTH)
    sheet.left.append(lambda: _draw(showing))
    return sheet


def _draw(showing: Showing) -> None:
    """Put the charts side by side, and make the sheet fit one page."""
    sheet, first = showing.grid.sheet, showing.rows.charts
    width = (sum(map(pixels, sheet.widths.values())) - _GAP) // 2
    places = (Place((first, LABEL_COLUMN), (width, _CHART_HEIGHT), place * (width + _GAP)) for place in range(2))
    sheet.charts.extend(charts(showing, places, len(showing.study.listed)))
    line, (driver, _) = showing.line, showing.rows.value_label
    over = {LABEL_COLUMN: text.OVER_TORNADO.format(answer=line.label)}
    if showing.study.driver is not None:
        over[_SECOND_CHART] = text.OVER_LINES.format(answer=line.label, input=driver)
    for column, last in zip(over, (*[each - 1 for each in over][1:], LAST_COLUMN), strict=True):
        sheet.text(showing.rows.over, column, over[column], _OVER_CHART)
        sheet.merge(showing.rows.over, column, last, _OVER_CHART)
    drawn, needed = range(first, first + ROWS_OF_CHARTS), frame.heights(sheet, {})
    for row in range(FIRST_ROW, sheet.last_row + 1):
        if row not in drawn:
            high = needed.get(row, 0.0)
            sheet.heights.setdefault(row, high if high > frame.ONE_LINE else _ROW)
    sheet.fits_one_page = True


def _apart(showing: Showing) -> None:
    """Say which ranged inputs are not listed, and why."""
    study, inputs = showing.study, showing.entries.inputs
    for why, names in study.not_listed.items():
        said = text.NOT_LISTED[why].format(labels=_listed([inputs[name].label for name in names]))
        showing.grid.put(showing.rows.apart[why], said, frame.TEXT)


def _listed(labels: list[str]) -> str:
    """Return as many labels as fit in a line, and how many more there are."""
    shown = 1
    while shown < len(labels) and len(", ".join(labels[: shown + 1])) <= _LINE:
        shown += 1
    more = text.AND_MORE.format(count=len(labels) - shown) if shown < len(labels) else ""
    return ", ".join(labels[:shown]) + more


def count(showing: Showing) -> int:
    """How many charts there are."""
    return 1 + (showing.study.driver is not None)


def charts(showing: Showing, places: Iterator[Place], most: int) -> Iterator[Chart]:
    """Yield the tornado of at most so many inputs, then the answers over the driver if there is a table of them."""
    yield _tornado(showing, next(places), most)
    if showing.study.driver is not None:
        yield _lines(showing, next(places))


def _tornado(showing: Showing, place: Place, most: int) -> Chart:
    line, table = showing.line, showing.rows.ranked
    shown = table.label.keys[:most]
    moved = [column.value(row) for column in (table.change_at_low, table.change_at_high) for row in table.label.keys]
    return Chart(
        "tornado",
        None,
        tuple(
            Series(table.heading(column).area(), column.area(shown), table.label.area(shown))
            for column in (table.change_at_low, table.change_at_high)
        ),
        over=Axis(),
        measure=Axis(showing.rows.as_is.unit.area(), axis_format(line.unit, moved)),
        alt=text.ALT_TORNADO.format(figure=line.label, unit=line.unit.spelling),
        place=place,
    )


def _lines(showing: Showing, place: Place) -> Chart:
    rows, line = showing.rows, showing.line
    drawn = [row for row in (rows.option, rows.other) if row.keys]
    found = [row.value(None, point) for row in drawn for point in showing.grid.columns]
    named = [row.label for row in drawn]
    if max(map(len, showing.entries.options)) > _LONGEST_NAME:
        named = [rows.selectors.analysed.label, rows.selectors.compared.label]
    alt = text.ALT_LINES if rows.other.keys else text.ALT_LINE
    return Chart(
        "lines",
        None,
        tuple(Series(name.area(), row.area(), rows.value.area()) for name, row in zip(named, drawn, strict=False)),
        over=Axis(rows.value.unit.area(), showing.points_pattern),
        measure=Axis(rows.as_is.unit.area(), axis_format(line.unit, found)),
        alt=alt.format(figure=line.label, unit=line.unit.spelling),
        place=place,
    )
