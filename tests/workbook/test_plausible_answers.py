"""An option whose answer is not plausible is not called the best: on Summary, live, whatever is typed later."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from built import Built
from first_sheet import row_of, said
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from recalculate import Cells, Desk, differences, formualizer, held, libreoffice, retyped

from unitledger.compute import is_plausible
from unitledger.ledger import Ledger
from unitledger.workbook.layout import SECOND
from unitledger.workbook.study import study

ENGINES = [formualizer, pytest.param(libreoffice, marks=pytest.mark.libreoffice)]


def costs(*rates: float, better: Literal["lower", "higher"] = "lower") -> Ledger:
    """One option for each rate; the headline stands on a line that is plausible from 0 to 200 USD/month."""
    book = Ledger("Costs", option="base")
    rate = book.assume("rate", f"{rates[0]} USD/month", low=-500, high=500)
    paid = book.line("paid", rate, label="Paid", minimum=0, maximum="200 USD/month")
    book.headline(book.line("cost", paid * 1, label="Monthly cost"), better=better)
    book.line("beside", rate, minimum=1000)
    book.advise(rate > book.assume("usual", "100 USD/month"), "Ask for less.")
    for place, other in enumerate(rates[1:], start=1):
        book.option(f"other {place}", {"rate": f"{other} USD/month"})
    return book


def answer(cells: Cells) -> str:
    """The answer, with figures that are whole written without decimals, and without the alert that follows."""
    return re.sub(r"\.0+(?= USD)", "", said(cells)[0]).partition(" But an alert")[0]


LEFT_OUT = " Options left out, since they are not plausible: {}."
NONE = "Monthly cost: no option is plausible; the alerts say why."
LOWEST, HIGHEST = "Monthly cost is lowest with ", "Monthly cost is highest with "
ANSWERS = [
    ((100, 80), "lower", f"{LOWEST}other 1: 80 USD/month (-20.0 % against base)."),
    (
        (100, -80, 110),
        "lower",
        f"{LOWEST}base: 100 USD/month (other 2 is next: +10.0 %).{LEFT_OUT.format(1)}",
    ),
    (
        (-5, -80, 110),
        "lower",
        f"{LOWEST}other 2: 110 USD/month (base is not plausible and is not compared).{LEFT_OUT.format(2)}",
    ),
    (
        (150, 300, 120, 180),
        "higher",
        f"{HIGHEST}other 3: 180 USD/month (+20.0 % against base).{LEFT_OUT.format(1)}",
    ),
    (
        (100, -3),
        "lower",
        f"{LOWEST}base: 100 USD/month (no other option is plausible).{LEFT_OUT.format(1)}",
    ),
    ((-1, 300, -2), "lower", NONE),
    ((0, 200), "lower", f"{LOWEST}base: 0 USD/month (other 1 is next: +200 USD/month)."),
]


@pytest.mark.parametrize("engine", [held, *ENGINES])
@pytest.mark.parametrize(("rates", "better", "expected"), ANSWERS)
def test_the_best_is_found_among_what_is_plausible(
    engine: Callable[[Path], Cells],
    rates: tuple[float, ...],
    better: Literal["lower", "higher"],
    expected: str,
    tmp_path: Path,
) -> None:
    cells = engine(costs(*rates, better=better).to_excel(tmp_path / "costs.xlsx"))

    assert answer(cells) == expected


@pytest.mark.parametrize("engine", ENGINES)
def test_where_none_is_plausible_no_alert_is_said_of_an_option(engine: Callable[[Path], Cells], tmp_path: Path) -> None:
    path = costs(-1, 300).to_excel(tmp_path / "costs.xlsx")

    for cells in (held(path), engine(path)):
        assert said(cells)[0] == NONE


@pytest.mark.parametrize("engine", ENGINES)
def test_edits_turn_the_answer(engine: Callable[[Path], Cells], tmp_path: Path) -> None:
    built = Built.of(costs(100, 80, 110), tmp_path / "costs.xlsx")
    for (rates, better, expected), typed in zip(
        ANSWERS, ((100, 80, -1), (100, -80, 110), (-5, -80, 110)), strict=False
    ):
        assert better == "lower"
        contents = {built.input("rate", option): each for option, each in zip(built.ledger.options, typed, strict=True)}
        cells = engine(retyped(built.path, "Inputs", contents))
        assert answer(cells) == expected + (LEFT_OUT.format(1) if len(rates) < len(typed) else "")


def test_it_stands_on_second_calculation_which_figures_are_compared(tmp_path: Path) -> None:
    built = Built.of(costs(100, -80, 110), tmp_path / "costs.xlsx")
    rows = {text: at[1:] for (sheet, at), text in built.cached.items() if sheet == SECOND and at[0] == "A"}
    compared = rows["Monthly cost, where plausible"]

    assert [built.cached.get((SECOND, f"{column}{compared}")) or "" for column in "CDE"] == [100, "", 110]
    assert built.cached["Summary", f"D{row_of(built.cached, 'Key figures') + 1}"] == -80
    assert [built.cached["Summary", "C2"], built.warned()] == ["Alerts: 4", 4]


def test_one_option_alone_is_said_not_to_be_plausible(tmp_path: Path) -> None:
    for rate, doubt in ((100, ""), (-100, ", which is not plausible"), (201, ", which is not plausible")):
        path = costs(rate).to_excel(tmp_path / "costs.xlsx")
        assert answer(held(path)) == f"Monthly cost is {rate} USD/month with base{doubt}."
        assert differences(path, formualizer(path)) == []


def test_what_is_advised_is_said_with_the_options_in_which_it_holds(tmp_path: Path) -> None:
    for rates, where in (((120, -80), ["base"]), ((90, -80), []), ((-1, 300), ["other 1"])):
        path = costs(*rates).to_excel(tmp_path / "costs.xlsx")
        told = [each for each in said(held(path)) if each.startswith("Recommended")]
        assert told == [f"Recommended in {option}: Ask for less." for option in where]
        assert differences(path, formualizer(path)) == []


def test_sensitivity_analyses_the_best_plausible_option() -> None:
    for rates, pair in (
        ((100, -80, 110), ("base", "other 2")),
        ((-1, 300, 50), ("other 2", "base")),
        # Where nothing is plausible, the first two.
        ((-5, -80, 300), ("base", "other 1")),
    ):
        book = costs(*rates)
        found = study(book, {option: book.values(option) for option in book.options})
        assert found is not None
        assert (found.analysed, found.compared) == pair


def test_without_ends_summary_is_as_it_was(tmp_path: Path) -> None:
    book = Ledger("Costs", option="base")
    book.headline(book.line("cost", book.assume("rate", "-5 USD/month")))
    book.option("other", {"rate": "7 USD/month"})
    built = Built.of(book, tmp_path / "costs.xlsx")

    assert "Cost, where plausible" not in built.cached.values()
    assert not any("IF(OR" in text for (sheet, _), text in built.formulas.items() if sheet == "Summary")


@given(
    rates=st.lists(st.integers(-3, 12).map(lambda tens: 20.0 * tens), min_size=2, max_size=5),
    typed=st.lists(st.integers(-3, 12).map(lambda tens: 20.0 * tens), min_size=5, max_size=5),
    better=st.sampled_from(["lower", "higher"]),
)
@settings(max_examples=12, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_best_is_that_of_python(
    rates: list[float], typed: list[float], better: Literal["lower", "higher"], tmp_path: Path
) -> None:
    built = Built.of(costs(*rates, better=better), tmp_path / "costs.xlsx")
    desk, options = Desk(built.path), list(built.ledger.options)
    label = {"lower": "Lowest: Monthly cost", "higher": "Highest: Monthly cost"}[better]
    rows = {text: at[1:] for (sheet, at), text in built.cached.items() if sheet == SECOND and at[0] == "A"}
    place = f"C{rows[label]}"
    names = f"{'CDEFG'[len(options) - 1]}{rows['Best option']}"

    for book in (built.ledger, costs(*typed[: len(rates)], better=better)):
        contents = {built.input("rate", option): book.values(option)["rate"] for option in options}
        desk.type("Inputs", contents)
        plausible = [option for option in options if is_plausible(book, option, book.values(option))]
        order = sorted(
            plausible,
            key=lambda option: book.values(option)["cost"],
            reverse=book.answer.better == "higher",  # type: ignore[union-attr]
        )
        figures: list[object] = [book.values(option)["cost"] for option in order[:1]]
        best = [option for option in plausible if book.values(option)["cost"] == figures[0]]
        assert desk.read(SECOND, names) == ", ".join(best)
        assert [desk.read(SECOND, place)] == (figures or [""])
        assert desk.status()[2] == sum(len(book.raised(option)) for option in options)


# Three times a third of a hundred, cut to 15 digits: less than 100 by dust.
THIRD = "33.3333333333333 USD/month"


def tied(*rates: str, better: Literal["lower", "higher"] = "lower") -> Ledger:
    """Options at 100 USD/month, but for some by dust, each with a range of what moves it most."""
    book = Ledger("Costs", option="base")
    rate, shares = (
        book.assume("rate", rates[0], low="10 USD/month", high="200 USD/month"),
        book.assume("shares", "1 ratio"),
    )
    book.headline(book.line("cost", rate * shares, label="Monthly cost"), better=better)
    for place, other in enumerate(rates[1:], start=1):
        book.option(f"other {place}", {"rate": other, "shares": "3 ratio" if other == THIRD else "1 ratio"})
    return book


@pytest.mark.parametrize("better", ["lower", "higher"])
@pytest.mark.parametrize(
    ("rates", "pair"),
    [
        (("100 USD/month", "100 USD/month", "100 USD/month"), ("base", "other 1")),
        (("100 USD/month", THIRD, "100.0000000000001 USD/month"), ("base", "other 1")),
        (("150 USD/month", "100 USD/month", THIRD), ("other 1", "base")),
        (("150 USD/month", THIRD, "100 USD/month"), ("other 1", "base")),
        (("50 USD/month", "100 USD/month", THIRD), ("other 1", "base")),
    ],
)
def test_of_options_that_tie_the_first_is_analysed_also_after_filling(
    rates: tuple[str, ...], pair: tuple[str, str], better: Literal["lower", "higher"], tmp_path: Path
) -> None:
    book, before = tied(*rates, better=better), tied("7 USD/month", "5 USD/month", "9 USD/month", better=better)
    if rates[0] != "100 USD/month" and (float(rates[0].split()[0]) < 100) == (better == "lower"):
        pair = ("base", "other 1")
    found = study(book, {option: book.values(option) for option in book.options})
    assert found is not None
    assert (found.analysed, found.compared) == pair

    path = book.to_excel(tmp_path / "tied.xlsx")
    settings = {option: {name: book.value(name, option) for name in ("rate", "shares")} for option in book.options}
    filled = before.fill(before.to_excel(tmp_path / "costs.xlsx"), settings, tmp_path / "filled.xlsx")
    shown = f"Analysed: {pair[0]}, compared with {pair[1]}."
    for cells in (held(path), formualizer(path), held(filled)):
        assert [text for (sheet, _), text in cells.items() if sheet == "Sensitivity" and text == shown] == [shown]
        assert said(cells)[1].startswith("No input is") or said(cells)[1].startswith(f"In {pair[0]} it rests most on")
