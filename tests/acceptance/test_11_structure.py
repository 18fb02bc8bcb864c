"""Check 11: the file flows forward, hides nothing, and depends on nothing outside it."""

from __future__ import annotations

import re
import zipfile
from graphlib import TopologicalSorter

from built import Built
from formula_text import Cell, functions, names, precedents
from openpyxl.utils.cell import coordinate_to_tuple, get_column_letter

# What each sheet may read; the status cells on top of every sheet are those of Checks.
READS = {
    # Constants for the factors of units; As built knows what was built.
    "Inputs": {"Inputs", "Constants", "As built"},
    "Constants": set[str](),
    "Timeline": {"Timeline", "Inputs"},
    # Of the sheets of options heads, and what their rows refer to, which are worked out once more.
    "Timeline as built": {"Timeline", "Timeline as built", "Months", "Calc", "Constants", "Inputs", "Tables"},
    # Of the sheets of options each its own.
    "Months": {"Inputs", "Constants", "Timeline", "Calc", "Months"},
    # Of Timeline the names of periods, from one of which on an option is ahead.
    "Years": {"Calc", "Constants", "Timeline", "Months", "Years"},
    "Calc": {"Inputs", "Constants", "Calc", "Months", "Tables"},
    "Tables": {"Inputs", "Constants", "Calc", "Tables"},
    # Of Calc what the columns refer to, which are worked out once more; of Inputs, as above, what options are called.
    "Tables as built": {"Tables", "Tables as built", "Constants", "Calc", "Inputs"},
    # Of Sensitivity what is chosen, the driver and the difference of options; of Checks what is not plausible.
    "Second calculation": {
        "Inputs",
        "Constants",
        "Calc",
        "Checks",
        "Sensitivity",
        "Second calculation",
        "Months",
        "Tables",
    },
    # Where it is a static table, As built says whether it is out of date.
    "Sensitivity": {"Constants", "Second calculation", "Sensitivity", "As built"},
    "Checks": {
        *("Summary", "Inputs", "Constants", "Calc", "Second calculation", "Sensitivity", "As built", "Checks"),
        *("Timeline", "Timeline as built", "Months", "Years", "Tables", "Tables as built"),
    },
    # Of Summary its key figures: that they are those of Calc is a check too; of Checks how many inputs were edited.
    # Headings and labels of sheets that readers see are compared there.
    "As built": {
        *("Inputs", "Constants", "Calc", "Checks", "As built", "Summary", "Sensitivity", "Months", "Years", "Tables")
    },
    # Of Sensitivity what moves the answer most, and the sentences about it; as built the figures and the parts.
    "Summary": {"Constants", "Calc", "Checks", "As built", "Sensitivity", "Second calculation", "Summary"},
    "Formula map": {"Constants", "Calc", "As built", "Formula map"},
}
LOOKED_FOR = re.compile("head_(built_timeline|table_.+)$")
KNOWN = {
    *("SUM", "MIN", "MAX", "IF", "AND", "OR", "NOT", "ABS", "ROUND", "ROUNDUP", "ROUNDDOWN", "INT", "SQRT", "POWER"),
    *("EXP", "LN", "SLN", "PMT", "CHOOSE", "INDEX", "MATCH", "SUMPRODUCT", "SUMIFS", "COUNTA", "COUNTIF", "MEDIAN"),
    *("SMALL", "ROWS", "NPV", "IRR", "_xlfn.ISFORMULA", "ISNUMBER", "FIXED", "HYPERLINK", "SUMXMY2"),
}


def called(sheet: str, built: Built) -> str:
    """The sheets of options by one name, and those of tables."""
    if sheet in built.tables:
        return "Tables"
    return "Months" if sheet.startswith("Months ") else sheet


def graph(built: Built) -> dict[Cell, set[Cell]]:
    """Every formula with all cells that it reads."""
    return {
        (sheet, *coordinate_to_tuple(at)): set(precedents(text, sheet)) for (sheet, at), text in built.formulas.items()
    }


