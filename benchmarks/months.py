"""A long budget by month, against plain xlsxwriter writing label, unit and one formula for each month of a line."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from measure import Ratio, paired
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell

from unitledger import Ledger, cumulative

MONTHS = 240
LINES = 500
OPTIONS = 4
# Each service has what it needs, what that costs, and that so far.
_PER_SERVICE = 3


def monthly_ledger(months: int = MONTHS, lines: int = LINES, options: int = OPTIONS) -> Ledger:
    """Return a budget of services by month, whose need grows and whose price is an input of its own."""
    book = Ledger("A budget by month", option="option 0", as_of="2026-01-01")
    t = book.timeline("2026-01", months)
    need = book.assume("need", [f"{100 + place} machine" for place in range(months)], over=t)
    bills = []
    for place in range(lines // _PER_SERVICE):
        price = book.assume(f"price_{place}", f"{place + 1} USD/machine/month")
        machines = book.line(f"machines_{place}", need * book.assume(f"share_{place}", "50 %"), "machine")
        bills.append(book.line(f"bill_{place}", machines * price * t.months, "USD"))
        book.line(f"so_far_{place}", cumulative(bills[-1]))
    book.headline(book.line("spent", book.total("bill", bills[:200], "USD").sum()), better="lower")
    for place in range(1, options):
        book.option(f"option {place}", {f"price_{place}": "7 USD/machine/month"})
    return book


def by_hand(path: Path) -> None:
    """Write for each option label, unit and formulas of each line, without values."""
    book = Workbook(str(path))
    for option in range(OPTIONS):
        sheet = book.add_worksheet(f"Option {option}")
        for row in range(LINES):
            sheet.write_string(row, 0, f"Line {row}")
            sheet.write_string(row, 1, "USD")
            for month in range(2, MONTHS + 2):
                above = xl_rowcol_to_cell(max(row - 1, 0), month) if row else "1"
                sheet.write_formula(row, month, f"={above}*$A$600")
    book.close()


def monthly_task() -> Ratio:
    """What a user waits for, from Python to the saved file: at most 3 times plain rows of formulas."""
    with TemporaryDirectory() as folder:
        ours, plain = Path(folder, "ours.xlsx"), Path(folder, "plain.xlsx")
        title = f"{MONTHS} months x {LINES} lines x {OPTIONS} options against xlsxwriter with one row for each line"
        return paired(
            title, lambda: monthly_ledger().to_excel(ours, overwrite=True), lambda: by_hand(plain), 3.0, runs=1
        )


def monthly_values() -> Ratio:
    """The same budget written, checked and evaluated: at most 0.3 of plain rows of formulas."""
    with TemporaryDirectory() as folder:
        plain = Path(folder, "plain.xlsx")

        def evaluated() -> None:
            book = monthly_ledger()
            for option in book.options:
                book.values(option)

        title = f"evaluating {MONTHS} months x {LINES} lines x {OPTIONS} options against xlsxwriter"
        return paired(title, evaluated, lambda: by_hand(plain), 0.3, runs=1)
