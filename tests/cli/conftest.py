"""A small template named serving_cost, so that a test can work out its figures by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from unitledger import templates
from unitledger.cli import main
from unitledger.errors import UnknownName, did_you_mean
from unitledger.ledger import Ledger

Run = Callable[..., Result]


def serving_cost() -> Ledger:
    """Two options; the second brings its own price, load and scheme."""
    book = Ledger("Serving a model", option="rtx4090", as_of="2023-10-01", owner="ops", excludes=["staff", "PUE"])
    book.section("Hardware")
    price = book.assume(
        "hardware.price",
        "40000 USD/machine",
        label="Price of a machine",
        source="quote 7",
        low="30000 USD/machine",
        high="50000 USD/machine",
        note='says "net", 10 % off',
    )
    life = book.assume("life", "3 year", label="Service life", source="assumed", as_of="2023-01-31", above=0)
    book.section("Sales")
    scheme = book.choice("scheme", ["pipeline", "tensor"], label="Scheme", source="assumed")
    rate = book.assume("rate", "10 ktoken/s/machine", label="Token rate", source="measured")
    load = book.assume(
        "load", "100 %", label="Share of time sold", source="assumed", low="30 %", minimum="0 %", maximum="100 %"
    )
    book.section("Cost")
    hour = book.line("machine_hour", price / life, unit="USD/machine/h", label="Cost of a machine hour")
    made = book.line("made", scheme.select(pipeline=rate, tensor=rate + rate), label="Tokens made")
    sold = book.line("sold", made * load, unit="Mtoken/machine/h", label="Tokens sold")
    cost = book.line("token_cost", hour / sold, unit="USD/Mtoken", label="Cost of a million tokens")
    book.option("h100", {"hardware.price": "300000 USD/machine", "load": "50 %", "scheme": "tensor"}, source="quote 8")
    book.headline(cost, beside=[hour])
    book.alert(hour > sold * cost + hour, "this one never shows")
    budget = book.assume("budget", "100000 USD/machine", label="Budget", low="0 USD/machine")
    book.alert(price > budget, "the price is above the budget")
    book.advise(price <= budget, "buy it", topic="the machine")
    return book


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run the command in an empty folder: run("eval", "serving_cost")."""

    shipped = templates.find

    def find(name: str) -> Callable[[], Ledger]:
        if name == "model_architecture":
            return shipped(name)
        if name != "serving_cost":
            raise UnknownName(f"There is no template {name!r}.{did_you_mean(name, ['serving_cost'])}")
        return serving_cost

    monkeypatch.setattr(templates, "find", find)
    monkeypatch.setattr(templates, "names", lambda: ("serving_cost",))
    monkeypatch.setattr(templates, "describe", lambda _: "Cost of a million tokens.")
    monkeypatch.setattr("unitledger.cli.commands.files.reconcile", lambda _: ())
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(main, arguments, prog_name="unitledger")

    return invoke


@pytest.fixture
def refused(run: Run) -> Callable[..., str]:
    """Run a command that must fail with exit code 2 and nothing on standard output; return its message."""

    def invoke(*arguments: str) -> str:
        result = run(*arguments)
        assert (result.exit_code, result.stdout) == (2, ""), result.output
        assert isinstance(result.exception, SystemExit)
        assert result.stderr.count("\n") == 1
        return result.stderr.strip()

    return invoke
