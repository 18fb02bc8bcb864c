"""Curves and tiers in a workbook: live, checked by another engine, and edited there."""

from __future__ import annotations

import re
from operator import mul
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from recalculate import Desk, differences, formulas, libreoffice, retyped

from unitledger import Figure, Ledger
from unitledger.workbook import verify

OLD_HANDS = re.compile(r"OFFSET|INDIRECT|LOOKUP|FORECAST|\{")


def served(outside: str = "hold") -> Ledger:
    """Throughput by batch and a price by volume, in one figure and by month, in two options."""
    book = Ledger("Serving", as_of="2026-01-05")
    batch = book.assume("batch", "12 request", low="1 request", high="64 request")
    points = {
        "1 request": "90 token/s",
        "8 request": "610 token/s",
        "32 request": "1.5 ktoken/s",
        "64 request": "2 ktoken/s",
    }
    throughput = book.curve("throughput", points, outside=outside, source="measured")  # type: ignore[arg-type]
    price = book.tiers(
        "price", {"0 Mtoken": "3 USD/Mtoken", "500 Mtoken": "2 USD/Mtoken", "2 Gtoken": "1.5 USD/Mtoken"}
    )
    speed = book.line("speed", throughput.at(batch))
    made = book.line("made", speed * book.assume("time", "1 month"), "Mtoken")
    bill = book.line("bill", price.marginal(made))
    book.line("average", bill / made, "USD/Mtoken")
    book.headline(book.line("saved", bill - price.whole(made)), better="higher")
    book.option("large", {"batch": "40 request", "throughput.3": "1800 token/s", "price.2.from": "800 Mtoken"})
    return book


def by_month() -> Ledger:
    """The same by month."""
    book = Ledger("Serving by month", as_of="2026-01-05")
    time = book.timeline("2026-01", 5)
    batch = book.assume("batch", ["1 request", "8 request", "12 request", "64 request", "80 request"], over=time)
    throughput = book.curve(
        "throughput",
        {"1 request": "90 token/s", "8 request": "610 token/s", "64 request": "2 ktoken/s"},
        outside="hold",
    )
    price = book.tiers("price", {"0 Mtoken": "3 USD/Mtoken", "1 Gtoken": "2 USD/Mtoken"})
    made = book.line("made", throughput.at(batch) * time.hours, "Mtoken", total="sum")
    bill, flat = book.line("bill", price.marginal(made)), book.line("flat", price.whole(made))
    book.headline(book.line("all", bill.sum() + flat.sum()))
    book.option("cheap", {"price.2": "1 USD/Mtoken", "batch@2026-02": "10 request"})
    return book


BOOKS = {"hold": served(), "refuse": served("refuse"), "by month": by_month()}


@pytest.mark.parametrize("book", BOOKS.values(), ids=BOOKS)
def test_another_engine_finds_the_same(book: Ledger, tmp_path: Path) -> None:
    path = book.to_excel(tmp_path / "book.xlsx")

    assert verify(path)
    assert not [text for text in formulas(path).values() if OLD_HANDS.search(text)]
    assert not book.read_edits(path).calculations


@pytest.mark.libreoffice
@pytest.mark.parametrize("book", BOOKS.values(), ids=BOOKS)
def test_libreoffice_finds_the_same(book: Ledger, tmp_path: Path) -> None:
    path = book.to_excel(tmp_path / "book.xlsx")

    assert differences(path, libreoffice(path)) == []


def test_a_point_that_is_edited_comes_back(tmp_path: Path) -> None:
    book = served()
    path = book.to_excel(tmp_path / "book.xlsx")
    rows = {book_row[0]: number for number, book_row in enumerate(_rows(path, "Inputs"), start=1)}
    row = rows["Throughput point 2"]
    edits = book.read_edits(retyped(path, "Inputs", {f"C{row}": 700, f"C{rows['Batch']}": 8}))

    assert [(edit.name, str(edit.new)) for edit in edits] == [
        ("batch", "8 request"),
        ("throughput.2", "700 token/s"),
    ]
    assert str(edits.apply().value("speed")) == "700 token/s"


def test_what_is_typed_moves_along_the_curve(tmp_path: Path) -> None:
    book = served()
    path = book.to_excel(tmp_path / "book.xlsx")
    inputs, calc = ({row[0]: at for at, row in enumerate(_rows(path, sheet), start=1)} for sheet in ("Inputs", "Calc"))
    desk = Desk(path)
    for batch in (1, 2.5, 8, 31.9, 32, 64):
        desk.type("Inputs", {f"C{inputs['Batch']}": batch})
        found = np.interp(batch, [1, 8, 32, 64], [90, 610, 1500, 2000])
        assert desk.read("Calc", f"C{calc['Speed']}") == pytest.approx(found)
    assert desk.status()[2] == 0
    desk.type("Inputs", {f"C{inputs['Batch']}": 65})
    assert desk.read("Calc", f"C{calc['Speed']}") == 2000
    assert desk.status()[2] == 2  # it is above its high too
    desk.type("Inputs", {f"C{inputs['Batch']}": 12, f"C{inputs['Throughput point 2: at']}": 40})
    assert desk.status()[2] == 2  # the other option has these points as well


def test_a_range_of_a_point_is_not_listed(tmp_path: Path) -> None:
    book = served()
    book.option("unsure", {"throughput.3": Figure("1700 token/s", low="1500 token/s", high="1900 token/s")})
    path = book.to_excel(tmp_path / "book.xlsx")

    assert verify(path)
    said = [row[0] for row in _rows(path, "Sensitivity")]
    assert "Not listed, since each is one point of several: Throughput point 3." in said


@settings(max_examples=8, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(data=st.data())
def test_random_curves(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    xs = sorted(data.draw(st.lists(st.integers(0, 99), min_size=2, max_size=7, unique=True)))
    figures = st.lists(st.integers(-99, 99), min_size=len(xs), max_size=len(xs))
    book = Ledger("Random", as_of="2026-01-05")
    x = book.assume("asked", f"{data.draw(st.integers(xs[0], xs[-1]))} request")
    points = {f"{one} request": f"{other} USD" for one, other in zip(xs, data.draw(figures), strict=True)}
    curve = book.curve("known", points, outside=data.draw(st.sampled_from(["hold", "refuse"])))
    prices = {f"{one} request": f"{other} USD/request" for one, other in zip(xs, data.draw(figures), strict=True)}
    tiers = book.tiers("tier_price", prices)
    book.line("found", curve.at(x))
    for name, formula in (("slices", tiers.marginal(x)), ("all_of_it", tiers.whole(x))):
        book.line(name, formula, "USD")
    path = book.to_excel(tmp_path_factory.mktemp("random") / "random.xlsx")

    assert verify(path)
    by_hand = [min(max(x.value.magnitude - one, 0), other - one) for one, other in zip(xs, [*xs[1:], 1e9], strict=True)]
    shown = [price.value.magnitude for price in tiers.figures]
    assert book.value("slices").magnitude == pytest.approx(sum(map(mul, by_hand, shown)))


def _rows(path: Path, sheet: str) -> list[tuple[object, ...]]:
    from openpyxl import load_workbook

    return list(load_workbook(path, data_only=True)[sheet].iter_rows(values_only=True))
