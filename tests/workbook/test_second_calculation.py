"""The sheet Second calculation: the lines of Calc once more, and as inputs move; damage to it is found."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from formula_text import relative
from hypothesis import HealthCheck, Phase, given, settings
from recalculate import Cells, Desk, agree, differences, formualizer, formulas, held, libreoffice, named_cells
from strategies import ledgers

from unitledger import templates
from unitledger.ledger import Ledger

SECOND = "Second calculation"


@pytest.fixture(name="book", scope="module")
def serving() -> Ledger:
    return templates.find("serving_cost")().only("rtx4090", "h100", "farm")


@pytest.fixture(name="path", scope="module")
def of_the_serving_template(book: Ledger, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return book.to_excel(tmp_path_factory.mktemp("second") / "serving.xlsx")


def body(path: Path) -> dict[int, dict[str, str]]:
    """The formulas of the sheet by row and column."""
    found: dict[int, dict[str, str]] = {}
    for (sheet, at), text in formulas(path).items():
        column, row = at.rstrip("0123456789"), int(at.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        if sheet == SECOND and row > 4:
            found.setdefault(row, {})[column] = text
    return found


def lines(path: Path, book: Ledger) -> dict[int, dict[str, str]]:
    """Those in the rows of the lines."""
    first, *_ = rows = body(path)
    return {row: rows.get(row, {}) for row in range(first, first + len(book.lines))}


def apart(path: Path, book: Ledger) -> dict[int, dict[str, str]]:
    """Those of the lines that are worked out again option by option; the others are, for all options, where counted."""
    return {row: columns for row, columns in lines(path, book).items() if "C" in columns}


def moved(path: Path) -> dict[int, dict[str, str]]:
    """Those of the lines over the low and the high of an input, or along one."""
    cells = held(path)
    titles = sorted(int(at[1:]) for (sheet, at), _ in cells.items() if sheet == SECOND and at[0] == "A")
    first = next(row for row in titles if str(cells[SECOND, f"A{row}"]).endswith("at its low and its high"))
    return {row: columns for row, columns in body(path).items() if row > first and len(columns) > 1}


def base_cell(path: Path, name: str) -> str:
    """Address of the base option's cell of an input."""
    return named_cells(path, name)[name][1][0]


def test_one_formula_per_row_over_all_columns(path: Path, book: Ledger) -> None:
    for row, by_column in apart(path, book).items():
        assert len({relative(by_column[column], f"{column}{row}") for column in "CDE"}) == 1, row
    for row, by_column in moved(path).items():
        assert len({relative(text, f"{column}{row}") for column, text in by_column.items()}) == 1, row


def test_each_line_is_compared_with_its_row_of_calc_once(path: Path, book: Ledger) -> None:
    cells = held(path)
    counts = [(row, by_column["F"]) for row, by_column in lines(path, book).items() if "F" in by_column]
    compared = [pair for _, text in counts for pair in re.findall(r"Calc!\$A\$(\d+)<>\$A\$(\d+)", text)]
    figures = [row for _, text in counts for row in re.findall(r"\(Calc!\$C\$(\d+):\$E\$\1<>", text)]
    here = [int(row) for _, text in counts for row in re.findall(r"<>\$C\$(\d+):\$E\$\1\)", text)]

    assert len(counts) < len(book.lines) / 4
    assert [int(here) for _, here in compared] == [*lines(path, book)]
    assert all(cells["Calc", f"A{there}"] == cells[SECOND, f"A{here}"] for there, here in compared)
    assert figures == [there for there, _ in compared]
    assert here == [*apart(path, book)]
    assert 0 < len(here) < len(book.lines) / 2


def test_one_option_is_worked_out_in_its_own_column(tmp_path: Path, book: Ledger) -> None:
    alone = book.only("rtx4090")
    path = alone.to_excel(tmp_path / "alone.xlsx")

    assert [*apart(path, alone)] == [*lines(path, alone)]


def test_each_input_moves_only_what_it_reaches(path: Path) -> None:
    # Seven inputs over two columns, one of them over nine points in two options; 1,250 cells if all moved in each.
    assert 50 < sum(map(len, moved(path).values())) < 90


def test_formulas_are_short_but_those_that_count(path: Path, book: Ledger) -> None:
    counts = {f"{column}{row}" for row in lines(path, book) for column in "FG"}
    texts = [
        text
        for (sheet, at), text in formulas(path).items()
        if sheet == "Sensitivity" or (sheet == SECOND and at not in counts)
    ]

    assert max(len(re.findall(r"\bIF\(", text)) for text in texts) <= 5
    assert max(len(text) for text in texts if "&" not in text) < 320


