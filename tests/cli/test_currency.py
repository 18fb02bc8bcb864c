"""--currency: the commands in another currency, at a rate that is given, the ledger's own, or the catalog's."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from unitledger import templates
from unitledger.ledger import Ledger

Run = Callable[..., Result]
Refused = Callable[..., str]

CATALOG = "In CNY at 7.1 CNY/USD [document 003, pretraining (2023-11-01)]."
EURO = ("--currency", "EUR", "--rate", "0.92 EUR/USD", "--rate-source", "central bank", "--rate-as-of", "2023-10-02")


def test_eval_at_the_rate_of_the_catalog(run: Run) -> None:
    shown = run("eval", "serving_cost", "--currency", "CNY").stdout

    # 40000 USD over 3 years of 8760 hours, and 36 Mtoken in each; the other one 300000 USD and half of 72 Mtoken.
    rows = {line.split()[0]: line.split()[1:] for line in shown.splitlines() if line.strip()}
    assert rows["token_cost"] == ["0.0422797", "0.317098", "USD/Mtoken"]
    assert rows["token_cost_cny"] == ["0.300186", "2.2514", "CNY/Mtoken"]
    assert CATALOG in shown.splitlines()


def test_eval_json_names_the_rates(run: Run) -> None:
    report = json.loads(run("eval", "serving_cost", "--currency", "CNY", "--json").stdout)

    assert report["reporting"] == {
        "currency": "CNY",
        "rates": {"cny_per_usd": {"value": 7.1, "unit": "CNY/USD", "source": "document 003, pretraining (2023-11-01)"}},
    }
    assert report["options"]["h100"]["outputs"]["token_cost_cny"]["unit"] == "CNY/Mtoken"
    assert "reporting" not in json.loads(run("eval", "serving_cost", "--json").stdout)


def test_a_rate_with_its_source_and_day(run: Run) -> None:
    shown = run("eval", "serving_cost", *EURO).stdout

    assert "In EUR at 0.92 EUR/USD [central bank (2023-10-02)]." in shown.splitlines()
    plain = run("eval", "serving_cost", "--currency", "CNY", "--rate", "7 CNY/USD").stdout
    assert "In CNY at 7 CNY/USD [given on the command line (2023-10-01)]." in plain.splitlines()


def test_the_rate_is_an_input_that_can_be_set(run: Run) -> None:
    shown = run("eval", "serving_cost", "--currency", "CNY", "--set", "cny_per_usd=10").stdout

    assert "In CNY at 10 CNY/USD [set on the command line (2023-10-01)]." in shown.splitlines()


def test_a_workbook_in_another_currency_and_back(run: Run) -> None:
    from openpyxl import load_workbook

    built = run("build", "serving_cost", "--currency", "CNY", "-o", "book.xlsx").stdout
    assert built.splitlines() == ["Wrote book.xlsx.", CATALOG]

    same = run("edits", "book.xlsx", "serving_cost", "--currency", "CNY").stdout
    assert same.splitlines()[0] == "book.xlsx: 0 inputs changed, 0 problems, 0 calculations changed."
    book = load_workbook("book.xlsx")
    address = book.defined_names["in_cny_per_usd"].attr_text.rpartition("!")[2].replace("$", "").partition(":")[0]
    book["Inputs"][address] = 7.3
    book.save("edited.xlsx")
    edited = run("edits", "edited.xlsx", "serving_cost", "--currency", "CNY").stdout
    assert "cny_per_usd  rtx4090  7.1 CNY/USD  7.3 CNY/USD" in edited
    other = run("edits", "book.xlsx", "serving_cost").stdout
    assert "the ledger has no such input" in other


def test_trace_and_show_and_inputs_take_it(run: Run) -> None:
    traced = run("trace", "serving_cost", "token_cost_cny", "--currency", "CNY").stdout
    assert "CNY per USD: 7.1 CNY/USD [cny_per_usd; document 003, pretraining (2023-11-01)]" in traced
    shown = run("show", "serving_cost", "--currency", "CNY").stdout
    assert "Answer: token_cost_cny, the lower the better" in shown
    assert CATALOG in shown.splitlines()
    assert run("inputs", "serving_cost", "--currency", "CNY", "-o", "inputs.toml").exit_code == 0
    text = Path("inputs.toml").read_text(encoding="utf-8").replace("value = 7.1", "value = 8.0")
    Path("inputs.toml").write_text(text, encoding="utf-8")
    read = run("eval", "serving_cost", "--currency", "CNY", "--inputs", "inputs.toml").stdout
    assert "In CNY at 8 CNY/USD" in read


@pytest.mark.parametrize("typed", [(), ("--rate", "fixing")])
def test_a_rate_of_the_ledger_itself_comes_before_the_catalog(
    run: Run, monkeypatch: pytest.MonkeyPatch, typed: tuple[str, ...]
) -> None:
    def local() -> Ledger:
        book = Ledger("Rent", as_of="2024-01-01")
        fixing = book.assume("fixing", "8 CNY/USD", source="bank")
        book.line("rent", book.assume("lease", "100 USD/month") + book.assume("fee", "8 CNY/month") / fixing)
        return book

    monkeypatch.setattr(templates, "find", lambda _: local)
    shown = run("eval", "serving_cost", "--currency", "CNY", *typed).stdout

    assert "In CNY at 8 CNY/USD [bank (2024-01-01)]." in shown.splitlines()
    assert "cny_per_usd" not in shown


def test_amounts_that_are_in_it_already(run: Run) -> None:
    shown = run("eval", "serving_cost", "--currency", "USD").stdout

    assert "All amounts are in USD already." in shown.splitlines()
    assert "token_cost_usd" not in shown


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (
            ("--currency", "EUR"),
            (
                "Error: Line 'token_cost' is in USD/Mtoken; no exchange rate from USD to EUR is given. The catalog "
                "has none either. Give one: --rate '... EUR/USD' --rate-source '...' --rate-as-of year-month-day."
            ),
        ),
        (
            ("--rate", "7 CNY/USD"),
            "Error: --rate and what follows it need --currency, such as --currency CNY.",
        ),
        (
            ("--currency", "CNY", "--rate-source", "bank"),
            "Error: --rate-source and --rate-as-of belong to a --rate, such as --rate '7.1 CNY/USD'.",
        ),
        (
            ("--currency", "CNY", "--rate", "7 CNY/USD", "--rate-as-of", "yesterday"),
            "Error: 'yesterday' is not a date. Write it as year-month-day, such as '2026-01-31'.",
        ),
        (
            ("--currency", "CNY", "--rate", "7"),
            (
                "Error: The exchange rate: Cannot read '7': it has no unit; write '7 ratio' if it is a plain number. "
                "Give one such as '7.1 CNY/USD'."
            ),
        ),
    ],
)
def test_refused(refused: Refused, flags: tuple[str, ...], message: str) -> None:
    assert refused("eval", "serving_cost", *flags) == message
