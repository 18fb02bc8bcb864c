"""Finance chooses another unit beside a figure: the workbook computes in it, warns, and is read back alike."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from built import Built
from first_sheet import row_of
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from recalculate import Cells, Desk, agree, differences, formualizer, libreoffice, retyped
from strategies import ledgers

from unitledger.errors import ValueRefused
from unitledger.ledger import Ledger
from unitledger.model import Assumption, Figure
from unitledger.units import Calendar, Q, compatible_units

ENGINES = [formualizer, pytest.param(libreoffice, marks=pytest.mark.libreoffice)]


@pytest.fixture
def office() -> Ledger:
    """An hour of a machine, with a draw, a tariff, a life and a price per token, two of them with ranges."""
    book = Ledger("Office", option="desk", as_of="2026-01-01")
    draw = book.assume("draw", "5 kW", minimum="1 kW")
    tariff = book.assume("tariff", "0.10 USD/kWh", low="0.05 USD/kWh", high="0.30 USD/kWh")
    price = book.assume("price", "8760 USD")
    life = book.assume("life", "2 year", minimum="1 month")
    rate = book.assume("rate", "3 USD/Mtoken")
    pace = book.assume("pace", "1000 token/s")
    book.assume("spare", "0 W")
    load = book.assume("load", "50 %", minimum=0, maximum="100 %")
    energy = book.line("energy", draw * tariff, unit="USD/h")
    capital = book.line("capital", price / life, unit="USD/h")
    book.line("sold", rate * pace * load, unit="USD/h")
    book.total("hour", [energy, capital], unit="USD/h")
    book.option("hall", {"draw": "40 kW"})
    return book


@pytest.fixture
def built(office: Ledger, tmp_path: Path) -> Built:
    return Built.of(office, tmp_path / "office.xlsx")


def cells_of(built: Built, name: str, **contents: Any) -> dict[str, Any]:
    """What is typed into a row: `unit`, the options by name, `low` and `high`."""
    first = built.input(name, built.ledger.base)
    row = int(first.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    columns = {"unit": "B", "low": "E", "high": "F"}
    return {
        f"{columns[what]}{row}" if what in columns else built.input(name, what): content
        for what, content in contents.items()
    }


def python_after(built: Built, typed: dict[str, Any]) -> Ledger:
    """The ledger with what somebody typed taken over."""
    return built.ledger.read_edits(retyped(built.path, "Inputs", typed)).apply()


def status(found: Cells) -> tuple[Any, ...]:
    """Integrity, state and alerts as Summary shows them."""
    return tuple(str(found["Summary", f"{column}2"]).partition(": ")[2] for column in "ABC")


def test_a_unit_with_its_figures_gives_the_same_answer(built: Built) -> None:
    desk = Desk(built.path)
    desk.type("Inputs", cells_of(built, "price", desk=8760))
    desk.type("Inputs", cells_of(built, "rate", unit="USD/ktoken", desk=0.003))

    assert desk.status() == ("OK", "EDITED (2)", 0)
    assert all(agree(desk.read(*place), built.cached[place]) for place in built.lines().values())


@pytest.mark.parametrize("engine", ENGINES)
def test_another_unit_and_another_figure(engine: Callable[[Path], Cells], built: Built) -> None:
    typed = cells_of(built, "draw", unit="W", desk=7500, hall=30_000)
    typed |= cells_of(built, "tariff", unit="USD/MWh", desk=120, low=50, high=300)
    found = engine(retyped(built.path, "Inputs", typed))

    # 7.5 kW at 0.12 USD/kWh, and 8,760 USD over two years.
    assert found["Calc", built.line("hour", "desk")] == pytest.approx(0.9 + 0.5)
    assert status(found) == ("OK", "EDITED (7)", "0")
    assert built.unlike(found, python_after(built, typed)) == []


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("draw", "MW"),
        ("life", "month"),
        ("life", "day"),
        ("rate", "USD/ktoken"),
        ("pace", "token/h"),
        ("tariff", "USD/Wh"),
    ],
)
def test_a_unit_changed_alone_converts_and_raises_an_alert(built: Built, name: str, unit: str) -> None:
    desk = Desk(built.path)
    typed = cells_of(built, name, unit=unit)
    desk.type("Inputs", typed)

    integrity, state, alerts = desk.status()
    assert (integrity, state) == ("OK", "EDITED (1)")
    # A figure in another unit can lie outside its range as well.
    assert alerts == desk.read("Checks", counted(built, "Inputs outside their range, or changed in their unit alone"))
    assert alerts in {1, 2, 3}
    row = row_of(built.cached, "No input is outside its range.")
    told = f"Figures of inputs outside their range, or left as they were in another unit: {alerts} (see Checks)."
    assert str(desk.read("Summary", f"A{row}")).endswith(told)
    found = desk.cells(built.lines().values())
    read = built.ledger.read_edits(retyped(built.path, "Inputs", typed))
    if not read.problems:
        assert built.unlike(found, read.apply()) == []


def counted(built: Built, label: str) -> str:
    """The cell of Checks beside a label."""
    (row,) = [at[1:] for (sheet, at), said in built.cached.items() if (sheet, said) == ("Checks", label)]
    return f"C{row}"


def test_a_unit_whose_every_figure_was_typed_anew_raises_no_alert(built: Built) -> None:
    desk = Desk(built.path)
    desk.type("Inputs", cells_of(built, "tariff", unit="USD/MWh", desk=100, low=50))
    # High is still 0.30, of USD/MWh now, and both options lie above it.
    assert desk.status() == ("OK", "EDITED (3)", 3)
    desk.type("Inputs", cells_of(built, "tariff", high=300))
    assert desk.status() == ("OK", "EDITED (4)", 0)


def test_a_figure_of_0_is_the_same_in_every_unit(built: Built) -> None:
    desk = Desk(built.path)
    desk.type("Inputs", cells_of(built, "spare", unit="kW"))
    assert desk.status() == ("OK", "EDITED (1)", 0)


def test_a_range_is_compared_in_the_unit_of_its_row(built: Built) -> None:
    desk = Desk(built.path)
    typed = {"unit": "USD/MWh", "low": 50, "high": 300}
    desk.type("Inputs", cells_of(built, "tariff", desk=310, **typed))
    assert desk.status() == ("OK", "EDITED (4)", 2)  # in both options
    desk.type("Inputs", cells_of(built, "tariff", desk=290))
    assert desk.status() == ("OK", "EDITED (4)", 0)


@pytest.mark.parametrize(
    ("engine", "unit"),
    [
        *((formualizer, unit) for unit in (None, "USD/h", "USD/*", "*", "kWh", "~", 5, "USD/kWh ")),
        *(pytest.param(libreoffice, unit, marks=pytest.mark.libreoffice) for unit in (None, "*")),
    ],
)
def test_a_unit_that_is_none_of_the_list_fails_and_shows_no_error(
    engine: Callable[[Path], Cells], unit: str | float | None, built: Built
) -> None:
    found = engine(retyped(built.path, "Inputs", cells_of(built, "tariff", unit=unit)))

    assert status(found)[:2] == ("FAIL", "EDITED (1)")
    assert status(found)[2].isdigit()
    assert [found["Checks", f"C{row}"] for row in (5, 6)] == ["FAIL", "EDITED (1)"]
    assert isinstance(found["Checks", "C7"], int | float)
    damaged = counted(built, "Inputs without a possible figure, renamed, or not taken by Calc as they stand")
    assert found["Checks", damaged] == 1
    # No figure is worked out with a unit that nobody knows.
    assert not isinstance(found["Calc", built.line("energy", "desk")], int | float)


def test_an_error_typed_as_a_figure_fails_and_is_shown_as_an_edit(built: Built) -> None:
    desk = Desk(built.path)
    desk.type("Inputs", cells_of(built, "tariff", desk="=1/0"))
    assert desk.status()[:2] == ("FAIL", "EDITED (1)")


@pytest.mark.parametrize("factor", [1, 1000, "=1"])
def test_a_factor_typed_over_fails_after_edits_too(built: Built, factor: float | str) -> None:
    desk = Desk(built.path)
    desk.type("Inputs", cells_of(built, "draw", unit="W", desk=5000, hall=40_000))
    assert desk.status()[0] == "OK"
    (row,) = {cell[1:] for cell in cells_of(built, "draw", unit="W")}
    desk.type("Inputs", {f"M{row}": factor})
    assert desk.status()[0] == "FAIL"


def test_a_unit_changed_alone_is_an_edit_of_every_figure(built: Built) -> None:
    typed = cells_of(built, "draw", unit="MW")
    edits = built.ledger.read_edits(retyped(built.path, "Inputs", typed))

    assert [(edit.option, str(edit.old), str(edit.new)) for edit in edits] == [
        ("desk", "5 kW", "5 MW"),
        ("hall", "40 kW", "40 MW"),
    ]
    assert {edit.note for edit in edits} == {"the unit beside it is now MW, the figure itself was not changed"}
    assert edits.notes == ()


def test_a_range_in_another_unit_is_no_change(built: Built) -> None:
    typed = cells_of(built, "tariff", unit="USD/MWh", desk=100, low=50, high=300)
    assert not built.ledger.read_edits(retyped(built.path, "Inputs", typed))

    typed |= cells_of(built, "tariff", high=400)
    edits = built.ledger.read_edits(retyped(built.path, "Inputs", typed))
    (row,) = {cell[1:] for cell in cells_of(built, "tariff", unit="")}
    (edit,) = edits
    assert (edit.end, str(edit.old), str(edit.new), edit.cell) == (
        "high",
        "0.3 USD/kWh",
        "400 USD/MWh",
        f"Inputs!F{row}",
    )
    assert edits.apply().setting("tariff").high == 0.4


def test_a_range_stands_in_the_unit_of_the_row_as_it_was_given(tmp_path: Path) -> None:
    book = Ledger("Deadlines", option="desk", as_of="2026-01-01")
    deadline = book.assume("deadline", "1 month", low="5 day", high="3 year")
    book.line("days", deadline + deadline)
    built = Built.of(
        book.with_settings({"desk": {"deadline": Figure("10 day", low="5 day", high=2)}}), tmp_path / "d.xlsx"
    )
    row = built.input("deadline", "desk").lstrip("C")
    sheet = load_workbook(built.path)["Inputs"]
    assert [sheet[f"{column}{row}"].value for column in "BCDE"] == ["day", 10, 5, 60.8333333333333]
    assert not built.ledger.read_edits(built.path).notes

    edits = built.ledger.read_edits(retyped(built.path, "Inputs", {f"D{row}": 5.00000001, f"E{row}": 70}))
    assert [(edit.end, str(edit.old), f"{edit.new:.15g}") for edit in edits] == [
        ("low", "5 day", "5.00000001 day"),
        ("high", "2 month", "70 day"),
    ]


def test_a_unit_of_another_list_is_not_taken_over(built: Built) -> None:
    edits = built.ledger.read_edits(retyped(built.path, "Inputs", cells_of(built, "tariff", unit="$/kWh")))
    with pytest.raises(ValueRefused, match=r"not in its list\. Choose one of USD/kWh, USD/Wh, USD/MWh"):
        edits.apply()


def test_a_unit_counts_whatever_its_case(built: Built) -> None:
    typed = cells_of(built, "rate", unit="usd/MTOKEN")
    desk = Desk(built.path)
    desk.type("Inputs", typed)

    assert desk.status() == ("OK", "AS BUILT", 0)
    assert not built.ledger.read_edits(retyped(built.path, "Inputs", typed))


def test_the_calendar_of_the_ledger_decides_what_a_month_is(tmp_path: Path) -> None:
    book = Ledger("Lease", calendar=Calendar(360, 30))
    book.line("rent", book.assume("lease", "1 USD/day"), unit="USD/year")
    built = Built.of(book, tmp_path / "lease.xlsx")
    desk = Desk(built.path)
    desk.type("Inputs", cells_of(built, "lease", unit="USD/month", base=30))

    assert desk.read(*built.lines()["rent", "base"]) == pytest.approx(360)
    assert desk.status() == ("OK", "EDITED (2)", 0)


@given(book=ledgers(most_options=2, most_lines=3), data=st.data())
@settings(max_examples=12, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
def test_random_ledgers_in_random_units(book: Ledger, data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        built = Built.of(book, Path(folder, "random.xlsx"))
        typed: dict[str, Any] = {}
        for name, entry in book.inputs.items():
            if isinstance(entry, Assumption):
                unit, factor = data.draw(st.sampled_from(compatible_units(entry.unit, book.calendar)))
                figure = float(f"{float(entry.setting.value) / float(factor):.12g}")
                typed |= cells_of(built, name, unit=unit, **{book.base: figure})
        desk = Desk(built.path)
        desk.type("Inputs", typed)
        edits = book.read_edits(retyped(built.path, "Inputs", typed))

        assert desk.status()[0] == "OK"
        assert edits.problems == ()
        assert built.unlike(desk.cells(built.lines().values()), edits.apply()) == []


def test_each_changed_cell_counts(built: Built) -> None:
    desk = Desk(built.path)
    counted_so_far = []
    for typed in ({"unit": "W", "desk": 5000}, {"hall": None, "high": 6000}, {"unit": "kW", "desk": 5, "high": None}):
        desk.type("Inputs", cells_of(built, "draw", **typed))
        counted_so_far.append(desk.status()[1])

    assert counted_so_far == ["EDITED (2)", "EDITED (4)", "EDITED (1)"]


def test_a_review_is_reported_and_ends_with_an_edit(office: Ledger, tmp_path: Path) -> None:
    reviewed = office.with_settings({"desk": {"price": Q("8760 USD")}})
    reviewed.assume("fee", "1 USD/h", reviewed_by="A. Auditor", reviewed_on="2026-02-01")
    built = Built.of(reviewed, tmp_path / "reviewed.xlsx")
    changed = python_after(built, cells_of(built, "fee", desk=2))

    figure = changed.setting("fee").figure
    assert (figure.reviewed_by, figure.reviewed_on) == ("", None)
    assert not reviewed.read_edits(built.path)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("days", [29, 7, 13])
def test_an_end_of_a_range_in_another_unit_is_within_the_range(
    engine: Callable[[Path], Cells], days: int, tmp_path: Path
) -> None:
    book = Ledger("Bound", option="one")
    deadline = book.assume("deadline", "500 month", minimum=f"{days} day", low=f"{days} day")
    book.headline(book.line("bill", book.assume("rate", "1 USD/h") * deadline, "USD"))
    book = book.with_settings({"one": {"deadline": f"{days} day"}})
    path = book.to_excel(tmp_path / "bound.xlsx")

    found = engine(path)
    assert book.raised() == ()
    assert status(found) == ("OK", "AS BUILT", "0")
    assert differences(path, found) == []


def test_a_row_stands_in_a_unit_in_which_its_figure_comes_out_to_the_last_digit(tmp_path: Path) -> None:
    book = Ledger("Rents", as_of="2026-01-01")
    rent = book.assume("rent", "7 USD/machine/month")
    book.line("double", rent + rent)
    # 356661.084684409 × 30.4166666666667 is 10848441.32581745 or so.
    for figure, unit in (("356661.084684409", "USD/machine/month"), ("48", "USD/machine/day")):
        own = book.with_settings({"base": {"rent": f"{figure} USD/machine/day"}})
        built = Built.of(own, tmp_path / f"{figure}.xlsx")
        row = built.input("rent", "base").lstrip("C")
        assert built.book["Inputs"][f"B{row}"].value == unit
        assert built.cached["Summary", "A2"] == "Integrity: OK"
        assert not built.ledger.read_edits(built.path)
