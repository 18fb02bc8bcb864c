"""What an answer is made of, as a tree."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import ledgers

from unitledger.errors import CalculationError, UnknownName
from unitledger.expression import value
from unitledger.ledger import Ledger
from unitledger.model import Choice, Line, Words
from unitledger.units import Q, Quantity, magnitude

# 5 kW at 0.10 USD/kWh are 0.5 USD/h; 7,300 USD/month over 730 h are 10; half of 2 is 1; (11.5 + 0.5) / 50 % is 24.
TREE = """\
Cost of an hour, rented, as of 2024-03-01
An hour sold: 24 USD/h = (An hour + Energy) ÷ Share of time sold
├── An hour: 11.5 USD/h = sum of (Energy, Hire, Guard)
│   ├── Energy: 0.5 USD/h = Draw × Power: tariff
│   │   ├── Draw: 5 kW [draw; data sheet (2024-03-01)]
│   │   └── Power: tariff: 0.1 USD/kWh [power.tariff; supply contract (2024-03-01)]
│   ├── Hire: 10 USD/h = Rent ÷ hours per month
│   │   ├── Rent: 7,300 USD/month [rent; offer 1 (2024-03-01)]
│   │   └── hours per month: 730 h/month [conversion]
│   └── Guard: 1 USD/h = the case of (Billing, Metered, Flat)
│       ├── Billing: metered [billing; house contract (2024-03-01)]
│       ├── Metered: 1 USD/h = Watchman × Share of time sold
│       │   ├── Watchman: 2 USD/h [watchman; house contract (2024-03-01)]
│       │   └── Share of time sold: 50 % [load; source not stated (2024-03-01)]
│       └── Flat: 4 USD/h, not used here
├── Energy: 0.5 USD/h, see above
└── Share of time sold: 50 %, see above"""


def test_a_trace_prints_as_the_tree_of_what_the_line_is_made_of(machine: Ledger) -> None:
    assert str(machine.trace("sold")) == TREE


def test_another_option_follows_its_own_settings(machine: Ledger) -> None:
    assert str(machine.trace("guard", "bought")).splitlines() == [
        "Cost of an hour, bought, as of 2024-03-01",
        "Guard: 4 USD/h = the case of (Billing, Metered, Flat)",
        "├── Billing: flat [billing; offer 2 (2024-03-02)]",
        "├── Metered: 1 USD/h, not used here",
        "└── Flat: 4 USD/h = Watchman + Watchman",
        "    └── Watchman: 2 USD/h [watchman; house contract (2024-03-01)]",
    ]


def test_the_rows_can_be_read_by_a_program_and_cannot_be_changed(machine: Ledger) -> None:
    trace = machine.trace("hire", "bought")
    line, rent, hours = trace.parts

    assert (trace.option, line.depth, line.name, line.formula) == ("bought", 0, "hire", "Rent ÷ hours per month")
    assert line.value == Q("5 USD/h")
    assert (rent.depth, rent.value, rent.source) == (1, Q("3650 USD/month"), "offer 2 (2024-03-02)")
    assert (hours.name, hours.value) == ("", Q("730 h/month"))
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        trace.option = "rented"  # type: ignore[misc]


def test_an_input_is_made_of_nothing_else(machine: Ledger) -> None:
    assert str(machine.trace("draw")) == (
        "Cost of an hour, rented, as of 2024-03-01\nDraw: 5 kW [draw; data sheet (2024-03-01)]"
    )


def test_what_cannot_be_traced_is_refused(machine: Ledger) -> None:
    with pytest.raises(UnknownName) as unknown:
        machine.trace("solt")
    assert str(unknown.value) == "'Cost of an hour' has no line or input named 'solt'. Did you mean 'sold'?"
    with pytest.raises(UnknownName, match="has no option 'leased'; it has rented, bought"):
        machine.trace("sold", "leased")
    with pytest.raises(CalculationError, match="Line 'sold' has no value in option 'rented': it divides by zero"):
        machine.with_settings({"rented": {"load": "0 %"}}).trace("hour")


def test_texts_cannot_break_a_row() -> None:
    book = Ledger("Plain")
    book.assume("rent", "2 USD/h", label="[bold]Rent", source="offer\nof \u202eMay")

    assert str(book.trace("rent")) == "Plain, base\n[bold]Rent: 2 USD/h [rent; offer of  May]"


def test_a_notebook_shows_the_tree_as_text(machine: Ledger) -> None:
    html = machine.trace("sold")._repr_html_()

    assert html.startswith('<div class="tex2jax_ignore mathjax_ignore">\n<pre>Cost of an hour, rented')
    assert "│   ├── Hire: 10 USD/h = Rent ÷ hours per month\n" in html


def test_lines_may_build_on_each_other_a_thousand_deep() -> None:
    book = Ledger("Deep")
    step = book.assume("step", "1 USD")
    line = book.line("line_0", step)
    for place in range(1, 1500):
        line = book.line(f"line_{place}", line + step)
    trace = book.trace(line.name)

    assert trace.parts[0].value == Q("1500 USD")
    assert len(trace.parts) == 2 * 1500
    assert str(trace).count("see above") == 1499


@given(st.data())
def test_each_row_can_be_worked_out_from_the_rows_beneath_it(data: st.DataObject) -> None:
    book = data.draw(ledgers())
    option = data.draw(st.sampled_from(list(book.options)))
    name = data.draw(st.sampled_from(list(book.lines)))
    parts = book.trace(name, option).parts

    in_full = [part.name for part in parts if part.name and not part.remark]
    assert len(in_full) == len(set(in_full))
    for place, part in enumerate(parts):
        entry = book[part.name] if part.name else None
        if not isinstance(entry, Line) or part.remark:
            continue
        known: dict[str, float] = {}
        for below in parts[place + 1 :]:
            if below.depth <= part.depth:
                break
            if below.depth == part.depth + 1 and below.name and below.remark != "not used here":
                known[below.name] = stored(book, below.name, below.value)
        # A row shows 15 digits of what it stands for.
        assert value(entry.lowered, known.__getitem__) == pytest.approx(
            stored(book, part.name, part.value), rel=1e-9, abs=1e-9 * max(map(abs, known.values()))
        )


def stored(book: Ledger, name: str, shown: Quantity | str) -> float:
    entry = book[name]
    if isinstance(entry, Choice):
        return entry.place(str(shown))
    assert isinstance(shown, Quantity)
    assert not isinstance(entry, Words)
    return magnitude(shown, entry.unit, book.calendar)
