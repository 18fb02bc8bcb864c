"""Work in pieces: the same pieces in the same order, by whomever they are done, also as files of Parquet."""

from __future__ import annotations

import pickle
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, lru_cache
from io import BytesIO
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeAlias, TypeVar

from unitledger.compute.many.table import Table
from unitledger.errors import ValueRefused, WorkbookError, check_installed
from unitledger.files.save import save

if TYPE_CHECKING:
    from concurrent.futures import Executor

    class Client(Protocol):
        """A client of dask."""

        def get_executor(self, **more: Any) -> Executor:
            """Return an executor whose work its workers do."""

    Workers: TypeAlias = Executor | Client

Held = TypeVar("Held")
Done = TypeVar("Done")

PIECE = 2**17
"""So many cases are worked out at once: little to hold, and much beside what handing them over costs."""

_RETRIES = 3
"""How often a piece is done again by another worker of dask, after its own was lost."""

_WAITING = 64
"""So many pieces are handed over before the first of them has come back."""

_QUIET = 1.0
"""So many seconds work goes on before its progress is shown."""


class Shared(Generic[Held]):
    """What all pieces need, such as a ledger, on its way to workers: pickled once, and unpickled once by each."""

    def __init__(self, held: Held) -> None:
        self.held = held

    @cached_property
    def _pickled(self) -> bytes:
        return pickle.dumps(self.held)

    def __reduce__(self) -> tuple[Callable[[bytes], Shared[Any]], tuple[bytes]]:
        return _unpickled, (self._pickled,)


@lru_cache(maxsize=4)
def _unpickled(pickled: bytes) -> Shared[Any]:
    return Shared(pickle.loads(pickled))  # noqa: S301 - pickled above, and handed over by an executor of the caller


def spans(count: int) -> list[tuple[int, int]]:
    """Return first and end of the pieces of so many cases, as equal as can be; one also of no case."""
    pieces = max(1, -(-count // PIECE))
    return [(count * piece // pieces, count * (piece + 1) // pieces) for piece in range(pieces)]


def done(tasks: Sequence[Callable[[], Done]], executor: Workers | None, what: str) -> Iterator[Done]:
    """Yield what tasks give, in their order; on a terminal progress is shown once they take over a second.

    `executor`: of `concurrent.futures`, or a client of dask; None: one task after the other, here. `what` says what is
    done. What a task raises is raised, and those that wait are not begun.
    """
    found = (task() for task in tasks) if executor is None else _by(executor, tasks)
    return _watched(found, len(tasks), what)


def _by(executor: Workers, tasks: Sequence[Callable[[], Done]]) -> Iterator[Done]:
    if hasattr(executor, "get_executor"):
        # Each piece is a task of its own, also where another of equal content was done before.
        executor = executor.get_executor(pure=False, retries=_RETRIES)
    if not hasattr(executor, "submit"):
        raise ValueRefused(f"executor: expected one of concurrent.futures or a client of dask, got {executor!r:.60}.")
    waiting = deque(executor.submit(task) for task in tasks[:_WAITING])
    try:
        for place in range(len(tasks)):
            yield waiting.popleft().result()
            if place + _WAITING < len(tasks):
                waiting.append(executor.submit(tasks[place + _WAITING]))
    finally:
        for future in waiting:
            future.cancel()


def _watched(found: Iterator[Done], count: int, what: str) -> Iterator[Done]:
    begun, bar = monotonic(), None
    try:
        for place, each in enumerate(found, start=1):
            yield each
            if bar is None and monotonic() - begun > _QUIET and sys.stderr.isatty():
                from rich.console import Console
                from rich.progress import Progress

                bar = Progress(console=Console(stderr=True), transient=True)
                bar.start()
                bar.add_task(what, total=count)
            if bar is not None:
                bar.update(bar.task_ids[0], completed=place)
    finally:
        if bar is not None:
            bar.stop()


_NAME = "part-{:06}.parquet"


def check_folder(folder: str | Path) -> Path:
    """Return the path of a new or an empty folder, which is made.

    Raises MissingExtra without pyarrow, WorkbookError for what is no such folder.
    """
    check_installed("pyarrow", "parquet", "Writing Parquet")
    target = Path(folder)
    try:
        target.mkdir(exist_ok=True)
        is_empty = next(target.iterdir(), None) is None
    except OSError as broken:
        raise WorkbookError(f"{target} cannot be a folder of files: {broken.strerror}.") from None
    if not is_empty:
        raise WorkbookError(f"{target} is not empty. Name a new folder, or empty it.")
    return target.absolute()


def write_piece(table: Table, folder: Path, piece: int) -> None:
    """Write the rows of a piece as a file, whole or not at all; a piece that is done again replaces it."""
    import pyarrow as pa
    from pyarrow.parquet import write_table

    content = BytesIO()
    write_table(pa.table({column.title: column.values for column in table.columns}), content)
    save(content.getvalue(), folder / _NAME.format(piece))
