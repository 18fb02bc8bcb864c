"""Long ledgers as workbooks, against plain xlsxwriter: writing the very same cells, or one row for each line.

One has 10,000 lines, each standing on the one before; the other is a budget as it is presented: 1,000 lines, four
options, twelve inputs with a range.
"""

from __future__ import annotations

from io import BytesIO
from math import isclose
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from measure import Ratio, paired
from xlsxwriter import Workbook

from unitledger import Ledger
from unitledger.workbook import verify
from unitledger.workbook.book import workbook_bytes, workbook_sheets
from unitledger.workbook.sheet import Sheet
from unitledger.workbook.stated.version import version_id

LINES = 10_000
BUDGET_LINES = 1_000
DEPARTMENT_LINES = 125
BUDGET_OPTIONS = 4
BUDGET_RANGES = 12


def dependent_ledger(lines: int = LINES) -> Ledger:
    """Return a ledger in which each line adds to the one before it, with conversions in every formula."""
    book = Ledger("A long ledger", as_of="2026-01-01")
    price = book.assume("price", "3 USD/machine")
    tariff = book.assume("tariff", "0.1 USD/kWh")
    draw = book.assume("draw", "500 W/machine")
    hours = book.assume("running_time", "2 h")
    last = book.line("line_0", price + draw * hours * tariff, "USD/machine")
    for place in range(1, lines):
        formula = last + draw * hours * tariff if place % 2 else last - price
        last = book.line(f"line_{place}", formula, "USD/machine")
    book.headline(last)
    return book


