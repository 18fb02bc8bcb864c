"""Options, choices and settings."""

from __future__ import annotations

from typing import Any

import pytest

from unitledger import Figure, Ledger, equal, when
from unitledger.errors import ExpressionError, LedgerError, NameRefused, UnitMismatch, UnknownName, ValueRefused
from unitledger.model import Assumption, Choice


@pytest.fixture
def book() -> Ledger:
    made = Ledger("Cards", option="a100", as_of="2024-01-01", owner="purchasing")
    price = made.assume("price", "10000 USD/gpu", minimum=0, maximum="100 kUSD/gpu", source="list")
    cards = made.assume("cards", "8 gpu")
    scheme = made.choice("scheme", ["pipeline", "tensor"], label="Scheme")
    made.line("bill", price * cards, unit="USD")
    made.line("switches", scheme.select(pipeline=cards, tensor=cards + cards))
    return made


def test_an_option_sets_some_inputs_and_inherits_the_others(book: Ledger) -> None:
    book.option("dear", {"price": "30000 USD/gpu"})
    book.option("many", {"cards": "16 gpu", "scheme": "tensor"})

    assert [str(book.value("bill", option)) for option in book.options] == ["80000 USD", "240000 USD", "160000 USD"]
    assert [str(book.value("switches", option)) for option in book.options] == ["8 gpu", "8 gpu", "32 gpu"]


def test_settings_convert_to_the_inputs_unit_and_take_what_they_leave_out_from_it(book: Ledger) -> None:
    book.option("in_thousands", {"price": "12 kUSD/gpu", "cards": 4})
    book.option("short", {"price": "12000 USD"})

    assert book.setting("price", "in_thousands").value == 12000
    assert book.setting("cards", "in_thousands").value == 4
    assert book.setting("price", "short").value == 12000


def test_each_setting_has_its_own_source_or_that_of_the_option(book: Ledger) -> None:
    own = Figure("30000 USD/gpu", source="offer 17", as_of="2024-02-02", low="25000 USD/gpu", high="40000 USD/gpu")
    book.option("offers", {"price": own, "cards": "4 gpu"}, source="meeting", note="unsigned")
    price, cards = book.setting("price", "offers"), book.setting("cards", "offers")

    assert (price.figure.source, str(price.figure.as_of), price.low, price.high) == (
        "offer 17",
        "2024-02-02",
        25000,
        40000,
    )
    assert (cards.figure.source, str(cards.figure.as_of), cards.figure.note) == ("meeting", "2024-01-01", "unsigned")
    assert (cards.figure.owner, price.figure.owner) == ("purchasing", "purchasing")


def test_who_reviewed_a_figure_and_when(book: Ledger) -> None:
    spare = Figure("2 gpu", reviewed_by="A. Auditor", reviewed_on="2024-02-01")
    kept = book.assume("spare", spare, note="in the store")
    book.option(
        "reviewed",
        {"price": "9000 USD/gpu", "cards": Figure("4 gpu", reviewed_by="desk")},
        reviewed_by="finance",
        reviewed_on="2024-03-01",
    )
    price, cards = (book.setting(name, "reviewed").figure for name in ("price", "cards"))

    assert (kept.setting.figure.reviewed_by, str(kept.setting.figure.reviewed_on)) == ("A. Auditor", "2024-02-01")
    assert (price.reviewed_by, str(price.reviewed_on)) == ("finance", "2024-03-01")
    assert (cards.reviewed_by, str(cards.reviewed_on)) == ("desk", "2024-03-01")


def test_a_review_on_no_day_or_by_no_name_is_refused(book: Ledger) -> None:
    with pytest.raises(ValueRefused) as refused:
        book.assume("spare", "2 gpu", reviewed_on="yesterday")
    assert str(refused.value) == "'yesterday' is not a date. Write it as year-month-day, such as '2026-01-31'."
    with pytest.raises(ValueRefused) as refused:
        book.assume("spare", "2 gpu", reviewed_by=5)  # type: ignore[arg-type]
    assert str(refused.value) == "The reviewed_by of a figure is a text, not 5."


