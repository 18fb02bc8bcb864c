"""Rows by period and columns of tables are worked out again after every edit: other formulas in single cells."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from openpyxl import load_workbook
from planted import other_formulas, watched
from recalculate import Desk, differences, held, libreoffice

from unitledger import Ledger, ahead, choose, look_up, maximum, minimum, round_down, square_root, when
from unitledger.templates.fleet_budget import fleet_budget
from unitledger.templates.gpu_price_list import gpu_price_list
from unitledger.templates.training_budget import training_budget


@cache
def mixed() -> Ledger:
    """Formulas of all sorts by period and by item; one looks into a curve, which is worked out case by case only."""
    book = Ledger("Mixed", as_of="2026-01-05")
    t = book.timeline("2026-01", 5)
    work = book.assume("work", ["4 machine", "0 machine", "9 machine", "-2 machine", "1 machine"], over=t)
    fee, one = book.assume("fee", "3 USD"), book.assume("one", "1 machine")
    paid = book.line("paid", when(work > 0, fee * one / work, 0), total="none")
    book.line("root", when(work > 0, square_root(work / one), 0) * paid, total="none")
    which = book.assume("which", ["1 ratio", "2 ratio", "3.5 ratio", "3 ratio", "2 ratio"], over=t)
    book.line("by_number", choose(which, fee, paid, fee - paid), total="none")
    book.line("whole", round_down(minimum(work, work.mean()) / one) * fee, total="sum")
    book.line("later", ahead(work, book.assume("time", "2 month")))
    curve = book.curve("price", {"0 machine": "1 USD", "10 machine": "4 USD"}, source="measured")
    book.line("on_curve", curve.at(maximum(work, 0)), total="sum")
    cards = book.table(
        "cards", {"card": ["h100", "b200"], "price": [2, 5]}, key="card", columns={"price": "USD/machine"}
    )
    rows = {"name": ["a", "b", "c"], "card": ["h100", "b200", "h100"], "cards": [3, 0, 2]}
    fleet = book.table("fleet", rows, key="name", columns={"card": str, "cards": "machine"})
    cost = book.line("cost", fleet.cards * look_up(cards.price, fleet.card))
    share = book.line("share", when(fleet.cards > 0, cost / fleet.cards, 0))
    book.line("by_card", cost.sum_by(fleet.card, cards.card))
    book.headline(book.line("all", cost.sum() + paid.largest() + share.largest() * one))
    book.option("dear", {"fee": "4 USD", "work@2026-02": "7 machine", "fleet.cards@a": "1 machine"})
    return book


BOOKS = (fleet_budget, training_budget, gpu_price_list, mixed)


@pytest.fixture(scope="module", params=BOOKS, ids=[make.__name__ for make in BOOKS])
def path(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    book: Ledger = request.param()
    return book.to_excel(tmp_path_factory.mktemp("again") / "book.xlsx")


def typed(path: Path) -> Desk:
    """Return the workbook open, with another figure for an input."""
    sheet, desk = load_workbook(path)["Inputs"], Desk(path)
    figures = {cell.coordinate: cell.value for (cell,) in sheet.iter_rows(min_row=6, min_col=3, max_col=3)}
    edits = {address: 2 * held for address, held in figures.items() if isinstance(held, int | float) and held > 1}
    desk.type("Inputs", dict([edits.popitem()]))
    return desk


@pytest.mark.parametrize("where", [0, 0.5, 1])
def test_another_formula_in_any_row_is_seen_after_an_edit(path: Path, where: float) -> None:
    rows, desk = [each for each in watched(path) if each.everywhere], typed(path)
    assert rows
    assert [each.cells[0] for each in rows if desk.read(*each.check) != 0] == []

    for sheet, formulas in other_formulas(path, desk.read, where).items():
        desk.type(sheet, formulas)
    assert [each.cells[0] for each in rows if desk.read(*each.check) == 0] == []


def test_one_is_enough(path: Path) -> None:
    desk = typed(path)
    assert desk.status()[0] == "OK"
    sheet, address = [each for each in watched(path) if each.everywhere][-1].cells[0]
    desk.type(sheet, {address: other_formulas(path, desk.read, 0)[sheet][address]})

    assert desk.status()[0] == "FAIL"


def test_what_is_not_worked_out_again_is_told(tmp_path: Path) -> None:
    book = load_workbook(mixed().to_excel(tmp_path / "mixed.xlsx"))
    told = {
        row[0].value
        for name in ("Timeline as built", "Tables as built")
        for row in book[name].iter_rows()
        if any("not worked out again" in str(cell.value) for cell in row)
    }

    assert told == {"On curve", "Price: place of largest of (Work, 0)"}


@pytest.mark.libreoffice
def test_libreoffice_sees_every_one(path: Path, tmp_path: Path) -> None:
    rows, cached, book = list(watched(path)), held(path), load_workbook(path)
    for sheet, formulas in other_formulas(path, lambda *place: cached.get(place), 0.5).items():
        for address, formula in formulas.items():
            book[sheet][address] = formula
    book.save(tmp_path / "planted.xlsx")
    found = libreoffice(tmp_path / "planted.xlsx")

    assert differences(path, libreoffice(path)) == []
    assert [each.cells[0] for each in rows if found[each.check] == 0] == []
