"""What a ledger says of itself: its purpose, the decision asked for, its options, and whether one of them is best."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from copy import copy, deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from unitledger import Ledger
from unitledger.errors import NameRefused, ValueRefused
from unitledger.workbook import verify
from unitledger.workbook.stated.version import version_id

COVER: dict[str, Any] = {
    "purpose": "What an hour costs.",
    "decision": "Which server to buy.",
    "author": "A. Engineer",
    "period": "2026 to 2028",
    "built_on": date(2026, 1, 5),
}
BASE, DEAR = "Eight cards in a server.", "Eight H100 SXM with NVLink in a server, bought complete."


def cards(title: str = "Cards", **said: Any) -> Ledger:
    made = Ledger(title, option="cheap", as_of="2026-01-05", owner="purchasing", **said)
    price = made.assume("price", "200 USD", low="100 USD", high="300 USD")
    made.headline(made.line("cost", price * made.constant("cards", "8 ratio")))
    made.advise(price < made.constant("budget", "250 USD"), "Buy it.")
    made.option("dear", {"price": "300 USD"}, description=DEAR)
    return made


def said(book: Ledger) -> tuple[object, ...]:
    facts = {name: getattr(book, name) for name in COVER}
    return facts, book.alternatives, {name: option.description for name, option in book.options.items()}


def through_excel(book: Ledger, path: Path) -> Ledger:
    return book.read_edits(book.to_excel(path / "cards.xlsx")).apply()


COPIES: list[Callable[[Ledger, Path], Ledger]] = [
    lambda book, _: copy(book),
    lambda book, _: deepcopy(book),
    lambda book, _: pickle.loads(pickle.dumps(book)),  # noqa: S301 - pickled the moment before
    lambda book, _: book.only("cheap", "dear"),
    lambda book, _: book.with_settings({"cheap": {"price": "210 USD"}, "dear": {"price": "250 USD"}}),
    lambda book, _: book.reported_in("CNY", "7.1 CNY/USD"),
    through_excel,
]


@pytest.mark.parametrize("alternatives", [True, False])
@pytest.mark.parametrize("copied", COPIES)
def test_a_copy_says_the_same_of_itself(
    copied: Callable[[Ledger, Path], Ledger], alternatives: bool, tmp_path: Path
) -> None:
    book = cards(description=BASE, alternatives=alternatives, **COVER)

    assert said(book) == (COVER, alternatives, {"cheap": BASE, "dear": DEAR})
    assert said(copied(book, tmp_path)) == said(book)


def test_an_option_that_becomes_the_base_keeps_its_description() -> None:
    assert cards(description=BASE).only("dear").options["dear"].description == DEAR


def test_nothing_is_said_unless_it_is_given() -> None:
    nothing = {**dict.fromkeys(COVER, ""), "built_on": None}

    assert said(cards()) == (nothing, True, {"cheap": "", "dear": DEAR})


def test_an_including_ledger_says_what_it_says_itself() -> None:
    book = Ledger("Together", purpose="Both.")
    book.include(cards(description=BASE, alternatives=False, **COVER), "cards")

    assert said(book) == ({**dict.fromkeys(COVER, ""), "purpose": "Both.", "built_on": None}, True, {"base": ""})


def test_line_ends_and_runs_of_blanks_are_one_blank() -> None:
    assert cards(purpose="  What an hour\n    costs.\n").purpose == "What an hour costs."


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"purpose": 3}, "The purpose of 'Cards' is 3, not a text."),
        ({"author": None}, "The author of 'Cards' is None, not a text."),
        (
            {"decision": "Which server to buy? " * 20},
            "The decision asked for by 'Cards', 'Which server to buy?'..., is 419 characters long; 300 fit.",
        ),
        (
            {"period": "20\x0026"},
            r"The period of 'Cards', '20\x0026', holds '\x00': write it without control characters.",
        ),
        ({"description": ["a"]}, "The description of option 'cheap' is ['a'], not a text."),
        ({"built_on": "today"}, "'today' is not a date. Write it as year-month-day, such as '2026-01-31'."),
    ],
)
def test_what_is_no_such_text_or_day_is_refused(given: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueRefused) as refused:
        cards(**given)

    assert str(refused.value) == message


def test_the_description_of_an_option_is_checked_and_is_part_of_its_definition() -> None:
    book = cards()

    with pytest.raises(ValueRefused, match=r"^The description of option 'third' is 3, not a text\.$"):
        book.option("third", {}, description=3)  # type: ignore[arg-type]
    with pytest.raises(NameRefused, match=r"^Option 'dear' is defined already, with description Eight H100 .* not Ten"):
        book.option("dear", {"price": "300 USD"}, description="Ten.")


@pytest.mark.parametrize("name", [*COVER, "description", "alternatives"])
def test_each_thing_said_gives_another_version(name: str) -> None:
    given = {**COVER, "description": BASE, "alternatives": False}[name]

    assert version_id(cards(**{name: given})) != version_id(cards())


def test_a_workbook_holds_no_clock(tmp_path: Path) -> None:
    first, second = (cards(**COVER).to_excel(tmp_path / f"{name}.xlsx").read_bytes() for name in "ab")

    assert first == second


def test_cases_have_no_break_even() -> None:
    assert cards().break_even("price", "cheap", "dear") is not None
    with pytest.raises(ValueRefused) as refused:
        cards(alternatives=False).break_even("price", "cheap", "dear")

    assert str(refused.value) == (
        "The options of 'Cards' are cases, not alternatives: there is no break-even between 'cheap' and 'dear'. Where "
        "one of them is to be chosen, make it Ledger(..., alternatives=True)."
    )


def test_sensitivity_of_cases_looks_at_the_first_alone(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = cards(alternatives=False).to_excel(tmp_path / "cards.xlsx")

    shown = " ".join(str(cell.value) for row in load_workbook(path)["Sensitivity"] for cell in row)
    assert not any(word in shown.casefold() for word in ("compared", "break-even", "best", "lowest", "recommend"))
    assert verify(path)
