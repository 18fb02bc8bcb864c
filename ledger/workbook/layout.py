"""Which cell holds what: rows of inputs, constants, factors and lines; columns of options.

Options have the same columns on Inputs, Calc and Checks, so that one formula serves a row on every sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

import attrs

from unitledger.expression import factors
from unitledger.expression.digits import canonical
from unitledger.model import Assumption, AxisLine, Breakdown, Entries, Words, anchor, breakdown, conditions, key_figures
from unitledger.units import Definition, Step, compatible_units, own_definitions
from unitledger.workbook import text
from unitledger.workbook.parts import count

SUMMARY = "Summary"
INPUTS = "Inputs"
CONSTANTS = "Constants"
CALC = "Calc"
TIMELINE = "Timeline"
MONTHS = "Months"
YEARS = "Years"
VARIANCE = "Variance"
TABLES = "Tables"
TABLES_AS_BUILT = "Tables as built"
TIMELINE_AS_BUILT = "Timeline as built"
SECOND = "Second calculation"
SENSITIVITY = "Sensitivity"
UNCERTAINTY = "Uncertainty"
CHECKS = "Checks"
AS_BUILT_SHEET = "As built"
CHANGES = "Changes"
RECONCILIATION = "Reconciliation"
FORMULA_MAP = "Formula map"
READ_ME = "Read me"

NEEDED_SHEETS = (
    *(INPUTS, TIMELINE, TABLES, CALC, MONTHS, SECOND, CHECKS),
    *(AS_BUILT_SHEET, TIMELINE_AS_BUILT, TABLES_AS_BUILT, CONSTANTS),
)
"""The sheets that carry the formulas; every workbook has those of its ledger."""

MOST_KEY_FIGURES = 8
"""So many key figures are shown on Summary."""

# Title, status strip, a hint, and the headings; the first figure is in the row after these.
TITLE_ROW = 0
STRIP_ROW = 1
HINT_ROW = 2
HEADING_ROW = 3
FIRST_ROW = 4
LABEL_COLUMN = 0
UNIT_COLUMN = 1
FIRST_OPTION = 2
CONSTANT_COLUMN = 2

# Names of the cells above the figures of a sheet, by which the sheet is found again.
HEAD_OF_INPUTS = "head_inputs"
HEAD_OF_CALC = "head_calc"
HEAD_OF_CONSTANTS = "head_constants"
HEAD_OF_TIMELINE = "head_timeline"
HEAD_OF_TIMELINE_AS_BUILT = "head_built_timeline"
HEAD_OF_MONTHS = "head_months_"
"""Begins the name of the headings of an option's periods; the number of the option ends it."""
HEAD_OF_TABLE = "head_table_"
"""Begins the name of the headings of a table; the name of the table ends it."""
HEADINGS = (HEAD_OF_INPUTS, HEAD_OF_CALC, HEAD_OF_CONSTANTS)
# Names of the options when built, on As built, and of the one among them that is spare.
BUILT_OPTIONS = "built_options"
SPARE_OPTION = "spare_option"
# Columns of Inputs, counted from the first after the options.
LOW, HIGH, SOURCE, AS_OF, OWNER, NOTE, REVIEWED_BY, REVIEWED_ON, FACTOR = range(9)

# The three status cells on Checks, which every sheet shows.
STATUS_COLUMN = 2
INTEGRITY_ROW = 4
STATE_ROW = 5
ALERTS_ROW = 6


Own = tuple[str, str]
"""An input, and the option whose own figure of it a row of Inputs is about."""

_Key = TypeVar("_Key")


