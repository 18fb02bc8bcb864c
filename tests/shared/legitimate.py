"""Legitimate edits of a workbook in a spreadsheet, one a row each."""

from __future__ import annotations

from collections.abc import Callable

from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.workbook.defined_name import DefinedName
from reshape import delete, delete_sheet, insert, rename_sheet
from working_copy import WorkingCopy, row_of


def two_edits(f: WorkingCopy) -> None:
    for name in f.two_names():
        f.type("Inputs", f.input(name), f.nudged(name))


def annotate(f: WorkingCopy) -> None:
    row, column = row_of(f.input(f.parts.moves)), f.last_option()
    page = f.sheet("Inputs")
    for place, said in ((5, "energy desk"), (6, "renegotiate in spring")):
        page.cell(row, column + place).value = said


def delete_gap(f: WorkingCopy) -> None:
    """Delete the empty row above the lines of Calc."""
    page = f.sheet("Calc")
    empty = next(row for row in range(6, page.max_row) if page.cell(row, 1).value is None)
    delete(f.book, "Calc", "rows", empty)


def add_sheet(f: WorkingCopy) -> None:
    f.book.create_sheet("Notes", 0)["A1"] = f"=Calc!{f.line(f.parts.total)}"


def add_name(f: WorkingCopy) -> None:
    f.book.defined_names["ours"] = DefinedName("ours", attr_text="Calc!$C$6")


def comment(f: WorkingCopy) -> None:
    f.cell("Inputs", f.input(f.parts.moves)).comment = Comment("Is that with tax?", "finance")


def restyle(f: WorkingCopy) -> None:
    for sheet, address in (("Inputs", f.input(f.parts.moves)), ("Calc", f.line(f.parts.total))):
        cell = f.cell(sheet, address)
        cell.font, cell.number_format = Font(bold=True), "0.0"


def draw(f: WorkingCopy) -> None:
    chart = BarChart()
    row = row_of(f.line(f.parts.total))
    chart.add_data(Reference(f.sheet("Calc"), min_col=3, min_row=row, max_col=4, max_row=row))
    f.sheet("Summary").add_chart(chart, "J5")


def print_setup(f: WorkingCopy) -> None:
    page = f.sheet("Summary")
    page.print_area = "A1:D20"
    page.page_setup.orientation = "portrait"


EDITS: dict[str, tuple[Callable[[WorkingCopy], object], str]] = {
    # Inputs.
    "an input in its range": (lambda f: f.type("Inputs", f.input(f.parts.moves), f.nudged()), "EDITED (1)"),
    "an input out of its range": (lambda f: f.type("Inputs", f.input(f.parts.ranged), f.beyond()), "EDITED (1)"),
    "an option's own figure": (
        lambda f: f.type("Inputs", f.input(f.parts.inherited, second=True), f.nudged(f.parts.inherited)),
        "EDITED (1)",
    ),
    "an own figure cleared": (lambda f: f.type("Inputs", f.input(f.parts.own, second=True), None), "EDITED (1)"),
    "another word of a choice": (lambda f: f.type("Inputs", f.input(f.parts.choice), f.other_word()), "EDITED (1)"),
    "a word in capitals": (lambda f: f.type("Inputs", f.input(f.parts.choice), f.same_word().upper()), "AS BUILT"),
    "a choice of an option": (
        lambda f: f.type("Inputs", f.input(f.parts.choice, second=True), f.other_word(second=True)),
        "EDITED (1)",
    ),
    "an input computed by a formula": (
        lambda f: f.type("Inputs", f.input(f.parts.moves), f"={f.nudged()}/4*4"),
        "EDITED (1)",
    ),
    "two inputs": (two_edits, "EDITED (2)"),
    "an option renamed": (lambda f: f.type("Inputs", "C4", "ours"), "EDITED (1)"),
    "names of options swapped": (lambda f: f.swap_cells("Inputs", "C4", "D4"), "EDITED (2)"),
    "a high end moved": (lambda f: f.type("Inputs", f.high(f.parts.ranged), f.beyond()), "EDITED (1)"),
    "a high end typed as text": (lambda f: f.type("Inputs", f.high(f.parts.ranged), "to be seen"), "EDITED (1)"),
    "owner and note": (annotate, "AS BUILT"),
    # Rows and columns.
    "a row inserted on Inputs": (
        lambda f: insert(f.book, "Inputs", "rows", row_of(f.input(f.parts.moves))),
        "AS BUILT",
    ),
    "a row inserted on top of Inputs": (lambda f: insert(f.book, "Inputs", "rows", 4), "AS BUILT"),
    "a row inserted on Calc": (lambda f: insert(f.book, "Calc", "rows", row_of(f.line(f.parts.total))), "AS BUILT"),
    "a row inserted on Checks": (lambda f: insert(f.book, "Checks", "rows", 30), "AS BUILT"),
    "a row inserted on Constants": (lambda f: insert(f.book, "Constants", "rows", row_of(f.conversion())), "AS BUILT"),
    "a row inserted on Summary": (lambda f: insert(f.book, "Summary", "rows", row_of(f.key_figure())), "AS BUILT"),
    "a column inserted before all on Calc": (lambda f: insert(f.book, "Calc", "columns", 1), "AS BUILT"),
    "a column inserted after the units of Calc": (lambda f: insert(f.book, "Calc", "columns", 3), "AS BUILT"),
    "a column inserted after the units of Inputs": (lambda f: insert(f.book, "Inputs", "columns", 3), "AS BUILT"),
    "a column inserted after the labels of Inputs": (lambda f: insert(f.book, "Inputs", "columns", 2), "AS BUILT"),
    "a column inserted after the options": (
        lambda f: insert(f.book, "Inputs", "columns", f.last_option() + 1),
        "AS BUILT",
    ),
    "a row deleted that was empty": (delete_gap, "AS BUILT"),
    # Sheets.
    "Inputs renamed": (lambda f: rename_sheet(f.book, "Inputs", "Our inputs"), "AS BUILT"),
    "Calc renamed": (lambda f: rename_sheet(f.book, "Calc", "Rechnung 2024"), "AS BUILT"),
    "a sheet added": (add_sheet, "AS BUILT"),
    "Read me deleted": (lambda f: delete_sheet(f.book, "Read me"), "AS BUILT"),
    "a name added": (add_name, "AS BUILT"),
    # Looks.
    "a comment": (comment, "AS BUILT"),
    "a format": (restyle, "AS BUILT"),
    "a chart": (draw, "AS BUILT"),
    "printing set up": (print_setup, "AS BUILT"),
    "a calculation beside Calc": (lambda f: f.type("Calc", "Z5", f"={f.line(f.parts.total)}*12"), "AS BUILT"),
}
"""What is done to the file, and what State says afterwards; Integrity stays OK."""

MORE_ALERTS = {"an input out of its range"}
OTHER_ALERTS = {"another word of a choice", "a choice of an option", "an own figure cleared"}
