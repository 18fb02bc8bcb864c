"""What somebody does to workbooks in LibreOffice itself, which then saves them: edits are told, damage is found.

The rows of damage are those of the table in docs/workbook.md, in its order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from budgets import budget
from machine import rented_or_bought
from office import worked_on_by_libreoffice
from price_lists import price_list
from recalculate import held

from unitledger import Ledger
from unitledger.errors import WorkbookRefused
from unitledger.workbook.sheets.checks.rows import INTEGRITY_COUNTS


def seats() -> Ledger:
    """Seats by month, and in all, in an option with figures of its own."""
    book = Ledger("Seats", as_of="2026-01-05")
    t = book.timeline("2026-01", 6)
    used = book.assume("used", {"2026-01": "4 person", "2026-04": "6 person"}, over=t, whole=True, above=0)
    left = book.assume("left", {"2026-01": "1 person"}, over=t)
    paid = book.line("paid", (used - left) * book.assume("price", "9 USD/person/month") * t.months, "USD")
    book.headline(book.line("all_paid", paid.sum() / book.assume("shared", "3 machine", whole=True, above=0)))
    book.option("more", {"used@2026-03": "8 person"})
    return book


LEDGERS: Mapping[str, Callable[[], Ledger]] = {
    "machine": rented_or_bought,
    "budget": lambda: budget(6),
    "list": price_list,
    "seats": seats,
}
ADDED = {"A": "l4-eu", "B": "l4", "C": "eu", "D": "3", "E": "7", "G": "0.6"}
OK = ""

Kind = tuple[str, str, str, str]
"""The ledger; what is done; the count that finds it, OK where it is an edit; what `edits` tells among other things."""


def typed(sheet: str, **cells: str) -> str:
    return "\n".join(f'Typed "{sheet}", "{address}", "{content}"' for address, content in cells.items())


def item(row: int) -> str:
    return typed("Fleet", **{f"{letter}{row}": content for letter, content in ADDED.items()})


EDITED: Mapping[str, Kind] = {
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
    "a column before all": ("machine", 'ColumnInserted "Calc", 1', OK, ""),
    "a column after the options": ("machine", 'ColumnInserted "Inputs", 5', OK, ""),
    "rows inserted on other sheets": (
        "machine",
        "\n".join(
            f'RowInserted "{sheet}", {row}'
            for sheet, row in {"Calc": 14, "Summary": 12, "Checks": 12, "Sensitivity": 33, "Constants": 9}.items()
        ),
        OK,
        "",
    ),
    "a figure outside its range": ("machine", typed("Inputs", C6="7"), OK, "5 kW  7 kW"),
    "another unit": ("machine", typed("Inputs", B6="W", C6="5500", D6="6000", E6="4000", F6="6000"), OK, "5500 W"),
    "another word": ("machine", typed("Inputs", C13="flat"), OK, "by the hour  flat"),
    "an own figure": ("machine", typed("Inputs", D8="0.2"), OK, "(as in rented)  0.2 USD/kWh  Inputs!D8"),
    "an own figure cleared": ("machine", 'Emptied "Inputs", "D11"', OK, "3650 USD/month  (as in rented)"),
    "names of options swapped": (
        "machine",
        typed("Inputs", C4="bought", D4="rented"),
        OK,
        "rented  bought         Inputs!C4",
    ),
    "low, high, owner, note": ("machine", typed("Inputs", E6="3", F6="9", I6="us", J6="see there"), OK, "9 kW"),
    "another date": ("machine", typed("Inputs", H6="2024-05-01"), OK, "2024-05-01"),
    "a sheet renamed and one deleted": (
        "machine",
        'SheetRenamed "Inputs", "Ours"\nSheetDeleted "Read me"\n' + typed("Ours", C10="60%"),
        OK,
        "load   rented  50 %  60 %    Ours!C10",
    ),
    "a sheet added": ("machine", 'SheetAdded "Notes"\n' + typed("Notes", A1="=Calc.C18*12"), OK, ""),
    "comments, formats, charts, printing": (
        "machine",
        (
            'Commented "Inputs", "C6", "With tax?"\nBold "Calc", "C14"\n'
            'Charted "Calc", "A13:D15"\nPrinted "Summary", "A1:D9"'
        ),
        OK,
        "",
    ),
    "a figure by period": (
        "budget",
        'RowInserted "Timeline", 16\nColumnInserted "Timeline", 3\n' + typed("Timeline", H17="5"),
        OK,
        "people@2026-03  base    4 person  5 person  Timeline!H17",
    ),
    "an own figure by period": ("seats", typed("Timeline", E13="7", G13="9"), OK, "8 person"),
    "an item added": ("list", item(11), OK, "fleet  l4-eu  added  Fleet!A8"),
    "an item deleted": ("list", 'RowDeleted "Fleet", 9', OK, "fleet  h100-eu  removed  Fleet!A8"),
    "items sorted": ("list", 'Sorted "Fleet", "A8:G10", 5\n' + typed("Fleet", E9="21"), OK, "fleet.price@h100-us"),
    "a column inserted in a table": (
        "list",
        'ColumnInserted "Fleet", 4\n' + typed("Fleet", F9="25"),
        OK,
        "fleet.price@h100-eu  list    24 USD/machine/h  25 USD/machine/h  Fleet!F9",
    ),
}
DAMAGED: Mapping[str, Kind] = {
    "a line typed over": ("machine", typed("Calc", C14="11"), "lines", "11, typed over the formula"),
    "a line typed over by a text": (
        "machine",
        typed("Calc", C14="about 2"),
        "lines",
        "'about 2', typed over the formula",
    ),
    "a line typed over by an error": ("machine", typed("Calc", D17="=NA()"), "lines", "year"),
    "a formula changed in one option": ("machine", typed("Calc", D14="=D9/731"), "lines", "Rent ÷ 731"),
    "rows of Calc sorted": ("machine", 'Sorted "Calc", "A13:D15", 1', "lines", ""),
    "columns of Calc swapped": (
        "machine",
        typed("Calc", C14="=D9/Constants.C9", D14="=C9/Constants.C9"),
        "lines",
        "hire",
    ),
    "a unit on Calc": ("machine", typed("Calc", B17="USD/week"), "lines", "unit USD/week"),
    "a label on Calc": ("machine", typed("Calc", A17="A decade"), "lines", "its row is not there"),
    "a total that lost a part": ("machine", typed("Calc", C16="=SUM(C14:C15)"), "lines", "sum of (Hire to Guard)"),
    "a total with a figure": ("machine", typed("Calc", C16="=SUM(C13:C15)+1"), "lines", "sum of (Energy, Hire, Guard)"),
    "a part of the answer": ("machine", typed("Calc", C21="7"), "parts", "formulas"),
    "a label of a part": ("machine", typed("Calc", A21="Part: Power"), "parts", ""),
    "a unit of a part on Summary": ("machine", typed("Summary", B33="EUR/h"), "parts", ""),
    "a fetched input": ("machine", typed("Calc", C6="5.5"), "inputs", "5.5, typed over the formula"),
    "a factor": ("machine", typed("Inputs", M6="2"), "inputs", "draw"),
    "alike on both calculations": (
        "machine",
        typed("Calc", C14="11") + "\n" + typed("Second calculation", C6="11"),
        "built",
        "11, typed over the formula",
    ),
    "a key figure": ("machine", typed("Summary", C13="20"), "shown", "formulas"),
    "a label on Summary": ("machine", typed("Summary", A13="A day"), "shown", ""),
    "a unit on Summary": ("machine", typed("Summary", B13="USD/day"), "shown", ""),
    "an option on Summary": ("machine", typed("Summary", C11="bought", D11="rented"), "shown", "formulas"),
    "rows sorted": (
        "machine",
        'Sorted "Inputs", "A10:F11", 1',
        "inputs",
        "its label is at Inputs!A11: it is read there",
    ),
    "a label on Inputs": ("machine", typed("Inputs", A8="Price of power"), "inputs", "power.tariff"),
    "a label emptied": ("machine", 'Emptied "Inputs", "A8"', "inputs", "power.tariff"),
    "a unit emptied": ("machine", 'Emptied "Inputs", "B8"', "inputs", "power.tariff"),
    "a unit that is not listed": ("machine", typed("Inputs", B8="apples"), "inputs", "apples"),
    "a base figure emptied": ("machine", 'Emptied "Inputs", "C8"', "inputs", "it is empty"),
    "a text for a figure": ("machine", typed("Inputs", C8="as agreed"), "inputs", "as agreed"),
    "a value as text": ("machine", 'TypedAsText "Inputs", "C8", "0.1"', "inputs", "'0.1' is a text that looks like"),
    "an error in an input": ("machine", typed("Inputs", C8="=1/0"), "inputs", "power.tariff"),
    "a word that is not listed": ("machine", typed("Inputs", C13="by the week"), "inputs", "by the week"),
    "a fraction for a count": ("seats", typed("Inputs", C6="7.5"), "inputs", "7.5"),
    "0 for what is above it": ("seats", typed("Inputs", C6="0"), "inputs", "is not above 0"),
    "the name of an input removed": ("machine", 'NameRemoved "in_draw"', "inputs", "draw"),
    "the name of an input moved": ("machine", 'NameMoved "in_draw", "$Inputs.$C$8:$D$8"', "inputs", "draw"),
    "the name of an answer removed": ("machine", 'NameRemoved "out_hour"', "names", "no name out_hour"),
    "the name of an answer moved": ("machine", 'NameMoved "out_hour", "$Calc.$C$17:$D$17"', "names", "out_hour"),
    "the name of headings removed": ("machine", 'NameRemoved "head_calc"', "names", "nothing is named head_calc"),
    "the name of headings moved": ("machine", 'NameMoved "head_calc", "$Calc.$C$6:$D$6"', "names", ""),
    "a heading emptied": ("machine", 'Emptied "Inputs", "D4"', "names", "its heading is empty"),
    "two options called alike": ("machine", typed("Inputs", D4="Rented"), "names", "as rented is"),
    "a heading on Calc": ("machine", typed("Calc", C4="bought", D4="rented"), "names", "options"),
    "a column pasted": (
        "machine",
        'ColumnInserted "Inputs", 5\nPasted "Inputs", "D4:D14", "E4"',
        "names",
        "a column beside the options holds what nothing reads.",
    ),
    "a column between options": ("machine", 'ColumnInserted "Inputs", 4', "names", "the options are rented, , bought"),
    "low and high swapped": ("machine", typed("Inputs", E4="High", F4="Low"), "names", "Inputs!E4"),
    "low and high swapped on Sensitivity": (
        "machine",
        typed("Sensitivity", C31="High", D31="Low"),
        "names",
        "heading Low",
    ),
    "low and high swapped on Summary": ("machine", typed("Summary", L31="high", M31="low"), "names", "heading high"),
    "what is told of all periods": ("budget", typed("Months base", C4="Mean"), "names", "heading Total or closing"),
    "what is compared on Years": ("budget", typed("Years", A19="Periods below"), "names", "Years!A19"),
    "a selector of nothing": ("machine", typed("Sensitivity", C6="leased"), "selectors", ""),
    "rows by period sorted": (
        "budget",
        'Sorted "Timeline", "A15:J16", 1',
        "periods",
        "the row of 'Price' is not in its place",
    ),
    "a row by period deleted": ("budget", 'RowDeleted "Timeline", 16', "periods", "its row is not in its place"),
    "a label by period": ("budget", typed("Timeline", A15="Costs"), "periods", "price"),
    "a unit by period": ("budget", typed("Timeline", B15="EUR/Mtoken"), "periods", "price"),
    "a period's heading": (
        "budget",
        typed("Timeline", F4="2027-02"),
        "periods",
        "the periods are headed 2026-01, 2027-02",
    ),
    "what is said of a period": ("budget", typed("Timeline", F10="720"), "periods", "timeline.hours"),
    "a column between periods": (
        "budget",
        'ColumnInserted "Timeline", 7',
        "periods",
        "the periods are headed 2026-01, 2026-02, , 2026-03, 2026-04, 2026-05, 2026-06, not",
    ),
    "figures beside the last period": ("budget", typed("Timeline", K15="3"), "periods", "it is beside the last period"),
    "a figure by period emptied": ("budget", 'Emptied "Timeline", "F15"', "periods", "price@2026-02"),
    "a text by period": ("budget", typed("Timeline", F15="about 2"), "periods", "about 2"),
    "an error by period": ("budget", typed("Timeline", F15="=1/0"), "periods", "price@2026-02"),
    "0 by period": ("seats", typed("Timeline", F12="0"), "periods", "is not above 0"),
    "a fraction by period": ("seats", typed("Timeline", F12="4.5"), "periods", "4.5"),
    "a fraction of an option by period": ("seats", typed("Timeline", G13="8.5"), "periods", "8.5"),
    "a label on Months": ("budget", typed("Months dear", A15="Lease"), "periods", "label Rent"),
    "a unit on Months": ("budget", typed("Months dear", B15="EUR"), "periods", "unit EUR"),
    "a period's heading on Months": ("budget", typed("Months dear", F4="2027-02"), "periods", "2027-02"),
    "rows of Months sorted": ("budget", 'Sorted "Months dear", "A15:J17", 1', "periods", ""),
    "columns of Months swapped": (
        "budget",
        typed("Months base", E4="2026-02", F4="2026-01"),
        "periods",
        "2026-02, 2026-01",
    ),
    "the name of Months removed": ("budget", 'NameRemoved "head_months_2"', "periods", "margin_in_all"),
    "the name of Timeline moved": (
        "budget",
        'NameMoved "head_timeline", "$Timeline.$C$5:$J$5"',
        "periods",
        "",
    ),
    "an error in a table": ("list", typed("Fleet", E9="=1/0"), "inputs", "fleet.price@h100-eu"),
    "a text in a table": ("list", typed("Fleet", E9="about 2"), "inputs", "about 2"),
    "a figure of an item emptied": ("list", 'Emptied "Fleet", "E9"', "inputs", "fleet.price@h100-eu"),
    "0 in a table": ("list", typed("Fleet", E9="0"), "inputs", "0 USD/machine/h is not above 0"),
    "a fraction in a table": ("list", typed("Fleet", D9="7.5"), "inputs", "7.5"),
    "an item twice": ("list", typed("Fleet", A9="H100-US"), "inputs", "is there already, in row 8"),
    "a word of no other table": ("list", typed("Fleet", B9="b300"), "inputs", "b300"),
    "a heading of a table": ("list", typed("Fleet", E7="Preis"), "inputs", "its column is not on the sheet"),
    "a unit of a table": ("list", typed("Fleet", E6="USD/h"), "inputs", "is not USD/machine/h any more"),
    "more items than have room": (
        "list",
        "\n".join(map(item, range(11, 18))).replace("l4-eu", "l{}-eu"),
        "inputs",
        "sum of (Fleet!H8 to Fleet!H15)",
    ),
    "a row with an item inserted": (
        "list",
        f'RowInserted "Fleet", 10\n{item(10)}',
        "inputs",
        "nothing: the cell is empty",
    ),
    **{
        f"a formula of {sheet} by its own value": (name, f'AsShown "{sheet}", "{cell}"', "typed", said)
        for sheet, (name, cell, said) in {
            "Summary": ("machine", "A5", "formulas"),
            "Calc": ("machine", "C14", "typed over the formula"),
            "Sensitivity": ("machine", "G32", "formulas"),
            "Second calculation": ("machine", "E6", "formulas"),
            "As built": ("machine", "G18", "formulas"),
            "Inputs": ("machine", "N6", "formulas"),
            "Months base": ("budget", "C15", "typed over the formula"),
            "Years": ("budget", "C6", "formulas"),
            "Timeline as built": ("budget", "D15", "formulas"),
            "Fleet": ("list", "H9", "typed over the formula"),
        }.items()
    },
    "a link emptied": ("machine", 'Emptied "Sensitivity", "A32"', "typed", "formulas"),
    "a total of a table": ("list", typed("Fleet", D5="7"), "typed", ""),
    "a figure behind Sensitivity": ("machine", typed("Second calculation", C44="7"), "varied_built", "formulas"),
    "a constant": ("machine", typed("Constants", C6="3"), "constants", "watch"),
    "a conversion factor": ("machine", typed("Constants", C9="720"), "constants", "hour_per_month"),
    "the tolerance": ("machine", typed("Constants", C13="0.5"), "constants", "tolerance"),
    "a word of a list": ("machine", typed("Constants", C17="by the week"), "constants", "by the week"),
    "a row in a list": ("machine", 'RowInserted "Constants", 18', "constants", ""),
    "a row of Calc deleted": ("machine", 'RowDeleted "Calc", 14', "lines", "hire"),
    "an option's column deleted": ("machine", 'ColumnDeleted "Inputs", 4', "inputs", "options"),
    "Constants deleted": ("machine", 'SheetDeleted "Constants"', "constants", "nothing is named head_constants."),
    "Timeline deleted": ("budget", 'SheetDeleted "Timeline"', "periods", ""),
    "the table deleted": ("list", 'SheetDeleted "Fleet"', "inputs", ""),
}


def numbered(steps: str) -> str:
    """Return steps in which every item has another name."""
    first, *more = steps.split("l{}-eu")
    return first + "".join(f"l{place}-eu{rest}" for place, rest in enumerate(more))


KINDS = {**EDITED, **DAMAGED}
AT_ONCE = 16
GROUPS = [
    (name, kinds[first : first + AT_ONCE])
    for name in LEDGERS
    for kinds in [[kind for kind, each in KINDS.items() if each[0] == name]]
    for first in range(0, len(kinds), AT_ONCE)
]


@pytest.mark.libreoffice
@pytest.mark.slow
@pytest.mark.parametrize(("name", "group"), GROUPS, ids=[f"{name}, {group[0]}" for name, group in GROUPS])
def test_libreoffice_saves_what_can_be_told(name: str, group: list[str], tmp_path: Path) -> None:
    book, kinds = LEDGERS[name](), {kind: KINDS[kind] for kind in group}
    built = book.to_excel(tmp_path / f"{name}.xlsx")
    paths = {kind: tmp_path / f"kind_{place}.xlsx" for place, kind in enumerate(kinds)}
    worked_on_by_libreoffice({paths[kind]: (built, numbered(done)) for kind, (_, done, *_) in kinds.items()})

    wrong = {}
    for kind, (_, _, found, said) in kinds.items():
        cells = held(paths[kind])
        at = {label: address for (sheet, address), label in cells.items() if sheet == "Checks" and address[0] == "A"}
        failing = [label for label, _ in INTEGRITY_COUNTS.values() if cells["Checks", at[label].replace("A", "C")] != 0]
        try:
            edits = book.read_edits(paths[kind])
            told = str(edits)
            damage = bool(edits.problems or edits.calculations or edits.status.failing)
        except WorkbookRefused as refused:
            told, damage = str(refused), True
        is_ok = cells["Summary", "A2"] == "Integrity: OK" and not damage and not failing
        label = INTEGRITY_COUNTS[found][0] if found else ""
        is_found = cells["Summary", "A2"] == "Integrity: FAIL" and damage and label in failing
        if said not in told or not (is_found if found else is_ok):
            wrong[kind] = cells["Summary", "A2"], failing, told
    assert wrong == {}


def test_every_count_finds_something() -> None:
    assert {found for _, _, found, _ in DAMAGED.values()} == set(INTEGRITY_COUNTS)
