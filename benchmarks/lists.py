"""A long table, against plain xlsxwriter writing the same list with one formula in each cell that is worked out."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from measure import Ratio, paired
from xlsxwriter import Workbook

from unitledger import Ledger, look_up, maximum

ITEMS = 10_000
KINDS = ("h100", "b200", "l4", "a100", "h200")


def rows(items: int = ITEMS) -> list[dict[str, Any]]:
    """Return items with two words and four figures each."""
    return [
        {
            "name": f"machine {place}",
            "kind": KINDS[place % len(KINDS)],
            "cards": place % 9,
            "price": 2 + place % 700 / 100,
            "draw": 0.7 + place % 31 / 10,
            "load": place % 101,
        }
        for place in range(items)
    ]


def listed(items: int = ITEMS) -> Ledger:
    """Return a fleet by list: ten columns, of which four are worked out, and sums by kind and of all."""
    book = Ledger("A fleet by list", as_of="2026-01-01")
    units = {"kind": str, "cards": "gpu", "price": "USD/gpu/h", "draw": "kW/gpu", "load": "%"}
    fleet = book.table("fleet", rows(items), key="name", columns=units, source="inventory")
    speeds = {"kind": list(KINDS), "speed": [2000, 4000, 300, 900, 2600]}
    kinds = book.table("kinds", speeds, key="kind", columns={"speed": "token/s/gpu"})
    tariff, month = book.assume("tariff", "0.1 USD/kWh"), book.one("month")
    rent = book.line("rent", fleet.cards * fleet.price * month, "USD")
    power = book.line("power", fleet.cards * fleet.draw * fleet.load * tariff * month, "USD")
    cost = book.line("cost", maximum(rent + power, rent), "USD")
    tokens = fleet.cards * fleet.load * look_up(kinds.speed, fleet.kind) * month
    book.line("tokens", tokens, "Mtoken")
    book.line("by_kind", cost.sum_by(fleet.kind, kinds.kind))
    book.headline(book.line("in_all", cost.sum()))
    return book


def by_hand(path: Path) -> None:
    """Write the same list, without values of the formulas."""
    book = Workbook(str(path))
    sheet = book.add_worksheet("Fleet")
    for number, item in enumerate(rows(), start=8):
        for column, cell in enumerate(item.values()):
            sheet.write(number - 1, column, cell)
        sheet.write_formula(number - 1, 6, f"=C{number}*D{number}*$M$1")
        sheet.write_formula(number - 1, 7, f"=C{number}*E{number}*F{number}*$M$2*$M$1")
        sheet.write_formula(number - 1, 8, f"=MAX(G{number}+H{number},G{number})")
        sheet.write_formula(number - 1, 9, f"=C{number}*F{number}*INDEX($P$1:$P$5,MATCH(B{number},$O$1:$O$5,0))*$M$1")
    book.close()


def listed_task() -> Ratio:
    """What a user waits for, from Python to the saved file: at most 3 times the plain list."""
    with TemporaryDirectory() as folder:
        ours, plain = Path(folder, "ours.xlsx"), Path(folder, "plain.xlsx")
        title = f"{ITEMS:,} items x 10 columns against xlsxwriter writing the same list"
        return paired(title, lambda: listed().to_excel(ours, overwrite=True), lambda: by_hand(plain), 3.0, runs=1)


def listed_values() -> Ratio:
    """The same list read, checked and evaluated: at most 0.3 of the plain list."""
    with TemporaryDirectory() as folder:
        plain = Path(folder, "plain.xlsx")
        title = f"evaluating {ITEMS:,} items x 10 columns against xlsxwriter"
        return paired(title, lambda: listed().by_item("cost"), lambda: by_hand(plain), 0.3, runs=1)
