"""The sheet Uncertainty: how answers are spread when inputs are drawn at random, a static table."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import isclose
from typing import TYPE_CHECKING

from unitledger.compute import TOLERANCE
from unitledger.compute.simulation.simulation import histogram
from unitledger.errors import ValueRefused
from unitledger.model import Entries
from unitledger.units import Unit
from unitledger.workbook import text
from unitledger.workbook.grid import Grid, frame
from unitledger.workbook.layout import FIRST_OPTION, FIRST_ROW, HINT_ROW, LABEL_COLUMN, UNCERTAINTY, UNIT_COLUMN
from unitledger.workbook.look.formats import GENERAL, axis_format, number_format
from unitledger.workbook.look.style import FILLS
from unitledger.workbook.sheet import Axis, Cells, Chart, Place, Series, Sheet
from unitledger.workbook.sheets.checks import Checks
from unitledger.workbook.sheets.strip import put_freshness
from unitledger.workbook.study import Results

if TYPE_CHECKING:
    from unitledger.compute.simulation.simulation import Simulation

_PERCENTILES = (5, 50, 95)
_BARS = 20
_FIGURE_WIDTH = 13
_HINTED = 5
_CHART_SIZE = (560, 320)
_SHARE = ("constant", "0.0%")
_COUNT = ("constant", "#,##0")


def uncertainty_sheet(checks: Checks, simulation: Simulation | None, results: Results) -> Sheet:
    """Return the sheet: percentiles by option, which option is better, what the variance comes from, a histogram.

    Raises ValueRefused for a simulation of another ledger, or of this one with other figures.
    """
    entries = checks.entries
    assert simulation is not None
    _check(entries, simulation, results)
    options = simulation.options
    sheet = frame.begin(UNCERTAINTY, text.UNCERTAINTY_TITLE, text.UNCERTAINTY_HINT)
    columns = range(FIRST_OPTION, FIRST_OPTION + len(options))
    frame.headings(sheet, [text.LINE, text.UNIT, *options], columns)
    grid = Grid(sheet, {}, FIRST_ROW)
    across = columns.stop

    def put(label: str, unit: str, figures: Sequence[float], style: tuple[str, str]) -> None:
        row = grid.take()
        grid.head(row, label, unit)
        for column, figure in zip(columns, figures, strict=False):
            sheet.number(row, column, figure, style)

    def share(label: str, shares: Sequence[float]) -> None:
        put(label, text.SHARE_OF_CASES, shares, _SHARE)

    for place, (name, unit) in enumerate(simulation.units.items()):
        line = entries.lines[name]
        grid.section(line.label, across)
        rows = {
            text.PERCENTILE.format(percent=percent): [simulation.percentile(percent, each, name) for each in options]
            for percent in _PERCENTILES
        }
        rows[text.MEAN] = [simulation.mean(each, name) for each in options]
        figures = {label: [_stored(float(each.magnitude), unit) for each in held] for label, held in rows.items()}
        figures[text.AS_IS] = [_stored(simulation.as_is[each][place], unit) for each in options]
        pattern = number_format(unit, [figure for held in figures.values() for figure in held])
        for label, held in figures.items():
            put(label, unit.spelling, held, ("constant", pattern))
    if simulation.sign and len(options) > 1:
        grid.section(text.BETTER, across)
        share(text.BEST_OF_ALL, [simulation.chance(each) for each in options])
    if simulation.tally.implausible.any():
        share(text.NOT_PLAUSIBLE, (simulation.tally.implausible / simulation.cases).tolist())
    grid.section(text.VARIANCE_OF.format(line=entries.lines[simulation.lines[0]].label), across)
    explained = {each: simulation.contributions(each) for each in options}
    for name in explained[options[0]]:
        put(_label(entries, name), text.SHARE_OF_VARIANCE, [explained[each][name] for each in options], _SHARE)
    _put_drawn(grid, entries, simulation, across)
    heading = text.HISTOGRAM_OF.format(line=entries.lines[simulation.lines[0]].label)
    bars = _put_histogram(grid, heading, simulation, columns)
    if len(options) <= len(FILLS):
        sheet.text(FIRST_ROW, across + 1, heading, ("top", GENERAL))
        sheet.charts.append(_chart(entries, simulation, bars, columns))
    # Beside the hint, which is wider than a few options.
    fresh = max(across, FIRST_OPTION + _HINTED)
    with grid.mapped("simulated", rows=range(HINT_ROW, grid.next), columns=range(LABEL_COLUMN, fresh + 1)):
        put_freshness(grid, fresh, checks)
    labels = [_label(entries, name) for name in simulation.inputs]
    sheet.widths[LABEL_COLUMN] = frame.width(labels, frame.LABEL_WIDTH, frame.WIDEST_LABEL)
    sheet.widths[UNIT_COLUMN] = frame.UNIT_WIDTH
    sheet.widths[fresh] = _FIGURE_WIDTH
    frame.fit_figures(sheet, columns, frame.heading_width(options, _FIGURE_WIDTH))
    return sheet


def _check(entries: Entries, simulation: Simulation, results: Results) -> None:
    lines = simulation.units
    is_known = simulation.title == entries.title and lines.keys() <= entries.lines.keys()
    if not is_known or any(
        option not in results or not isclose(_stored(figure, unit), results[option][line], rel_tol=TOLERANCE)
        for option, as_is in simulation.as_is.items()
        for figure, (line, unit) in zip(as_is, lines.items(), strict=True)
    ):
        raise ValueRefused(
            f"The simulation of {simulation.title!r} is not of {entries.title!r} as it is now. Simulate again."
        )


def _put_drawn(grid: Grid, entries: Entries, simulation: Simulation, across: int) -> None:
    """Put how many cases were drawn, from which seed, and each input with its distribution."""
    grid.section(text.DRAWN, across)
    for label, unit, figure in ((text.CASES, text.CASE_UNIT, simulation.cases), (text.SEED, "", simulation.seed)):
        row = grid.take()
        grid.head(row, label, unit)
        grid.sheet.number(row, FIRST_OPTION, figure, _COUNT)
    row = grid.take()
    grid.head(row, text.SAMPLING, "")
    grid.sheet.text(row, FIRST_OPTION, text.SAMPLINGS[simulation.sample.sampling], frame.TEXT)
    for name, distribution in simulation.inputs.items():
        row = grid.take()
        grid.head(row, _label(entries, name), "")
        grid.sheet.text(row, FIRST_OPTION, distribution, frame.TEXT)


def _put_histogram(grid: Grid, heading: str, simulation: Simulation, columns: range) -> range:
    """Put under a heading the share of cases around some values of the answer, by option; return the rows."""
    unit = simulation.units[simulation.lines[0]]
    edges, shares = histogram([simulation.curve(each) for each in simulation.options], _BARS)
    middles = [_stored(float(low + high) / 2, unit) for low, high in pairwise(edges)]
    grid.section(text.HISTOGRAM, columns.stop)
    grid.head(grid.take(), heading, unit.spelling)
    rows = range(grid.next, grid.next + _BARS)
    pattern = number_format(unit, middles)
    for row, middle in zip(rows, middles, strict=True):
        grid.take()
        grid.sheet.number(row, UNIT_COLUMN, middle, ("constant", pattern))
        for column, held in zip(columns, shares, strict=True):
            grid.sheet.number(row, column, float(held[row - rows.start]), _SHARE)
    return rows


def _chart(entries: Entries, simulation: Simulation, rows: range, columns: range) -> Chart:
    """Return the histogram: the share of cases over the answer, a line for each option."""
    line = entries.lines[simulation.lines[0]]
    ends = rows.start, rows.stop - 1
    over = Cells(UNCERTAINTY, ends, (UNIT_COLUMN, UNIT_COLUMN))
    series = tuple(
        Series(Cells(UNCERTAINTY, (FIRST_ROW - 1,) * 2, (column,) * 2), Cells(UNCERTAINTY, ends, (column,) * 2), over)
        for column in columns
    )
    curve = simulation.curve()
    return Chart(
        "lines",
        None,
        series,
        over=Axis(
            Cells(UNCERTAINTY, (rows.start - 1,) * 2, (UNIT_COLUMN,) * 2),
            axis_format(line.unit, [_stored(float(each), line.unit) for each in (curve[0], curve[-1])]),
        ),
        measure=Axis(None, "0%"),
        alt=text.ALT_HISTOGRAM.format(figure=line.label, unit=line.unit.spelling),
        place=Place((FIRST_ROW + 1, columns.stop + 1), _CHART_SIZE),
    )


def _label(entries: Entries, name: str) -> str:
    """Return the label of an input, that of a period or of several with its periods."""
    row, at, periods = name.partition("@")
    return f"{entries[row].label}{f' {periods}' if at else ''}"


def _stored(written: float, unit: Unit) -> float:
    return written * float(unit.written)
