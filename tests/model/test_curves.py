"""Curves and tiers: what is known at points, in every reader."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unitledger import Figure, Ledger
from unitledger.errors import CalculationError, LedgerError, UnitMismatch
from unitledger.model import Curve, Tiers

MEASURED = {
    "1 request": "90 token/s",
    "8 request": "610 token/s",
    "32 request": "1.5 ktoken/s",
    "64 request": "2100 token/s",
}
PRICES = {"0 Mtoken": "3 USD/Mtoken", "100 Mtoken": "2 USD/Mtoken", "1 Gtoken": "1.5 USD/Mtoken"}


@pytest.fixture(name="book")
def a_ledger_of_one_curve() -> Ledger:
    book = Ledger("Serving", as_of="2026-01-05")
    book.assume("batch", "12 request")
    book.assume("volume", "150 Mtoken")
    return book


def speed(book: Ledger, **more: Any) -> Curve:
    return book.curve("throughput", MEASURED, source="measured", as_of="2025-12-01", **more)


def prices(book: Ledger) -> Tiers:
    return book.tiers("price", PRICES, source="price list", as_of="2025-12-01")


def test_between_points_a_curve_is_straight(book: Ledger) -> None:
    line = book.line("speed", speed(book).at(book["batch"]))

    assert str(book.value(line)) == "758.333 token/s"
    assert line.unit.spelling == "token/s"
    found = book.array("speed", {"batch": [1, 4.5, 8, 32, 48, 64]})["speed"]
    assert found.tolist() == pytest.approx(np.interp([1, 4.5, 8, 32, 48, 64], [1, 8, 32, 64], [90, 610, 1500, 2100]))


def test_what_is_looked_up_may_be_in_another_unit(book: Ledger) -> None:
    curve = book.curve("loss", {"100 m": "1 %", "1 km": "4 %"})
    book.line("lost", curve.at(book.assume("length", "0.4 km")))

    assert str(book.value("lost")) == "2 %"


@pytest.mark.parametrize(("batch", "found"), [("64 request", "2100 token/s"), ("1 request", "90 token/s")])
def test_the_ends_are_points(book: Ledger, batch: str, found: str) -> None:
    book.line("speed", speed(book).at(book["batch"]))

    assert str(book.with_settings({"base": {"batch": batch}}).value("speed")) == found


@pytest.mark.parametrize(
    ("batch", "why"),
    [("0.5 request", "0.5 comes before the first, 1"), ("65 request", "65.0 is not among 1.0, 8.0, 32.0, 64.0")],
)
def test_beyond_its_points_a_curve_has_no_value(book: Ledger, batch: str, why: str) -> None:
    book.line("speed", speed(book).at(book["batch"]))

    with pytest.raises(CalculationError, match=f"Line 'throughput.place' has no value in option 'base': {why}"):
        book.with_settings({"base": {"batch": batch}}).value("speed")
    with pytest.raises(CalculationError, match="has no finite value in case 1"):
        book.array("speed", {"batch": [12, float(batch.split(maxsplit=1)[0])]})


@pytest.mark.parametrize(("batch", "found"), [("0.5 request", "90 token/s"), ("65 request", "2100 token/s")])
def test_a_curve_that_holds_says_so(book: Ledger, batch: str, found: str) -> None:
    book.line("speed", speed(book, outside="hold").at(book["batch"]))
    book.option("far", {"batch": batch})

    assert str(book.value("speed", "far")) == found
    assert book.raised("base") == ()
    assert book.raised("far") == ("Throughput is held at its end: Batch lies beyond its points.",)


def test_points_are_inputs(book: Ledger) -> None:
    book.line("speed", speed(book).at(book["batch"]))
    book.option("better", {"throughput.3": "2000 token/s", "throughput.2.at": "10 request"}, source="vendor")

    assert [str(book.value(f"throughput.{number}.at")) for number in (1, 4)] == ["1 request", "64 request"]
    assert book.setting("throughput.3").figure.source == "measured"
    assert book.setting("throughput.3", "better").figure.source == "vendor"
    assert book.value("speed", "better").magnitude == pytest.approx(610 + 2 / 22 * 1390)


def test_points_that_an_option_turns_are_refused(book: Ledger) -> None:
    book.line("speed", speed(book).at(book["batch"]))
    book.line("bill", prices(book).marginal(book["volume"]))
    book.option("turned", {"throughput.2.at": "40 request"})
    book.option("tiers turned", {"price.2.from": "2 Gtoken"})

    with pytest.raises(CalculationError, match="the figures that are searched do not rise"):
        book.value("speed", "turned")
    assert book.raised("tiers turned") == ("The points of Price do not rise.",)


def test_slices_have_their_own_price(book: Ledger) -> None:
    tiers, volume = prices(book), book["volume"]
    book.line("bill", tiers.marginal(volume))
    book.line("flat", tiers.whole(volume))
    book.line("price_reached", tiers.reached(volume))
    volumes = [0, 50, 100, 150, 1000, 2000]
    found = book.array(["bill", "flat", "price_reached"], {"volume": volumes})

    assert found["bill"].tolist() == [0, 150, 300, 400, 2100, 3600]
    assert found["flat"].tolist() == [0, 150, 200, 300, 1500, 3000]
    assert found["price_reached"].tolist() == [3, 3, 2, 2, 1.5, 1.5]


def test_by_period_each_has_its_own_place() -> None:
    book = Ledger("Serving", as_of="2026-01-05")
    time = book.timeline("2026-01", 4)
    batch = book.assume("batch", ["4 request", "12 request", "64 request", "70 request"], over=time)
    volume = book.assume("volume", ["40 Mtoken", "0 Mtoken", "1 Gtoken", "2 Gtoken"], over=time, total="sum")
    book.line("speed", speed(book, outside="hold").at(batch))
    tiers = prices(book)
    book.line("bill", tiers.marginal(volume))
    book.line("price_reached", tiers.reached(volume))
    book.line("all", book["bill"].sum())

    found = book.by_period("speed")
    assert found.array.tolist() == pytest.approx(np.interp([4, 12, 64, 64], [1, 8, 32, 64], [90, 610, 1500, 2100]))
    assert book.by_period("bill").array.tolist() == [120, 0, 2100, 3600]
    assert str(book.by_period("bill").total) == "5820 USD"
    assert [book.rows[name].total for name in ("price_reached", "throughput.place")] == ["none", "none"]  # type: ignore[union-attr]
    assert book.raised() == ("Throughput is held at its end: Batch lies beyond its points.",)


def test_each_item_of_a_table_has_its_own_place() -> None:
    book = Ledger("Serving by region", as_of="2026-01-05")
    rows = [{"region": "east", "batch": 4, "made": 300}, {"region": "west", "batch": 90, "made": 2000}]
    sites = book.table("sites", rows, key="region", columns={"batch": "request", "made": "Mtoken"})
    book.line("speed", speed(book, outside="hold").at(sites["batch"]))
    book.line("bill", prices(book).marginal(sites["made"]))
    book.line("all", book["bill"].sum())

    assert book.by_item("speed").array.tolist() == pytest.approx(
        np.interp([4, 64], [1, 8, 32, 64], [90, 610, 1500, 2100])
    )
    assert book.by_item("bill").array.tolist() == [700, 3600]
    assert book.raised() == ("Throughput is held at its end: Sites: Batch lies beyond its points.",)


def test_the_price_at_an_amount_does_not_add_up() -> None:
    book = Ledger("Serving", as_of="2026-01-05")
    volume = book.assume("volume", "40 Mtoken", over=book.timeline("2026-01", 4), total="sum")
    curve = book.curve("price", PRICES)

    with pytest.raises(UnitMismatch, match=r"mixes an amount of the period .* and a level"):
        book.line("price_now", curve.at(volume))
    assert book.by_period(book.line("price_now", curve.at(volume), total="none"))["2026-02"].magnitude == 2.6


def test_the_same_again_adds_nothing(book: Ledger) -> None:
    for _ in range(2):
        book.line("speed", speed(book, outside="hold").at(book["batch"]))
        book.line("bill", prices(book).marginal(book["volume"]))

    assert list(book.lines) == ["throughput.place", "speed", "bill"]
    assert len(book.alerts) == 3


def test_each_figure_looked_up_has_a_place(book: Ledger) -> None:
    curve = speed(book)
    book.line("speed", curve.at(book["batch"]))
    book.line("half", curve.at(book["batch"] * book.assume("share", "50 %")))

    assert list(book.lines) == ["throughput.place", "speed", "throughput.place2", "half"]
    assert book.lines["throughput.place2"].label == "Throughput: place of Batch × Share"


REFUSED: dict[str, tuple[Any, str]] = {
    "one point": ({"1 request": "90 token/s"}, "Curve 'known' takes two points or more, not 1."),
    "list": (["90 token/s"], "Curve 'known' takes its points as {'8 request': '610 token/s'}, not as ['90 token/s']."),
    "falling": (
        {"8 request": "610 token/s", "1 request": "90 token/s"},
        "Curve 'known': its points must rise, and 1 request comes after 8 request.",
    ),
    "twice": (
        {"1 kW": "1 USD", "1000 W": "2 USD"},
        "Curve 'known': its points must rise, and 1 kW comes after 1 kW.",
    ),
    "unit": (
        {"1 request": "90 token/s", "8 token": "610 token/s"},
        "Input 'known.2.at': expected request, got 8 token. Multiply it by a count in request/token.",
    ),
    "bare": (
        {"1": "90 token/s", "8": "610 token/s"},
        "Curve 'known': Cannot read '1': it has no unit; write '1 ratio' if it is a plain number.",
    ),
    "range": (
        {"1 request": Figure("90 token/s", low="80 token/s"), "8 request": "610 token/s"},
        "Curve 'known': 90 token/s has a range, which a point cannot have.",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_points_that_are_none_are_refused(book: Ledger, name: str) -> None:
    points, message = REFUSED[name]
    before = list(book.inputs)

    with pytest.raises(LedgerError) as refused:
        book.curve("known", points)
    assert str(refused.value) == message
    assert list(book.inputs) == before


def test_another_way_beyond_the_points_is_refused(book: Ledger) -> None:
    with pytest.raises(LedgerError, match=r"^Curve 'known': outside is 'refuse' or 'hold', not 'extend'.$"):
        book.curve("known", MEASURED, outside="extend")  # type: ignore[arg-type]


def test_what_is_looked_up_must_be_of_the_points_unit(book: Ledger) -> None:
    curve, tiers = speed(book), prices(book)
    for read, x in ((curve.at, "volume"), (tiers.reached, "batch"), (tiers.marginal, "batch")):
        with pytest.raises(UnitMismatch, match=r"cannot compare (Mtoken|request)"):
            book.line("wrong", read(book[x]))
    assert list(book.lines) == []


def test_a_point_of_an_included_ledger_stays_beside_the_others(book: Ledger) -> None:
    other = Ledger("Other", as_of="2026-01-05")
    other.line("speed", speed(other).at(other.assume("batch", "12 request")))

    book.include(other, "other", given={"batch": book["batch"]})
    assert str(book.value("other.speed")) == "758.333 token/s"
    with pytest.raises(LedgerError) as refused:
        book.include(other, "again", given={"throughput.1": book["volume"]})
    assert str(refused.value) == (
        "'throughput.1' is one point of several, which stay beside each other. Set it in an option of 'Other' and "
        "include that, or write the points here."
    )


@settings(max_examples=60)
@given(
    xs=st.lists(st.integers(-1000, 1000), min_size=2, max_size=9, unique=True).map(sorted),
    data=st.data(),
)
def test_any_curve_is_what_numpy_makes_of_it(xs: list[int], data: st.DataObject) -> None:
    ys = data.draw(st.lists(st.integers(-999, 999), min_size=len(xs), max_size=len(xs)))
    asked = data.draw(st.lists(st.integers(-11000, 11000).map(lambda tenths: tenths / 10), min_size=1, max_size=9))
    book = Ledger("Curve")
    curve = book.curve("known", {f"{x} km": f"{y} USD" for x, y in zip(xs, ys, strict=True)}, outside="hold")
    book.line("y", curve.at(book.assume("x", "0 km")))

    np.testing.assert_allclose(book.array("y", {"x": asked})["y"], np.interp(asked, xs, ys), rtol=1e-9, atol=1e-9)
    one = book.with_settings({"base": {"x": asked[0]}})
    assert one.value("y").magnitude == pytest.approx(np.interp(asked[0], xs, ys), rel=1e-9, abs=1e-9)
