"""The sheet Timeline: what is said of each period, and the inputs that have a figure in each."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import attrs

from unitledger.expression import TEXT, Operand, sentence
from unitledger.model import AxisInput, Entries, Figure
from unitledger.model.entry.axis import cell_name
from unitledger.model.entry.over import Ruler
from unitledger.units import Unit
from unitledger.workbook import text
from unitledger.workbook.address import fixed, on
from unitledger.workbook.grid import Grid, frame
from unitledger.workbook.grid.place import Key, named
from unitledger.workbook.layout import (
    FIRST_ROW,
    HEAD_OF_TIMELINE,
    HEADING_ROW,
    HINT_ROW,
    LABEL_COLUMN,
    TITLE_ROW,
    UNIT_COLUMN,
)
from unitledger.workbook.look.accepted import along
from unitledger.workbook.look.formats import DATE, DAY, GENERAL, dashed, number_format
from unitledger.workbook.sheet import Sheet, Style
from unitledger.workbook.sheets.months import said
from unitledger.workbook.sheets.months.places import (
    FIRST_PERIOD,
    OPENING_COLUMN,
    TOTAL_COLUMN,
    Months,
    Rows,
    label_of,
    unit_of,
)

LABEL_WIDTHS, UNIT_WIDTHS = (22, 24), (15, 20)
BESIDE_WIDTH, PERIOD_WIDTH = 11, 9
# Of columns without a heading; the first has a status cell above.
_GAPS = {TOTAL_COLUMN: 10, OPENING_COLUMN: 1}
# From three digits on cents are left out.
_WHOLE_MONEY = 100
_DATES = ("timeline.start", "timeline.end")
_PLAIN = ("timeline.index", "timeline.fiscal_year", "timeline.month")


def pattern_of(entries: Entries, name: str, figures: list[float], *, exact: bool) -> str:
    """Return the number format of a row; `exact`: every digit of an input, else whole money and a dash for zero."""
    if name in _DATES:
        # The month stands in the heading.
        time = entries.time
        return DAY if time is not None and time.step == 1 else DATE
    if name in _PLAIN:
        return "0"
    unit = entries.rows[name].unit
    # A twelfth of a year has no last digit.
    exact = exact and not isinstance(entries.rows[name], Ruler)
    if exact:
        return number_format(unit, figures, exact=True)
    return worked_pattern(unit, figures)


def worked_pattern(unit: Unit, figures: list[float]) -> str:
    """Return the number format of a row that is worked out: whole money from three digits on, a dash for zero."""
    is_money = len(unit.currencies) == len(unit.dimension) == 1 and max(map(abs, figures)) >= _WHOLE_MONEY
    return dashed(number_format(unit, figures, money=0 if is_money else None))


def begin(
    entries: Entries, rows: Rows, called: str, texts: tuple[Operand | str, str], beside: tuple[str, str]
) -> Sheet:
    """Put title, hint, headings and bands of a sheet whose columns are periods, and set its widths.

    `called`: the defined name of its headings; `beside`: those before the periods.
    """
    sheet, periods, (title, hint) = rows.grid.sheet, rows.grid.columns, texts
    # On a grid of its own: a title can be worded anew, so that nobody counts it as typed over.
    top = Grid(sheet, {})
    with top.mapped("options"):
        top.put(top.entry("", TEXT, TITLE_ROW, LABEL_COLUMN), title, ("title", GENERAL))
    sheet.text(HINT_ROW, UNIT_COLUMN, hint, ("note", GENERAL))
    last = FIRST_PERIOD + len(periods)
    frame.headings(sheet, [text.LINE, text.UNIT, *beside, *periods], range(TOTAL_COLUMN, last))
    sheet.freeze = (FIRST_ROW, FIRST_PERIOD)
    first, end = fixed(HEADING_ROW, TOTAL_COLUMN), fixed(HEADING_ROW, last - 1)
    sheet.names[called] = on(sheet.name, f"{first}:{end}")
    frame.sections(sheet, rows.headings, last)
    keys = rows.figures.keys
    sheet.widths[LABEL_COLUMN] = frame.width((label_of(entries, key) for key in keys), *LABEL_WIDTHS)
    sheet.widths[UNIT_COLUMN] = frame.unit_width((unit_of(entries, key).spelling for key in keys), *UNIT_WIDTHS)
    frame.fit_figures(sheet, range(FIRST_PERIOD, last), PERIOD_WIDTH)
    for column, title in zip((TOTAL_COLUMN, OPENING_COLUMN), beside, strict=True):
        frame.fit_figures(sheet, range(column, column + 1), BESIDE_WIDTH if title else _GAPS[column])
    return sheet


def timeline_sheet(entries: Entries, months: Months) -> Sheet:
    """Return the sheet."""
    rows, axis = months.timeline, months.axis
    grid = rows.grid
    texts = said.TIMELINE_TITLE, said.TIMELINE_HINT
    sheet = begin(entries, rows, HEAD_OF_TIMELINE, texts, ("", ""))
    sheet.protected = False
    typed = [key for key in rows.figures.keys if isinstance(entries.rows[named(key)[0]], AxisInput)]
    if typed:
        put_provenance(entries, months, tuple(typed), rows.figures.place(rows.figures.keys[-1], axis.labels[0])[0] + 2)
    for key in rows.figures.keys:
        row, _ = rows.figures.place(key, axis.labels[0])
        held = entries.rows[named(key)[0]]
        if isinstance(held, Ruler):
            grid.head(row, held.label, held.unit.spelling)
            look = ("constant", pattern_of(entries, held.name, list(held.magnitudes), exact=True))
            figures = dict(zip(axis.labels, held.magnitudes, strict=True))
            grid.put(rows.figures, lambda _, period, figures=figures: figures[period], look, rows=[key])  # type: ignore[misc]
        elif isinstance(held, AxisInput):
            _put_input(entries, months, key, held)
            sheet.validations.append(along(held, (row, row), (FIRST_PERIOD, FIRST_PERIOD + len(axis) - 1)))
    return sheet


def put_label(entries: Entries, months: Months, rows: Rows, key: Key, style: Style) -> None:
    """Put the label of a row: of an option's own figures, what the option is called now."""
    told: Operand | str = label_of(entries, key)
    if not isinstance(key, str):
        told = sentence(said.IN_OPTION, months.cells.headings.at(key[1]))
    with rows.grid.mapped("options"):
        rows.grid.put(rows.figures.label, told, style, rows=[key])


