"""Text files as they come in."""

from __future__ import annotations

import stat
from pathlib import Path

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
