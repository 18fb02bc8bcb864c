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


def typed(sheet: str, **cells: str) -> str:
    return "\n".join(f'Typed "{sheet}", "{address}", "{content}"' for address, content in cells.items())


def item(row: int) -> str:
    return typed("Fleet", **{f"{letter}{row}": content for letter, content in ADDED.items()})


KINDS: Mapping[tuple[str, str], Mapping[str, tuple[str, str]]] = {
    ("machine", OK): {
        "a row inserted": (
            'RowInserted "Inputs", 8\n' + typed("Inputs", C9="0.12"),
            "power.tariff  rented  0.1 USD/kWh  0.12 USD/kWh  Inputs!C9",
        ),
        "a column between unit and option": (
            'ColumnInserted "Inputs", 3\n' + typed("Inputs", D6="5.5"),
            "draw   rented  5 kW  5.5 kW  Inputs!D6",
        ),
        "a column before all": ('ColumnInserted "Calc", 1', ""),
        "a column after the options": ('ColumnInserted "Inputs", 5', ""),
        "rows inserted on other sheets": (
            "\n".join(
                f'RowInserted "{sheet}", {row}'
                for sheet, row in {"Calc": 14, "Summary": 12, "Checks": 12, "Sensitivity": 33, "Constants": 9}.items()
            ),
            "",
        ),
        "a figure outside its range": (typed("Inputs", C6="7"), "5 kW  7 kW"),
        "another unit": (typed("Inputs", B6="W", C6="5500", D6="6000", E6="4000", F6="6000"), "5500 W"),
        "another word": (typed("Inputs", C13="flat"), "by the hour  flat"),
        "an own figure": (typed("Inputs", D8="0.2"), "(as in rented)  0.2 USD/kWh  Inputs!D8"),
        "an own figure cleared": ('Emptied "Inputs", "D11"', "3650 USD/month  (as in rented)"),
        "names of options swapped": (typed("Inputs", C4="bought", D4="rented"), "rented  bought         Inputs!C4"),
        "low, high, owner, note": (typed("Inputs", E6="3", F6="9", I6="us", J6="see there"), "9 kW"),
        "another date": (typed("Inputs", H6="2024-05-01"), "2024-05-01"),
        "a sheet renamed and one deleted": (
            'SheetRenamed "Inputs", "Ours"\nSheetDeleted "Read me"\n' + typed("Ours", C10="60%"),
            "load   rented  50 %  60 %    Ours!C10",
        ),
        "a sheet added": ('SheetAdded "Notes"\n' + typed("Notes", A1="=Calc.C18*12"), ""),
        "comments, formats, charts, printing": (
            (
                'Commented "Inputs", "C6", "With tax?"\nBold "Calc", "C14"\n'
                'Charted "Calc", "A13:D15"\nPrinted "Summary", "A1:D9"'
            ),
            "",
        ),
    },
    ("budget", OK): {
        "a figure by period": (
            'RowInserted "Timeline", 16\nColumnInserted "Timeline", 3\n' + typed("Timeline", H17="5"),
            "people@2026-03  base    4 person  5 person  Timeline!H17",
        ),
    },
    ("seats", OK): {
        "an own figure by period": (typed("Timeline", E13="7", G13="9"), "8 person"),
    },
    ("list", OK): {
        "an item added": (item(11), "fleet  l4-eu  added  Fleet!A8"),
        "an item deleted": ('RowDeleted "Fleet", 9', "fleet  h100-eu  removed  Fleet!A8"),
        "items sorted": ('Sorted "Fleet", "A8:G10", 5\n' + typed("Fleet", E9="21"), "fleet.price@h100-us"),
        "a column inserted in a table": (
            'ColumnInserted "Fleet", 4\n' + typed("Fleet", F9="25"),
            "fleet.price@h100-eu  list    24 USD/machine/h  25 USD/machine/h  Fleet!F9",
        ),
    },
    ("machine", "lines"): {
        "a line typed over": (typed("Calc", C14="11"), "11, typed over the formula"),
        "a line typed over by a text": (typed("Calc", C14="about 2"), "'about 2', typed over the formula"),
        "a line typed over by an error": (typed("Calc", D17="=NA()"), "year"),
        "a formula changed in one option": (typed("Calc", D14="=D9/731"), "Rent ÷ 731"),
        "rows of Calc sorted": ('Sorted "Calc", "A13:D15", 1', ""),
        "columns of Calc swapped": (typed("Calc", C14="=D9/Constants.C9", D14="=C9/Constants.C9"), "hire"),
        "a unit on Calc": (typed("Calc", B17="USD/week"), "unit USD/week"),
        "a label on Calc": (typed("Calc", A17="A decade"), "its row is not there"),
        "a total that lost a part": (typed("Calc", C16="=SUM(C14:C15)"), "sum of (Hire to Guard)"),
        "a total with a figure": (typed("Calc", C16="=SUM(C13:C15)+1"), "sum of (Energy, Hire, Guard)"),
        "a row of Calc deleted": ('RowDeleted "Calc", 14', "hire"),
    },
    ("machine", "parts"): {
        "a part of the answer": (typed("Calc", C21="7"), "formulas"),
        "a label of a part": (typed("Calc", A21="Part: Power"), ""),
        "a unit of a part on Summary": (typed("Summary", B21="EUR/h"), ""),
    },
    ("machine", "built"): {
        "alike on both calculations": (
            typed("Calc", C14="11") + "\n" + typed("Second calculation", C6="11"),
            "11, typed over the formula",
        ),
    },
    ("machine", "shown"): {
        "a key figure": (typed("Summary", C13="20"), "formulas"),
        "a label on Summary": (typed("Summary", A13="A day"), ""),
        "a unit on Summary": (typed("Summary", B13="USD/day"), ""),
        "an option on Summary": (typed("Summary", C11="bought", D11="rented"), "formulas"),
    },
    ("machine", "inputs"): {
        "a fetched input": (typed("Calc", C6="5.5"), "5.5, typed over the formula"),
        "a factor": (typed("Inputs", M6="2"), "draw"),
        "rows sorted": ('Sorted "Inputs", "A10:F11", 1', "its label is at Inputs!A11: it is read there"),
        "a label on Inputs": (typed("Inputs", A8="Price of power"), "power.tariff"),
        "a label emptied": ('Emptied "Inputs", "A8"', "power.tariff"),
        "a unit emptied": ('Emptied "Inputs", "B8"', "power.tariff"),
        "a unit that is not listed": (typed("Inputs", B8="apples"), "apples"),
        "a base figure emptied": ('Emptied "Inputs", "C8"', "it is empty"),
        "a text for a figure": (typed("Inputs", C8="as agreed"), "as agreed"),
        "a value as text": ('TypedAsText "Inputs", "C8", "0.1"', "'0.1' is a text that looks like"),
        "an error in an input": (typed("Inputs", C8="=1/0"), "power.tariff"),
        "a word that is not listed": (typed("Inputs", C13="by the week"), "by the week"),
        "the name of an input removed": ('NameRemoved "in_draw"', "draw"),
        "the name of an input moved": ('NameMoved "in_draw", "$Inputs.$C$8:$D$8"', "draw"),
        "an option's column deleted": ('ColumnDeleted "Inputs", 4', "options"),
    },
    ("seats", "inputs"): {
        "a fraction for a count": (typed("Inputs", C6="7.5"), "7.5"),
        "0 for what is above it": (typed("Inputs", C6="0"), "is not above 0"),
    },
    ("list", "inputs"): {
        "an error in a table": (typed("Fleet", E9="=1/0"), "fleet.price@h100-eu"),
        "a text in a table": (typed("Fleet", E9="about 2"), "about 2"),
        "a figure of an item emptied": ('Emptied "Fleet", "E9"', "fleet.price@h100-eu"),
        "0 in a table": (typed("Fleet", E9="0"), "0 USD/machine/h is not above 0"),
        "a fraction in a table": (typed("Fleet", D9="7.5"), "7.5"),
        "an item twice": (typed("Fleet", A9="H100-US"), "is there already, in row 8"),
        "a word of no other table": (typed("Fleet", B9="b300"), "b300"),
        "a heading of a table": (typed("Fleet", E7="Preis"), "its column is not on the sheet"),
        "a unit of a table": (typed("Fleet", E6="USD/h"), "is not USD/machine/h any more"),
        "more items than have room": (
            "\n".join(map(item, range(11, 18))).replace("l4-eu", "l{}-eu"),
            "sum of (Fleet!H8 to Fleet!H15)",
        ),
        "a row with an item inserted": (f'RowInserted "Fleet", 10\n{item(10)}', "nothing: the cell is empty"),
        "the table deleted": ('SheetDeleted "Fleet"', ""),
    },
    ("machine", "names"): {
        "the name of an answer removed": ('NameRemoved "out_hour"', "no name out_hour"),
        "the name of an answer moved": ('NameMoved "out_hour", "$Calc.$C$17:$D$17"', "out_hour"),
        "the name of headings removed": ('NameRemoved "head_calc"', "nothing is named head_calc"),
        "the name of headings moved": ('NameMoved "head_calc", "$Calc.$C$6:$D$6"', ""),
        "a heading emptied": ('Emptied "Inputs", "D4"', "its heading is empty"),
        "two options called alike": (typed("Inputs", D4="Rented"), "as rented is"),
        "a heading on Calc": (typed("Calc", C4="bought", D4="rented"), "options"),
        "a column pasted": (
            'ColumnInserted "Inputs", 5\nPasted "Inputs", "D4:D14", "E4"',
            "a column beside the options holds what nothing reads.",
        ),
        "a figure beside the options of Calc": (typed("Calc", E14="11"), ""),
        "a column between options": ('ColumnInserted "Inputs", 4', "the options are rented, , bought"),
        "low and high swapped": (typed("Inputs", E4="High", F4="Low"), "Inputs!E4"),
        "low and high swapped on Sensitivity": (typed("Sensitivity", C31="High", D31="Low"), "heading Low"),
        "low and high swapped on Summary": (typed("Summary", L19="high", M19="low"), "heading high"),
    },
    ("budget", "names"): {
        "what is told of all periods": (typed("Months base", C4="Mean"), "heading Total or closing"),
        "what is compared on Years": (typed("Years", A19="Periods below"), "Years!A19"),
    },
    ("list", "names"): {"what is told above the headings of a table": (typed("Fleet", A5="Sum"), "heading Total")},
    ("machine", "selectors"): {
        "a selector of nothing": (typed("Sensitivity", C6="leased"), ""),
    },
    ("budget", "periods"): {
        "rows by period sorted": ('Sorted "Timeline", "A15:J16", 1', "the row of 'Price' is not in its place"),
        "a row by period deleted": ('RowDeleted "Timeline", 16', "its row is not in its place"),
        "a label by period": (typed("Timeline", A15="Costs"), "price"),
        "a unit by period": (typed("Timeline", B15="EUR/Mtoken"), "price"),
        "a period's heading": (typed("Timeline", F4="2027-02"), "the periods are headed 2026-01, 2027-02"),
        "what is said of a period": (typed("Timeline", F10="720"), "timeline.hours"),
        "a column between periods": (
            'ColumnInserted "Timeline", 7',
            "the periods are headed 2026-01, 2026-02, , 2026-03, 2026-04, 2026-05, 2026-06, not",
        ),
        "figures beside the last period": (typed("Timeline", K15="3"), "it is beside the last period"),
        "a figure by period emptied": ('Emptied "Timeline", "F15"', "price@2026-02"),
        "a text by period": (typed("Timeline", F15="about 2"), "about 2"),
        "an error by period": (typed("Timeline", F15="=1/0"), "price@2026-02"),
        "a label on Months": (typed("Months dear", A15="Lease"), "label Rent"),
        "a unit on Months": (typed("Months dear", B15="EUR"), "unit EUR"),
        "a period's heading on Months": (typed("Months dear", F4="2027-02"), "2027-02"),
        "rows of Months sorted": ('Sorted "Months dear", "A15:J17", 1', ""),
        "columns of Months swapped": (typed("Months base", E4="2026-02", F4="2026-01"), "2026-02, 2026-01"),
        "the name of Months removed": ('NameRemoved "head_months_2"', "margin_in_all"),
        "the name of Timeline moved": ('NameMoved "head_timeline", "$Timeline.$C$5:$J$5"', ""),
        "Timeline deleted": ('SheetDeleted "Timeline"', ""),
    },
    ("seats", "periods"): {
        "0 by period": (typed("Timeline", F12="0"), "is not above 0"),
        "a fraction by period": (typed("Timeline", F12="4.5"), "4.5"),
        "a fraction of an option by period": (typed("Timeline", G13="8.5"), "8.5"),
    },
    ("machine", "typed"): {
        "a link emptied": ('Emptied "Sensitivity", "A32"', "formulas"),
        "a formula of Summary by its own value": ('AsShown "Summary", "A5"', "formulas"),
        "a formula of Calc by its own value": ('AsShown "Calc", "C14"', "typed over the formula"),
        "a formula of Sensitivity by its own value": ('AsShown "Sensitivity", "G32"', "formulas"),
        "a formula of Second calculation by its own value": ('AsShown "Second calculation", "E5"', "formulas"),
        "a formula of As built by its own value": ('AsShown "As built", "G18"', "formulas"),
        "a formula of Inputs by its own value": ('AsShown "Inputs", "M6"', "typed over the formula"),
    },
    ("list", "typed"): {
        "a total of a table": (typed("Fleet", D5="7"), ""),
        "a formula of Fleet by its own value": ('AsShown "Fleet", "H9"', "typed over the formula"),
    },
    ("budget", "typed"): {
        "a formula of Months base by its own value": ('AsShown "Months base", "C15"', "typed over the formula"),
        "a formula of Years by its own value": ('AsShown "Years", "C6"', "formulas"),
        "a formula of Timeline as built by its own value": ('AsShown "Timeline as built", "D15"', "formulas"),
    },
    ("machine", "varied_built"): {
        "a figure behind Sensitivity": (typed("Second calculation", C43="7"), "formulas"),
    },
    ("machine", "constants"): {
        "a constant": (typed("Constants", C6="3"), "watch"),
        "a conversion factor": (typed("Constants", C9="720"), "hour_per_month"),
        "the tolerance": (typed("Constants", C13="0.5"), "tolerance"),
        "a word of a list": (typed("Constants", C17="by the week"), "by the week"),
        "a row in a list": ('RowInserted "Constants", 18', ""),
        "Constants deleted": ('SheetDeleted "Constants"', "nothing is named head_constants."),
    },
}
"""By the ledger, and the count that finds it, OK for an edit: what is done, what `edits` tells among other things."""


