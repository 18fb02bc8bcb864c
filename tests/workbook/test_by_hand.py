"""What somebody does to workbooks in LibreOffice itself, which then saves them: edits are told, damage is found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from budgets import budget
from machine import rented_or_bought
from office import worked_on_by_libreoffice
from price_lists import price_list

from unitledger import Ledger
from unitledger.errors import WorkbookRefused

LEDGERS: Mapping[str, Callable[[], Ledger]] = {
    "machine": rented_or_bought,
    "budget": lambda: budget(6),
    "list": price_list,
}
OK, FAIL = "OK", "FAIL"
ADDED = {"A": "l4-eu", "B": "l4", "C": "eu", "D": "3", "E": "7", "G": "0.6"}
HEADED = "2026-01, 2026-02, 2026-03, 2026-04, 2026-05, 2026-06"


def typed(sheet: str, **cells: str) -> str:
    return "\n".join(f'Typed "{sheet}", "{address}", "{content}"' for address, content in cells.items())


def item(row: int) -> str:
    return typed("Fleet", **{f"{letter}{row}": content for letter, content in ADDED.items()})


KINDS: Mapping[str, tuple[str, str, str, str]] = {
    # The ledger, what is done, what Integrity says, and what `edits` tells among other things.
    "a row inserted": (
        "machine",
        'RowInserted "Inputs", 8\n' + typed("Inputs", C9="0.12"),
        OK,
        "power.tariff  rented  0.1 USD/kWh  0.12 USD/kWh  Inputs!C9",
    ),
    "a column between unit and option": (
        "machine",
        'ColumnInserted "Inputs", 3\n' + typed("Inputs", D6="5.5"),
        OK,
        "draw   rented  5 kW  5.5 kW  Inputs!D6",
    ),
    "names of options swapped": (
        "machine",
        typed("Inputs", C4="bought", D4="rented"),
        OK,
        "rented  bought         Inputs!C4",
    ),
    "an own figure cleared": ("machine", 'Emptied "Inputs", "D11"', OK, "3650 USD/month  (as in rented)"),
    "a sheet renamed and one deleted": (
        "machine",
        'SheetRenamed "Inputs", "Ours"\nSheetDeleted "Read me"\n' + typed("Ours", C10="60%"),
        OK,
        "load   rented  50 %  60 %    Ours!C10",
    ),
    "rows sorted": ("machine", 'Sorted "Inputs", "A10:F11", 1', FAIL, "its label is at Inputs!A11: it is read there"),
    "a column pasted": (
        "machine",
        'ColumnInserted "Inputs", 5\nPasted "Inputs", "D4:D14", "E4"',
        FAIL,
        "a column beside the options holds what nothing reads.",
    ),
    "a column between options": ("machine", 'ColumnInserted "Inputs", 4', FAIL, "the options are rented, , bought"),
    "a formula typed over": ("machine", typed("Calc", C14="11"), FAIL, "11, typed over the formula"),
    "a value as text": ("machine", 'TypedAsText "Inputs", "C8", "0.1"', FAIL, "'0.1' is a text that looks like"),
    "a sheet that others refer to deleted": (
        "machine",
        'SheetDeleted "Constants"',
        "",
        "is not a workbook of a ledger: nothing is named head_constants.",
    ),
    "a figure by period": (
        "budget",
        'RowInserted "Timeline", 16\nColumnInserted "Timeline", 3\n' + typed("Timeline", H17="5"),
        OK,
        "people@2026-03  base    4 person  5 person  Timeline!H17",
    ),
    "rows by period sorted": (
        "budget",
        'Sorted "Timeline", "A15:J16", 1',
        FAIL,
        "the row of 'Price' is not in its place",
    ),
    "a column between periods": (
        "budget",
        'ColumnInserted "Timeline", 7',
        FAIL,
        "the periods are headed 2026-01, 2026-02, , 2026-03, 2026-04, 2026-05, 2026-06, not",
    ),
    "a row by period deleted": ("budget", 'RowDeleted "Timeline", 16', FAIL, "its row is not in its place"),
    "an item added": ("list", item(11), OK, "fleet  l4-eu  added  Fleet!A8"),
    "an item deleted": ("list", 'RowDeleted "Fleet", 9', OK, "fleet  h100-eu  removed  Fleet!A8"),
    "items sorted": ("list", 'Sorted "Fleet", "A8:G10", 5\n' + typed("Fleet", E9="21"), OK, "fleet.price@h100-us"),
    "a column inserted in a table": (
        "list",
        'ColumnInserted "Fleet", 4\n' + typed("Fleet", F9="25"),
        OK,
        "fleet.price@h100-eu  list    24 USD/machine/h  25 USD/machine/h  Fleet!F9",
    ),
    "a row with an item inserted": ("list", f'RowInserted "Fleet", 10\n{item(10)}', FAIL, "nothing: the cell is empty"),
    "more items than have room": (
        "list",
        "\n".join(map(item, range(11, 18))).replace("l4-eu", "l{}-eu"),
        FAIL,
        "sum of (Fleet!H8 to Fleet!H15)",
    ),
    "a heading of a table typed over": ("list", typed("Fleet", E7="Preis"), FAIL, "its column is not on the sheet"),
    "a unit of a table typed over": ("list", typed("Fleet", E6="USD/h"), FAIL, "is not USD/machine/h any more"),
    "a price of 0 in a table": ("list", typed("Fleet", E9="0"), FAIL, "0 USD/machine/h is not above 0"),
    "a computed column typed over": ("list", typed("Fleet", H9="7"), FAIL, "7, typed over the formula"),
}


def numbered(steps: str) -> str:
    """Return steps in which every item has another name."""
    first, *more = steps.split("l{}-eu")
    return first + "".join(f"l{place}-eu{rest}" for place, rest in enumerate(more))


@pytest.mark.libreoffice
@pytest.mark.slow
def test_libreoffice_saves_what_can_be_told(tmp_path: Path) -> None:
    ledgers = {name: make() for name, make in LEDGERS.items()}
    built = {name: each.to_excel(tmp_path / f"{name}.xlsx") for name, each in ledgers.items()}
    paths = {kind: tmp_path / f"kind_{place}.xlsx" for place, kind in enumerate(KINDS)}
    worked_on_by_libreoffice({paths[kind]: (built[name], numbered(done)) for kind, (name, done, *_) in KINDS.items()})

    for kind, (name, _, integrity, said) in KINDS.items():
        try:
            edits = ledgers[name].read_edits(paths[kind])
        except WorkbookRefused as refused:
            told = "", str(refused)
        else:
            told = edits.status.integrity, str(edits)
        assert told[0] == integrity, (kind, told)
        assert said in told[1], (kind, told)
