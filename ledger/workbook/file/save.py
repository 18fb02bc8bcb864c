"""Putting a file where it should go: whole or not at all, and an existing file is never damaged."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from unitledger.errors import WorkbookError

ENDING = ".xlsx"


def check_target(path: Path, *, overwrite: bool) -> None:
    """Raise WorkbookError where a workbook could not be put, before any work is done for it."""
    if path.suffix.casefold() != ENDING:
        raise WorkbookError(f"{path}: a workbook's name ends in {ENDING}. Write {path.with_suffix(ENDING).name!r}.")
    check_place(path)
    if path.exists() and not overwrite:
        raise WorkbookError(f"{path} exists already. Choose another name, or write with overwrite=True.")


def check_place(path: Path) -> None:
    """Raise WorkbookError where no file could be put: no folder, a folder itself, write-protected, no name."""
    try:
        has_folder, is_folder, is_there = path.parent.is_dir(), path.is_dir(), path.exists()
    except OSError as broken:
        raise WorkbookError(f"{path!s:.80}... cannot be a file: {broken.strerror}.") from None
    if not has_folder:
        raise WorkbookError(f"{path}: the folder {path.parent} does not exist. Make it first.")
    if is_folder:
        raise WorkbookError(f"{path} is a folder. Name a file in it.")
    if is_there and not os.access(path, os.W_OK):
        raise WorkbookError(f"{path} is write-protected. Choose another name, or allow writing to it.")


def save(content: bytes, path: Path) -> None:
    """Replace a file in one step. Raises WorkbookError naming the path and the fix."""
    try:
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.stem}-", suffix=path.suffix, delete=False) as file:
            unfinished = Path(file.name)
            try:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            except BaseException:
                file.close()
                unfinished.unlink()
                raise
    except PermissionError:
        raise WorkbookError(
            f"{path}: no permission to write into {path.parent}. Choose another folder, or allow writing to it."
        ) from None
    except OSError as broken:
        raise WorkbookError(f"{path} could not be written: {broken.strerror or broken}.") from broken
    except ValueError as broken:
        raise WorkbookError(f"{str(path)!r} could not be written: {broken}.") from None
    try:
        unfinished.chmod(_permissions(path))
        unfinished.replace(path)
    except OSError as broken:
        with contextlib.suppress(OSError):
            unfinished.unlink()
        if isinstance(broken, PermissionError):
            raise WorkbookError(
                f"{path} cannot be replaced: it is open in another program, or it may not be written. "
                "Close it there, or choose another name."
            ) from None
        raise WorkbookError(f"{path} could not be replaced: {broken.strerror or broken}.") from broken


def _permissions(path: Path) -> int:
    """Return those of the file that is replaced, or what the system gives new files."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