def budget_ledger() -> Ledger:
    """Return a budget of services, each billed by its machines, with the inputs that matter given a range."""
    book = Ledger("A budget", option="option 0", as_of="2026-01-01", owner="finance")
    rates = [
        book.assume(f"rate_{place}", f"{place + 1} USD/machine/h", low=f"{place + 0.5} USD/machine/h", high=place + 2.0)
        for place in range(BUDGET_RANGES)
    ]
    machines = [book.assume(f"machines_{place}", f"{place + 2} machine") for place in range(BUDGET_RANGES)]
    departments = []
    for department in range(BUDGET_LINES // DEPARTMENT_LINES):
        book.section(f"Department {department}")
        bills = []
        for place in range((DEPARTMENT_LINES - 1) // 2):
            rate, count = rates[(department + place) % BUDGET_RANGES], machines[place * 7 % BUDGET_RANGES]
            name = f"{department}_{place}"
            hour = book.line(
                f"service_{name}", rate * count, "USD/h", label=f"Service {department}.{place}, by the hour"
            )
            bills.append(book.line(f"bill_{name}", hour, "USD/month", label=f"Service {department}.{place}"))
        departments.append(book.total(f"department_{department}", bills, "USD/month", label=f"Department {department}"))
    bill = book.total("bill", departments, "USD/month", label="Budget")
    for place in range(1, BUDGET_OPTIONS):
        book.option(f"option {place}", {f"machines_{place}": f"{3 * place} machine"})
    book.headline(bill, better="lower")
    return book


def plain(sheets: list[Sheet]) -> bytes:
    """Write the same cells with the same formats, with nothing of ours between them and xlsxwriter."""
    buffer = BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    formats: dict[tuple[str, str], Any] = {}
    for sheet in sheets:
        target = book.add_worksheet(sheet.name)
        for row, column, kind, content, extra, style in sheet.cells:
            look = formats.get(style)
            if look is None:
                look = formats[style] = book.add_format({"num_format": style[1]} if style[1] else {})
            if kind == "formula":
                target.write_formula(row, column, content, look, extra)
            elif kind == "number":
                target.write_number(row, column, content, look)
            elif kind == "text":
                target.write_string(row, column, content, look)
            elif kind == "link":
                target.write_url(row, column, f"internal:{extra}", look, content)
            elif kind == "date":
                target.write_datetime(row, column, content, look)
            else:
                target.write_blank(row, column, None, look)
    book.close()
    return buffer.getvalue()


def rendering() -> Ratio:
    """From the ledger to the bytes of the file, at most 1.2 times plain xlsxwriter writing the same cells."""
    book = dependent_ledger()
    book.values()
    sheets = workbook_sheets(book, version_id(book))
    title = f"rendering {LINES:,} dependent lines against plain xlsxwriter writing the same cells"
    return paired(title, lambda: workbook_bytes(book), lambda: plain(sheets), 1.2, runs=5)


def presenting() -> Ratio:
    """All sheets of the budget, at most 1.3 times plain xlsxwriter writing the same cells."""
    book = budget_ledger()
    book.values()
    sheets = workbook_sheets(book, version_id(book))
    ranges = f"{BUDGET_OPTIONS} options x {BUDGET_RANGES} ranged inputs"
    title = f"all sheets of {BUDGET_LINES:,} lines x {ranges} against plain xlsxwriter writing the same cells"
    return paired(title, lambda: workbook_bytes(book), lambda: plain(sheets), 1.3, runs=5)


def building() -> Ratio:
    """From Python to checked units and values, at most half the time of plain xlsxwriter."""
    book = dependent_ledger()
    sheets = workbook_sheets(book, version_id(book))
    title = f"building, checking and evaluating {LINES:,} lines against plain xlsxwriter"
    return paired(title, lambda: dependent_ledger().values(), lambda: plain(sheets), 0.5, runs=5)


def by_hand(path: Path, lines: int = LINES) -> None:
    """Write the inputs of the dependent ledger and the label, unit and formula of each of its lines, and save them."""
    book = Workbook(str(path))
    sheet = book.add_worksheet("Calc")
    inputs = (
        ("Price", "USD/machine", 3),
        ("Tariff", "USD/kWh", 0.1),
        ("Draw", "W/machine", 500),
        ("Running time", "h", 2),
        ("W per kW", "W/kW", 1000),
    )
    for row, (label, unit, number) in enumerate(inputs):
        sheet.write_string(row, 0, label)
        sheet.write_string(row, 1, unit)
        sheet.write_number(row, 2, number)
    first = len(inputs)
    power = "$C$3/$C$5*$C$4*$C$2"
    for place in range(lines):
        # Excel counts rows from 1, so this is the row above.
        before = "$C$1" if place == 0 else f"C{first + place}"
        sheet.write_string(first + place, 0, f"Line {place}")
        sheet.write_string(first + place, 1, "USD/machine")
        sheet.write_formula(first + place, 2, f"={before}-$C$1" if place and place % 2 == 0 else f"={before}+{power}")
    book.close()


def whole_task() -> Ratio:
    """What a user waits for, from Python to the saved file: at most 3 times one plain row for each line."""
    with TemporaryDirectory() as folder:
        ours, plain_file = Path(folder, "ours.xlsx"), Path(folder, "plain.xlsx")
        _check_by_hand(plain_file)

        def task() -> None:
            dependent_ledger().to_excel(ours)

        title = f"writing, checking, evaluating and saving {LINES:,} lines against xlsxwriter with one row for each"
        return paired(title, task, lambda: by_hand(plain_file), 3.0, runs=3)


def filling() -> Ratio:
    """One input set in a file of the chain, all that depends on it shown anew, at most 1.5 times rendering it anew."""
    with TemporaryDirectory() as folder:
        source, target = Path(folder, "source.xlsx"), Path(folder, "target.xlsx")
        book = dependent_ledger()
        book.to_excel(source)
        settings = {book.base: {"price": "4 USD/machine"}}
        title = f"filling one input of {LINES:,} dependent lines against rendering them anew"
        return paired(title, lambda: book.fill(source, settings, target), lambda: book.to_excel(target), 1.5, runs=3)


def verifying() -> Ratio:
    """Every value and unit checked anew, at most 3 times what formualizer takes to load and to evaluate the file."""
    import formualizer

    with TemporaryDirectory() as folder:
        path = dependent_ledger().to_excel(Path(folder, "chain.xlsx"))

        def engine() -> None:
            formualizer.load_workbook(str(path)).evaluate_all()

        title = f"verifying {LINES:,} dependent lines against formualizer's own load and evaluation"
        return paired(title, lambda: verify(path), engine, 3.0, runs=3)


def _check_by_hand(path: Path, lines: int = 20) -> None:
    import formualizer

    by_hand(path, lines)
    book = formualizer.Workbook.from_path(str(path))
    book.evaluate_all()
    last = book.get_value("Calc", 5 + lines, 3)
    if not isinstance(last, float) or not isclose(last, dependent_ledger(lines).values()[f"line_{lines - 1}"]):
        raise SystemExit("The hand-written formulas of the benchmark do not agree with the ledger.")
