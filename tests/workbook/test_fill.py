"""Values written into a workbook: what is refused, in which unit, and how a cell of the file changes."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from recalculate import agree, formualizer, formulas, held, saved_by_libreoffice
from worked_on import packed, parts, sheet_parts, worked_on

from unitledger import templates
from unitledger.errors import LedgerError, UnitMismatch, UnknownName, ValueRefused, WorkbookError, WorkbookRefused
from unitledger.ledger import Ledger
from unitledger.model import Figure
from unitledger.workbook import verify
from unitledger.workbook.cells.book import cached_values
from unitledger.workbook.cells.read import read_book
from unitledger.workbook.patch.sheet import patched_sheet

Settings = dict[str, dict[str, str | Figure | None]]
Changed = Callable[[str, str, str], Path]


@pytest.fixture
def workbook(machine: Ledger, tmp_path: Path) -> Path:
    return machine.to_excel(tmp_path / "machine.xlsx")


@pytest.fixture
def changed(workbook: Path) -> Changed:
    """Replace a piece of the XML of a sheet, which must be there once."""

    def of(sheet: str, before: str, after: str) -> Path:
        held = parts(workbook)
        part = sheet_parts(held)[sheet] if not sheet.startswith("xl/") else sheet
        text, count = re.subn(before, after, held[part].decode())
        assert count == 1
        held[part] = text.encode()
        return packed(held, workbook)

    return of


def xml_of(path: Path, address: str, sheet: str = "Inputs") -> str:
    content = parts(path)
    found = re.search(rf'<c r="{address}"[^>]*?(?:/>|>.*?</c>)', content[sheet_parts(content)[sheet]].decode())
    return found[0] if found else ""


def row(path: Path, name: str) -> int:
    address = load_workbook(path).defined_names[f"in_{name}"].attr_text
    return int(address.rpartition("$")[2])


def test_number_word_and_nothing(machine: Ledger, workbook: Path, tmp_path: Path) -> None:
    given: Settings = {
        "rented": {"load": "80 %", "billing": "flat"},
        "bought": {"rent": None, "draw": Figure("7 kW", "call")},
    }
    filled = machine.fill(workbook, given, tmp_path / "filled.xlsx")

    assert filled == tmp_path / "filled.xlsx"
    style = re.search(r' s="\d+"', xml_of(workbook, f"C{row(workbook, 'load')}"))
    assert style is not None
    assert xml_of(filled, f"C{row(filled, 'load')}") == f'<c r="C{row(filled, "load")}"{style[0]}><v>0.8</v></c>'
    assert ' t="inlineStr"><is><t>flat</t></is></c>' in xml_of(filled, f"C{row(filled, 'billing')}")
    assert xml_of(filled, f"D{row(filled, 'rent')}").endswith("/>")
    assert xml_of(filled, f"D{row(filled, 'draw')}").endswith("<v>7</v></c>")
    # 5 kW x 0.10 USD/kWh + 7300 USD/month / 730 h + 2 USD/h, and with 7 kW 0.2 more
    assert held(filled)["Calc", "C16"] == pytest.approx(12.5)
    assert held(filled)["Calc", "D16"] == pytest.approx(12.7)


def test_a_file_is_replaced_by_its_filled_copy(machine: Ledger, workbook: Path) -> None:
    machine.fill(workbook, {"rented": {"load": "80 %"}}, workbook)
    assert [edit.name for edit in machine.read_edits(workbook)] == ["load"]
    assert [path.name for path in workbook.parent.iterdir()] == ["machine.xlsx"]


def test_what_stands_there_already_changes_no_byte(machine: Ledger, workbook: Path, tmp_path: Path) -> None:
    given: Settings = {"rented": {"load": "50 %"}, "bought": {"draw": "6 kW", "billing": "flat", "load": None}}
    assert machine.fill(workbook, given, tmp_path / "same.xlsx").read_bytes() == workbook.read_bytes()


def test_two_fillings_are_byte_identical(machine: Ledger, workbook: Path, tmp_path: Path) -> None:
    one, other = (machine.fill(workbook, {"rented": {"load": 1}}, tmp_path / f"{n}.xlsx") for n in "ab")
    assert one.read_bytes() == other.read_bytes()


def test_values_stand_in_the_unit_beside_the_cell(machine: Ledger, workbook: Path, tmp_path: Path) -> None:
    book = load_workbook(workbook)
    book["Inputs"].cell(row(workbook, "draw"), 2).value = "W"
    book["Inputs"].cell(row(workbook, "rent"), 2).value = "USD/year"
    book.save(workbook)
    given = {"rented": {"draw": "5.5 kW"}, "bought": {"rent": "1000 USD/month"}}
    filled = machine.fill(workbook, given, tmp_path / "filled.xlsx")

    assert held(filled)["Inputs", f"C{row(filled, 'draw')}"] == 5500
    assert held(filled)["Inputs", f"D{row(filled, 'rent')}"] == 12000
    read = {(edit.name, edit.option): str(edit.new) for edit in machine.read_edits(filled) if not edit.end}
    assert (read["draw", "rented"], read["rent", "bought"]) == ("5500 W", "12000 USD/year")


def test_whatever_stands_in_the_cell_is_replaced(machine: Ledger, workbook: Path, tmp_path: Path) -> None:
    book = load_workbook(workbook)
    sheet = book["Inputs"]
    for name, content in (("draw", "=2+3"), ("rent", "about 7000"), ("load", "#N/A"), ("billing", "4")):
        sheet.cell(row(workbook, name), 3).value = content
    book.save(workbook)
    given: Settings = {"rented": {"draw": "5.5 kW", "rent": "7000 USD/month", "load": "40 %", "billing": "flat"}}
    filled = machine.fill(workbook, given, tmp_path / "filled.xlsx")
    edits = machine.read_edits(filled)
    assert {edit.name: str(edit.new) for edit in edits} == {
        "draw": "5.5 kW",
        "rent": "7000 USD/month",
        "load": "40 %",
        "billing": "flat",
    }
    assert not edits.problems


def test_a_formula_that_goes_takes_the_order_of_calculation_with_it(
    machine: Ledger, changed: Changed, tmp_path: Path
) -> None:
    path = worked_on(
        changed("Inputs", r'(<c r="C6"[^>]*>)<v>5</v>', r"\1<f>2+3</f><v>5</v>"), tmp_path / "e.xlsx", [("=1+1", 2)]
    )
    assert "xl/calcChain.xml" in parts(path)
    kept = parts(machine.fill(path, {"rented": {"load": "60 %"}}, tmp_path / "kept.xlsx"))
    assert "xl/calcChain.xml" in kept
    gone = parts(machine.fill(path, {"rented": {"draw": "5.5 kW"}}, tmp_path / "gone.xlsx"))
    assert "xl/calcChain.xml" not in gone
    assert not [name for name, content in gone.items() if b"calcChain" in content]
    from openxml_audit import OpenXmlValidator

    assert OpenXmlValidator().validate(str(tmp_path / "gone.xlsx")).errors == []


def test_a_shared_formula_is_written_out_where_its_first_cell_goes(
    machine: Ledger, changed: Changed, tmp_path: Path
) -> None:
    changed("Inputs", r'(<c r="C6"[^>]*>)<v>5</v>', r'\1<f t="shared" ref="C6:D6" si="0">2+C10*30</f><v>5</v>')
    path = changed("Inputs", r'(<c r="D6"[^>]*>)<v>6</v>', r'\1<f t="shared" si="0"/><v>6</v>')
    filled = machine.fill(path, {"rented": {"draw": "5.5 kW"}}, tmp_path / "filled.xlsx")
    assert formulas(filled)["Inputs", "D6"] == "=2+D10*30"
    assert "<f>2+D10*30</f><v>6</v></c>" in xml_of(filled, "D6")


def test_a_cell_that_is_not_there_is_put_between_its_neighbours(
    machine: Ledger, changed: Changed, tmp_path: Path
) -> None:
    path = changed("Inputs", '<c r="D6" s="([0-9]+)"><v>6</v></c>', "")
    filled = machine.fill(path, {"bought": {"draw": "7 kW"}}, tmp_path / "filled.xlsx")
    sheet = parts(filled)[sheet_parts(parts(filled))["Inputs"]].decode()
    assert re.search(r'<c r="C6" (s="\d+")><v>5</v></c><c r="D6" \1><v>7</v></c><c r="', sheet)
    assert str(machine.read_edits(filled).apply().value("draw", "bought")) == "7 kW"


def test_elements_may_have_a_prefix(machine: Ledger, workbook: Path, tmp_path: Path) -> None:
    content = parts(workbook)
    for name in [*sheet_parts(content).values(), "xl/workbook.xml"]:
        text = re.sub(r"<(/?)(?=[a-z])", r"<\1x:", content[name].decode())
        content[name] = text.replace(" xmlns=", " xmlns:x=").encode()
    filled = machine.fill(packed(content, workbook), {"bought": {"load": 1, "billing": None}}, tmp_path / "filled.xlsx")
    assert [(edit.name, edit.option) for edit in machine.read_edits(filled)] == [
        ("load", "bought"),
        ("billing", "bought"),
    ]
    shown, found = held(filled), formualizer(filled)
    assert all(agree(shown[place], found[place]) for place in formulas(filled) if place in shown)


def test_what_is_commented_out_stays_as_it_is(machine: Ledger, changed: Changed, tmp_path: Path) -> None:
    aside = '<!--<c r="D6"><v>6</v></c>--><c r="D6" cm=">"><extLst><![CDATA[</c>]]></extLst><v><!--</v>-->6</v></c>'
    path = changed("Inputs", '<c r="D6" s="[0-9]+"><v>6</v></c>', aside)
    filled = machine.fill(path, {"bought": {"draw": "7 kW"}}, tmp_path / "filled.xlsx")
    assert (
        '<!--<c r="D6"><v>6</v></c>--><c r="D6"><v>7</v></c><c '
        in parts(filled)[sheet_parts(parts(filled))["Inputs"]].decode()
    )


def test_a_file_without_values_gets_them(machine: Ledger, workbook: Path, tmp_path: Path) -> None:
    load_workbook(workbook).save(workbook)
    assert ("Calc", "C16") not in held(workbook)
    filled = machine.fill(workbook, {"rented": {"load": "60 %"}}, tmp_path / "filled.xlsx")
    shown, found = held(filled), formualizer(filled)
    assert all(agree(shown.get(place), found[place]) for place in formulas(filled))


@pytest.mark.parametrize("saved", [False, pytest.param(True, marks=pytest.mark.libreoffice)])
def test_a_filled_workbook_keeps_the_value_of_every_formula(saved: bool, tmp_path: Path) -> None:
    book = Ledger("plain", option="one")
    instances = book.assume("instances", "60 gpu", whole=True)
    price = book.assume("price", "7 USD/gpu/h", low="5 USD/gpu/h", high="9 USD/gpu/h")
    bill = book.line("bill", instances * price, "USD/month")
    book.option("two", {"price": "6 USD/gpu/h", "instances": "24 gpu"})
    book.headline(bill, better="lower")
    path = book.to_excel(tmp_path / "plain.xlsx")
    sent = saved_by_libreoffice(path, tmp_path / "saved") if saved else path
    filled = book.fill(sent, {"two": {"instances": "36 gpu"}}, tmp_path / "filled.xlsx")
    assert str(verify(filled)).startswith(f"filled.xlsx: {len(formulas(filled))} formulas recalculated, no difference.")


@pytest.mark.libreoffice
def test_fifteen_digits_of_what_is_multiplied_make_no_difference(tmp_path: Path) -> None:
    book = templates.find("silicon")()
    sent = saved_by_libreoffice(book.to_excel(tmp_path / "silicon.xlsx"), tmp_path / "saved")
    filled = book.fill(sent, {"h100_fp32": {"years": "9.7 year"}}, tmp_path / "filled.xlsx")
    assert held(filled)["Summary", "A2"] == "Integrity: OK"
    assert ", no difference." in str(verify(filled))


@pytest.mark.parametrize(
    ("given", "error", "said"),
    [
        (
            {"rented": {"load": "120 %"}},
            ValueRefused,
            "Input 'load': 120 % is above the most possible 100 %.",
        ),
        (
            {"rented": {"rent": "5 kW"}},
            UnitMismatch,
            "Input 'rent': expected USD/month, got 5 kW. ",
        ),
        (
            {"rented": {"billing": "weekly"}},
            ValueRefused,
            "Input 'billing': expected one of by the hour, flat, got 'weekly'.",
        ),
        (
            {"rented": {"lod": 1}},
            UnknownName,
            "'Cost of a machine' has no input named 'lod'. Did you mean 'load'?",
        ),
        (
            {"leased": {"load": 1}},
            UnknownName,
            "'Cost of a machine' has no option 'leased'; it has rented, bought.",
        ),
        (
            {"rented": {"load": None}},
            ValueRefused,
            "Input 'load': the base option needs a value; only others inherit one.",
        ),
    ],
)
def test_settings_that_the_ledger_would_not_take(
    machine: Ledger, workbook: Path, given: dict[str, Any], error: type[LedgerError], said: str
) -> None:
    before = workbook.read_bytes()
    with pytest.raises(error) as refused:
        machine.fill(workbook, given, workbook)
    assert str(refused.value).startswith(said)
    assert workbook.read_bytes() == before


def refusal(book: Ledger, path: Path, target: Path) -> str:
    with pytest.raises(WorkbookRefused) as refused:
        book.fill(path, {"rented": {"draw": "5.5 kW"}}, target)
    assert not target.exists()
    return str(refused.value)


def test_files_that_are_not_filled(machine: Ledger, workbook: Path, changed: Changed, tmp_path: Path) -> None:
    target = tmp_path / "filled.xlsx"
    assert refusal(machine.only("rented"), workbook, target) == (
        "machine.xlsx has the options rented, bought, not rented. Take a ledger with the same options: only(...) "
        "leaves some out."
    )
    other = Ledger("Another", option="rented")
    other.line("cost", other.assume("draw", "5 kW") + other.assume("spare", "2 kW") + other.assume("more", "2 kW"))
    assert refusal(other, workbook, target).startswith("machine.xlsx is the workbook of another ledger")
    changed("Inputs", r'(<c r="C6"[^>]*>)<v>5</v>', r'\1<f t="array" ref="C6:D6">{2,3}</f><v>5</v>')
    assert refusal(machine, workbook, target) == (
        "machine.xlsx: Inputs!C6 is part of an array formula. Delete the formula there first."
    )
    changed("Inputs", '<c r="B6"[^>]*>.*?</c>', "")
    assert refusal(machine, workbook, target) == (
        "machine.xlsx, Inputs!B6: input 'draw': its unit is empty; expected kW."
    )
    changed("xl/workbook.xml", '<definedName name="in_draw">[^<]*</definedName>', "")
    assert refusal(machine, workbook, target) == (
        "machine.xlsx, in_draw: input 'draw': the name in_draw is not there: its row was deleted, or the name was. "
        "Bring the row back."
    )


def test_a_part_in_another_encoding_is_not_cut(machine: Ledger, workbook: Path, tmp_path: Path) -> None:
    content = parts(workbook)
    part = sheet_parts(content)["Inputs"]
    said = content[part].decode().replace('encoding="UTF-8"', 'encoding="ISO-8859-1"')
    content[part] = said.encode("latin-1", "xmlcharrefreplace")
    assert refusal(machine, packed(content, workbook), tmp_path / "filled.xlsx") == (
        "machine.xlsx is not read: its part 'xl/worksheets/sheet2.xml' is written in ISO-8859-1; spreadsheet programs "
        "write UTF-8. Open the file in one and save it there."
    )


def test_a_copy_of_values_is_not_filled(machine: Ledger, workbook: Path, tmp_path: Path) -> None:
    held = {name: re.sub(rb"<f>[^<]*</f>", b"", content) for name, content in parts(workbook).items()}
    assert refusal(machine, packed(held, workbook), tmp_path / "filled.xlsx") == (
        "machine.xlsx is not filled: its formulas were replaced by values, and nothing would follow from what is set. "
        "Take the workbook with its formulas."
    )


FINANCE = "1250000*0.19+3400000*0.07" + "+1250000*0.19" * 30


@pytest.mark.parametrize(
    ("formula", "shows"),
    [
        (FINANCE + "+SUM(Table1[Amount])", None),
        # It does not depend on what is set, and keeps its value.
        (FINANCE, -1),
        ("SUM(Inputs!A1:XFD1048576)", None),
        ("SUM(Inputs!C6:D6)", 11.5),
        ("(" * 495 + "Inputs!C6" + ")" * 495, None),
        ("Inputs!C6" + "+1" * 498, None),
        ("'" * 8_000, None),
        ("'a'!" * 2_000, None),
        ("A1:" * 2_700, None),
        ("[a]" * 2_700, None),
    ],
    ids=lambda formula: str(formula)[:20],
)
def test_formulas_of_other_people_are_worked_out_or_lose_their_value(
    machine: Ledger, tmp_path: Path, formula: str, shows: float | None
) -> None:
    path = machine.to_excel(tmp_path / "machine.xlsx")
    book = parts(path)
    calc = sheet_parts(book)["Calc"]
    row = f'<row r="90"><c r="A90"><f>{formula}</f><v>-1</v></c><c r="B90"><f>A90+Inputs!C6</f><v>-1</v></c></row>'
    book[calc] = book[calc].replace(b"</sheetData>", f"{row}</sheetData>".encode())
    start = time.process_time()
    filled = machine.fill(packed(book, path), {"rented": {"draw": "5.5 kW"}}, tmp_path / "filled.xlsx")

    assert time.process_time() - start < 5
    kept = cached_values(read_book(filled))["Calc"]
    assert kept.get((89, 0)) == shows
    assert kept.get((89, 1)) == (None if shows is None else shows + 5.5)


def test_an_output_that_cannot_be_written(machine: Ledger, workbook: Path) -> None:
    with pytest.raises(WorkbookError, match=r"machine\.xlsx exists already"):
        machine.fill(workbook, {"rented": {"load": 1}}, workbook, overwrite=False)
    with pytest.raises(WorkbookError, match=r"a workbook's name ends in \.xlsx"):
        machine.fill(workbook, {"rented": {"load": 1}}, workbook.with_suffix(".csv"))


def test_a_sign_in_quotes_does_not_end_the_head_of_a_cell() -> None:
    sheet = b'<sheetData><row r="1"><c r="A1" note="a>b"><f>B1</f><v>1</v></c></row></sheetData>'
    patched, _ = patched_sheet(sheet, {}, {(0, 0): "word"}, lambda _: "")
    assert patched == (b'<sheetData><row r="1"><c r="A1" note="a>b" t="str"><f>B1</f><v>word</v></c></row></sheetData>')


def test_a_sheet_changes_alike_with_and_without_a_comment(workbook: Path) -> None:
    book = parts(workbook)
    calc = book[sheet_parts(book)["Calc"]]
    places = [at for at, cell in read_book(workbook).cells["Calc"].items() if cell.held == "formula"]
    values = cycle((1.5, -2.0, 1e300, True, "a < b", "", None))
    shown = dict(zip(places, values, strict=False))

    patched, _ = patched_sheet(calc, {}, shown, lambda _: "")
    with_comment, _ = patched_sheet(calc + b"<!-- seen -->", {}, shown, lambda _: "")

    assert patched != calc
    assert patched + b"<!-- seen -->" == with_comment
