"""A workbook carries the units that somebody defined for it, and whoever reads it knows them meanwhile."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from recalculate import Cells, Desk

from unitledger.errors import UnknownUnit, WorkbookRefused
from unitledger.ledger import Ledger
from unitledger.units import Q, define
from unitledger.workbook import fill, read_edits, verify

# Written by another process, so that this one does not know the units.
ELSEWHERE = """
import sys
from unitledger import Ledger
from unitledger.units import define

define("hangar = [hangar]")
define("field = {field}\\n@group currency\\nTOP = [TOP]\\n@end\\nunused = [unused]")
book = Ledger("Hangars", option="one")
fields = book.assume("fields", "3 field", low="2 field", high="4 field")
rent = book.assume("rent", "2 TOP/hangar/h")
cost = book.line("cost", fields * rent, unit="kTOP/day")
book.option("two", {{"fields": "7 field"}})
book.headline(cost)
book.to_excel(sys.argv[1])
"""


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sent") / "hangars.xlsx"
    subprocess.run([sys.executable, "-c", ELSEWHERE.format(field="12 hangar"), path], check=True)
    return path


@pytest.fixture
def hangars(sent: Path, tmp_path: Path) -> Path:
    """The workbook as it was sent, a copy of one's own."""
    return Path(shutil.copy(sent, tmp_path))


def own_rows(path: Path) -> dict[str, tuple[str, str]]:
    """Group and definition of each unit on Constants."""
    rows = load_workbook(path)["Constants"].iter_rows(max_col=3, values_only=True)
    return {str(label)[5:]: (str(group), str(line)) for label, group, line in rows if str(label).startswith("Unit ")}


def retyped(path: Path, name: str, line: str, group: str = "count") -> Path:
    """The workbook with another definition of a unit."""
    book = load_workbook(path)
    sheet = book["Constants"]
    row = next(cells[0].row for cells in sheet.iter_rows(max_col=1) if cells[0].value == f"Unit {name}")
    sheet.cell(row, 1).value = f"Unit {line.partition('=')[0].strip()}"
    sheet.cell(row, 2).value, sheet.cell(row, 3).value = group, line
    book.save(path)
    return path


def test_constants_shows_the_units_that_the_ledger_needs_and_what_they_are_made_of(hangars: Path) -> None:
    assert own_rows(hangars) == {
        "hangar": ("count", "hangar = [hangar]"),
        "field": ("count", "field = 12 hangar"),
        "TOP": ("currency", "TOP = [TOP]"),
    }


def test_a_ledger_without_units_of_its_own_shows_none(machine: Ledger, tmp_path: Path) -> None:
    path = machine.to_excel(tmp_path / "machine.xlsx")
    assert own_rows(path) == {}
    assert "Units defined for this ledger" not in {cell.value for cell in load_workbook(path)["Constants"]["A"]}


def test_verify_knows_them_and_forgets_them(hangars: Path) -> None:
    for _ in range(2):
        result = verify(hangars)
        assert result, str(result)
        assert result.units is not None
        assert result.units.rows == 3
        for unit in ("hangar", "field", "TOP"):
            with pytest.raises(UnknownUnit):
                Q(f"3 {unit}")


def test_a_unit_that_does_not_fit_its_formula_is_found(hangars: Path) -> None:
    book = load_workbook(hangars)
    sheet = book["Calc"]
    row = next(cells[0].row for cells in sheet.iter_rows(max_col=1) if cells[0].value == "Cost")
    sheet.cell(row, 2).value = "TOP/day"
    book.save(hangars)
    units = verify(hangars).units
    assert units is not None
    (difference,) = units.differences
    assert difference.reason == "it shows TOP/day, but its formula gives kTOP/day"


@pytest.mark.libreoffice
def test_they_survive_another_program(hangars: Path, libreoffice: Callable[[Path], Cells]) -> None:
    found = libreoffice(hangars)
    assert "field = 12 hangar" in found.values()


