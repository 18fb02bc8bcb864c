"""Putting a file where it should go: whole or not at all, and an existing file is never damaged."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BufferedWriter
from pathlib import Path
from secrets import token_hex

from unitledger.errors import WorkbookError

try:
    import fcntl
except ImportError:  # Windows, where nobody can delete a file that is open.
    fcntl = None  # type: ignore[assignment]

ENDING = ".xlsx"
# Files that are being written, beside those that they become; a run that is killed leaves them behind.
_UNFINISHED = ".unitledger-{}.part"


def check_target(path: Path, *, overwrite: bool) -> None:
    """Raise WorkbookError where a workbook could not be put, before any work is done for it."""
    if path.suffix.casefold() != ENDING:
        raise WorkbookError(f"{path}: a workbook's name ends in {ENDING}. Write {path.with_suffix(ENDING).name!r}.")
    check_place(path)
    if path.exists() and not overwrite:
        raise _taken(path)


def check_place(path: Path) -> None:
    """Raise WorkbookError where no file could be put: no folder, a folder or device, write-protected, no name."""
    try:
        has_folder, is_folder, is_there = path.parent.is_dir(), path.is_dir(), path.exists()
    except OSError as broken:
        raise WorkbookError(f"{path!s:.80}... cannot be a file: {broken.strerror}.") from None
    if not has_folder:
        raise WorkbookError(f"{path}: the folder {path.parent} does not exist. Make it first.")
    if is_folder:
        raise WorkbookError(f"{path} is a folder. Name a file in it.")
    if is_there and not path.is_file():
        raise WorkbookError(f"{path} is a device or a pipe, not a file. Name a file.")
    if is_there and not os.access(path, os.W_OK):
        raise WorkbookError(f"{path} is write-protected. Choose another name, or allow writing to it.")


def save(content: bytes, path: Path, *, overwrite: bool = True) -> None:
    """Put a file in one step. Raises WorkbookError naming the path and the fix.

    A link is written through; owner and mode of a file that is replaced stay. Without `overwrite` a file that came to
    be meanwhile is kept. What runs that were killed left in the folder is removed.
    """
    try:
        # The name under which the file is seen may be a link to it.
        target = Path(os.path.realpath(path))
        _sweep(target.parent)
        with _unfinished(target.parent) as file:
            file.write(content)
            file.flush()
            _keep_owner(file.fileno(), target)
            os.fsync(file.fileno())
            if fcntl is None:
                file.close()
            _place(Path(file.name), target, path, overwrite=overwrite)
    except WorkbookError:
        raise
    except PermissionError:
        raise WorkbookError(
            f"{path}: no permission to write into {path.parent}. Choose another folder, or allow writing to it."
        ) from None
    except OSError as broken:
        raise WorkbookError(f"{path} could not be written: {broken.strerror or broken}.") from broken
    except ValueError as broken:
        raise WorkbookError(f"{str(path)!r} could not be written: {broken}.") from None


@contextmanager
def _unfinished(folder: Path) -> Iterator[BufferedWriter]:
    """Make a file to be written, locked so that no other run takes it for a leftover."""
    file = _locked(folder)
    while not Path(file.name).exists():  # Another run has swept it away before it was locked.
        file.close()
        file = _locked(folder)
    try:
        yield file
    finally:
        file.close()
        # Where it became the target it is gone under this name.
        Path(file.name).unlink(missing_ok=True)


def _locked(folder: Path) -> BufferedWriter:
    # The system gives it the mode of new files.
    file = (folder / _UNFINISHED.format(token_hex(8))).open("xb")
    if fcntl is not None:
        with suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_EX)
    return file


def _keep_owner(file: int, target: Path) -> None:
    """Give a file owner and mode of the one that it replaces, if there is one."""
    if target.exists() and hasattr(os, "fchown"):
        old = target.stat()
        # Only the administrator can give a file away; a group of one's own can be kept.
        for owner, group in ((old.st_uid, -1), (-1, old.st_gid)):
            with suppress(PermissionError):
                os.fchown(file, owner, group)
        os.fchmod(file, old.st_mode & 0o7777)


def _place(unfinished: Path, target: Path, path: Path, *, overwrite: bool) -> None:
    """Give a file that is written the name of its target."""
    try:
        if overwrite:
            unfinished.replace(target)
        else:
            _link(unfinished, target)
    except FileExistsError:
        raise _taken(path) from None
    except PermissionError:
        raise WorkbookError(
            f"{path} cannot be replaced: it is open in another program, or it may not be written. "
            "Close it there, or choose another name."
        ) from None
    except OSError as broken:
        raise WorkbookError(f"{path} could not be replaced: {broken.strerror or broken}.") from broken


def _link(unfinished: Path, target: Path) -> None:
    """Give a file a name that is not taken. Raises FileExistsError."""
    try:
        os.link(unfinished, target)
    except FileExistsError:
        raise
    except OSError:
        # A file system without links: the name is taken first, by an empty file.
        target.open("xb").close()
        unfinished.replace(target)


def _sweep(folder: Path) -> None:
    """Remove what runs that were killed left behind: files that nobody has locked."""
    for path in folder.glob(_UNFINISHED.format("*")):
        with suppress(OSError):
            if fcntl is None:
                path.unlink()
                continue
            with path.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                path.unlink()


def _taken(path: Path) -> WorkbookError:
    return WorkbookError(f"{path} exists already. Choose another name, or write with overwrite=True.")
