"""Text files as they come in, and TOML with the lines of its keys."""

from __future__ import annotations

import re
import stat
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from unitledger.errors import InputsFileError

LARGEST = 5_000_000
"""A text of more bytes is not read: ten thousand inputs in three options take less."""


def text_of(path: Path, largest: int = LARGEST) -> str:
    """Return the text of a file of at most so many bytes. Raises InputsFileError, with the line that is not UTF-8."""
    try:
        kind = path.stat()
        if not stat.S_ISREG(kind.st_mode) and not stat.S_ISDIR(kind.st_mode):
            raise InputsFileError(f"{path}: it is no file but a pipe or a device. Check the path.")
        if kind.st_size > largest:
            raise InputsFileError(f"{path}: it has {kind.st_size:,} bytes; {largest:,} are allowed. Divide it.")
        return decoded(path.read_bytes(), str(path), largest)
    except OSError as failed:
        raise InputsFileError(f"{path}: cannot be read ({failed.strerror}). Check the path.") from failed


def decoded(content: bytes, file: str, largest: int = LARGEST) -> str:
    """Return what bytes say, at most so many; `file` is for messages. Raises InputsFileError."""
    if len(content) > largest:
        raise InputsFileError(f"{file}: it has {len(content):,} bytes; {largest:,} are allowed. Divide it.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as failed:
        line = content.count(b"\n", 0, failed.start) + 1
        raise InputsFileError(f"{file}, line {line}: not UTF-8 text. Save the file as UTF-8.") from failed


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
