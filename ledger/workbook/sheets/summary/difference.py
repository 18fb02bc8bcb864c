"""How far a figure lies from another, in words: as a share where that means something, else in the line's unit."""

from __future__ import annotations

from unitledger.expression import Expression, Operand, Text, absolute, all_of, sentence, stated, when
from unitledger.model import Line
from unitledger.workbook.ledger_cells import LedgerCells
from unitledger.workbook.look.formats import decimals_in_words
from unitledger.workbook.sheets.second import near
from unitledger.workbook.sheets.summary import text


def signed(figure: Operand, decimals: int) -> Expression:
    """A figure written out with its sign."""
    return sentence(when(figure < 0, Text("-"), Text("+")), stated(absolute(figure), decimals))


class Written:
    """How figures of a line are written in sentences: with the decimals of its row, shares as percent."""

    def __init__(self, line: Line, pattern: str, figures: list[float], cells: LedgerCells) -> None:
        self.cells, self.unit = cells, line.unit.spelling
        self.is_share = pattern.endswith("%")
        self.decimals = decimals_in_words(pattern, figures)

    def in_unit(self, figure: Operand) -> Operand:
        """A stored figure in the unit that is written beside it."""
        return figure * self.cells.percent if self.is_share else figure

    def __call__(self, figure: Operand) -> Expression:
        """A figure written out, without its unit."""
        return stated(self.in_unit(figure), self.decimals)


def difference(figure: Operand, base: Operand, way: Written) -> Expression:
    """How far a figure of a line lies from the base option's.

    A share of the base where that is above zero, and the figure is not below and at most a hundred times as much; of a
    line in percent, points.
    """
    apart = figure - base
    own = sentence(signed(way.in_unit(apart), way.decimals), text.POINTS if way.is_share else f" {way.unit}")
    if not way.is_share:
        share = sentence(signed(apart / base * way.cells.percent, 1), text.PERCENT)
        own = when(all_of(base > 0, figure >= 0, figure <= base * way.cells.percent), share, own)
    return when(near(figure, base, way.cells), Text(text.SAME), own)
