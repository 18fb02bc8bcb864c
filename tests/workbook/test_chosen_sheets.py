"""Workbooks with some of the sheets, and without protection."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import recalculate
from built import Built
from openpyxl import load_workbook

from unitledger import templates
from unitledger.errors import UnknownName, ValueRefused
from unitledger.ledger import Ledger
from unitledger.model import Items
from unitledger.workbook.book import Content, write
from unitledger.workbook.published import Case, Published

READ = ["Summary", "Inputs", "Calc", "Sensitivity", "Checks", "Read me"]
USUAL = [*READ, "Second calculation", "As built", "Constants", "Reconciliation"]
ALL = [*USUAL, "Formula map"]
NEEDED = ["Inputs", "Calc", "Checks", "Second calculation", "As built", "Constants"]
THERE_ARE = (
    "There are: Summary, Inputs, Timeline, Tables, Calc, Months, Years, Variance, Sensitivity, Uncertainty, Checks, "
    "Read me, Second calculation, As built, Timeline as built, Tables as built, Constants, Changes, Reconciliation, "
    "Formula map."
)
ENERGY = Case("9.energy", "machine", "rented", {}, "energy", "USD/h", 0.5, 0.01, "as printed")
FIGURES = (Published(ENERGY, 0.5),)


def sheets(path: Path) -> list[str]:
    return load_workbook(path).sheetnames


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        (None, USUAL),
        (["Summary", "Inputs", "Calc"], ["Summary", *NEEDED]),
        (["formula map", " Read me "], [*NEEDED[:3], "Read me", *NEEDED[3:], "Formula map"]),
        (["-Reconciliation", "-Formula map"], USUAL[:-1]),
        (["+Formula map"], ALL),
        (["+ formula map", "-Reconciliation"], [*USUAL[:-1], "Formula map"]),
        (["-Sensitivity"], [name for name in USUAL if name != "Sensitivity"]),
        (["Sensitivity"], [*NEEDED[:2], "Sensitivity", *NEEDED[2:]]),
        (["Calc"], NEEDED),
        (ALL, ALL),
    ],
)
def test_the_sheets_asked_for_and_those_that_carry_formulas(
    machine: Ledger, tmp_path: Path, asked: list[str] | None, there: list[str]
) -> None:
    path = write(machine, tmp_path / "machine.xlsx", Content(published=FIGURES, sheets=asked))

    assert sheets(path) == there
    assert recalculate.differences(path, recalculate.formualizer(path)) == []


@pytest.mark.parametrize("left_out", [["-Summary"], ["-Read me"], ["+Formula map"], ["-Sensitivity"], ["Calc"]])
def test_nothing_leads_to_a_sheet_that_is_left_out(machine: Ledger, tmp_path: Path, left_out: list[str]) -> None:
    path = write(machine, tmp_path / "machine.xlsx", Content(published=FIGURES, sheets=left_out))
    book = load_workbook(path)

    links = [
        cell.hyperlink.location.rpartition("!")[0].strip("'")
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.hyperlink is not None and cell.hyperlink.location is not None
    ]
    assert set(links) <= set(book.sheetnames)
    for text in recalculate.formulas(path).values():
        assert not [name for name in set(ALL) - set(book.sheetnames) if f"{name}!" in text or f"'{name}'!" in text]


def test_sources_are_spelled_out_where_figures_stand(machine: Ledger, tmp_path: Path) -> None:
    for sheets in (None, ["Summary"]):
        path = machine.to_excel(tmp_path / "machine.xlsx", sheets=sheets)

        row = Built(machine, path).input("draw", "rented")[1:]
        assert recalculate.held(path)["Inputs", f"G{row}"] == "data sheet"
        assert machine.read_edits(path).notes == ()


def test_edits_come_back_from_a_workbook_with_few_sheets(machine: Ledger, tmp_path: Path) -> None:
    path = machine.to_excel(tmp_path / "machine.xlsx", sheets=["Calc"], protect=False)
    place = Built(machine, path).input("draw", "rented")

    edits = machine.read_edits(recalculate.retyped(path, "Inputs", {place: 5.5}))

    assert [(edit.name, edit.option, str(edit.new)) for edit in edits] == [("draw", "rented", "5.5 kW")]


@pytest.mark.parametrize(
    ("asked", "kind", "message"),
    [
        (
            ["-Calc", "-Read me"],
            ValueRefused,
            (
                "The sheet 'Calc' cannot be left out: Inputs, Timeline, Tables, Calc, Months, Second calculation, "
                "Checks, As built, Timeline as built, Tables as built and Constants carry the formulas. Summary, "
                "Years, Variance, Sensitivity, Uncertainty, Read me, Changes, Reconciliation and Formula map can be."
            ),
        ),
        (
            ["Sumary"],
            UnknownName,
            f"There is no sheet 'Sumary'. Did you mean 'Summary'? {THERE_ARE}",
        ),
        (
            ["Summary", "-Read me"],
            ValueRefused,
            (
                "Name the sheets to write, or with a plus those to add and with a minus those to leave out, not both: "
                "Summary, -Read me."
            ),
        ),
        (
            [],
            ValueRefused,
            f"Name at least one sheet. {THERE_ARE}",
        ),
        ("Summary", ValueRefused, "Sheets: expected a list of texts, such as ['Summary'], got one text."),
    ],
)
def test_refused(machine: Ledger, tmp_path: Path, asked: list[str], kind: type[Exception], message: str) -> None:
    with pytest.raises(kind) as refused:
        machine.to_excel(tmp_path / "machine.xlsx", sheets=asked)

    assert str(refused.value) == message
    assert not (tmp_path / "machine.xlsx").exists()


def test_protection_is_left_off_where_asked(machine: Ledger, tmp_path: Path) -> None:
    def protected(path: Path) -> set[str]:
        return {sheet.title for sheet in load_workbook(path).worksheets if sheet.protection.sheet}

    with_it = machine.to_excel(tmp_path / "with.xlsx")
    without = machine.to_excel(tmp_path / "without.xlsx", protect=False)

    assert protected(with_it) == set(USUAL) - {"Inputs", "Reconciliation"}
    assert protected(without) == set()
    said = [
        cells["Read me", f"C{at[1:]}"]
        for cells in (recalculate.held(with_it), recalculate.held(without))
        for (sheet, at), held in cells.items()
        if (sheet, held) == ("Read me", "Protection")
    ]
    assert said == [
        "Without password. Inputs is open; the other sheets are locked against slips.",
        "None: every cell can be changed; a formula that is typed over turns Integrity to FAIL.",
    ]


@pytest.mark.slow
@pytest.mark.parametrize("name", templates.names())
def test_the_least_workbook_of_each_template(name: str, tmp_path: Path) -> None:
    book = templates.find(name)()
    path = book.to_excel(tmp_path / "least.xlsx", sheets=["Calc"])

    lists = {column.section for column in book.columns.values() if isinstance(column.axis, Items)} | {"Tables as built"}
    written = [name for name in sheets(path) if not name.startswith(("Timeline", "Months")) and name not in lists]
    assert written == NEEDED
    assert recalculate.differences(path, recalculate.formualizer(path)) == []


@pytest.mark.parametrize("left_out", [(), ("+Formula map",), ("-Sensitivity",)])
def test_read_me_says_what_each_sheet_that_is_there_is_for(left_out: Sequence[str], tmp_path: Path) -> None:
    ledgers = Ledger("Rent alone"), templates.find("serving_cost")()
    for place, ledger in enumerate(ledgers):
        if not place:
            ledger.line("cost", ledger.assume("rent", "5 USD/h"))
        book = load_workbook(ledger.to_excel(tmp_path / f"{place}.xlsx", sheets=left_out or None))
        said = {row[0].value: row[2].value for row in book["Read me"].iter_rows(min_row=4)}
        first, last = list(said).index("Sheets"), list(said).index("Sending edits back")

        named = [name for name in list(said)[first + 1 : last] if name]
        assert named == [name for name in book.sheetnames if name != "Read me"]


def test_each_sheet_leads_back_to_summary_and_read_me_to_each(machine: Ledger, tmp_path: Path) -> None:
    book = load_workbook(machine.to_excel(tmp_path / "machine.xlsx", sheets=["+Formula map"]))
    back = {sheet.title: sheet["A3"] for sheet in book.worksheets if sheet.title != "Summary"}
    read_me = {cell.value: cell.hyperlink for (cell,) in book["Read me"]["A4:A30"] if cell.hyperlink is not None}

    for name, cell in back.items():
        assert cell.hyperlink is not None, name
        assert (cell.value, cell.hyperlink.location) == ("‹ Summary", "Summary!A1")
    assert {name: str(link.location).replace("'", "") for name, link in read_me.items()} == {
        name: f"{name}!A1" for name in book.sheetnames if name != "Read me"
    }


def test_tabs_tell_what_sheets_are_for(machine: Ledger, tmp_path: Path) -> None:
    book = load_workbook(machine.to_excel(tmp_path / "machine.xlsx"))
    colours = [getattr(sheet.sheet_properties.tabColor, "rgb", None) for sheet in book.worksheets]

    assert [colours.count(colour) for colour in dict.fromkeys(colours)] == [4, 1, 1, 3]
    assert len(set(colours[len(READ) :])) == 1