@attrs.frozen
class Layout:
    """Rows of a ledger's entries on the sheets, counted from 0.

    `inputs`: on Inputs; `own`: beneath them, by input and option, what is stated of an option's own figure; `used`: the
    same inputs on Calc; `lines`: on Calc, and beneath them `parts`: those of the first key figure;
    `constants` and `factors`: on Constants (a factor that multiplies and one that divides share a row);
    `lists`: first row of a choice's words on Constants; `units`: rows on Constants of the units to type instead of
    one, by its spelling; `definitions`: of units that do not come with unitledger; `headings`: rows of section
    titles, by sheet;
    `tolerance` and `percent`: rows on Constants of the tolerance and of the 100 that makes percent of a share.
    `sheets`: names of those that are written if they have something to hold; `static`: names of those with a table
    that no formula follows. `made_of`: what the first key figure is made of, if it is made of parts.
    `currency_decimals`: see `Style`. `several`: the names of the sheets of periods, one for each option, and of those
    of tables, by what stands for them.
    """

    options: tuple[str, ...]
    inputs: dict[str, int]
    own: dict[Own, int]
    used: dict[str, int]
    lines: dict[str, int]
    parts: range
    constants: dict[str, int]
    factors: dict[Step, int]
    lists: dict[str, int]
    units: dict[str, range]
    definitions: dict[Definition, int]
    tolerance: int
    percent: int
    headings: dict[str, dict[int, str]]
    sheets: frozenset[str]
    static: tuple[str, ...]
    made_of: Breakdown | None
    currency_decimals: int | None = None
    several: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)

    def sheets_of(self, name: str) -> tuple[str, ...]:
        """Return the names of the sheets that one name stands for: itself, or several."""
        return self.several.get(name, (name,))

    @property
    def rest(self) -> int:
        """Row on Calc of what the parts leave of the answer."""
        return self.parts.stop

    @property
    def option_columns(self) -> range:
        """Columns of the options."""
        return range(FIRST_OPTION, FIRST_OPTION + len(self.options))

    @property
    def after_options(self) -> int:
        """First column after the options."""
        return FIRST_OPTION + len(self.options)

    @property
    def in_words(self) -> int:
        """Column of Calc that says how lines are computed; the one before it is empty."""
        return self.after_options + 1

    def beside(self, column: int) -> int:
        """Return a column of Inputs by its place after the options: LOW, FACTOR and so on."""
        return self.after_options + column


def layout(entries: Entries, sheets: frozenset[str] = frozenset(), static: tuple[str, ...] = ()) -> Layout:
    """Lay a ledger out; `sheets`: names of those to write, `static`: of those with a static table."""
    headings: dict[str, dict[int, str]] = {INPUTS: {}, CALC: {}, CONSTANTS: {}}
    inputs, own = _inputs(entries, headings[INPUTS])
    row = FIRST_ROW
    used = {}
    if inputs:
        headings[CALC][row] = text.INPUTS_USED
        used = {name: row + 1 + place for place, name in enumerate(inputs)}
        row += len(used) + 2
    sections = {name: line.section for name, line in entries.lines.items()}
    if used and sections and not next(iter(sections.values())):
        headings[CALC][row] = text.LINES
        row += 1
    lines = _sectioned(sections, row, headings[CALC], text.UNTITLED_LINES)
    shown = key_figures(entries)
    made_of = breakdown(entries, shown[0]) if shown else None
    row = max(lines.values(), default=row) + 3
    parts = range(row, row)
    if made_of is not None:
        headings[CALC][row - 1] = text.MADE_OF.format(answer=entries.lines[made_of.answer.name].label)
        parts = range(row, row + count(made_of))
    constants, steps, tolerance, lists, units, definitions = _constants(entries, headings[CONSTANTS])
    options = tuple(entries.options)
    rows = inputs, own, used, lines, parts, constants, steps, lists, units, definitions, tolerance, tolerance + 1
    return Layout(options, *rows, headings, sheets, static, made_of)


def unit_lists(entries: Entries) -> dict[str, tuple[tuple[str, float], ...]]:
    """Return by the spelling of each unit of an input the units to type instead, with their factors of 15 digits.

    A unit instead of which there is none to type has no list.
    """
    units = {entry.unit.spelling: entry.unit for entry in entries.inputs.values() if isinstance(entry, Assumption)}
    listed = {spelling: compatible_units(unit, entries.calendar) for spelling, unit in units.items()}
    return {
        spelling: tuple((other, canonical(float(factor))) for other, factor in others)
        for spelling, others in listed.items()
        if len(others) > 1
    }


def own_units(entries: Entries) -> tuple[Definition, ...]:
    """Return the definitions, not of unitledger, of the units of a ledger's figures."""
    units = {entry.unit for entry in entries.inputs.values() if isinstance(entry, Assumption)}
    units |= {constant.unit for constant in entries.constants.values()}
    units |= {row.unit for row in entries.rows.values()}
    units |= {column.unit for column in entries.columns.values() if not isinstance(column, Words)}
    return own_definitions(units | {line.unit for line in entries.lines.values()})


