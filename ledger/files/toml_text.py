"""A TOML file as tables, and on which line of it a key stands; tomllib tells that for syntax errors only."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from unitledger.errors import InputsFileError

KeyPath = tuple[str, ...]

_KEY = r"""(?:[A-Za-z0-9_-]++|"[^"]*"|'[^']*')"""
_DOTTED = rf"{_KEY}(?:\s*\.\s*{_KEY})*"
_HEADER = re.compile(rf"\s*\[{{1,2}}\s*({_DOTTED})\s*\]{{1,2}}\s*(?:#.*)?$")
_ASSIGNMENT = re.compile(rf"\s*({_DOTTED})\s*=")
_LONG_QUOTE = re.compile(r'"""|' + "'''")

MOST_PARTS = 32
# What is worked out for each part of a key takes as long as the parts before it.
_DEEP = re.compile(rf"^\s*+\[?+\[?+\s*+{_KEY}(?:\s*+\.\s*+{_KEY}){{{MOST_PARTS}}}", re.MULTILINE)


def tables(text: str, file: str) -> dict[str, Any]:
    """Return the tables of a TOML text. Raises InputsFileError, with the line, where it is none."""
    if deep := _DEEP.search(text):
        above, said = text.count("\n", 0, deep.end()), f"a key of more than {MOST_PARTS} parts"
        raise InputsFileError(f"{file}, line {above + 1}: {said}; names have fewer dots.")
    try:
        found = tomllib.loads(text)
        # A number of thousands of digits that are hexadecimal is read, but cannot be shown.
        repr(found)
    # Besides TOMLDecodeError: a number of thousands of digits, and tables nested a thousand deep.
    except (ValueError, RecursionError) as broken:
        reason, _, place = str(broken).partition(" (at ")
        numbered = re.match(r"line (\d+)", place)
        line = numbered[1] if numbered else str(len(text.splitlines()))
        said = f"{reason[:1].lower()}{reason[1:].rstrip('.')}"
        raise InputsFileError(f"{file}, line {line}: not valid TOML: {said}.") from broken
    return found


def key_lines(text: str) -> dict[KeyPath, int]:
    """Return the line, from 1, on which each table and key of a valid TOML `text` first appears.

    Keys inside an inline table are left out: they stand on the line of the table itself.
    """
    lines: dict[KeyPath, int] = {}
    table: KeyPath = ()
    in_long_text = False
    for number, line in enumerate(text.splitlines(), start=1):
        opened_before = in_long_text
        if len(_LONG_QUOTE.findall(line)) % 2:
            in_long_text = not in_long_text
        if opened_before:
            continue
        if header := _HEADER.match(line):
            table = path = _parts(header[1])
        elif assignment := _ASSIGNMENT.match(line):
            path = table + _parts(assignment[1])
        else:
            continue
        for length in range(1, len(path) + 1):
            lines.setdefault(path[:length], number)
    return lines


def line_of(path: KeyPath, lines: Mapping[KeyPath, int]) -> int:
    """Return the line of `path`, or of the innermost table around it that has a line of its own."""
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return 1


def _parts(dotted: str) -> KeyPath:
    return tuple(part.strip("\"'") for part in re.findall(_KEY, dotted))
