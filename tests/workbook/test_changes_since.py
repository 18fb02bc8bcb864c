"""Changes since an earlier workbook: built in January, two inputs changed, built again and compared."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest
import recalculate
from built import Built
from mapped import covers
from mapped import entries as mapped
from openpyxl import load_workbook
from recalculate import Desk
from worked_on import packed, parts

from unitledger.compute import evaluate
from unitledger.errors import ValueRefused, WorkbookRefused
from unitledger.ledger import Ledger
from unitledger.workbook.stated.version import version_id

COLUMNS = ("A", "B", "C", "D", "E", "F", "G", "H")


@attrs.frozen
class Compared:
    """The sheet Changes: its title, its status, and its rows by label and option."""

    title: str
    status: str
    answer: str
    rows: dict[tuple[str, str], tuple[Any, ...]]
    cells: dict[tuple[str, str], str]


def block(cells: recalculate.Cells) -> Compared:
    """Read the sheet as somebody finds it: beneath its title."""
    (title,) = (
        int(at[1:])
        for (sheet, at), held in cells.items()
        if sheet == "Changes" and str(held).startswith("Changes since ")
    )
    rows, places = {}, {}
    for row in range(title + 4, title + 60):
        shown = tuple(cells.get(("Changes", f"{column}{row}"), "") for column in COLUMNS)
        if not shown[0]:
            break
        rows[str(shown[0]), str(shown[1])] = shown[2:]
        places[str(shown[0]), str(shown[1])] = f"{row}"
    return Compared(
        str(cells["Changes", f"A{title}"]),
        str(cells["Changes", f"G{title + 2}"]),
        str(cells["Changes", f"G{title + 3}"]),
        rows,
        places,
    )


@pytest.fixture
def january(machine: Ledger, tmp_path: Path) -> Path:
    return machine.to_excel(tmp_path / "january.xlsx")


def dearer(machine: Ledger) -> Ledger:
    """Energy twice as dear in both options, the rent of the first 10 % higher."""
    return machine.with_settings({"rented": {"power.tariff": "0.20 USD/kWh", "rent": "8030 USD/month"}})


def answer(ledger: Ledger, option: str) -> float:
    return float(evaluate(ledger, option)["sold_hour"])


def test_each_change_with_its_own_effect_on_the_answer(machine: Ledger, january: Path, tmp_path: Path) -> None:
    now = dearer(machine)
    built = Built(now, now.to_excel(tmp_path / "march.xlsx", since=january))
    found = block(recalculate.formualizer(built.path))

    assert found.title == f"Changes since january.xlsx, version {version_id(machine)}"
    assert found.status == "current"
    assert found.answer == "Effect on An hour sold, USD/h"
    # Sold half of the time, an hour carries twice what 5 or 6 kW cost more, and twice one dollar of rent.
    tariff, rent, together = "Power: tariff", "Rent", "All together"
    assert found.rows == {
        (tariff, "rented"): ("USD/kWh", 0.1, 0.2, pytest.approx(1), pytest.approx(2 * 0.5), ""),
        (rent, "rented"): ("USD/month", 7300, 8030, pytest.approx(0.1), pytest.approx(2 * 1), ""),
        (tariff, "bought"): ("USD/kWh", 0.1, 0.2, pytest.approx(1), pytest.approx(2 * 0.6), ""),
        (together, "rented"): ("", "", "", "", pytest.approx(3), ""),
        (together, "bought"): ("", "", "", "", pytest.approx(1.2), ""),
    }
    # The same by hand: this input alone as it was in January.
    for (label, option), shown in found.rows.items():
        back = {tariff: {"power.tariff": "0.10 USD/kWh"}, rent: {"rent": "7300 USD/month"}}
        was = machine if label == together else now.with_settings({option: back[label]})
        assert shown[4] == pytest.approx(answer(now, option) - answer(was, option))
    assert recalculate.differences(built.path, recalculate.formualizer(built.path)) == []


def test_the_figure_now_is_live_and_an_edit_makes_the_effects_stale(
    machine: Ledger, january: Path, tmp_path: Path
) -> None:
    now = dearer(machine)
    built = Built(now, now.to_excel(tmp_path / "march.xlsx", since=january, sheets=["+Formula map"]))
    desk = Desk(built.path)
    rows = block(built.cached).cells
    row = rows["Power: tariff", "bought"]
    title = int(rows["Power: tariff", "rented"]) - 4
    assert built.formulas["Changes", f"E{row}"].startswith("=Calc!$D$")
    (count,) = (at[1:] for (_, at), held in built.cached.items() if held == "Static tables out of date")
    assert desk.read("Checks", f"C{count}") == 0

    desk.type("Inputs", {built.input("power.tariff", "rented"): 0.3})

    assert desk.read("Changes", f"E{row}") == 0.3
    assert desk.read("Changes", f"F{row}") == pytest.approx(2)
    assert desk.read("Changes", f"G{title + 2}") == "STALE"
    assert desk.read("Checks", f"C{count}") == 2, "this table, and the values of Python on the map"
    assert desk.status() == ("OK", "EDITED (1)", 1), "the alert: energy now costs more than the watchman"


def test_an_edit_in_the_earlier_file_counts_by_the_unit_beside_it(
    machine: Ledger, january: Path, tmp_path: Path
) -> None:
    rented, bought = (Built(machine, january).input("draw", option) for option in machine.options)
    typed = recalculate.retyped(january, "Inputs", {f"B{rented[1:]}": "W", rented: 4000, bought: 6000})

    found = block(recalculate.held(machine.to_excel(tmp_path / "march.xlsx", since=typed)))

    assert found.rows["Draw", "rented"][:3] == ("kW", 4, 5)
    assert ("Draw", "bought") not in found.rows, "6000 W is the 6 kW of today"


@pytest.mark.parametrize(
    "engine", [recalculate.formualizer, pytest.param(recalculate.libreoffice, marks=pytest.mark.libreoffice)]
)
@pytest.mark.parametrize(
    ("figures", "apart", "shown"),
    [
        (("4 USD/h", "5 USD/h"), 0.25, "+0.0%;-0.0%;0.0%"),
        (("1 USD/h", "100 USD/h"), 99, "+0.0%;-0.0%;0.0%"),
        (("1 USD/h", "101 USD/h"), 100, "+#,##0;-#,##0;#,##0"),
        (("0 USD/h", "5 USD/h"), 5, "+#,##0;-#,##0;#,##0"),
        (("-60 USD/h", "80 USD/h"), 140, "+#,##0;-#,##0;#,##0"),
        (("80 USD/h", "-60 USD/h"), -140, "+#,##0;-#,##0;#,##0"),
        (("-60 USD/h", "-80 USD/h"), -20, "+#,##0;-#,##0;#,##0"),
        (("40 %", "50 %"), 0.1, '+#,##0.0%" points";-#,##0.0%" points";#,##0.0%" points"'),
    ],
)
def test_a_change_is_a_percentage_where_that_means_something(
    engine: Callable[[Path], recalculate.Cells], figures: tuple[str, str], apart: float, shown: str, tmp_path: Path
) -> None:
    book = Ledger("Rent", as_of="2026-01-05")
    before, after = figures
    book.headline(book.line("cost", book.assume("rate", before) * book.assume("hours", "1 h")))
    earlier = book.to_excel(tmp_path / "earlier.xlsx")
    path = book.with_settings({"base": {"rate": after}}).to_excel(tmp_path / "now.xlsx", since=earlier)

    for cells in (recalculate.held(path), engine(path)):
        assert block(cells).rows["Rate", "base"][3] == pytest.approx(apart)
    (at,) = (row[5] for row in load_workbook(path)["Changes"].iter_rows() if row[0].value == "Rate")
    assert at.number_format == shown


def test_nothing_changed(machine: Ledger, january: Path, tmp_path: Path) -> None:
    found = block(recalculate.held(machine.to_excel(tmp_path / "march.xlsx", since=january)))

    assert list(found.rows) == [("No figure differs.", "")]


def test_a_choice_is_told_in_words(machine: Ledger, january: Path, tmp_path: Path) -> None:
    now = machine.with_settings({"rented": {"billing": "flat"}})
    built = Built(now, now.to_excel(tmp_path / "march.xlsx", since=january))
    found = block(recalculate.formualizer(built.path))

    # The watch costs 2 USD whatever is sold, no longer 1; twice that for half of the hours.
    assert found.rows["Billing", "rented"] == ("choice", "by the hour", "flat", "", pytest.approx(2), "")
    assert recalculate.differences(built.path, recalculate.formualizer(built.path)) == []


def test_inputs_and_options_that_are_new_or_gone_are_listed(january: Path, machine: Ledger, tmp_path: Path) -> None:
    now = machine.only("bought")
    now.assume("insurance", "10 USD/month", label="Insurance")
    now.option("leased", {"rent": "1000 USD/month"})
    before = Ledger("Cost of a machine", option="rented")
    for name in ("draw", "power.tariff", "load", "rent", "billing"):
        old = machine.input(name).setting.figure.quantity
        if name == "billing":
            before.choice(name, ["by the hour", "flat"])
        else:
            before.assume(name, old)
    before.assume("guards", "3 machine", label="Guards")
    before.line("hour", before["rent"])
    january = before.to_excel(tmp_path / "old.xlsx")

    found = block(recalculate.held(now.to_excel(tmp_path / "march.xlsx", since=january)))

    assert found.rows["Insurance", "bought"] == ("USD/month", "", 10, "", "", "new: not in the earlier workbook")
    assert found.rows["Guards", "rented"] == ("machine", 3, "", "", "", "gone: only in the earlier workbook")
    assert found.rows["Option", "bought"][-1] == "new: not in the earlier workbook"
    assert found.rows["Option", "leased"][-1] == "new: not in the earlier workbook"
    assert found.rows["Option", "rented"][-1] == "gone: only in the earlier workbook"


def test_what_cannot_be_worked_out_is_told_in_words(machine: Ledger, january: Path, tmp_path: Path) -> None:
    built = Built(machine, january)
    load, draw = built.input("load", "rented"), built.input("draw", "rented")
    rent = built.input("rent", "bought")
    typed = recalculate.retyped(january, "Inputs", {load: 0, draw: "=4+1", rent: "cheap"})

    found = block(recalculate.held(machine.to_excel(tmp_path / "march.xlsx", since=typed)))

    assert found.rows["Share of time sold", "rented"] == (
        *("%", 0, 0.5, 0.5, "", "no finite answer with the earlier figure"),
    )
    assert found.rows["Draw", "rented"][1:] == (
        *("", 5, "", "", "it is a formula now (=4+1). Type its value; formulas belong to lines."),
    )
    assert found.rows["Rent", "bought"][-1] == "it holds the text 'cheap'. Type a number in USD/month."
    assert found.rows["All together", "rented"][-1] == "no finite answer with the earlier figures"


def test_an_effect_beyond_the_bounds_of_today_is_worked_out(machine: Ledger, january: Path, tmp_path: Path) -> None:
    place = Built(machine, january).input("load", "rented")
    typed = recalculate.retyped(january, "Inputs", {place: 2})

    found = block(recalculate.held(machine.to_excel(tmp_path / "march.xlsx", since=typed)))

    (row,) = (shown for (label, option), shown in found.rows.items() if (shown[1], option) == (2, "rented"))
    # Energy 0.5, hire 10 and the watch for 2 of an hour, shared by 2; now 11.5 shared by a half.
    assert row[4] == pytest.approx(11.5 / 0.5 - (0.5 + 10 + 2 * 2) / 2)


def test_the_formula_map_and_the_links_cover_the_block(machine: Ledger, january: Path, tmp_path: Path) -> None:
    path = dearer(machine).to_excel(tmp_path / "march.xlsx", since=january, sheets=["+Formula map"])

    told = mapped(load_workbook(path))
    for place in recalculate.formulas(path):
        assert sum(covers(entry, *place) for entry in told) == 1, place


def test_the_block_reads_what_comes_before(machine: Ledger, january: Path, tmp_path: Path) -> None:
    texts = recalculate.formulas(dearer(machine).to_excel(tmp_path / "march.xlsx", since=january))
    read = {name for (sheet, _), text in texts.items() if sheet == "Changes" for name in re.findall(r"(\w+)!", text)}

    assert read == {"Calc"}
    assert all(len(text) <= 100 for (sheet, _), text in texts.items() if sheet == "Changes")


def test_a_ledger_with_one_option_has_the_block_alone(tmp_path: Path) -> None:
    book = Ledger("Power bill", as_of="2024-01-01")
    book.line("bill", book.assume("tariff", "0.10 USD/kWh") * book.assume("draw", "5 kW"), unit="USD/h")
    january = book.to_excel(tmp_path / "january.xlsx")

    path = book.with_settings({"base": {"draw": "6 kW"}}).to_excel(tmp_path / "january.xlsx", since=january)

    found = block(recalculate.formualizer(path))
    assert found.rows["Draw", "base"] == ("kW", 5, 6, pytest.approx(0.2), pytest.approx(0.1), "")
    assert found.rows["All together", "base"][4] == pytest.approx(0.1)


def test_two_builds_are_equal(machine: Ledger, january: Path, tmp_path: Path) -> None:
    now = dearer(machine)
    one, other = (now.to_excel(tmp_path / name, since=january).read_bytes() for name in ("a.xlsx", "b.xlsx"))

    assert one == other


def test_edits_of_such_a_workbook_come_back(machine: Ledger, january: Path, tmp_path: Path) -> None:
    now = dearer(machine)

    assert not now.read_edits(now.to_excel(tmp_path / "march.xlsx", since=january))


def test_an_earlier_file_is_not_trusted(machine: Ledger, january: Path, tmp_path: Path) -> None:
    out = tmp_path / "march.xlsx"
    (tmp_path / "text.xlsx").write_text("no workbook")
    with pytest.raises(WorkbookRefused) as refused:
        machine.to_excel(out, since=tmp_path / "text.xlsx")
    assert str(refused.value).startswith("text.xlsx is not read: it is no workbook")
    other = Ledger("Another")
    other.line("double", other.assume("single", "1 USD") + other["single"])
    with pytest.raises(WorkbookRefused) as refused:
        machine.to_excel(out, since=other.to_excel(tmp_path / "other.xlsx"))
    assert str(refused.value) == (
        "other.xlsx is the workbook of another ledger, 'Another': 0 of the 5 inputs of 'Cost of a machine' are in it."
    )
    with pytest.raises(WorkbookRefused) as refused:
        machine.to_excel(out, since=tmp_path / "missing.xlsx")
    assert (
        str(refused.value) == f"{tmp_path / 'missing.xlsx'} cannot be read: No such file or directory. Check the path."
    )
    assert not out.exists()

    # Rows that the ledger lacks are told as text, however they look.
    book = load_workbook(january)
    sheet = book["Inputs"]
    last = sheet.max_row + 2
    for column, content in zip("ABC", ("=cmd|' /C calc'!A0", "{=1}", 1e300), strict=True):
        sheet[f"{column}{last}"].value = content
        if isinstance(content, str):
            sheet[f"{column}{last}"].data_type = "s"
    from openpyxl.workbook.defined_name import DefinedName

    book.defined_names["in_stranger"] = DefinedName("in_stranger", attr_text=f"Inputs!$C${last}:$D${last}")
    book.save(tmp_path / "strange.xlsx")
    path = machine.to_excel(out, since=tmp_path / "strange.xlsx")
    found = block(recalculate.held(path))
    assert found.rows["=cmd|' /C calc'!A0", "rented"][:2] == ("{=1}", 1e300)
    assert not any("cmd" in text for text in recalculate.formulas(path).values())


def test_the_block_needs_its_sheet(machine: Ledger, january: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueRefused) as refused:
        machine.to_excel(tmp_path / "march.xlsx", since=january, sheets=["Summary"])

    assert str(refused.value) == (
        "What changed since january.xlsx stands on the sheet Changes, which is left out. Name that sheet as well."
    )


def test_a_number_too_large_for_a_spreadsheet(machine: Ledger, january: Path, tmp_path: Path) -> None:
    place = Built(machine, january).input("draw", "rented")
    held = parts(january)
    cell = rb'(<c r="%s"[^>]*><v>)5(</v>)' % place.encode()
    held["xl/worksheets/sheet2.xml"], count = re.subn(cell, rb"\g<1>1e999\2", held["xl/worksheets/sheet2.xml"])
    assert count == 1
    broken = packed(held, tmp_path / "broken.xlsx")

    found = block(recalculate.held(machine.to_excel(tmp_path / "march.xlsx", since=broken)))

    assert found.rows["Draw", "rented"][-1] == "it holds a number that is too large for a spreadsheet. Type it again."


@pytest.mark.libreoffice
@pytest.mark.slow
def test_libreoffice_finds_the_same_in_another_currency(machine: Ledger, january: Path, tmp_path: Path) -> None:
    now = dearer(machine).reported_in("CNY", rate="7.1 CNY/USD", as_of="2024-03-01")
    path = now.to_excel(tmp_path / "march.xlsx", since=january)

    assert recalculate.differences(path, recalculate.libreoffice(path)) == []
