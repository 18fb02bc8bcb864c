"""Values, provenance and what a ledger says of itself, in words."""

from __future__ import annotations

from unitledger.model import AxisInput, Choice, Constant, Entries, Figure, Input, Line, Words
from unitledger.units import Quantity, Unit, number_text, quantity


def shown(stored: float, unit: Unit) -> str:
    """Return a stored magnitude as people write it beside the unit: 30 for 0.3 in `%`; or a date."""
    return number_text(float(quantity(stored, unit).magnitude), unit)


def stated(target: Input, value: float | str) -> str:
    """Return what an input is set to: the word of a choice, else the number as people write it beside the unit."""
    return str(value) if isinstance(target, Choice) else shown(float(value), target.unit)


def unit_text(target: Input) -> str:
    """Return the unit of an input; a choice has none."""
    return "" if isinstance(target, Choice) else target.unit.spelling


def said(value: Quantity | str) -> str:
    """Return a quantity with thousands commas, or the word of a choice."""
    if isinstance(value, str):
        return value
    unit = Unit.of(value)
    number = number_text(float(value.magnitude), unit)
    return number if unit.is_date else f"{number} {unit}"


def origin(figure: Figure) -> str:
    """Return where a figure is from and the day it held."""
    source = figure.source or "source not stated"
    return f"{source} ({figure.as_of})" if figure.as_of else source


def figure_of(entries: Entries, name: str, option: str) -> Figure | None:
    """Return what is stated of a constant, or of an input in an option; None for a line.

    Of what has several figures, it is what the first says.
    """
    entry = entries[name]
    if isinstance(entry, Line):
        return None
    if isinstance(entry, AxisInput):
        return entry.setting.figure
    return entry.figure if isinstance(entry, Constant | Words) else entries.setting(name, option).figure


def one_line(text: str) -> str:
    """Return a text with blanks for whatever does not print, so that it can break neither a line nor a terminal."""
    return "".join(character if character.isprintable() else " " for character in text)


def cover(entries: Entries) -> list[str]:
    """Return what a ledger states of its purpose, decision, period, people and days, a line for each that it does."""
    stated = {
        "Purpose": entries.purpose,
        "Decision asked for": entries.decision,
        "Figures for": entries.period,
        "Author": entries.author,
        "Owner": entries.owner,
        "Built on": entries.built_on,
    }
    return [f"{what}: {said}" for what, said in stated.items() if said]


def answered(entries: Entries, called: str) -> str:
    """Return what the answer is and which is the best, if one is; `called`: what the headline is called."""
    assert entries.answer is not None
    how = f"the {entries.answer.better} the better" if entries.alternatives else "case by case"
    return f"Answer: {called}, {how}"


def recommended(entries: Entries) -> str:
    """Return the word before advice: among cases nothing is recommended, what is advised holds for one of them."""
    return "Recommended" if entries.alternatives else "Advice"
