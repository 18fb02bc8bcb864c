"""The sheet Sensitivity: what is analysed, how far each input moves the answer, and where two options meet."""

from __future__ import annotations

from unitledger.model import Entries
from unitledger.workbook import text
from unitledger.workbook.chart import Place, pixels
from unitledger.workbook.grid import Grid, formula_text, frame
from unitledger.workbook.layout import FIRST_ROW, LABEL_COLUMN, SENSITIVITY, UNIT_COLUMN, input_name
from unitledger.workbook.ledger_cells import LedgerCells, unit_of
from unitledger.workbook.sheet import Sheet, Style, Validation
from unitledger.workbook.sheets.scenarios import begin_scenarios
from unitledger.workbook.sheets.sensitivity.along import along
from unitledger.workbook.sheets.sensitivity.charts import charts
from unitledger.workbook.sheets.sensitivity.rows import LAST_COLUMN, ROWS_OF_CHARTS, SELECTOR, Rows
from unitledger.workbook.sheets.sensitivity.showing import Showing
from unitledger.workbook.sheets.sensitivity.tables import listed, ranked
from unitledger.workbook.sheets.sensitivity.words import sentences, titles
from unitledger.workbook.study import Results, Study

# What is typed or picked stays a text, also where it looks like a number.
_SELECTOR: Style = ("selector", "@")
_LABEL_WIDTH = 31
_FIGURE_WIDTH = 12
# Height of a row in points, so that a page holds all of them; height of a chart and the gap beside it in pixels.
_ROW = 13.0
_CHART_HEIGHT = 296
_GAP = 12
# Letters of a list that stay within the tables' width.
_LINE = 80


def begin_study(entries: Entries, cells: LedgerCells, results: Results, study: Study) -> Showing:
    """Settle the places of Sensitivity and Scenarios, which refer to each other, and put the selectors."""
    scenarios = begin_scenarios(entries, cells, results, study)
    sheet = frame.begin(SENSITIVITY, cells.values, text.SENSITIVITY_TITLE, text.SENSITIVITY_HINT)
    grid = Grid(sheet, {case: column for column, case in enumerate(scenarios.cases.points, start=SELECTOR)}, FIRST_ROW)
    showing = Showing(grid, Rows(grid, scenarios), scenarios)
    _selectors(showing)
    return showing


def _selectors(showing: Showing) -> None:
    """Put the cells in which a reader chooses what is analysed; only what is listed is taken."""
    study, selectors = showing.study, showing.rows.selectors
    options, labels = showing.scenarios.cells.options.across(), showing.rows.listed.label.down()
    driver = "" if study.driver is None else showing.entries.inputs[study.driver].label
    told = {"error_title": text.REFUSED_TITLE, "error_message": text.ONE_OF_THE_LIST, "ignore_blank": False}
    for selector, chosen, among in (
        (selectors.analysed, study.analysed, options),
        (selectors.compared, study.compared, options),
        (selectors.driver, driver, labels),
    ):
        if selector.keys:
            showing.grid.put(selector, chosen, _SELECTOR)
            row, column = selector.place()
            rule = {"validate": "list", "source": formula_text(selector, among), **told}
            showing.grid.sheet.validations.append(Validation((row, row), (column, column), rule))


def sensitivity_sheet(showing: Showing) -> Sheet:
    """Return the sheet."""
    grid, sheet, names = showing.grid, showing.grid.sheet, showing.study.listed
    across = range(LABEL_COLUMN, LAST_COLUMN + 1)
    with grid.mapped("said"):
        sentences(showing)
    with grid.mapped("tornado", columns=across):
        ranked(showing)
    if showing.scenarios.cases.points:
        with grid.mapped("one_way", columns=range(LABEL_COLUMN, max(across.stop, max(grid.columns.values()) + 1))):
            along(showing)
    with grid.mapped("listed", columns=across[SELECTOR:]):
        listed(showing)
    with grid.mapped("chart_words"):
        titles(showing)
    _apart(showing)
    labels = (showing.entries.inputs[name].label for name in names)
    sheet.widths[LABEL_COLUMN] = frame.width(labels, _LABEL_WIDTH, frame.WIDEST_LABEL)
    units = (unit_of(showing.entries, name).spelling for name in (*names, showing.study.answer))
    sheet.widths[UNIT_COLUMN] = frame.width(units, frame.UNIT_WIDTH, frame.LABEL_WIDTH)
    sheet.widths |= dict.fromkeys(across[SELECTOR:], _FIGURE_WIDTH)
    _, column = showing.rows.listed.name.place(names[0])
    sheet.widths[column] = frame.width(map(input_name, names), _FIGURE_WIDTH, frame.LABEL_WIDTH)
    sheet.left.append(lambda: _draw(showing))
    return sheet


def _draw(showing: Showing) -> None:
    """Put the charts side by side, and make the sheet fit one page."""
    sheet, first = showing.grid.sheet, showing.rows.charts
    width = (sum(map(pixels, sheet.widths.values())) - _GAP) // 2
    places = (Place((first, LABEL_COLUMN), (width, _CHART_HEIGHT), place * (width + _GAP)) for place in range(2))
    sheet.charts.extend(charts(showing, places, len(showing.study.listed)))
    drawn = range(first, first + ROWS_OF_CHARTS)
    for row in range(FIRST_ROW, sheet.last_row + 1):
        if row not in drawn:
            sheet.heights.setdefault(row, _ROW)
    sheet.fits_one_page = True


def _apart(showing: Showing) -> None:
    """Say which ranged inputs are not listed, and why."""
    study, inputs = showing.study, showing.entries.inputs
    for kind, names in (("weaker", study.weaker), ("broken", study.without_answer)):
        if names:
            said = text.NOT_LISTED[kind].format(labels=_listed([inputs[name].label for name in names]))
            showing.grid.put(showing.rows.apart[kind], said, frame.TEXT)


def _listed(labels: list[str]) -> str:
    """Return as many labels as fit in a line, and how many more there are."""
    shown = 1
    while shown < len(labels) and len(", ".join(labels[: shown + 1])) <= _LINE:
        shown += 1
    more = text.AND_MORE.format(count=len(labels) - shown) if shown < len(labels) else ""
    return ", ".join(labels[:shown]) + more
