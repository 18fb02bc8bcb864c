"""What an answer is made of: found where it is exactly proportional to a total, and nowhere else."""

from __future__ import annotations

import pytest

from unitledger import templates
from unitledger.expression import Operand, maximum, round_up, straight_line, total, value, when
from unitledger.ledger import Ledger
from unitledger.model import breakdown, part_label


def machine() -> Ledger:
    """A machine hour of two parts, and what is needed to price its work."""
    book = Ledger("Machine")
    energy = book.line(
        "energy", book.assume("draw", "5 kW/machine") * book.assume("tariff", "0.1 USD/kWh"), "USD/machine/h"
    )
    rack = book.assume("rack", "730 USD/machine/month")
    book.total("hour", [energy, rack], "USD/machine/h")
    book.assume("throughput", "40 Mtoken/machine/h")
    book.assume("load", "50 %")
    return book


def labels(book: Ledger, formula: Operand) -> list[str] | None:
    """Labels of the parts of a formula."""
    return labels_of(book, "answer", formula)


PARTS = ["Energy", "Rack"]


def test_a_total_is_made_of_its_parts() -> None:
    book = machine()

    found = breakdown(book, "hour")
    assert found is not None
    assert found.is_total
    assert [part_label(book, part) for part in found.parts] == PARTS
    # The parts are in the unit of the total.
    assert [value(part, book.values().__getitem__) for part in found.parts] == [0.5, 1]


def test_a_quotient_of_a_total_is_made_of_its_parts() -> None:
    book = machine()
    sold = book.line("sold", book["throughput"] * book["load"])
    book.line("token_cost", book["hour"] / sold, "USD/Mtoken")

    found = breakdown(book, "token_cost")
    assert found is not None
    assert not found.is_total
    assert found.total == book.lines["hour"].expression
    assert [part_label(book, part) for part in found.parts] == PARTS


def test_the_way_leads_through_lines_conversions_signs_sums_of_one_and_depreciation() -> None:
    book = machine()
    hour, load = book["hour"], book["load"]
    year = book.line("year", hour, "kUSD/machine/year")
    credit = book.line("credit", -year)
    whole = book.total("whole", [credit])
    life = book.assume("life", "3 year")

    assert labels(book, load * total(whole)) == PARTS
    book.line("price", hour * life)
    assert labels_of(book, "depreciation", straight_line(book["price"], 0, life)) == PARTS
    assert labels_of(book, "with_rest", straight_line(book["price"], book["price"] * load, life)) == PARTS
    assert (
        labels_of(book, "with_scrap", straight_line(book["price"], book.assume("scrap", "1 USD/machine"), life)) is None
    )


def labels_of(book: Ledger, name: str, formula: Operand) -> list[str] | None:
    book.line(name, formula)
    found = breakdown(book, name)
    return None if found is None else [part_label(book, part) for part in found.parts]


def test_a_sum_that_is_no_total_is_made_of_its_parts_too() -> None:
    book = machine()
    energy, rack = book["energy"], book["rack"]

    assert labels(book, 0 + energy + rack) == PARTS
    assert labels_of(book, "sold", (energy + rack) / book["load"]) == PARTS
    tax = book.assume("tax", "20 %")
    assert labels_of(book, "taxed", energy * tax + rack) == ["Energy × Tax", "Rack"]


def test_of_two_totals_the_one_of_money_is_taken() -> None:
    book = machine()
    fleet = book.total("fleet", [book.assume("owned", "3 machine"), book.assume("spare", "1 machine")])

    assert labels(book, fleet * book["hour"]) == PARTS
    assert labels_of(book, "machines_first", fleet * book["load"]) == ["Owned", "Spare"]


def test_what_is_not_proportional_has_no_parts() -> None:
    book = machine()
    hour, energy, rack, load = (book[name] for name in ("hour", "energy", "rack", "load"))
    book.assume("least", "1 USD/machine/h")

    refused = {
        "an_input": book["rack"] * load,
        "a_difference": energy - rack,
        "a_rate": 1 + load,
        "below": load / hour,
        "least_of": maximum(hour, book["least"]),
        "whole_number": round_up(hour / book["least"]),
        "either": when(load > 0, hour, book["least"]),
        "square": hour * hour,
        "in_the_divisor": hour / (hour + book["least"]),
        "plus_something": hour / book["least"] + 1,
    }
    for name, formula in refused.items():
        assert labels_of(book, name, formula) is None, name
    assert labels_of(book, "one_part", total(energy)) is None
    beside = book.line("beside", hour + book["least"])
    assert labels_of(book, "in_a_line_of_the_divisor", hour / beside) is None


def test_a_thousand_lines_one_upon_the_other() -> None:
    book = machine()
    line = book["hour"]
    for place in range(1200):
        line = book.line(f"line_{place}", line * book["load"])

    found = breakdown(book, "line_1199")
    assert found is not None
    assert found.total == book.lines["hour"].expression


@pytest.mark.parametrize(
    ("template", "parts"),
    [
        ("serving_cost", ["Depreciation", "Energy", "Rack", "Hosting by the hour"]),
        ("machine_hour", ["Depreciation per PFLOP/s", "Energy per PFLOP/s"]),
        ("private_deployment", ["Inference: the cheaper way", "Fine-tuning: the cheaper way"]),
        ("service_metrics", ["Request to first token", "Time after the first token"]),
        ("api_query", ["Tokens put in × List price of tokens", "Tokens generated × List price of tokens"]),
        ("training_run", None),
        ("serving_capacity", None),
    ],
)
def test_templates(template: str, parts: list[str] | None) -> None:
    book = templates.find(template)()
    assert book.answer is not None

    found = breakdown(book, book.answer.line)
    assert (found and [part_label(book, part) for part in found.parts]) == parts
