"""Values, provenance and what a ledger says of itself, in words; and the whole of it at a glance.

Lines by section, options as columns, what they rest on, and what to know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import attrs

from unitledger.errors import CalculationError
from unitledger.expression import words
from unitledger.model import AxisInput, Choice, Constant, Entries, Figure, Input, Line, Words
from unitledger.units import Quantity, Unit, number_text, quantity
from unitledger.views.grid import Grid, details, page, paragraph, plain, sectioned, wrapped


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


_CONSTANTS = ("Constant", "What it is", "Value", "Unit", "Source")

Results = Mapping[str, Mapping[str, float]]


@attrs.frozen
class Overview:
    """A ledger as texts. `lines`: none yet, or a grid; `notes`: what to know; `grids`: inputs and constants, titled."""

    heading: str
    lines: Grid | None
    notes: tuple[str, ...]
    grids: tuple[tuple[str, Grid], ...]

    def to_html(self) -> str:
        """Return a page: heading, lines, notes, and the rest folded away."""
        blocks = [paragraph(self.heading, strong=True)]
        if self.lines is not None:
            blocks.append(self.lines.to_html())
        blocks += [paragraph(note) for note in self.notes]
        blocks += [details(title, grid.to_html()) for title, grid in self.grids]
        return page(*blocks)

    def __str__(self) -> str:
        """The figures as text for any terminal, without formulas and sources."""
        blocks = [wrapped(self.heading)]
        if self.lines is not None:
            blocks.append(plain(self.lines))
        blocks.append("\n".join(map(wrapped, self.notes)))
        blocks += [f"{title}\n{plain(grid)}" for title, grid in self.grids]
        return "\n\n".join(filter(None, blocks))


def overview(
    entries: Entries,
    values: Callable[[str], Mapping[str, float]],
    raised: Callable[[str], Iterable[str]],
    advised: Callable[[str], Iterable[str]],
) -> Overview:
    """Return a ledger at a glance; an option that has no value shows why instead.

    `values`: stored magnitudes of inputs, constants and lines in an option; `raised` and `advised`: the alerts and the
    advice that hold there.
    """
    results: dict[str, Mapping[str, float]] = {}
    alerts: dict[str, Iterable[str]] = {}
    advice: dict[str, Iterable[str]] = {}
    failed: list[str] = []
    for option in entries.options:
        try:
            results[option] = values(option)
            alerts[option] = raised(option)
            advice[option] = advised(option)
        except CalculationError as reason:
            failed.append(str(reason))
    grids = []
    if entries.inputs:
        grids.append((f"Inputs ({len(entries.inputs)})", _inputs(entries)))
    if entries.constants:
        grids.append((f"Constants ({len(entries.constants)})", constants_table(entries, _CONSTANTS)))
    heading = entries.title + (f", as of {entries.as_of}" if entries.as_of else "")
    notes = (*failed, *_notes(entries, alerts, advice))
    return Overview(heading, _lines(entries, results) if entries.lines else None, notes, tuple(grids))


def _notes(entries: Entries, raised: Mapping[str, Iterable[str]], advised: Mapping[str, Iterable[str]]) -> list[str]:
    notes = cover(entries)
    if not entries.lines:
        notes.append("No lines yet: add one with line(name, formula) or add(cost line).")
    if entries.answer is not None:
        label = entries[entries.answer.line].label
        notes.append(f"{answered(entries, label)}.")
    notes += [f"{option.name}: {option.description}" for option in entries.options.values() if option.description]
    notes += by_option(recommended(entries), advised)
    notes += by_option("Alert", raised)
    if entries.exclusions:
        notes.append(f"Not in these figures: {', '.join(entries.exclusions)}.")
    return notes


def by_option(what: str, told: Mapping[str, Iterable[str]]) -> list[str]:
    """Return each text once, behind `what` it is and the options that it is told in; `told`: texts by option."""
    where: dict[str, list[str]] = {}
    for option, texts in told.items():
        for text in texts:
            where.setdefault(text, []).append(option)
    return [f"{what} ({', '.join(options)}): {text}" for text, options in where.items()]


def _lines(entries: Entries, results: Results) -> Grid:
    def row(line: Line) -> tuple[str, ...]:
        figures = (
            shown(results[option][line.name], line.unit) if option in results else "no value"
            for option in entries.options
        )
        return line.label, *figures, line.unit.spelling, words(line.written, lambda name: entries[name].label)

    rows = sectioned((line.section, row(line)) for line in entries.lines.values())
    headings = ("Line", *entries.options, "Unit", "How it is worked out")
    return Grid(headings, tuple(rows), frozenset(range(1, len(entries.options) + 1)))


def _inputs(entries: Entries) -> Grid:
    def row(target: Input) -> tuple[str, ...]:
        settings = [entries.setting(target.name, option) for option in entries.options]
        figures = (stated(target, setting.value) for setting in settings)
        sources = dict.fromkeys(origin(setting.figure) for setting in settings)
        return target.name, target.label, *figures, unit_text(target), "; ".join(sources)

    rows = sectioned((target.section, row(target)) for target in map(entries.input, entries.inputs))
    headings = ("Input", "What it is", *entries.options, "Unit", "Source")
    return Grid(headings, tuple(rows), frozenset(range(2, len(entries.options) + 2)))


def constants_table(entries: Entries, headings: tuple[str, ...]) -> Grid:
    """Return the constants of a ledger: name, label, value, unit and source under five headings."""
    rows = (
        (each.name, each.label, shown(each.magnitude, each.unit), each.unit.spelling, origin(each.figure))
        for each in entries.constants.values()
    )
    return Grid(headings, tuple(rows), frozenset({2}))
