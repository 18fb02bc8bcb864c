"""Kinds of damage that a workbook comes to in a spreadsheet, one a row each."""

from __future__ import annotations

import re
from collections.abc import Callable

from recalculate import Desk
from reshape import delete, delete_sheet, insert
from working_copy import WorkingCopy, row_of


def own_value(f: WorkingCopy, address: str) -> None:
    """Put the value in the place of the formula; with an equals sign, so that it is saved with all 17 digits."""
    f.type("Calc", address, f"={Desk(f.built.path).read('Calc', address)!r}")


def line(f: WorkingCopy) -> str:
    return f.built.formulas["Calc", f.line(f.parts.line, second=True)]


def base_line(f: WorkingCopy) -> str:
    return f.built.formulas["Calc", f.line(f.parts.line)]


def total(f: WorkingCopy) -> str:
    return f.built.formulas["Calc", f.line(f.parts.total)]


def without_first_part(f: WorkingCopy) -> str:
    """The total's sum without its first part: of a list, or of a range."""

    def shortened(start: re.Match[str]) -> str:
        column, row, mark = start.groups()
        return f"SUM({column}{int(row) + 1}:" if mark == ":" else "SUM("

    return re.sub(r"SUM\(([A-Z]+)([0-9]+)([,:])", shortened, total(f))


def made_up(f: WorkingCopy) -> str:
    """A sum of the values that the total's parts have now."""
    parts = re.findall(r"[A-Z]+[0-9]+", total(f))
    return f"=SUM({','.join(str(f.built.cached['Calc', part]) for part in parts)})"


def read_neighbour(f: WorkingCopy) -> None:
    """Let the base option's answer read what the second option's answer reads."""
    answer = f.answer_line()
    f.type("Calc", f.line(answer), f.built.formulas["Calc", f.line(answer, second=True)])


def last_line(f: WorkingCopy) -> str:
    return next(reversed(tuple(f.built.ledger.lines)))


def last_rows(f: WorkingCopy) -> list[int]:
    return f.built.calculation_rows()[-2:]


def name_of(f: WorkingCopy) -> str:
    return f"in_{f.parts.moves.replace('.', '_')}"


def answer_of(f: WorkingCopy) -> str:
    return f"out_{f.answer_line().replace('.', '_')}"


def repoint(f: WorkingCopy, name: str, row: int) -> None:
    defined = f.book.defined_names[name]
    defined.attr_text = re.sub(r"\$[0-9]+", f"${row}", defined.attr_text)


