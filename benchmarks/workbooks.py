"""A ledger of 10,000 lines, each standing on the one before, against plain xlsxwriter writing the very same cells."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from measure import Ratio, paired
from xlsxwriter import Workbook

from unitledger import Ledger
from unitledger.workbook.book import workbook_bytes, workbook_sheets
from unitledger.workbook.sheet import Sheet

LINES = 10_000


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


def ranged_ledger(lines: int = 1000, options: int = 4, ranged: int = 12) -> Ledger:
    """Return a ledger of several options in which every ranged input reaches the answer through most lines."""
    book = Ledger("A ledger of ranges", as_of="2026-01-01")
    prices = [
        book.assume(f"price_{place}", f"{place + 3} USD/machine", low=f"{place + 2} USD/machine")
        for place in range(ranged)
    ]
    draw, hours = book.assume("draw", "500 W/machine"), book.assume("running_time", "2 h")
    tariff = book.assume("tariff", "0.1 USD/kWh")
    last = book.line("line_0", prices[0] + draw * hours * tariff, "USD/machine")
    for place in range(1, lines):
        formula = last + draw * hours * tariff if place % 2 else last + prices[place // 2 % ranged]
        last = book.line(f"line_{place}", formula, "USD/machine")
    for place in range(1, options):
        book.option(f"option {place}", {"tariff": f"0.{place + 1} USD/kWh", "price_1": f"{place + 5} USD/machine"})
    book.headline(last)
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
    """From the ledger to the bytes of the file, at most 1.5 times plain xlsxwriter."""
    book = dependent_ledger()
    book.values()
    sheets = workbook_sheets(book)
    title = f"rendering {LINES:,} dependent lines against plain xlsxwriter"
    return paired(title, lambda: workbook_bytes(book), lambda: plain(sheets), 1.5, runs=5)


def scenarios() -> Ratio:
    """The workbook of a ledger with 12 ranged inputs, at most 1.5 times plain xlsxwriter."""
    book = ranged_ledger()
    book.values()
    sheets = workbook_sheets(book)
    title = "rendering 1,000 lines, 4 options and 12 ranged inputs against plain xlsxwriter"
    return paired(title, lambda: workbook_bytes(book), lambda: plain(sheets), 1.5, runs=5)


def building() -> Ratio:
    """From Python to checked units and values, at most half the time of plain xlsxwriter."""
    sheets = workbook_sheets(dependent_ledger())
    title = f"building, checking and evaluating {LINES:,} lines against plain xlsxwriter"
    return paired(title, lambda: dependent_ledger().values(), lambda: plain(sheets), 0.5, runs=5)
