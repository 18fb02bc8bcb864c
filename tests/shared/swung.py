"""The sheet Sensitivity as a reader sees it: rows found by their labels."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import attrs
from recalculate import Desk, held, named_cells

from unitledger.ledger import Ledger
from unitledger.model import anchor


@attrs.frozen
class Swung:
    """A workbook open in formualizer; cells of Sensitivity by label, inputs by name."""

    ledger: Ledger
    path: Path
    desk: Desk
    cells: dict[str, Any]

    @classmethod
    def of(cls, ledger: Ledger, path: Path) -> Swung:
        """Write a ledger and open it."""
        ledger.to_excel(path)
        shown = {at: value for (sheet, at), value in held(path).items() if sheet == "Sensitivity"}
        return cls(ledger, path, Desk(path), shown)

    def row(self, label: str, after: str = "") -> int:
        """Row of the first label, or of the first beneath another."""
        start = self.row(after) if after else 0
        rows = sorted(int(at[1:]) for at, value in self.cells.items() if at[0] == "A" and value == label)
        return next(row for row in rows if row > start)

    def choose(self, selector: str, choice: str | None) -> None:
        """Pick in the dropdown beside a label."""
        self.desk.type("Sensitivity", {f"C{self.row(selector)}": choice})

    def shown(self, label: str, column: str = "C") -> Any:
        """What stands beside a label."""
        return self.desk.read("Sensitivity", f"{column}{self.row(label)}")

    def ranked(self) -> list[tuple[Any, ...]]:
        """The sorted table: label, unit, low, high, answer at each, change at each."""
        first = self.row("Input") + 1
        count = self.row("Least over these changes")
        rows = range(first, count - 1)
        return [tuple(self.desk.read("Sensitivity", f"{column}{row}") for column in "ABCDEFGH") for row in rows]

    def sentences(self) -> list[str]:
        """What is analysed, the range, and the break-even where options are compared."""
        first = int(next(at for at, value in self.cells.items() if str(value).startswith("Analysed: "))[1:])
        found = [self.desk.read("Sensitivity", f"A{row}") for row in range(first, first + 3)]
        return [str(each) for each in found if each]

    def input(self, name: str, option: str) -> str:
        """Address on Inputs of an option's cell."""
        cells = named_cells(self.path, f"in_{anchor(name)}")[f"in_{anchor(name)}"][1]
        return cells[list(self.ledger.options).index(option)]
