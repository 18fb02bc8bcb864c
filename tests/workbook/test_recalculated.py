"""Other programs work every formula out anew and get what Python cached."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from recalculate import Cells, differences, held, named_cells, retyped
from strategies import ledgers

from unitledger.ledger import Ledger
from unitledger.workbook.book import Content, write

Recalculation = Callable[[Path], Cells]

# By hand: 5 kW at 0.10 USD/kWh; 7,300 USD in a month of 730 hours; half of 2 USD/h.
BY_HAND = {
    "rented": {"energy": 0.5, "hire": 10, "guard": 1, "hour": 11.5, "year": 100_740, "sold_hour": 23},
    "bought": {"energy": 0.6, "hire": 5, "guard": 2, "hour": 7.6, "year": 66_576, "sold_hour": 15.2},
}


def row_of(cells: Cells, label: str) -> int:
    """The row of a line on Calc; inputs may bear the same label further up."""
    return max(int(re.sub("[A-Z]", "", at)) for (sheet, at), held in cells.items() if sheet == "Calc" and held == label)


@pytest.mark.libreoffice
def test_libreoffice_finds_what_python_cached(machine: Ledger, libreoffice: Recalculation, tmp_path: Path) -> None:
    path = write(machine, tmp_path / "machine.xlsx")

    found = libreoffice(path)

    assert differences(path, found) == []
    for column, option in zip("CD", machine.options, strict=True):
        for name, figure in BY_HAND[option].items():
            row = row_of(found, machine.lines[name].label)
            assert found["Calc", f"{column}{row}"] == pytest.approx(figure, rel=1e-9), name


@pytest.mark.libreoffice
def test_one_corrupted_formula_is_found_by_libreoffice(
    machine: Ledger, libreoffice: Recalculation, tmp_path: Path
) -> None:
    path = write(machine, tmp_path / "machine.xlsx")
    row = row_of(held(path), "Hire")
    corrupted = retyped(path, "Calc", {f"D{row}": "=D6*2"})

    assert any("Calc" in found for found in differences(path, libreoffice(corrupted)))


def test_formualizer_finds_what_python_cached(machine: Ledger, formualizer: Recalculation, tmp_path: Path) -> None:
    path = write(machine, tmp_path / "machine.xlsx")

    found = formualizer(path)

    assert differences(path, found) == []
    assert found["Calc", f"D{row_of(found, 'An hour')}"] == pytest.approx(7.6, rel=1e-9)


@pytest.mark.parametrize(("price", "written"), [("1.005", "1.01"), ("1.015", "1.02"), ("1.045", "1.05")])
@pytest.mark.parametrize("engine", ["formualizer", pytest.param("libreoffice", marks=pytest.mark.libreoffice)])
def test_a_half_is_written_out_alike(
    price: str, written: str, engine: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    book = Ledger("Half", option="one")
    bill = book.line(
        "bill", book.assume("price", f"{price} kUSD/machine") * book.assume("machines", "1 machine"), "kUSD"
    )
    book.option("two", {"machines": "2 machine"})
    book.headline(bill, better="lower")
    path = book.to_excel(tmp_path / "half.xlsx")
    assert f"lowest with one: {written} kUSD" in held(path)["Summary", "A5"]
    assert differences(path, request.getfixturevalue(engine)(path)) == []


def test_one_corrupted_formula_is_found_by_formualizer(
    machine: Ledger, formualizer: Recalculation, tmp_path: Path
) -> None:
    path = write(machine, tmp_path / "machine.xlsx")
    corrupted = retyped(path, "Calc", {f"C{row_of(held(path), 'Hire')}": "=C6*2+1"})

    assert differences(path, formualizer(corrupted)) != []


def test_an_input_edited_in_the_file_gives_what_python_gives(
    machine: Ledger, formualizer: Recalculation, tmp_path: Path
) -> None:
    path = write(machine, tmp_path / "machine.xlsx")
    names = named_cells(path, "in_")

    edited = formualizer(retyped(path, "Inputs", {names["in_load"][1][0]: 0.8, names["in_rent"][1][1]: 1460}))

    changed = machine.with_settings({"rented": {"load": "80 %"}, "bought": {"rent": "1460 USD/month"}})
    for column, option in zip("CD", machine.options, strict=True):
        figure = changed.values(option)["sold_hour"]
        assert edited["Calc", f"{column}{row_of(edited, 'An hour sold')}"] == pytest.approx(figure, rel=1e-9)


def test_an_emptied_option_cell_takes_the_base_figure(
    machine: Ledger, formualizer: Recalculation, tmp_path: Path
) -> None:
    path = write(machine, tmp_path / "machine.xlsx")
    cells = named_cells(path, "in_")

    emptied = {cells[name][1][1]: None for name in ("in_rent", "in_draw", "in_billing")}
    found = formualizer(retyped(path, "Inputs", emptied))

    row = row_of(found, "An hour")
    assert found["Calc", f"D{row}"] == pytest.approx(BY_HAND["rented"]["hour"], rel=1e-9)


@pytest.mark.parametrize("option_count", [1, 2])
def test_every_input_moves_a_line(
    option_count: int, machine: Ledger, formualizer: Recalculation, tmp_path: Path
) -> None:
    path = write(machine, tmp_path / "machine.xlsx")
    before = held(path)
    column = "CD"[option_count - 1]

    for name, (_, cells) in named_cells(path, "in_").items():
        new = "flat" if name == "in_billing" and option_count == 1 else 0.123
        new = "by the hour" if name == "in_billing" and option_count == 2 else new
        after = formualizer(retyped(path, "Inputs", {cells[option_count - 1]: new}))
        rows = range(row_of(before, "Energy"), row_of(before, "An hour sold") + 1)
        moved = [row for row in rows if before.get(("Calc", f"{column}{row}")) != after.get(("Calc", f"{column}{row}"))]
        assert moved, name


def test_what_is_left_of_a_sum_is_compared_by_what_was_added_up(tmp_path: Path) -> None:
    book = Ledger("Almost nothing")
    left = book.line("left", book.assume("paid", "1e8 USD") - book.assume("due", "99999999.9999 USD"), unit="USD")
    book.line("half", left * book.assume("share", "50 %"), unit="USD")
    path = write(book, tmp_path / "nothing.xlsx", Content(sheets=["Calc"]))
    found = held(path)
    rows = {name: ("Calc", f"C{row_of(found, name)}") for name in ("Left", "Half")}

    # The last digits of 1e8 are the first of what is left of it; half of that is taken of what was found.
    found = found | {rows["Left"]: found[rows["Left"]] * (1 + 1e-6)}
    moved = found | {rows["Half"]: found[rows["Left"]] / 2}
    other = found | {rows["Half"]: found[rows["Left"]] / 2 * (1 + 1e-6)}

    assert [text for text in differences(path, moved) if "Calc" in text.partition(":")[0]] == []
    assert any(text.startswith(str(rows["Half"])) for text in differences(path, other))


@given(book=ledgers())
@settings(
    max_examples=15, phases=[Phase.explicit, Phase.reuse, Phase.generate], suppress_health_check=[HealthCheck.too_slow]
)
def test_random_ledgers_are_recalculated_alike(book: Ledger) -> None:
    from recalculate import formualizer

    with TemporaryDirectory() as folder:
        path = write(book, Path(folder, "random.xlsx"))
        assert differences(path, formualizer(path)) == []


@pytest.mark.slow
@pytest.mark.libreoffice
@given(book=ledgers())
@settings(max_examples=5, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
def test_random_ledgers_are_recalculated_alike_by_libreoffice(book: Ledger) -> None:
    from recalculate import libreoffice

    with TemporaryDirectory() as folder:
        path = write(book, Path(folder, "random.xlsx"))
        assert differences(path, libreoffice(path)) == []