def test_two_workbooks_may_mean_different_things(hangars: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.xlsx"
    subprocess.run([sys.executable, "-c", ELSEWHERE.format(field="10 hangar"), other], check=True)
    assert verify(other)
    assert verify(hangars)
    assert verify(other)


def test_a_name_that_means_something_else_here_is_refused(hangars: Path) -> None:
    define("paddock = 2 * token")
    path = retyped(hangars, "field", "paddock = 12 hangar")
    with pytest.raises(WorkbookRefused) as refused:
        verify(path)
    assert str(refused.value) == (
        "hangars.xlsx is not read, for a unit that it defines. Unit 'paddock': 'paddock' already means "
        "'paddock = 2 * token'. Choose another name."
    )


@pytest.mark.parametrize(
    ("line", "group", "reason"),
    [
        ("USD = 2 hangar", "count", "Unit 'USD': 'USD' already means 'USD = [USD]'. Choose another name."),
        ("field = 2 field", "count", "Unit 'field' refers to 'field', which is not defined."),
        ("field = [token]", "count", "Unit 'field': [token] is the dimension of 'token'."),
        ("field = hangar ** 9 * hangar ** 9", "count", "Unit 'field' is too large, too small or of too high a power"),
        ("field = 9**9**9", "count", "Cannot read the definition 'field = 9**9**9'"),
        ("field = hangar\nUSDD = 1000 USD", "count", "is not the definition of one unit."),
        ("field- = 1e3 = f-", "count", "is not the definition of one unit."),
        ("field = 12 hangar # " + "x" * 40_000, "count", ""),
        ("field = 12 hangar" + " * ratio" * 400, "count", "A definition has 3,217 characters; at most 200 are read."),
        ("field = 12 hangar", "money", "Unit 'field': no group 'money'"),
        ("field = 12 hangar", "count\nUSD = [hangar]", "Unit 'field': no group 'count\\nUSD = [hangar]'"),
        ("field = 12 * =cmd|'/c calc'!A1", "count", "Cannot read the definition"),
    ],
)
def test_hostile_definitions_are_refused_at_once(hangars: Path, line: str, group: str, reason: str) -> None:
    path = retyped(hangars, "field", line, group)
    start = time.perf_counter()
    if not reason:
        assert verify(path).units
        return
    with pytest.raises(WorkbookRefused) as refused:
        verify(path)
    assert reason in str(refused.value)
    assert time.perf_counter() - start < 5
    with pytest.raises(UnknownUnit):
        Q("1 hangar")


def test_a_flood_of_definitions_is_refused(hangars: Path) -> None:
    book = load_workbook(hangars)
    for place in range(300):
        book["Constants"].append([f"Unit u{place}", "count", f"u{place} = [u{place}]"])
    book.save(hangars)
    with pytest.raises(WorkbookRefused, match="It defines more than 200 units"):
        verify(hangars)


def test_a_chain_of_definitions_ends(hangars: Path) -> None:
    book = load_workbook(hangars)
    sheet = book["Constants"]
    sheet.append(["Unit u0", "count", "u0 = 1e9 hangar"])
    for place in range(1, 60):
        sheet.append([f"Unit u{place}", "count", f"u{place} = u{place - 1} ** 9 * u{place - 1} ** 9"])
    book.save(hangars)
    start = time.perf_counter()
    with pytest.raises(WorkbookRefused, match="too large, too small or of too high a power"):
        verify(hangars)
    assert time.perf_counter() - start < 5


@pytest.fixture
def here() -> Ledger:
    """The ledger of the hangars in a process that counts in gpu."""
    book = Ledger("Hangars", option="one")
    fields = book.assume("fields", "3 gpu")
    rent = book.assume("rent", "2 USD/gpu/h")
    book.headline(book.line("cost", fields * rent, unit="kUSD/day"))
    book.option("two", {"fields": "7 gpu"})
    return book


def test_edits_of_a_workbook_with_units_that_are_not_known_here(hangars: Path, here: Ledger) -> None:
    edits = read_edits(here, hangars)
    assert [problem.text for problem in edits.problems] == [
        "its unit is field, which does not measure what gpu does.",
        "its unit is TOP/hangar/h, which does not measure what USD/gpu/h does.",
    ]
    with pytest.raises(WorkbookRefused, match="its unit is field, which does not measure what gpu does"):
        fill(here, hangars, {"one": {"fields": "4 gpu"}}, hangars.with_name("filled.xlsx"))


def test_filling_in_a_unit_of_the_workbook(tmp_path: Path) -> None:
    define("barn = [barn]\nfarm = 12 barn")
    book = Ledger("Barns", option="one")
    book.headline(book.line("cost", book.assume("barns", "3 farm") * book.assume("rent", "2 USD/barn"), unit="USD"))
    path = book.to_excel(tmp_path / "barns.xlsx")
    filled = book.fill(path, {"one": {"barns": "24 barn"}}, tmp_path / "filled.xlsx")
    assert verify(filled)
    assert book.read_edits(filled).apply().value("cost") == Q("48 USD")


VERSION = """
from unitledger import Ledger
from unitledger.units import define
from unitledger.workbook.stated.version import version_id

define("hay = [hay]\\nbale = {size} hay")
book = Ledger("Barn")
book.assume("stock", "3 bale")
print(version_id(book))
"""


def test_another_definition_is_another_version() -> None:
    commands = [[sys.executable, "-c", VERSION.format(size=size)] for size in ("10", "12", " 12 ")]
    ids = [subprocess.run(command, check=True, capture_output=True, text=True).stdout for command in commands]
    assert len(set(ids)) == 2
    assert ids[1] == ids[2]


def test_a_definition_that_was_changed_fails_integrity(hangars: Path) -> None:
    desk = Desk(hangars)
    assert desk.status()[0] == "OK"
    rows = load_workbook(hangars)["Constants"].iter_rows(max_col=1)
    row = next(cells[0].row for cells in rows if cells[0].value == "Unit field")
    desk.type("Constants", {f"C{row}": "field = 13 hangar"})
    assert desk.status()[0] == "FAIL"
