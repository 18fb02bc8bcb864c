"""The sheet of an option: every line by period, each row one formula from the first period to the last."""

from __future__ import annotations

from collections.abc import Mapping

from unitledger.expression import Expression, sentence, value
from unitledger.model import AxisLine, Balance, Entries
from unitledger.model.entry.axis import cell_name
from unitledger.model.entry.over import OnAxis
from unitledger.workbook.grid import frame
from unitledger.workbook.grid.place import Key
from unitledger.workbook.layout import HEAD_OF_MONTHS
from unitledger.workbook.look.formats import GENERAL
from unitledger.workbook.sheet import Sheet, Style
from unitledger.workbook.sheets.months import said
from unitledger.workbook.sheets.months.charts import put_stack
from unitledger.workbook.sheets.months.formulas import Formulas
from unitledger.workbook.sheets.months.places import Months, Rows, label_of
from unitledger.workbook.sheets.months.timeline import begin, pattern_of
from unitledger.workbook.study import Results

_TOTAL: tuple[Style, Style] = ("label_total", GENERAL), ("unit_total", GENERAL)


def months_sheet(entries: Entries, months: Months, option: str, results: Results) -> Sheet:
    """Return the sheet of an option."""
    rows = months.options[option]
    called = f"{HEAD_OF_MONTHS}{list(entries.options).index(option) + 1}"
    opens = any(isinstance(row, AxisLine) and row.initial is not None for row in entries.rows.values())
    title = sentence(said.TITLE.format(title=entries.title), months.cells.headings.at(option))
    sheet = begin(entries, rows, called, (title, said.HINT), (said.TOTAL, said.OPENING if opens else ""))
    with rows.grid.mapped("periods"):
        for key in rows.figures.keys:
            if isinstance(key, str):
                _Row(entries, months, option, results).put(key, entries.rows[key])
            elif key[1] == said.OPENING_ROW:
                _Row(entries, months, option, results).put_balance(key[0])
    put_stack(entries, months, option, results)
    return sheet


class _Row:
    """The rows of an option's sheet as they are put; a row looks alike in every option."""

    def __init__(self, entries: Entries, months: Months, option: str, results: Results) -> None:
        self._entries, self._months, self._results, self._values = entries, months, results, results[option]
        self._rows: Rows = months.options[option]
        self._formulas = Formulas(entries, months, option)

    def put(self, name: str, row: OnAxis) -> None:
        """Put a row by the name that the ledger has for it."""
        figures = self._figures(name, self._values)
        pattern = self._pattern(name, exact=not isinstance(row, AxisLine))
        is_total = isinstance(row, Balance) or (isinstance(row, AxisLine) and bool(row.parts))
        style = "total" if is_total else "number" if isinstance(row, AxisLine) else "used"
        self._head(name, row.unit.spelling, is_total=is_total)
        self._put(name, (style, pattern), figures)
        if isinstance(row, AxisLine) and row.initial is not None:
            self._put_opening(name, row.initial, ("total" if is_total else "used", pattern))
        self._put_total(name, (style, pattern))

    def put_balance(self, name: str) -> None:
        """Put the opening of a balance and its flows, which stand above its closing."""
        row = self._entries.rows[name]
        assert isinstance(row, Balance)
        assert row.flows is not None
        closing = self._figures(name, self._values)
        self._head((name, said.OPENING_ROW), row.unit.spelling)
        start = self._start(row.initial)
        self._put((name, said.OPENING_ROW), ("number", self._pattern(name)), [start, *closing[:-1]])
        for flow in (*row.flows[0], *row.flows[1]):
            self._head((name, flow.name), flow.unit.spelling)
            self._put((name, flow.name), ("number", self._pattern(flow.name)), self._figures(flow.name, self._values))

    def _figures(self, name: str, values: Mapping[str, float]) -> list[float]:
        return [values[cell_name(name, label)] for label in self._months.axis.labels]

    def _pattern(self, name: str, *, exact: bool = False) -> str:
        found = self._months.patterns.get((name, exact))
        if found is None:
            figures = [figure for values in self._results.values() for figure in self._figures(name, values)]
            found = pattern_of(self._entries, name, figures, exact=exact)
            self._months.patterns[name, exact] = found
        return found

    def _start(self, initial: Expression | None) -> float:
        assert initial is not None
        return float(value(initial, self._values.__getitem__))

    def _put_opening(self, name: str, initial: Expression, look: Style) -> None:
        known = [self._start(initial)]
        self._rows.grid.put(self._rows.opening, initial, look, rows=[name], values=known, names=self._formulas.named)

    def _put_total(self, name: str, look: Style) -> None:
        tree = self._formulas.total(name)
        if tree is not None or look[0] == "total":
            self._rows.grid.put(self._rows.total, tree, look, rows=[name], names=self._formulas.named)

    def _head(self, key: Key, unit: str, *, is_total: bool = False) -> None:
        label = label_of(self._entries, key)
        row, _ = self._rows.figures.place(key, self._months.axis.labels[0])
        styles = _TOTAL if is_total else (frame.LABEL, frame.UNIT)
        for column, (shown, style) in enumerate(zip((label, unit), styles, strict=True)):
            self._rows.grid.sheet.text(row, column, shown, style)

    def _put(self, key: Key, look: Style, figures: list[float]) -> None:
        formula = self._formulas.of(key)
        self._rows.grid.put(self._rows.figures, formula, look, rows=[key], values=figures, names=self._formulas.named)
