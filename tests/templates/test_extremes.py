"""Every input of every template at its extremes: refused by its name, or lines that are plausible or told not to be."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from unitledger.compute.alerts import check_options
from unitledger.errors import CalculationError, OptionRefused, ValueRefused
from unitledger.ledger import Ledger
from unitledger.model import Assumption
from unitledger.templates import find, names
from unitledger.units import quantity

# Differences and growth may well be below zero, and what something costs above the whole of what it earns.
SIGNED = re.compile("growth|margin|excess|reduction|cache_saved|owner_allowance|npv")
NO_PART = {"cost_to_price", "claimed_share", "revenue_share", "printed.revenue_share", "return"}


def inputs(book: Ledger) -> Iterator[tuple[Assumption, str]]:
    """Yield each number with each option."""
    for entry in book.inputs.values():
        if isinstance(entry, Assumption):
            yield from ((entry, option) for option in book.options)


def not_plausible(book: Ledger, option: str) -> set[str]:
    """Lines below zero, and shares of more than the whole."""
    values = book.values(option)
    return {
        name
        for name, line in book.lines.items()
        if not SIGNED.search(name)
        and (values[name] < 0 or (line.unit.written != 1 and name not in NO_PART and values[name] > 1))
    }


def unsaid(book: Ledger, other: Ledger, option: str) -> set[str]:
    """Lines that are not plausible once an input is changed, where no alert holds that did not before."""
    found = not_plausible(other, option) - not_plausible(book, option)
    return found if set(other.raised(option)) <= set(book.raised(option)) else set()


def changed(book: Ledger, option: str, entry: Assumption, stored: float) -> Ledger | None:
    """Return the ledger with an input set otherwise, None where that is refused by the input's name."""
    try:
        made = book.with_settings({option: {entry.name: quantity(stored, entry.unit)}})
        check_options(made, [option])
    except ValueRefused as refused:
        if not str(refused).startswith(f"Input {entry.name!r}: "):
            raise
        return None
    except OptionRefused as refused:
        if entry.name not in refused.args[1]:
            raise
        return None
    return made


@pytest.mark.parametrize("name", names())
def test_every_input_at_zero_is_refused_by_its_name_or_leaves_plausible_lines(name: str) -> None:
    book = find(name)()
    for entry, option in inputs(book):
        zero = changed(book, option, entry, 0)
        assert zero is None or unsaid(book, zero, option) == set(), (entry.name, option)


@pytest.mark.parametrize("name", names())
def test_what_is_not_plausible_as_a_template_stands_is_said(name: str) -> None:
    book = find(name)()
    for option in book.options:
        assert not not_plausible(book, option) or book.raised(option), option


@pytest.mark.parametrize("factor", [1000, 0.001, -1])
@pytest.mark.parametrize("name", names())
def test_an_input_far_off_leaves_plausible_lines_or_is_told(name: str, factor: float) -> None:
    book = find(name)()
    for entry, option in inputs(book):
        far = changed(book, option, entry, factor * float(book.setting(entry.name, option).value))
        try:
            assert far is None or unsaid(book, far, option) == set(), (entry.name, option)
        except CalculationError as refused:
            # Nothing is left without a number but a power of something so large.
            if "it is too large to be a number" not in str(refused):
                raise


@pytest.mark.parametrize("name", names())
def test_half_a_card_is_refused_wherever_cards_are_counted(name: str) -> None:
    book = find(name)()
    for entry, option in inputs(book):
        # What is counted, per anything but a rack, whose machines may be a mean.
        if re.match(r"(gpu|host|nic|port|layer|machine|expert|core)(/(?!rack)|$)", entry.unit.spelling):
            half = float(book.setting(entry.name, option).value) + 0.5
            assert changed(book, option, entry, half) is None, (entry.name, option)