def _put_input(entries: Entries, months: Months, key: Key, held: AxisInput) -> None:
    rows, axis = months.timeline, months.axis
    grid, base = rows.grid, isinstance(key, str)
    row, _ = rows.figures.place(key, axis.labels[0])
    put_label(entries, months, rows, key, frame.LABEL if base else ("own", GENERAL))
    grid.sheet.text(row, UNIT_COLUMN, held.unit.spelling, frame.UNIT)
    own = {} if base else entries.options[key[1]].settings
    settings = {
        label: own.get(cell_name(held.name, label), held.settings[place]) for place, label in enumerate(axis.labels)
    }
    figures = {label: float(setting.value) for label, setting in settings.items()}
    pattern = pattern_of(entries, held.name, list(figures.values()), exact=True)
    with grid.mapped("inherited"):
        for label in axis.labels:
            typed = base or cell_name(held.name, label) in own
            content: Operand | float = figures[label] if typed else rows.figures[held.name]
            look: Style = ("input" if typed else "inherited", pattern)
            grid.put(rows.figures, content, look, rows=[key], columns=[label])


def put_provenance(entries: Entries, months: Months, keys: tuple[Key, ...], row: int) -> None:
    """Put from `row` on what the figures of inputs say of themselves, as `Rows.figures` names their rows."""
    grid, called = months.timeline.grid, months.cells.headings
    frame.sections(grid.sheet, {row: said.PROVENANCE}, FIRST_PERIOD + len(months.axis))
    for key in keys:
        for first, last, figure in _runs(entries, key):
            row += 1
            when = said.SPAN.format(first=first, last=last) if first != last else first
            name, option = named(key)
            of = f"{label_of(entries, name)}, "
            told = of + when if isinstance(key, str) else sentence(of, called.at(option), f", {when}")
            with grid.mapped("options"):
                grid.put(grid.entry("", TEXT, row, LABEL_COLUMN), told, frame.LABEL)
            grid.sheet.text(row, FIRST_PERIOD, _sentence(figure), frame.TEXT)


def _runs(entries: Entries, key: Key) -> Iterator[tuple[str, str, Figure]]:
    """Yield first and last period of what says the same of itself, and a figure that does."""
    name, option = named(key, entries.base)
    held, own = entries.rows[name], entries.options[option].settings
    assert isinstance(held, AxisInput)
    figures: list[tuple[str, Figure | None]] = []
    for label, setting in zip(held.axis.labels, held.settings, strict=True):
        there = setting if option == entries.base else own.get(cell_name(name, label))
        figures.append((label, None if there is None else attrs.evolve(there.figure, quantity="")))
    for figure, run in groupby(figures, lambda each: each[1]):
        labels = [label for label, _ in run]
        if figure is not None:
            yield labels[0], labels[-1], figure


def _sentence(figure: Figure) -> str:
    """Say source, date, owner, review and note of a figure."""
    parts = (
        said.FROM.format(source=figure.source or text.NOT_STATED),
        figure.as_of and said.AS_OF.format(day=figure.as_of),
        figure.owner and said.OWNER.format(owner=figure.owner),
        figure.reviewed_by and said.REVIEWED.format(who=figure.reviewed_by),
        figure.reviewed_on and said.REVIEWED_ON.format(day=figure.reviewed_on),
        figure.note and said.NOTE.format(note=figure.note),
    )
    return "; ".join(part for part in parts if part)
