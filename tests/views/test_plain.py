"""What print and a notebook show: a ledger at a glance, an entry as a figure with its unit, a quantity as written."""

from __future__ import annotations

from html import unescape
from pathlib import Path
from typing import Any

import pytest
from odd_ledgers import ODD
from rich.cells import cell_len

from unitledger import Q, templates
from unitledger.ledger import Ledger

SHOWN = """\
Cost of an hour, as of 2024-03-01

Line          rented  bought  Unit
------------  ------  ------  -----

Bill
Energy           0.5     0.5  USD/h
Hire              10       5  USD/h
Metered            1       1  USD/h
Flat               4       4  USD/h
Guard              1       4  USD/h
An hour         11.5     9.5  USD/h

Sale
An hour sold      24      20  USD/h

Answer: An hour sold, the lower the better.
Recommended (rented, bought): Turn the watchman off
Alert (rented, bought): The watchman costs more than the energy
Not in these figures: staff, repairs.

Inputs (5)
Input          rented  bought  Unit
------------  -------  ------  ---------

Energy
draw                5       5  kW
power.tariff      0.1     0.1  USD/kWh

Use
load               50      50  %
rent            7,300   3,650  USD/month
billing       metered    flat

Constants (1)
Constant  Value  Unit
--------  -----  -----
watchman      2  USD/h"""


class Printer:
    """What IPython hands to `_repr_pretty_`."""

    def __init__(self) -> None:
        self.written = ""

    def text(self, written: str) -> None:
        self.written += written


def pretty(shown: Any) -> str:
    printer = Printer()
    shown._repr_pretty_(printer, cycle=False)
    return printer.written


def test_a_printed_ledger_shows_it_at_a_glance(machine: Ledger) -> None:
    assert str(machine) == SHOWN


def test_an_empty_ledger_prints_what_to_do() -> None:
    assert str(Ledger("Nothing yet")) == (
        "Nothing yet\n\nNo lines yet: add one with line(name, formula) or add(cost line)."
    )


@pytest.mark.parametrize("name", ODD)
def test_no_terminal_wraps_what_an_odd_ledger_prints(name: str) -> None:
    printed = str(ODD[name]()).splitlines()

    assert max(map(cell_len, printed)) <= 80
    assert not any(line != line.rstrip() or "\t" in line for line in printed)


@pytest.mark.parametrize("name", templates.names())
def test_every_line_and_option_of_a_template_is_printed(name: str) -> None:
    book = templates.find(name)()
    printed = str(book)

    assert max(map(cell_len, printed.splitlines())) <= 80
    for label in (line.label for line in book.lines.values()):
        assert label[:30] in printed
    for option in book.options:
        assert option in printed


def test_an_entry_shows_as_a_figure_with_its_unit(machine: Ledger) -> None:
    shown = {name: str(machine[name]) for name in ("sold", "load", "watchman", "billing")}

    assert shown == {
        "sold": "sold = 24 USD/h",
        "load": "load = 50 %",
        "watchman": "watchman = 2 USD/h",
        "billing": "billing = metered",
    }
    for name, said in shown.items():
        assert pretty(machine[name]) == said
        assert machine[name]._repr_html_() == f"<span>{said}</span>"


def test_what_else_a_cell_may_end_with_shows_itself_in_a_line() -> None:
    book = Ledger("Rent", option="rack")
    dear = book.assume("rent", "10 USD/h") > book.assume("most", "5 USD/h")
    offers = book.table("offers", {"place": ["us", "eu"], "price": [9, 11]}, key="place", columns={"price": "USD/h"})
    shown: list[tuple[Any, str]] = [
        (book.option("hall", {"rent": "8 USD/h"}), "hall: rent = 8 USD/h"),
        (book.options["rack"], "rack"),
        (book.alert(dear, "It is dear."), "It is dear. (where rent > most)"),
        (book.advise(dear, "Ask again."), "Ask again. (where rent > most)"),
        (book.timeline("2027-01", 12), "2027-01 to 2027-12, 12 in all"),
        (offers, "offers (place, price [USD/h]), 2 in all"),
    ]
    for each, said in shown:
        assert (str(each), pretty(each), unescape(each._repr_html_())) == (said, said, f"<span>{said}</span>")


def test_an_entry_without_a_value_shows_why(machine: Ledger) -> None:
    idle = machine.with_settings({"rented": {"load": "0 %"}})

    assert pretty(idle["sold"]).startswith("sold: Line 'sold' has no value in option 'rented': it divides by zero (")
    # An input has a value all the same.
    assert pretty(idle["load"]) == "load = 0 %"


@pytest.mark.parametrize(
    ("quantity", "shown"),
    [
        (Q("0.0576311 USD/Mtoken"), "0.0576311 USD/Mtoken"),
        (Q("3 USD/Mtoken") * 2, "6 USD/Mtoken"),
        (Q("3 USD/Mtoken").to("USD/ktoken"), "0.003 USD/ktoken"),
        (Q("5 USD/machine/hour"), "5 USD/machine/hour"),
        (Q("25 %"), "25 %"),
    ],
)
def test_a_quantity_shows_in_a_notebook_as_it_prints(quantity: Any, shown: str) -> None:
    assert str(quantity) == shown
    assert quantity._repr_html_() == shown
    assert pretty(quantity) == shown
    assert quantity._repr_latex_ is None


def test_the_unit_of_a_quantity_shows_with_symbols() -> None:
    unit = Q("0.0576311 USD/Mtoken").units

    assert str(unit) == unit._repr_html_() == "USD/Mtoken"


def test_the_value_of_a_line_prints_in_its_unit(machine: Ledger, tmp_path: Path) -> None:
    machine.line("per_token", machine["sold"] / machine.assume("rate", "4 Mtoken/h"))

    assert f"{machine.lines['per_token'].value}" == "6 USD/Mtoken"
    assert str(machine.lines["per_token"]) == "per_token = 6 USD/Mtoken"
    assert "per_token" not in str(machine.read_edits(machine.to_excel(tmp_path / "machine.xlsx")))