def test_it_is_calc_worked_out_anew(path: Path, book: Ledger) -> None:
    cells = held(path)
    desk = Desk(path)
    desk.type("Inputs", {base_cell(path, "in_load"): 0.6})

    calc = {value: at[1:] for (sheet, at), value in cells.items() if sheet == "Calc" and at[0] == "A"}
    for row in apart(path, book):
        for column in "CDE":
            found = desk.read("Calc", f"{column}{calc[cells[SECOND, f'A{row}']]}")
            assert agree(desk.read(SECOND, f"{column}{row}"), found), (row, column)
    assert desk.status()[:2] == ("OK", "EDITED (1)")


def test_a_line_changed_alike_on_calc_and_here_is_found_as_built(path: Path) -> None:
    desk, cells, texts = Desk(path), held(path), formulas(path)
    for sheet in ("Calc", SECOND):
        at = min(
            (at for (name, at), value in cells.items() if (name, value) == (sheet, "Electrical draw")),
            key=lambda at: int(at[1:]),
        )
        desk.type(sheet, {f"C{at[1:]}": texts[sheet, f"C{at[1:]}"] + "*1.01"})

    assert desk.status()[:2] == ("FAIL", "AS BUILT")


def test_every_cell_that_sensitivity_shows_is_found_when_typed_over(path: Path) -> None:
    desk, cells = Desk(path), held(path)

    for row, by_column in moved(path).items():
        for column in [*by_column][::4]:
            shown = cells[SECOND, f"{column}{row}"]
            desk.type(SECOND, {f"{column}{row}": shown * 1.01 if shown else 0.1})
            answers_move = any(
                not agree(desk.read("Sensitivity", at), value)
                for (sheet, at), value in cells.items()
                if sheet == "Sensitivity" and at[0] in "EFGHIJK" and isinstance(value, float) and int(at[1:]) > 30
            )
            if answers_move:
                assert desk.status()[:2] == ("FAIL", "AS BUILT"), (column, row)
            desk.type(SECOND, {f"{column}{row}": by_column[column]})
    assert desk.status()[0] == "OK"


def test_a_line_typed_over_here_is_found_after_edits_too(path: Path, book: Ledger) -> None:
    desk, cells = Desk(path), held(path)
    desk.type("Inputs", {base_cell(path, "in_load"): 0.6})

    for row, by_column in apart(path, book).items():
        shown = cells[SECOND, f"D{row}"]
        desk.type(SECOND, {f"D{row}": shown * 1.01 if shown else 0.1})
        assert desk.status()[:2] == ("FAIL", "EDITED (1)"), row
        desk.type(SECOND, {f"D{row}": by_column["D"]})
    assert desk.status()[0] == "OK"


def test_each_line_typed_over_on_calc_is_counted_once_after_edits_too(path: Path, book: Ledger) -> None:
    # This program counts no cells without formulas: what is found is found by working the line out again.
    desk, cells, texts = Desk(path), held(path), formulas(path)
    desk.type("Inputs", {base_cell(path, "in_load"): 0.6})
    (counted,) = (at for (_, at), value in cells.items() if str(value).startswith("Rows of Calc"))
    rows = {value: at[1:] for (sheet, at), value in cells.items() if sheet == "Calc" and at[0] == "A"}

    for line in book.lines.values():
        at = f"D{rows[line.label]}"
        shown = desk.read("Calc", at)
        assert isinstance(shown, float)
        desk.type("Calc", {at: shown * 1.01 if shown else 0.1})
        assert desk.read("Checks", f"C{counted[1:]}") == 1, line.label
        assert desk.status()[:2] == ("FAIL", "EDITED (1)"), line.label
        desk.type("Calc", {at: texts["Calc", at]})
    assert desk.status()[0] == "OK"


@given(book=ledgers())
@settings(max_examples=15, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
def test_one_formula_per_row_in_random_ledgers(book: Ledger) -> None:
    with TemporaryDirectory() as folder:
        path = book.to_excel(Path(folder, "random.xlsx"))
        for row, by_column in apart(path, book).items():
            columns = [*by_column][: len(book.options)]
            assert len({relative(by_column[column], f"{column}{row}") for column in columns}) == 1, row


@pytest.mark.parametrize("engine", [formualizer, pytest.param(libreoffice, marks=pytest.mark.libreoffice)])
def test_an_answer_that_cancels_on_the_way_does_not_fail(engine: Callable[[Path], Cells], tmp_path: Path) -> None:
    book = Ledger("Shop", option="now")
    income = book.assume("income", "1.1 USD", low="0 USD")
    rent, energy = book.assume("rent", "1 USD"), book.assume("energy", "0.1 USD")
    times = book.constant("times", "2 ratio", source="by definition")
    # In the middle of the range of the income what is left is nothing, or 1e-16 where a program keeps it.
    book.headline(book.line("profit", times * income - rent - energy), better="higher")
    book.option("later", {"energy": "0.2 USD"})
    path = book.to_excel(tmp_path / "shop.xlsx")

    found = engine(path)
    assert found["Summary", "A2"] == "Integrity: OK"
    assert differences(path, found) == []