def numbered(steps: str) -> str:
    """Return steps in which every item has another name."""
    first, *more = steps.split("l{}-eu")
    return first + "".join(f"l{place}-eu{rest}" for place, rest in enumerate(more))


AT_ONCE = 16
GROUPS = [
    (name, kinds[first : first + AT_ONCE])
    for name in LEDGERS
    for kinds in [[(kind, found) for (of, found), each in KINDS.items() if of == name for kind in each]]
    for first in range(0, len(kinds), AT_ONCE)
]


@pytest.mark.libreoffice
@pytest.mark.slow
@pytest.mark.parametrize(("name", "group"), GROUPS, ids=[f"{name}, {group[0][0]}" for name, group in GROUPS])
def test_libreoffice_saves_what_can_be_told(name: str, group: list[tuple[str, str]], tmp_path: Path) -> None:
    book = LEDGERS[name]()
    built = book.to_excel(tmp_path / f"{name}.xlsx")
    kinds = {tmp_path / f"kind_{place}.xlsx": each for place, each in enumerate(group)}
    worked_on_by_libreoffice(
        {path: (built, numbered(KINDS[name, found][kind][0])) for path, (kind, found) in kinds.items()}
    )

    wrong = {}
    for path, (kind, found) in kinds.items():
        cells, (_, said) = held(path), KINDS[name, found][kind]
        at = {label: address for (sheet, address), label in cells.items() if sheet == "Checks" and address[0] == "A"}
        failing = [label for label, _ in INTEGRITY_COUNTS.values() if cells["Checks", at[label].replace("A", "C")] != 0]
        try:
            edits = book.read_edits(path)
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
    assert {found for _, found in KINDS} == {OK, *INTEGRITY_COUNTS}