def test_no_formula_stands_on_itself(template: Built) -> None:
    assert len([*TopologicalSorter(graph(template)).static_order()]) >= len(template.formulas)


def test_sheets_read_what_comes_before(template: Built) -> None:
    for (sheet, row, _), read in graph(template).items():
        kind = called(sheet, template)
        allowed = {"Checks"} if row == 2 else READS.get(kind, set())
        assert {called(there, template) for there, _, _ in read} <= allowed, (sheet, row)
        assert kind != "Months" or {there for there, _, _ in read if called(there, template) == kind} <= {sheet}


def test_calc_reads_upwards_in_its_own_column(template: Built) -> None:
    for (sheet, row, column), read in graph(template).items():
        if sheet == "Calc" and row > 2:
            own = {(above, across) for there, above, across in read if there == "Calc"}
            assert all(above < row and across == column for above, across in own), (row, get_column_letter(column))


def test_every_cell_that_is_read_holds_something_or_is_an_input(template: Built) -> None:
    options = template.ledger.options
    inputs = {("Inputs", template.input(name, option)) for name in template.ledger.inputs for option in options}
    for (sheet, at), text in template.formulas.items():
        for there, row, column in precedents(text, sheet) if sheet == "Calc" else ():
            place = (there, f"{get_column_letter(column)}{row}")
            # Beneath the items of a table is room for more.
            assert place in template.cached or place in inputs or there in template.tables, (at, text)


def test_nothing_is_hidden(template: Built) -> None:
    for sheet in template.book.worksheets:
        assert sheet.sheet_state == "visible"
        assert not any(each.hidden for each in sheet.row_dimensions.values()), sheet.title
        assert not any(each.hidden for each in sheet.column_dimensions.values()), sheet.title
        assert all((each.width or 1) > 0 for each in sheet.column_dimensions.values())
        shown = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert not any(cell.number_format == ";;;" or cell.protection.hidden for cell in shown), sheet.title
        assert not any(cell.comment for cell in shown), sheet.title
    assert not any(name.hidden for name in template.book.defined_names.values())


def test_only_functions_that_every_program_knows(template: Built) -> None:
    called = {call for text in template.formulas.values() for call in functions(text)}

    assert called <= KNOWN


def test_names_are_read_only_where_they_are_checked(template: Built) -> None:
    """Formulas read cells; but that a name is gone, or stands for other cells, only a formula with the name can see."""
    reading = {place: names(text) for place, text in template.formulas.items() if names(text)}

    assert {sheet for sheet, _ in reading} - {"Timeline as built"} == {"As built"}
    # No figure is found by the options when built, which stand on the same sheet. The headings of tables are looked
    # for when the file comes back, and those of periods as built never.
    named = {name for name in template.book.defined_names if name != "built_options" and not LOOKED_FOR.match(name)}
    assert sorted(name for read in reading.values() for name in read) == sorted(named)
    labels = {said for (sheet, at), said in template.cached.items() if sheet == "As built" and at[0] == "A"}
    for (sheet, at), name in ((place, name) for place, read in reading.items() for name in read):
        # With the name stand the cells that it is to stand for; headings are compared with the options as built.
        if not name.startswith("head_"):
            there, _, cells = template.book.defined_names[name].attr_text.partition("!")
            assert {*precedents(template.formulas[sheet, at], sheet)} >= {*precedents(f"={there}!{cells}", there)}
        if sheet == "As built" and not name.startswith("in_"):
            assert name in labels


def test_nothing_outside_the_file(template: Built) -> None:
    with zipfile.ZipFile(template.path) as file:
        parts = {part: file.read(part).decode() for part in file.namelist() if part.endswith((".xml", ".rels"))}
    assert not any(
        word in part for part in parts for word in ("externalLink", "vbaProject", "connections", "embeddings")
    )
    assert not any('TargetMode="External"' in content for content in parts.values())
    assert "iterate" not in parts["xl/workbook.xml"]
