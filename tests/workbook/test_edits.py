"""A workbook that finance edited comes back: what changed is listed, and taken over once it is approved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import recalculate
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from strategies import ledgers

from unitledger.errors import ValueRefused, WorkbookRefused
from unitledger.ledger import Ledger
from unitledger.model import Choice
from unitledger.units import Q

# Writing and reading a workbook takes half a second; making a failure smaller would take hundreds of them.
NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)

Edited = Callable[[dict[str, Any]], Path]


@pytest.fixture
def workbook(machine: Ledger, tmp_path: Path) -> Path:
    return machine.to_excel(tmp_path / "machine.xlsx")


def address(path: Path, name: str) -> tuple[str, str, int]:
    """Sheet, first column and row of a defined name, as anybody would look it up in Excel."""
    sheet, cells = load_workbook(path).defined_names[name].attr_text.replace("$", "").split("!")
    first = cells.partition(":")[0]
    return sheet, first.rstrip("0123456789"), int(first.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))


@pytest.fixture
def edited(workbook: Path) -> Edited:
    """Type into cells, each `name` (column C, the base option) or `name in bought` (column D) of Inputs."""

    def typed(cells: dict[str, Any]) -> Path:
        book = load_workbook(workbook)
        for where, content in cells.items():
            name, _, option = where.partition(" in ")
            _, _, row = address(workbook, f"in_{name}")
            book["Inputs"][f"{'D' if option else 'C'}{row}"] = content
        book.save(workbook)
        return workbook

    return typed


def test_an_unedited_workbook_has_nothing_to_report(machine: Ledger, workbook: Path) -> None:
    edits = machine.read_edits(workbook)
    assert not edits
    assert str(edits) == (
        "machine.xlsx: 0 inputs changed, 0 problems, 0 calculations changed.\n\n"
        "Integrity: OK. State: AS BUILT. Alerts: 0.\n\n"
        "No name of an option, input, unit or formula differs from the ledger."
    )


def test_each_changed_input_is_a_row_of_a_table(machine: Ledger, edited: Edited) -> None:
    path = edited({"power_tariff": 0.12, "rent in bought": 4000, "billing in bought": None, "load in bought": 0.8})
    tariff, load, rent, billing = (
        address(path, f"in_{name}")[2] for name in ("power_tariff", "load", "rent", "billing")
    )
    assert str(machine.read_edits(path)) == (
        "machine.xlsx: 4 inputs changed, 0 problems, 0 calculations changed.\n\n"
        "The file keeps no values of its formulas, so that Integrity is not known. "
        "Open it in a spreadsheet program and save it there.\n\n"
        "input         option  was             is now          cell\n"
        f"power.tariff  rented  0.1 USD/kWh     0.12 USD/kWh    Inputs!C{tariff}\n"
        f"load          bought  (as in rented)  80 %            Inputs!D{load}\n"
        f"rent          bought  3650 USD/month  4000 USD/month  Inputs!D{rent}\n"
        f"billing       bought  flat            (as in rented)  Inputs!D{billing}"
    )


def test_what_is_approved_becomes_a_new_ledger(machine: Ledger, edited: Edited) -> None:
    edits = machine.read_edits(edited({"power_tariff": 0.12, "billing in bought": None, "load in bought": 0.8}))
    changed = edits.apply()
    assert str(machine.value("power.tariff")) == "0.1 USD/kWh"
    assert str(changed.value("power.tariff", "bought")) == "0.12 USD/kWh"
    assert str(changed.value("load")) == "50 %"
    assert str(changed.value("load", "bought")) == "80 %"
    assert changed.setting("billing", "bought").value == "by the hour"
    # 5 kW x 0.12 USD/kWh + 10 USD/h + half of 2 USD/h
    assert changed.value("hour").magnitude == pytest.approx(11.6)


def test_a_figure_that_was_edited_says_where_it_is_from(machine: Ledger, edited: Edited) -> None:
    changed = machine.read_edits(edited({"power_tariff": 0.12, "load in bought": 0.8})).apply()
    tariff = changed.setting("power.tariff").figure
    assert (tariff.source, tariff.note) == ("edited in machine.xlsx", "was 0.10 USD/kWh, supply contract")
    assert (tariff.as_of, tariff.owner) == (date(2024, 3, 1), "energy desk")
    assert changed.setting("load", "bought").figure.note == "was 50 % (as in rented)"


def test_the_range_of_a_figure_stays(machine: Ledger, edited: Edited) -> None:
    setting = machine.read_edits(edited({"draw": 7})).apply().setting("draw")
    assert (setting.value, setting.low, setting.high) == (7.0, 4.0, 6.0)


def test_what_was_taken_over_is_written_and_read_again(machine: Ledger, edited: Edited, tmp_path: Path) -> None:
    changed = machine.read_edits(edited({"power_tariff": 0.12, "draw in bought": None})).apply()
    assert not changed.read_edits(changed.to_excel(tmp_path / "next.xlsx"))


def test_a_word_counts_whatever_its_case(machine: Ledger, edited: Edited) -> None:
    (edit,) = machine.read_edits(edited({"billing": "FLAT"}))
    assert (edit.old, edit.new) == ("by the hour", "flat")


def test_a_unit_that_was_changed_converts(machine: Ledger, workbook: Path) -> None:
    book = load_workbook(workbook)
    _, _, row = address(workbook, "in_draw")
    book["Inputs"][f"B{row}"] = "W"
    book["Inputs"][f"C{row}"] = 5500
    book["Inputs"][f"D{row}"] = 6000
    book.save(workbook)
    edit, *ends = machine.read_edits(workbook)
    assert (edit.option, edit.old, edit.new) == ("rented", Q("5 kW"), Q("5.5 kW"))
    assert (str(edit.new), edit.note) == ("5500 W", "the unit beside it is now W")
    # Low and high were not typed anew, and are of the new unit as well.
    assert [(each.end, str(each.new)) for each in ends] == [("low", "4 W"), ("high", "6 W")]


PROBLEMS = [
    ("power_tariff", None, "it is empty; the base option needs a value."),
    ("power_tariff", "=0.1*1.2", "it is a formula now (=0.1*1.2). Type its value; formulas belong to lines."),
    ("power_tariff", "0.12", "'0.12' is a text that looks like a number. Type it again as a number."),
    ("power_tariff", "12 cents", "it holds the text '12 cents'. Type a number in USD/kWh."),
    ("power_tariff", True, "it holds True, not a number."),
    (
        "power_tariff",
        date(2024, 1, 12),
        "it holds a date (2024-01-12 00:00:00), not a number. Type the number again and format the cell as a number.",
    ),
    ("power_tariff", "#N/A", "it holds the error #N/A. Type a number."),
    ("load", 1.5, "150 % is above the most possible 100 %."),
    ("draw", -1, "-1 kW is below the least possible 0 kW."),
    ("billing", "by the day", "expected one of by the hour, flat, got 'by the day'."),
    ("billing", 2, "expected one of by the hour, flat, got '2'."),
]


@pytest.mark.parametrize(("name", "content", "text"), PROBLEMS, ids=[f"{name}-{said}" for name, said, _ in PROBLEMS])
def test_what_cannot_be_taken_over_is_a_problem(
    machine: Ledger, edited: Edited, name: str, content: Any, text: str
) -> None:
    edits = machine.read_edits(edited({name: content}))
    assert not edits.changes
    (problem,) = edits.problems
    assert (problem.name.replace(".", "_"), problem.option, problem.text) == (name, "rented", text)


def test_nothing_is_taken_over_while_there_is_a_problem(machine: Ledger, edited: Edited) -> None:
    path = edited({"power_tariff": 0.12, "load": 1.5})
    cell = f"Inputs!C{address(path, 'in_load')[2]}"
    edits = machine.read_edits(path)
    with pytest.raises(ValueRefused) as refused:
        edits.apply()
    assert str(refused.value) == (
        "Nothing is taken over from machine.xlsx until this is put right:\n"
        f"  load, {cell}: 150 % is above the most possible 100 %."
    )
    assert str(edits).endswith(
        f"problem with  option  {'cell':{len(cell)}}  what is wrong\n"
        f"load          rented  {cell}  150 % is above the most possible 100 %."
    )


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (None, "its unit is empty; expected USD/kWh."),
        (3, "its unit is 3; expected USD/kWh."),
        ("USD/h", "its unit is USD/h, which does not measure what USD/kWh does."),
        ("usd/kW", "Cannot read the unit 'usd/kW': unknown unit 'usd'. Did you mean 'USD'? Expected USD/kWh."),
        ("$/kWh", "its unit is $/kWh, which is not in its list. Choose one of USD/kWh, USD/Wh, USD/MWh, USD/GWh."),
    ],
)
def test_a_unit_that_does_not_fit_is_a_problem(machine: Ledger, workbook: Path, content: Any, text: str) -> None:
    book = load_workbook(workbook)
    _, _, row = address(workbook, "in_power_tariff")
    book["Inputs"][f"B{row}"] = content
    book.save(workbook)
    (problem,) = machine.read_edits(workbook).problems
    assert (problem.name, problem.cell) == ("power.tariff", f"Inputs!B{row}")
    assert problem.text == text


def test_names_that_are_gone_or_changed(machine: Ledger, workbook: Path) -> None:
    book = load_workbook(workbook)
    names = book.defined_names
    del names["in_draw"]
    names["in_load"].attr_text = "#REF!"
    names["in_rent"].attr_text = "Inputs!$C$16:$E$16"
    names["in_billing"].attr_text = "Inputs!$C$16:$D$17"
    book.save(workbook)
    problems = {problem.name: problem.text for problem in machine.read_edits(workbook).problems}
    assert problems == {
        "draw": "the name in_draw is not there: its row was deleted, or the name was. Bring the row back.",
        "load": "the name in_load points nowhere: its row was deleted, or the name was. Bring the row back.",
        "rent": "it has 3 columns for 2 options (rented, bought). Options are added or removed in Python.",
        "billing": "the name in_billing means more than one row.",
    }


def test_a_workbook_of_another_ledger_is_refused(machine: Ledger, tmp_path: Path) -> None:
    other = Ledger("Other")
    price = other.assume("price", "3 USD")
    other.line("cost", price + price)
    path = other.to_excel(tmp_path / "other.xlsx")
    with pytest.raises(WorkbookRefused) as refused:
        machine.read_edits(path)
    assert str(refused.value) == (
        "other.xlsx is the workbook of another ledger, 'Other': 0 of the 5 inputs of 'Cost of a machine' are in it."
    )


def test_a_workbook_of_another_ledger_that_shares_a_name_is_refused(machine: Ledger, tmp_path: Path) -> None:
    other = Ledger("Other")
    other.line("cost", other.assume("rent", "3 USD/h") + other.assume("draw", "4 USD/h"))
    path = other.to_excel(tmp_path / "other.xlsx")
    with pytest.raises(WorkbookRefused) as refused:
        machine.read_edits(path)
    assert str(refused.value) == (
        "other.xlsx is the workbook of another ledger, 'Other': 2 of the 5 inputs of 'Cost of a machine' are in it."
    )


def test_a_workbook_of_no_ledger_is_refused(machine: Ledger, tmp_path: Path) -> None:
    Workbook().save(tmp_path / "plain.xlsx")
    with pytest.raises(WorkbookRefused) as refused:
        machine.read_edits(tmp_path / "plain.xlsx")
    assert str(refused.value) == (
        "plain.xlsx is not a workbook of a ledger: nothing is named head_inputs. Open a file that to_excel wrote."
    )


def test_an_input_that_the_ledger_has_no_more(machine: Ledger, workbook: Path) -> None:
    book = load_workbook(workbook)
    book.defined_names["in_extra"] = DefinedName("in_extra", attr_text="Inputs!$C$30:$D$30")
    book.save(workbook)
    (problem,) = machine.read_edits(workbook).problems
    assert (problem.name, problem.text) == ("extra", "the ledger has no such input.")


def test_a_ledger_that_moved_on_is_told_from_an_edit(machine: Ledger, workbook: Path) -> None:
    newer = machine.with_settings({"rented": {"load": "60 %"}})
    edits = newer.read_edits(workbook)
    assert [(edit.name, str(edit.old), str(edit.new)) for edit in edits] == [("load", "60 %", "50 %")]
    (note,) = edits.notes
    assert note.startswith("The workbook was not written from this state of the ledger (version ")
    assert note.endswith("): what changed in Python since then shows as a difference too.")


def test_what_is_said_about_an_input_is_compared_too(machine: Ledger, workbook: Path) -> None:
    book = load_workbook(workbook)
    _, _, row = address(workbook, "in_draw")
    cells: dict[str, Any] = {"G": "a guess", "H": date(2025, 1, 31), "I": "ops", "J": "see mail"}
    cells |= {"K": "A. Auditor", "L": date(2025, 2, 1)}
    for column, content in cells.items():
        book["Inputs"][f"{column}{row}"] = content
    book.save(workbook)
    edits = machine.read_edits(workbook)
    assert not edits.changes
    aside = "It is not taken over; state it in Python."
    assert edits.notes == (
        f"Inputs!G{row}: source of draw is now 'a guess', was 'data sheet'. {aside}",
        f"Inputs!H{row}: as of of draw is now 2025-01-31, was 2024-03-01. {aside}",
        f"Inputs!I{row}: owner of draw is now 'ops', was 'finance'. {aside}",
        f"Inputs!J{row}: note of draw is now 'see mail', was empty. {aside}",
        f"Inputs!K{row}: draw is now reviewed by 'A. Auditor', before by nobody. {aside}",
        f"Inputs!L{row}: draw is now reviewed on 2025-02-01, before on no day. {aside}",
    )
    assert all(note in str(edits) for note in edits.notes)


@pytest.mark.libreoffice
def test_a_workbook_that_another_program_saved(machine: Ledger, edited: Edited, tmp_path: Path) -> None:
    path = edited({"power_tariff": 0.12, "rent in bought": None})
    edits = machine.read_edits(recalculate.saved_by_libreoffice(path, tmp_path / "out"))
    assert [(edit.name, edit.option, edit.new) for edit in edits] == [
        ("power.tariff", "rented", Q("0.12 USD/kWh")),
        ("rent", "bought", None),
    ]
    assert (edits.problems, edits.calculations, edits.notes) == ((), (), ())


def test_sheets_renamed_moved_and_added_with_charts_and_comments(machine: Ledger, edited: Edited) -> None:
    path = edited({"power_tariff": 0.12})
    book = load_workbook(path)
    sheet = book["Inputs"]
    sheet["C6"].comment = Comment("checked", "finance")
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=3, min_row=6, max_row=7))
    added = book.create_sheet("Finance's notes", 0)
    added.add_chart(chart, "B2")
    added["A1"] = 42
    # openpyxl does not carry names and formulas along as Excel does.
    book.save(path)
    rename(path, "Inputs", "What we assume")
    edits = machine.read_edits(path)
    assert [(edit.name, str(edit.new), edit.cell) for edit in edits] == [
        ("power.tariff", "0.12 USD/kWh", "'What we assume'!C8")
    ]
    assert not edits.calculations


def rename(path: Path, old: str, new: str) -> None:
    """Rename a sheet as Excel does: its name, and every mention in formulas and defined names."""
    book = load_workbook(path)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    cell.value = str(cell.value).replace(f"{old}!", f"'{new}'!")
    for name in book.defined_names.values():
        name.attr_text = name.attr_text.replace(f"{old}!", f"'{new}'!")
    book[old].title = new
    book.save(path)


def test_rows_that_were_inserted_do_not_matter(tmp_path: Path) -> None:
    """The same ledger in finer sections has every row elsewhere, with formulas and names that follow."""
    finer = Ledger("Cost of a machine", option="rented", as_of="2024-03-01", owner="finance")
    plain = Ledger("Cost of a machine", option="rented", as_of="2024-03-01", owner="finance")
    for book in (finer, plain):
        machines = []
        for number, name in enumerate(("price", "rent", "repair")):
            if book is finer:
                book.section(f"Section {number}")
            machines.append(book.assume(name, f"{number + 1} USD/month"))
        for number, item in enumerate(machines):
            if book is finer:
                book.section(f"Lines {number}")
            book.line(f"line_{number}", item, unit="USD/h")
        book.option("bought", {"rent": "5 USD/month"})
    edits = plain.read_edits(finer.to_excel(tmp_path / "finer.xlsx"))
    assert not edits.changes
    assert not edits.problems
    assert not edits.calculations


@given(ledgers())
@settings(max_examples=20, phases=NO_SHRINKING, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_ledger_comes_back_changed_by_itself(tmp_path: Path, book: Ledger) -> None:
    edits = book.read_edits(book.to_excel(tmp_path / "random.xlsx"))
    assert not edits
    assert not edits.notes


@given(ledgers(most_lines=2), st.data())
@settings(max_examples=20, phases=NO_SHRINKING, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_number_that_is_typed_is_read(tmp_path: Path, book: Ledger, data: st.DataObject) -> None:
    path = book.to_excel(tmp_path / "random.xlsx")
    file = load_workbook(path)
    typed: dict[tuple[str, str], float | str] = {}
    for name, target in book.inputs.items():
        _, _, row = address(path, f"in_{name}")
        for column, option in enumerate(book.options, start=3):
            if not data.draw(st.booleans()):
                continue
            cell = file["Inputs"].cell(row, column)
            if isinstance(target, Choice):
                cell.value = data.draw(st.sampled_from(target.words))
            else:
                cell.value = data.draw(st.floats(1e-6, 1, allow_subnormal=False).map(lambda x: float(f"{x:.15g}")))
            typed[name, option] = cell.value
    file.save(path)
    changed = book.read_edits(path).apply()
    for (name, option), content in typed.items():
        assert changed.setting(name, option).value == content


def test_the_base_option_has_nothing_to_inherit(machine: Ledger) -> None:
    with pytest.raises(ValueRefused) as refused:
        machine.with_settings({"rented": {"load": None}})
    assert str(refused.value) == "Input 'load': the base option needs a value; only others inherit one."