DAMAGE: dict[str, Callable[[WorkingCopy], object]] = {
    # Calc.
    "a line typed over by a number": lambda f: f.type("Calc", f.line(f.parts.line), 123.25),
    "a line typed over by a text": lambda f: f.type("Calc", f.line(f.parts.line), "about 2"),
    "a line emptied": lambda f: f.type("Calc", f.line(f.parts.line), None),
    "a line typed over by an error": lambda f: f.type("Calc", f.line(f.parts.line), "#N/A"),
    "a line typed over in the second option": lambda f: f.type("Calc", f.line(f.parts.line, second=True), 123.25),
    "an input on Calc typed over": lambda f: f.type("Calc", f.used(f.parts.moves), 0.123),
    "a total that lost a part": lambda f: f.type("Calc", f.line(f.parts.total), without_first_part(f)),
    "a total with a figure added by hand": lambda f: f.type("Calc", f.line(f.parts.total), f"{total(f)}+1"),
    "a formula changed in one option": lambda f: f.type("Calc", f.line(f.parts.line, second=True), f"{line(f)}*1.01"),
    "a line that reads its neighbour": read_neighbour,
    "a row deleted on Calc": lambda f: delete(f.book, "Calc", "rows", row_of(f.line(f.parts.total))),
    "a row deleted on Calc that no other reads": lambda f: delete(f.book, "Calc", "rows", row_of(f.line(last_line(f)))),
    "a row of an input deleted on Calc": lambda f: delete(f.book, "Calc", "rows", row_of(f.used(f.parts.moves))),
    "an option's column deleted on Calc": lambda f: delete(f.book, "Calc", "columns", 4),
    "a column between the options on Calc": lambda f: insert(f.book, "Calc", "columns", 4),
    "a figure beside the last option on Calc": lambda f: f.sheet("Calc").cell(
        row_of(f.line(f.parts.total)), f.last_option() + 1, 123.25
    ),
    "rows swapped on Calc": lambda f: f.swap_rows("Calc", *last_rows(f)),
    "options swapped on Calc": lambda f: f.swap_columns("Calc", "C", "D"),
    "headings of options swapped on Calc": lambda f: f.swap_cells("Calc", "C4", "D4"),
    "a unit emptied on Calc": lambda f: f.type("Calc", f.beside(f.line(f.parts.total), "B"), None),
    "a unit changed on Calc": lambda f: f.type("Calc", f.beside(f.line(f.parts.total), "B"), "USD/week"),
    "a label changed on Calc": lambda f: f.type("Calc", f.beside(f.line(f.parts.total), "A"), "Something else"),
    # Inputs.
    "a text in a base input": lambda f: f.type("Inputs", f.input(f.parts.moves), "as agreed"),
    "a number typed as text": lambda f: f.type("Inputs", f.input(f.parts.moves), "0.15 "),
    "a text in an option's input": lambda f: f.type("Inputs", f.input(f.parts.inherited, second=True), "as agreed"),
    "a base input emptied": lambda f: f.type("Inputs", f.input(f.parts.moves), None),
    "a space in an option's input": lambda f: f.type("Inputs", f.input(f.parts.inherited, second=True), " "),
    "an error in an input": lambda f: f.type("Inputs", f.input(f.parts.moves), "#DIV/0!"),
    "an error in an option's input": lambda f: f.type("Inputs", f.input(f.parts.inherited, second=True), "#N/A"),
    "a word that is not in the list": lambda f: f.type("Inputs", f.input(f.parts.choice), "by the week"),
    "a wildcard for a word": lambda f: f.type("Inputs", f.input(f.parts.choice), "*"),
    "a number for a word": lambda f: f.type("Inputs", f.input(f.parts.choice), 1),
    "a base choice emptied": lambda f: f.type("Inputs", f.input(f.parts.choice), None),
    "a row deleted on Inputs": lambda f: delete(f.book, "Inputs", "rows", row_of(f.input(f.parts.moves))),
    "a row deleted on Inputs of a choice": lambda f: delete(f.book, "Inputs", "rows", row_of(f.input(f.parts.choice))),
    "a column pasted beside the last option": lambda f: f.paste_option(),
    "an option's column deleted on Inputs": lambda f: delete(f.book, "Inputs", "columns", 4),
    "rows sorted on Inputs": lambda f: f.swap_rows("Inputs", *f.two_inputs()),
    "two options called alike": lambda f: f.type("Inputs", "D4", str(f.cell("Inputs", "C4").value).upper()),
    "a name of an option emptied": lambda f: f.type("Inputs", "C4", None),
    "a unit emptied on Inputs": lambda f: f.type("Inputs", f.beside(f.input(f.parts.moves), "B"), None),
    "a unit unknown on Inputs": lambda f: f.type("Inputs", f.beside(f.input(f.parts.moves), "B"), "apples"),
    "a label changed on Inputs": lambda f: f.type("Inputs", f.beside(f.input(f.parts.moves), "A"), "Something else"),
    # Constants.
    "a conversion factor changed": lambda f: f.type("Constants", f.conversion(), 8000),
    "a conversion factor emptied": lambda f: f.type("Constants", f.conversion(), None),
    "the tolerance changed": lambda f: f.type("Constants", f.labelled("Constants", "Tolerance of checks"), 0.5),
    "a word of a list changed": lambda f: f.type("Constants", f.word(), "by the week"),
    "a row deleted on Constants": lambda f: delete(f.book, "Constants", "rows", row_of(f.conversion())),
    "a row inserted into a list": lambda f: insert(f.book, "Constants", "rows", row_of(f.word()) + 1),
    # Sheets, names, and the sheets that only show.
    "Constants deleted": lambda f: delete_sheet(f.book, "Constants"),
    "Inputs deleted": lambda f: delete_sheet(f.book, "Inputs"),
    "Calc deleted": lambda f: delete_sheet(f.book, "Calc"),
    "Checks deleted": lambda f: delete_sheet(f.book, "Checks"),
    "the name of an input removed": lambda f: f.book.defined_names.pop(name_of(f)),
    "the name of an input on another row": lambda f: repoint(f, name_of(f), f.two_inputs()[1]),
    "the name of an answer removed": lambda f: f.book.defined_names.pop(answer_of(f)),
    "the name of the headings removed": lambda f: f.book.defined_names.pop("head_calc"),
    "a key figure typed over on Summary": lambda f: f.type("Summary", f.key_figure(), 123.25),
    "a check on Checks typed over by a text": lambda f: f.type("Checks", "C11", "fine"),
    "a check on Checks emptied": lambda f: f.type("Checks", "C11", None),
}
"""What is done to the file; Integrity says FAIL."""

UNSEEN: dict[str, Callable[[WorkingCopy], object]] = {
    "a line typed over by its own value": lambda f: own_value(f, f.line(f.parts.line)),
    "a total typed over by its own value": lambda f: own_value(f, f.line(f.parts.total)),
    "an input on Calc typed over by its own value": lambda f: own_value(f, f.used(f.parts.moves)),
    "a total of numbers in place of its parts": lambda f: f.type("Calc", f.line(f.parts.total), made_up(f)),
}
"""Damage that shows in no figure yet; Integrity says FAIL as soon as an edit would move the line."""

UNWATCHED: dict[str, Callable[[WorkingCopy], object]] = {
    "a formula that always gives the same": lambda f: f.type("Calc", f.line(f.parts.line), f"{base_line(f)}*1"),
    "a count on Checks typed over by 0": lambda f: f.type("Checks", "C11", 0),
    "the answer on Summary typed over": lambda f: f.type("Summary", "A5", "All is well."),
    "a source changed": lambda f: f.sheet("Inputs").cell(
        row_of(f.input(f.parts.moves)), 5 + f.last_option(), "hearsay"
    ),
}
"""What Integrity does not see, as the documentation says."""