def input_name(name: str) -> str:
    """Return the defined name of an input's cells on Inputs."""
    return f"in_{anchor(name)}"


def output_name(name: str) -> str:
    """Return the defined name of an answer's cells on Calc."""
    return f"out_{anchor(name)}"


def answers(entries: Entries) -> tuple[str, ...]:
    """Return the lines that answer the ledger's question."""
    answer = entries.answer
    return () if answer is None else tuple(dict.fromkeys((answer.line, *answer.beside)))


def _inputs(entries: Entries, headings: dict[int, str]) -> tuple[dict[str, int], dict[Own, int]]:
    """Rows on Inputs by section, in the order of the ledger, and beneath each input those of options' own figures.

    An option has such a row where its figure has another range or provenance than that of the base option.
    """
    order = list(dict.fromkeys(entry.section for entry in entries.inputs.values()))
    sections: dict[str | Own, str] = {}
    for name, target in sorted(entries.inputs.items(), key=lambda held: order.index(held[1].section)):
        sections[name] = target.section
        for option in entries.options.values():
            own = option.settings.get(name)
            if own is not None and not own.stated_like(target.setting):
                sections[name, option.name] = target.section
    rows = _sectioned(sections, FIRST_ROW, headings, text.UNTITLED_INPUTS)
    inputs = {key: row for key, row in rows.items() if isinstance(key, str)}
    return inputs, {key: row for key, row in rows.items() if not isinstance(key, str)}


def _sectioned(sections: Mapping[_Key, str], first: int, headings: dict[int, str], untitled: str) -> dict[_Key, int]:
    """Give each key a row from `first` on; where the section changes, a row for its title comes before.

    Names without a section need a title (`untitled`) only after those of a section.
    """
    rows: dict[_Key, int] = {}
    row = first
    current = ""
    for key, section in sections.items():
        if section != current:
            headings[row] = section or untitled
            current = section
            row += 1
        rows[key] = row
        row += 1
    return rows


def _constants(
    entries: Entries, headings: dict[int, str]
) -> tuple[dict[str, int], dict[Step, int], int, dict[str, int], dict[str, range], dict[Definition, int]]:
    """Rows on Constants: constants, factors, tolerance with the percent beneath, words of choices, units of inputs.

    Definitions of units come last.
    """
    row = FIRST_ROW
    constants = {}
    if entries.constants:
        headings[row] = text.NAMED_CONSTANTS
        constants = {name: row + 1 + place for place, name in enumerate(entries.constants)}
        row += len(constants) + 2
    steps = dict.fromkeys(_steps(entries))
    placed: dict[Step, int] = {}
    if steps:
        headings[row] = text.CONVERSION_FACTORS
        names = {name: row + 1 + place for place, name in enumerate(dict.fromkeys(step.name for step in steps))}
        placed = {step: names[step.name] for step in steps}
        row += len(names) + 2
    headings[row] = text.CHECKING
    tolerance = row + 1
    row += 4
    lists = {}
    for name, choice in entries.choices.items():
        headings[row] = text.WORDS_OF.format(choice=choice.label)
        lists[name] = row + 1
        row += len(choice.words) + 2
    units = {}
    every = unit_lists(entries)
    if every:
        headings[row] = text.UNITS_TO_TYPE
        row += 1
    for spelling, listed in every.items():
        units[spelling] = range(row, row + len(listed))
        row += len(listed)
    own = own_units(entries)
    if own:
        row += bool(every)
        headings[row] = text.OWN_UNITS
    definitions = {definition: row + 1 + place for place, definition in enumerate(own)}
    return constants, placed, tolerance, lists, units, definitions


def _steps(entries: Entries) -> Iterator[Step]:
    for form in dict.fromkeys(line.formed.form for line in entries.lines.values()):
        yield from factors(form.first)
    for row in (*entries.rows.values(), *entries.columns.values()):
        if isinstance(row, AxisLine):
            yield from factors(row.lowered)
            if row.initial is not None:
                yield from factors(row.initial)
    for condition in conditions(entries):
        yield from factors(condition)