@pytest.mark.parametrize(
    ("settings", "error", "message"),
    [
        ({"prise": "1 USD/gpu"}, UnknownName, "'Cards' has no input named 'prise'. Did you mean 'price'?"),
        ({"bill": "1 USD"}, UnknownName, "'bill' is worked out, not an input, and cannot be set."),
        (
            {"price": "2 CNY/gpu"},
            UnitMismatch,
            (
                "Input 'price': expected USD/gpu, got 2 CNY/gpu. Convert it with an exchange rate that has a date: the "
                "value * assume('exchange_rate', '... USD/CNY', source=..., as_of=...)."
            ),
        ),
        (
            {"price": "2 USD/card"},
            UnitMismatch,
            "Input 'price': expected USD/gpu, got 2 USD/card. Multiply it by a count in card/gpu.",
        ),
        (
            {"price": "2 USD/gpu/h"},
            UnitMismatch,
            (
                "Input 'price': expected USD/gpu, got 2 USD/gpu/h. It is a rate over time where a total is asked for: "
                "multiply it by a duration."
            ),
        ),
        (
            {"price": "5 kW"},
            UnitMismatch,
            "Input 'price': expected USD/gpu, got 5 kW. It measures power where USD per gpu is asked for.",
        ),
        (
            {"price": "200 kUSD/gpu"},
            ValueRefused,
            "Input 'price': 200000 USD/gpu is above the most possible 100000 USD/gpu.",
        ),
        ({"price": "-1 USD/gpu"}, ValueRefused, "Input 'price': -1 USD/gpu is below the least possible 0 USD/gpu."),
        ({"price": True}, ValueRefused, "Input 'price': expected a quantity in USD/gpu, got True."),
        (
            {"price": float("inf")},
            ValueRefused,
            "Input 'price': expected a finite number of USD/gpu, got inf.",
        ),
        (
            {"scheme": "Tensor"},
            ValueRefused,
            "Input 'scheme': expected one of pipeline, tensor, got 'Tensor'. Did you mean 'tensor'?",
        ),
    ],
)
def test_settings_that_are_refused(
    book: Ledger, settings: dict[str, Any], error: type[LedgerError], message: str
) -> None:
    with pytest.raises(error) as caught:
        book.option("other", settings)
    assert str(caught.value) == message
    assert list(book.options) == ["a100"]


def test_options_differ_in_more_than_case(book: Ledger) -> None:
    with pytest.raises(NameRefused) as caught:
        book.option("A100", {})
    assert (
        str(caught.value)
        == "There is already an option named 'a100'; options must differ in more than case and spaces."
    )


def test_an_unknown_option_is_answered_with_those_there_are(book: Ledger) -> None:
    book.option("tpu_pod", {})
    with pytest.raises(UnknownName) as caught:
        book.value("bill", "tpu_pods")
    assert str(caught.value) == "'Cards' has no option 'tpu_pods'; it has a100, tpu_pod. Did you mean 'tpu_pod'?"


@pytest.mark.parametrize(
    ("words", "value", "message"),
    [
        ([], None, "Choice 'link' has no words to choose from."),
        (["a", "A"], None, "Choice 'link': words must differ in more than case and spaces: a, A."),
        (["a*", "b"], None, "Choice 'link': 'a*' cannot be a word of a list (empty, or one of * ? ~ \" ,)."),
        (["a", "b"], "c", "Input 'link': expected one of a, b, got 'c'."),
    ],
)
def test_lists_of_words_that_are_refused(book: Ledger, words: list[str], value: str | None, message: str) -> None:
    with pytest.raises(ValueRefused) as caught:
        book.choice("link", words, value=value)
    assert str(caught.value) == message
    assert "link" not in book


def test_a_choice_needs_one_case_for_every_word(book: Ledger) -> None:
    scheme, cards = book["scheme"], book["cards"]
    assert isinstance(scheme, Choice)

    with pytest.raises(ValueRefused) as caught:
        scheme.select(pipeline=cards)
    assert str(caught.value) == "Choice 'scheme' needs a case for 'tensor' as well."
    with pytest.raises(ValueRefused) as caught:
        scheme.select(pipeline=cards, tensor=cards, tensors=cards)
    assert str(caught.value) == (
        "Choice 'scheme' has no word 'tensors'; it has pipeline, tensor. Did you mean 'tensor'?"
    )
    with pytest.raises(UnitMismatch) as mixed:
        book.line("mixed", scheme.select(pipeline=cards, tensor=book["price"]))
    assert str(mixed.value).startswith("Line 'mixed': cannot choose between gpu (cards) and USD/gpu (price).")


def test_a_choice_has_a_word_and_no_value(book: Ledger) -> None:
    assert book.setting("scheme").value == "pipeline"
    assert str(book["scheme"]) == "scheme = pipeline"
    with pytest.raises(UnknownName) as caught:
        book.value("scheme")
    assert str(caught.value) == "'scheme' is a choice; its word is book['scheme'].value."


def test_new_settings_make_a_new_ledger(book: Ledger) -> None:
    book.option("dear", {"price": "30000 USD/gpu"})
    changed = book.with_settings(
        {"a100": {"cards": Figure("4 gpu", source="count")}, "dear": {"price": "20000 USD/gpu"}}
    )

    assert [str(changed.value("bill", option)) for option in changed.options] == ["40000 USD", "80000 USD"]
    assert [str(book.value("bill", option)) for option in book.options] == ["80000 USD", "240000 USD"]
    assert str(changed.lines["bill"].value) == "40000 USD"
    assert changed.setting("cards").figure.source == "count"


