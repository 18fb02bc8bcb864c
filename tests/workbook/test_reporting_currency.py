"""A workbook in another currency: the exchange rate is a cell, and amounts follow it."""

from __future__ import annotations

from pathlib import Path

import pytest
import recalculate
from built import Built
from first_sheet import said, table
from recalculate import Desk

from unitledger import templates
from unitledger.ledger import Ledger
from unitledger.templates import catalog
from unitledger.units import Unit
from unitledger.workbook.look.formats import number_format

RATE = catalog.price("exchange_rate")["cny_per_usd"]


@pytest.fixture
def reported(machine: Ledger, tmp_path: Path) -> Built:
    return Built.of(machine.reported_in("CNY", rate=RATE), tmp_path / "machine.xlsx")


def test_summary_answers_in_the_reporting_currency_with_the_original_beneath(reported: Built) -> None:
    cells = reported.cached
    answer = said(cells)[0]
    labels = [row[0] for row in table(cells, "Key figures", "A", 6)]

    # An hour when bought is 0.6 + 5 + 2 USD; sold half of the time that is 15.2 USD, times 7.1.
    assert answer == "An hour sold in CNY is lowest with bought: 107.92 CNY/h (-33.9 % against rented)."
    assert labels[:2] == ["An hour sold in CNY", "An hour sold"]
    assert {"An hour in CNY", "An hour", "A year in CNY", "A year"} <= set(labels)


def test_another_engine_finds_the_same(reported: Built) -> None:
    assert recalculate.differences(reported.path, recalculate.formualizer(reported.path)) == []


def test_the_rate_is_edited_in_the_workbook(reported: Built) -> None:
    desk = Desk(reported.path)
    desk.type("Inputs", {reported.input("cny_per_usd", "rented"): 8})

    assert desk.status() == ("OK", "EDITED (1)", 0)
    assert desk.read("Calc", reported.line("hour_cny", "bought")) == pytest.approx(7.6 * 8)
    assert desk.read("Calc", reported.line("hour", "bought")) == pytest.approx(7.6)


def test_amounts_are_formatted_by_size_as_in_dollars() -> None:
    for figures in ([0.0123], [12.5, 3], [1_234_567.8], [1e16]):
        dollars, yuan = (number_format(Unit.parse(f"{money}/h"), figures) for money in ("USD", "CNY"))
        assert dollars == yuan


def test_read_me_tells_the_currency_and_the_day_of_its_rate(reported: Built, tmp_path: Path) -> None:
    def currencies(built: Built) -> str:
        cells = built.cached
        (row,) = (at[1:] for (sheet, at), held in cells.items() if (sheet, held) == ("Read me", "Currencies"))
        return str(cells["Read me", f"C{row}"])

    plain = "Exchange rates are inputs with source and date; there are no built-in rates."
    assert currencies(reported) == (
        f"{plain} Key figures are stated in CNY as well, at CNY per USD of 2023-11-01; the original amounts stand "
        "beside them."
    )
    local = templates.find("private_deployment")().reported_in("CNY")
    assert currencies(Built.of(local, tmp_path / "local.xlsx")) == (
        f"{plain} Key figures are stated in CNY as well, the original amounts beside them."
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "currency"),
    [
        ("serving_cost", "CNY"),
        ("training_run", "CNY"),
        ("api_query", "CNY"),
        ("silicon", "CNY"),
        ("private_deployment", "USD"),
        ("private_deployment", "CNY"),
    ],
)
def test_templates_in_another_currency(name: str, currency: str, tmp_path: Path) -> None:
    built = Built.of(templates.find(name)().reported_in(currency, rate=RATE), tmp_path / "template.xlsx")

    found = recalculate.formualizer(built.path)
    assert recalculate.differences(built.path, found) == []
    assert found["Summary", "A2"] == "Integrity: OK"
    assert built.ledger.reporting is not None
    for original, stated in built.ledger.reporting.lines.items():
        power = dict(built.ledger.lines[original].unit.physical)["[currency]"]
        rate = 7.1 if currency == "CNY" else 1 / 7.1
        for option in built.ledger.options:
            one, other = (found["Calc", built.line(line, option)] for line in (original, stated))
            assert other == pytest.approx(one * rate ** int(power))
    assert bool(built.ledger.reporting.lines) is (name != "private_deployment" or currency == "USD")
