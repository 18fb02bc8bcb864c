"""Top of the sheet Scenarios: what the selectors name, and the ranges that hold in each option."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from unitledger.compute.ranges import ends
from unitledger.expression import Expression, Number, Text, apply, equal, total, when
from unitledger.expression.arithmetic import ISNUMBER
from unitledger.expression.statistics import INDEX, MATCH
from unitledger.workbook import text
from unitledger.workbook.address import a1, fixed, letters, on
from unitledger.workbook.formats import number_format
from unitledger.workbook.layout import CALC, CHANGES, FACTOR, FIRST_OPTION, HEADING_ROW, INPUTS, SENSITIVITY
from unitledger.workbook.layout import LOW as LOW_GIVEN
from unitledger.workbook.printing import put, span, symbol
from unitledger.workbook.sensitivity_rows import SELECTOR
from unitledger.workbook.sheet import Style, here
from unitledger.workbook.sheets.changes import HIGH, LOW, setting_rows
from unitledger.workbook.sheets.scenario_sheet import COUNT, PLAIN, Varying, across, label_of, stays

SELECTED = symbol("selected")
NAME = symbol("name")
FLAGS = symbol("1 where it is named")
OTHER_FLAGS = symbol("1 where the compared option is named")
DRIVER_FLAGS = symbol("1 where the driver is named")
OWN = symbol("own cell of Inputs")
BASE = symbol("end that holds in the base option")
STATED = symbol("end of the range as stated")
FIGURE = symbol("figure itself")
UNIT_FACTOR = symbol("factor of the unit typed")
COLUMN = symbol("inputs of the own option")
DRIVER = symbol("number of the driver")
CELLS = symbol("cells that options take")
ANALYSED = symbol("number of the analysed option")
COMPARED = symbol("number of the compared option")
EMPTY = Text("")

IS_NAMED = when(equal(SELECTED, NAME), 1, 0)
WHICH = apply(MATCH, Number(1.0), FLAGS)
STATED_OR_FIGURE = when(apply(ISNUMBER, STATED), STATED * UNIT_FACTOR, FIGURE)
OWN_OR_BASE = when(equal(OWN, EMPTY), BASE, STATED)
TAKEN = when(equal(OWN, EMPTY), 1, NAME)
OF_DRIVER = apply(INDEX, COLUMN, DRIVER)
TOGETHER = when(equal(apply(INDEX, CELLS, ANALYSED), apply(INDEX, CELLS, COMPARED)), 1, 0)


def selection(varying: Varying) -> None:
    """Put what the selectors of Sensitivity name, and how many of them name nothing."""
    study, rows = varying.study, varying.rows.selection
    selectors = varying.plan.sensitivity
    options = varying.rows.columns.base
    missing = 1 - total(FLAGS)
    addresses = {FLAGS.name: across(rows.analysed_is, options)}
    _option(varying, (rows.analysed_is, rows.analysed), selectors.analysed, study.analysed, text.ANALYSED_IS)
    if varying.rows.compares and study.compared is not None:
        _option(varying, (rows.compared_is, rows.compared), selectors.compared, study.compared, text.COMPARED_IS)
        missing = missing + (1 - total(OTHER_FLAGS))
        addresses[OTHER_FLAGS.name] = across(rows.compared_is, options)
    if study.driver is not None:
        listed = tuple(rows.driver_is)
        for name, row in rows.driver_is.items():
            varying.head(row, varying.entries.inputs[name].label, text.ONE_IF_DRIVER)
            cells = {SELECTED.name: _selector(selectors.driver), NAME.name: label_of(row)}
            varying.one(row, IS_NAMED, cells, float(name == study.driver))
        block = span((min(rows.driver_is.values()), max(rows.driver_is.values())), (FIRST_OPTION, FIRST_OPTION))
        varying.head(rows.driver, text.NUMBER_OF_DRIVER, text.NUMBER)
        varying.one(rows.driver, WHICH, {FLAGS.name: block}, listed.index(study.driver) + 1.0)
        missing = missing + (1 - total(DRIVER_FLAGS))
        addresses[DRIVER_FLAGS.name] = block
    varying.head(rows.unnamed, text.SELECTORS_OF_NOTHING, text.CELLS)
    varying.one(rows.unnamed, missing, addresses, 0.0)


def _selector(row: int) -> str:
    return on(SENSITIVITY, fixed(row, SELECTOR))


def _option(varying: Varying, rows: tuple[int, int], selector: int, chosen: str, label: str) -> None:
    """Put 1 beneath the option that a selector names, and the number of the option in the row after."""
    flags, number = rows
    options = varying.layout.options
    columns = varying.rows.columns.base
    varying.head(flags, label, text.ONE_IF_TRUE)
    cells = {SELECTED.name: _selector(selector), NAME.name: here(HEADING_ROW)}
    varying.along(flags, columns, IS_NAMED, cells, ([float(option == chosen) for option in options], COUNT))
    varying.head(number, text.NUMBER_OF.format(which=label), text.NUMBER)
    varying.one(number, WHICH, {FLAGS.name: across(flags, columns)}, options.index(chosen) + 1.0)


def ranges(varying: Varying) -> None:
    """Put low, high and whose cell is taken, for each listed input in each option; then the same for the driver."""
    entries, layout, rows = varying.entries, varying.layout, varying.rows.ranges
    options = layout.options
    changed = setting_rows(entries)
    held = {name: [ends(entries, name, option) for option in options] for name in varying.study.listed}
    for name, by_option in held.items():
        pattern = number_format(varying.unit(name), [end for both in by_option for end in both], exact=True)
        for high, row in enumerate((rows.low[name], rows.high[name])):
            varying.head(row, entries.inputs[name].label, varying.unit(name).spelling)
            for place, column in enumerate(varying.rows.columns.base):
                tree, cells = _end(varying, name, (row, column), changed, high=bool(high))
                put(varying.sheet, row, column, tree, cells, cached=by_option[place][high], style=("used", pattern))
        if rows.taken:
            varying.head(rows.taken[name], entries.inputs[name].label, text.NUMBER_OF_OPTION)
            cells = {OWN.name: on(INPUTS, here(layout.inputs[name])), NAME.name: here(varying.rows.heads.number)}
            varying.along(rows.taken[name], varying.rows.columns.base, TAKEN, cells, (_taken(varying, name), COUNT))
    _of_driver(varying, held)


def _end(
    varying: Varying, name: str, place: tuple[int, int], changed: Mapping[tuple[str, str], int], *, high: bool
) -> tuple[Expression, dict[str, str]]:
    """Return what fetches one end of a range in an option, over symbols, and their addresses.

    An option that was built with a range of its own, in a row of Changes as `changed` says, has it as long as a
    figure stands in its cell of Inputs. All others have the range on Inputs: a figure that is typed over another
    keeps its range when it is taken over.
    """
    row, column = place
    layout = varying.layout
    figure = on(CALC, a1(layout.used[name], column))
    option = layout.options[column - FIRST_OPTION]
    setting = varying.entries.options[option].settings.get(name)
    if setting is None or not setting.figure.has_range:
        stated, factor = (
            on(INPUTS, fixed(layout.inputs[name], layout.beside(place))) for place in (LOW_GIVEN + high, FACTOR)
        )
        return STATED_OR_FIGURE, {STATED.name: stated, UNIT_FACTOR.name: factor, FIGURE.name: figure}
    own = setting.high if high else setting.low
    return OWN_OR_BASE, {
        OWN.name: on(INPUTS, a1(layout.inputs[name], column)),
        BASE.name: f"${letters(FIRST_OPTION)}{row + 1}",
        STATED.name: figure if own is None else on(CHANGES, fixed(changed[option, name], HIGH if high else LOW)),
    }


def _taken(varying: Varying, name: str) -> list[float]:
    """Number of the option whose cell of Inputs each option takes."""
    options = varying.entries.options
    return [place if name in option.settings else 1.0 for place, option in enumerate(options.values(), start=1)]


def _of_driver(varying: Varying, held: Mapping[str, Sequence[tuple[float, float]]]) -> None:
    """Put low, high and whose cell is taken for the driver, and whether it moves in both options."""
    study, rows, columns = varying.study, varying.rows.ranges, varying.rows.columns.base
    driver = study.driver
    if driver is None:
        return
    found: list[tuple[int, str, Mapping[str, int], Sequence[float], Style]] = [
        (rows.driver_low, text.LOW, rows.low, [low for low, _ in held[driver]], PLAIN),
        (rows.driver_high, text.HIGH, rows.high, [high for _, high in held[driver]], PLAIN),
    ]
    if varying.rows.compares:
        as_is = [values[driver] for values in varying.results.values()]
        found.append((rows.driver_is, text.AS_IT_IS_NOW, varying.rows.inputs, as_is, PLAIN))
        found.append((rows.driver_taken, text.OPTION_TAKEN, rows.taken, _taken(varying, driver), COUNT))
    number = {DRIVER.name: stays(varying.rows.selection.driver)}
    for row, label, block, cached, style in found:
        varying.head(row, text.OF_DRIVER.format(what=label), text.AS_THE_INPUT)
        addresses = {COLUMN.name: f"{here(min(block.values()))}:{here(max(block.values()))}", **number}
        varying.along(row, columns, OF_DRIVER, addresses, (cached, style))
    if study.compared is not None and varying.rows.compares:
        analysed, compared = (varying.layout.options.index(option) for option in (study.analysed, study.compared))
        taken = _taken(varying, driver)
        varying.head(rows.together, text.MOVES_IN_BOTH, text.ONE_IF_TRUE)
        addresses = {
            CELLS.name: across(rows.driver_taken, columns),
            ANALYSED.name: stays(varying.rows.selection.analysed),
            COMPARED.name: stays(varying.rows.selection.compared),
        }
        varying.one(rows.together, TOGETHER, addresses, float(taken[analysed] == taken[compared]))
