"""Counts, and what must be more than a bound: what cells accept, what Checks says, and how the file comes back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from accepted import accepted
from built import Built
from openpyxl import load_workbook
from recalculate import Cells, Desk, differences, formualizer, libreoffice, retyped

from unitledger import Growth, column
from unitledger.errors import ValueRefused
from unitledger.ledger import Ledger
from unitledger.model.entry.over import ColumnGiven
from unitledger.workbook import verify

ENGINES = [formualizer, pytest.param(libreoffice, marks=pytest.mark.libreoffice)]


def cards() -> Ledger:
    book = Ledger("Cards", option="eight")
    count = book.assume("count", "8 gpu", label="Cards", whole=True, above=0, high="16 gpu")
    spare = book.assume("spare", "0 gpu", label="Spare cards", whole=True)
    tokens = book.assume("tokens", "3000 token", label="Tokens", whole=True, minimum=0)
    life = book.assume("life", "36 month", label="Life", above="1 month")
    share = book.assume("share", "30 %", label="Share sold", above=0, maximum=100)
    book.headline(book.line("tokens_sold", tokens * share / (life * (count + spare)), "token/gpu/year"))
    book.option("four", {"count": "4 gpu", "life": "24 month"})
    return book


@pytest.fixture(name="built")
def built_cards(tmp_path: Path) -> Built:
    return Built.of(cards(), tmp_path / "cards.xlsx")


def test_cells_accept_what_the_ledger_does(built: Built) -> None:
    rules = accepted(built.book["Inputs"])
    found = {name: rules[built.input(name, "eight")] for name in built.ledger.inputs}
    life, tokens, share = (built.input(name, "eight")[1:] for name in ("life", "tokens", "share"))

    assert [(found[name].type, found[name].operator) for name in ("count", "spare", "life")] == [
        ("whole", "greaterThan"),
        ("whole", None),
        ("decimal", "greaterThan"),
    ]
    assert (found["count"].formula1, found["spare"].formula1) == ("0.0", "-999999999999999")
    least = str(found["life"].formula1).partition("/")
    bound = least[0].removeprefix("'As built'!").replace("$", "")
    assert (built.book["As built"][bound].value, least[2]) == (1, f"$M{life}")
    counted = f"C{tokens}*$M{tokens}"
    assert str(found["tokens"].formula1) == (
        f"AND(ISNUMBER(C{tokens}),{counted}>={str(found['tokens'].formula1).partition('>=')[2].partition(',')[0]},"
        f"ROUND({counted},9)=ROUND({counted},0))"
    )
    assert str(found["share"].formula1).startswith(f"AND(ISNUMBER(C{share}),C{share}*$M{share}>'As built'!")
    other = str(rules[built.input("share", "four")].formula1)
    assert other.startswith(f"AND(ISNUMBER(D{share}),D{share}*$M{share}>'As built'!")
    assert [found[name].prompt for name in found] == [
        "A whole number, in gpu, more than 0 gpu.",
        "A whole number, in gpu.",
        "A whole number, in the unit beside it, 0 token or more.",
        "A number in the unit beside it, more than 1 month.",
        "A number in %, more than 0 %, 100 % or less.",
    ]


POSSIBLE = [("count", 7), ("spare", 3), ("tokens", 2500), ("life", 1.01), ("share", 1e-6)]
IMPOSSIBLE = [
    ("count", 7.5, "7.5 gpu is not a whole number."),
    ("count", 0, "0 gpu is not above 0 gpu."),
    ("count", -1, "-1 gpu is not above 0 gpu."),
    ("spare", 0.5, "0.5 gpu is not a whole number."),
    ("tokens", 2000.5, "2000.5 token is not a whole number."),
    ("life", 1, "1 month is not above 1 month."),
    ("share", 0, "0 % is not above 0 %."),
]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_count_in_another_unit_is_whole_in_the_ledgers(engine: Callable[[Path], Cells], built: Built) -> None:
    row = built.input("tokens", "eight")[1:]
    for typed, status in ((1.001, "OK"), (8.037, "OK"), (1.0005, "FAIL")):
        path = retyped(built.path, "Inputs", {f"B{row}": "ktoken", f"C{row}": typed})
        assert engine(path)["Summary", "A2"] == f"Integrity: {status}"
        assert [problem.text for problem in built.ledger.read_edits(path).problems] == (
            [] if status == "OK" else ["1000.5 token is not a whole number."]
        )


@pytest.mark.parametrize("option", ["eight", "four"])
def test_what_is_possible_fails_nothing(built: Built, option: str) -> None:
    desk = Desk(built.path)
    for name, content in POSSIBLE:
        cell = built.input(name, option)
        desk.type("Inputs", {cell: content})
        assert desk.status()[:2] == ("OK", "EDITED (1)"), name
        desk.type("Inputs", {cell: built.cached.get(("Inputs", cell))})


@pytest.mark.parametrize("option", ["eight", "four"])
@pytest.mark.parametrize(("name", "content", "message"), IMPOSSIBLE)
def test_what_is_not_possible_fails_and_is_a_problem_when_it_comes_back(
    built: Built, option: str, name: str, content: float, message: str
) -> None:
    desk = Desk(built.path)
    desk.type("Inputs", {built.input(name, option): content})
    path = retyped(built.path, "Inputs", {built.input(name, option): content})

    assert desk.status()[:2] == ("FAIL", "EDITED (1)")
    edits = built.ledger.read_edits(path)
    (problem,) = edits.problems
    assert (problem.name, problem.option, problem.text) == (name, option, message)
    with pytest.raises(ValueRefused, match="until this is put right"):
        edits.apply()


@pytest.mark.parametrize("engine", ENGINES)
def test_programs_agree_on_what_is_possible(engine: Callable[[Path], Cells], built: Built) -> None:
    assert differences(built.path, engine(built.path)) == []
    contents: list[tuple[dict[str, Any], str]] = [
        ({"count": 7.5}, "FAIL"),
        ({"share": 0}, "FAIL"),
        ({"tokens": 4001, "count": 3, "life": 2}, "OK"),
    ]
    for typed, status in contents:
        cells = engine(
            retyped(built.path, "Inputs", {built.input(name, "eight"): each for name, each in typed.items()})
        )
        assert cells["Summary", "A2"] == f"Integrity: {status}"


def test_a_figure_that_cannot_be_is_not_filled_in(built: Built, tmp_path: Path) -> None:
    for name, content, message in IMPOSSIBLE:
        unit = built.ledger.input(name).unit.spelling  # type: ignore[union-attr]
        settings = {"four": {name: f"{100 * content if unit == '%' else content} {unit}"}}
        with pytest.raises(ValueRefused) as refused:
            built.ledger.fill(built.path, settings, tmp_path / "filled.xlsx")
        assert str(refused.value) == f"Input {name!r}: {message}"
    filled = built.ledger.fill(built.path, {"four": {"count": 5, "tokens": "4001 token"}}, tmp_path / "filled.xlsx")

    # Whatever depends on the cells of a count has its value in the file.
    assert differences(filled, formualizer(filled)) == []
    assert load_workbook(filled, data_only=True)["Summary"]["A2"].value == "Integrity: OK"


def test_cells_of_periods_and_items_accept_what_the_ledger_does(tmp_path: Path) -> None:
    book = Ledger("Fleet")
    rows = [{"name": "a", "price": 2, "since": "2026-01-01"}]
    rules: dict[str, ColumnGiven] = {"price": column("USD/machine/h", above=0), "since": "date"}
    fleet = book.table("fleet", rows, key="name", columns=rules)
    time = book.timeline("2026-01", 2)
    machines = book.assume("machines", ["3 machine", "4 machine"], over=time, whole=True, minimum=0)
    cost = book.line("cost", machines * fleet.price.sum() * time.hours, "USD")
    book.headline(book.line("cost_in_all", cost.sum()))
    written = load_workbook(book.to_excel(tmp_path / "fleet.xlsx"))

    found = [
        (rule.type, rule.operator, rule.formula1, rule.formula2, rule.error)
        for sheet in ("Timeline", "Fleet")
        for rule in written[sheet].data_validations.dataValidation
    ]
    assert found == [
        ("whole", None, "0.0", "999999999999999", "A whole number, in machine, 0 machine or more."),
        ("decimal", "greaterThan", "0.0", None, "A number in USD/machine/h, more than 0 USD/machine/h."),
        ("date", None, "61.0", "2958465.0", "A date, such as 2026-01-31."),
    ]


def test_growth_to_below_nothing_is_seen_where_it_is_typed(tmp_path: Path) -> None:
    book = Ledger("Demand", as_of="2026-01-05")
    book.timeline("2026-01", 6)
    rate = book.assume("rate", "4 %/month")
    book.headline(book.line("in_all", book.add(Growth(start="12 USD", rate=rate), "sold", "USD").largest()))
    built = Built.of(book, tmp_path / "demand.xlsx")
    cell = built.input("rate", "base")
    assert accepted(built.book["Inputs"])[cell].prompt == "A number in the unit beside it, more than -100 %/month."

    desk = Desk(built.path)
    desk.type("Inputs", {cell: -0.99})
    assert desk.status() == ("OK", "EDITED (1)", 0)
    desk.type("Inputs", {cell: -1.5})
    assert desk.status()[:2] == ("FAIL", "EDITED (1)")
    edits = book.read_edits(retyped(built.path, "Inputs", {cell: -1.5}))
    assert [problem.text for problem in edits.problems] == ["-150 %/month is not above -100 %/month."]


def test_figures_by_period_and_by_item_may_have_to_be_above_any_figure(tmp_path: Path) -> None:
    book = Ledger("Above", as_of="2026-01-05")
    t = book.timeline("2026-01", 3)
    price = book.assume("price", "5 USD", over=t, above="2 USD", total="sum")
    rows = [{"name": "h100-us", "price": 3}]
    book.table("fleet", rows, key="name", columns={"price": column("USD/h", above=2)})
    book.headline(book.line("paid", price.sum()))
    path = book.to_excel(tmp_path / "above.xlsx")

    sheets = load_workbook(path)

    assert verify(path)
    assert accepted(sheets["Timeline"])["F11"].error == "A number in USD, more than 2 USD."
    assert accepted(sheets["Fleet"])["B8"].error == "A number in USD/h, more than 2 USD/h."
