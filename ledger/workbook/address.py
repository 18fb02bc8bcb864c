"""Addresses of cells: column letters, sheet names in quotes, what is fixed and what moves along a row."""

from __future__ import annotations

import re
from functools import cache

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
_PLAIN_SHEET = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_CELL_LIKE = re.compile(r"[A-Za-z]{1,3}[0-9]+")


@cache
def letters(column: int) -> str:
    """Return the letters of a column counted from 0: 0 is A, 26 is AA."""
    text = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


@cache
def column_number(letters: str) -> int:
    """Return the column, counted from 0, of letters in upper case: A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def a1(row: int, column: int) -> str:
    """Return the address of a cell (row and column counted from 0) that moves with its formula."""
    return f"{letters(column)}{row + 1}"


def fixed(row: int, column: int) -> str:
    """Return the address of a cell that stays where it is."""
    return f"${letters(column)}${row + 1}"


@cache
def quoted(sheet: str) -> str:
    """Return a sheet name as a formula writes it."""
    if _PLAIN_SHEET.fullmatch(sheet) and not _CELL_LIKE.fullmatch(sheet):
        return sheet
    doubled = sheet.replace("'", "''")
    return f"'{doubled}'"


def on(sheet: str, address: str) -> str:
    """Return an address on another sheet."""
    return f"{quoted(sheet)}!{address}"