def test_a_new_ledger_grows_apart_from_the_old(book: Ledger) -> None:
    changed = book.with_settings({})
    changed.assume("fee", "1 USD")
    book.assume("fee", "2 USD")
    book.option("dear", {"price": "30000 USD/gpu"})

    assert str(changed.value("fee")) == "1 USD"
    assert list(changed.options) == ["a100"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"a10": {"cards": "4 gpu"}}, "'Cards' has no option 'a10'; it has a100. Did you mean 'a100'?"),
        ({"a100": {"card": "4 gpu"}}, "'Cards' has no input named 'card'. Did you mean 'cards'?"),
    ],
)
def test_new_settings_for_what_is_not_there(book: Ledger, changes: dict[str, dict[str, str]], message: str) -> None:
    with pytest.raises(UnknownName) as caught:
        book.with_settings(changes)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("more", "error", "message"),
    [
        ({"minimum": "6 USD"}, ValueRefused, "Input 'fee': 5 USD is below the least possible 6 USD."),
        ({"maximum": 4}, ValueRefused, "Input 'fee': 5 USD is above the most possible 4 USD."),
        ({"low": "6 USD", "high": "4 USD"}, ValueRefused, "Input 'fee': its low 6 USD is above its high 4 USD."),
        (
            {"high": "60 USD", "maximum": "50 USD"},
            ValueRefused,
            "Input 'fee', high: 60 USD is above the most possible 50 USD.",
        ),
        (
            {"low": "6 h"},
            UnitMismatch,
            "Input 'fee', low: expected USD, got 6 h. It measures time where USD is asked for.",
        ),
        (
            {"as_of": "yesterday"},
            ValueRefused,
            "'yesterday' is not a date. Write it as year-month-day, such as '2026-01-31'.",
        ),
        (
            {"as_of": "1850-01-01"},
            ValueRefused,
            "The date 1850-01-01 lies before 1900-03-01, where spreadsheets count days differently.",
        ),
    ],
)
def test_ranges_bounds_and_dates_that_do_not_hold_together(
    book: Ledger, more: dict[str, Any], error: type[LedgerError], message: str
) -> None:
    with pytest.raises(error) as caught:
        book.assume("fee", "5 USD", **more)
    assert str(caught.value) == message
    assert "fee" not in book


def test_shares_are_stored_as_parts_of_one(book: Ledger) -> None:
    load = book.assume("load", "30 %", minimum=0, maximum="100 %", low="10 %", high="100 %")

    assert isinstance(load, Assumption)
    assert (load.setting.value, load.setting.low, load.setting.high, load.bounds.most) == (0.3, 0.1, 1.0, 1.0)
    assert str(book.value("load")) == "30 %"


def test_a_word_makes_a_condition(book: Ledger) -> None:
    scheme, cards = book["scheme"], book["cards"]
    assert isinstance(scheme, Choice)
    twice = book.line("twice", when(scheme.is_("tensor"), cards + cards, cards))
    book.alert(scheme.is_("pipeline"), "in a row")
    book.option("many", {"scheme": "tensor"})

    assert (str(twice.value), str(book.value("twice", "many"))) == ("8 gpu", "16 gpu")
    assert (book.raised(), book.raised("many")) == (("in a row",), ())
    assert book.sweep(scheme=["pipeline", "tensor"], outputs=["twice"])["twice"].values == (8.0, 16.0)
    with pytest.raises(ValueRefused) as caught:
        scheme.is_("tensors")
    assert (
        str(caught.value) == "Input 'scheme': expected one of pipeline, tensor, got 'tensors'. Did you mean 'tensor'?"
    )


def test_a_choice_is_no_number(book: Ledger) -> None:
    by_word = "Write scheme.select(...) for a figure by word, or scheme.is_('...') for a condition."
    with pytest.raises(UnitMismatch) as caught:
        book.line("bare", book["scheme"])
    assert str(caught.value) == f"Line 'bare' is the word of a choice, not a number. {by_word}"
    with pytest.raises(UnitMismatch) as caught:
        book.total("both", [book["scheme"], book["cards"]])
    assert str(caught.value) == f"Line 'both': SUM needs a number, but scheme is the word of a choice. {by_word}"
    with pytest.raises(UnitMismatch) as caught:
        book.alert(book["scheme"], "odd")
    assert str(caught.value) == (
        f"Alert 'odd': its condition is the word of a choice; it must be true or false, such as a > b. {by_word}"
    )
    with pytest.raises(ExpressionError, match=r"to ask for a word choice\.is_\('tensor'\)\.$"):
        equal(book["scheme"], "tensor")
