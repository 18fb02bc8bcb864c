"""What stands in the text of a formula: numbers, functions, cells, relative form; none of it by our own parser."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token
from openpyxl.utils.cell import column_index_from_string, coordinate_to_tuple

Cell = tuple[str, int, int]
"""Sheet, row and column, both counted from 1."""

_REFERENCE = re.compile(r"(\$?)([A-Z]{1,3})(\$?)([0-9]+)")


def numbers(formula: str) -> list[tuple[str, str, int]]:
    """Return each number in a formula with the function that it is an argument of and its place there, from 1.

    Outside of functions both are empty.
    """
    found = []
    calls: list[tuple[str, int]] = []
    for token in _tokens(formula):
        if token.type in (Token.FUNC, Token.PAREN) and token.subtype == Token.OPEN:
            calls.append((token.value.rstrip("("), 1))
        elif token.type in (Token.FUNC, Token.PAREN):
            calls.pop()
        elif token.type == Token.SEP:
            name, place = calls.pop()
            calls.append((name, place + 1))
        elif token.type == Token.OPERAND and token.subtype == Token.NUMBER:
            found.append((token.value, *(calls[-1] if calls else ("", 0))))
    return found


def functions(formula: str) -> set[str]:
    """Return the names of the functions that a formula calls."""
    return {token.value.rstrip("(") for token in _tokens(formula) if _opens(token)}


def most_arguments(formula: str) -> int:
    """Return how many arguments the longest call of a formula has."""
    most = 0
    calls: list[int] = []
    for token in _tokens(formula):
        if token.type in (Token.FUNC, Token.PAREN) and token.subtype == Token.OPEN:
            calls.append(1)
        elif token.type in (Token.FUNC, Token.PAREN):
            most = max(most, calls.pop())
        elif token.type == Token.SEP:
            calls[-1] += 1
    return most


def names(formula: str) -> set[str]:
    """Return what a formula refers to by name and not by address."""
    operands = (token.value for token in _tokens(formula) if _refers(token))
    return {written for written in operands if not _REFERENCE.search(written.rpartition("!")[2])}


def precedents(formula: str, home: str) -> Iterator[Cell]:
    """Yield every cell that a formula on the sheet `home` refers to by address, those of ranges one by one."""
    for token in _tokens(formula):
        if _refers(token) and not names(f"={token.value}"):
            sheet, _, address = token.value.rpartition("!")
            first, _, last = address.replace("$", "").partition(":")
            (top, left), (bottom, right) = coordinate_to_tuple(first), coordinate_to_tuple(last or first)
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    yield sheet.strip("'") or home, row, column


def relative(formula: str, address: str) -> str:
    """Return a formula in relative form, as seen from the cell that it stands in: R[-1]C[0], or R4C3 where fixed."""
    row, column = coordinate_to_tuple(address)

    def seen(match: re.Match[str]) -> str:
        fixed_column, letters, fixed_row, digits = match.groups()
        across, down = column_index_from_string(letters), int(digits)
        vertical = f"R{down}" if fixed_row else f"R[{down - row}]"
        return vertical + (f"C{across}" if fixed_column else f"C[{across - column}]")

    parts = []
    for token in _tokens(formula):
        sheet, mark, cells = token.value.rpartition("!")
        parts.append(sheet + mark + _REFERENCE.sub(seen, cells) if _refers(token) else token.value)
    return "".join(parts)


def _tokens(formula: str) -> list[Token]:
    return list(Tokenizer(formula).items)


def _opens(token: Token) -> bool:
    return bool(token.type == Token.FUNC and token.subtype == Token.OPEN)


def _refers(token: Token) -> bool:
    return bool(token.type == Token.OPERAND and token.subtype == Token.RANGE)
