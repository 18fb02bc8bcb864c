"""Cases as files of Parquet, one for each piece, for results that memory does not hold."""

from __future__ import annotations

from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from unitledger.compute.many.table import Table
from unitledger.errors import MissingExtra, WorkbookError
from unitledger.files.save import save

_NAME = "part-{:06}.parquet"


def check_folder(folder: str | Path) -> Path:
    """Return the path of a new or an empty folder, which is made.

    Raises MissingExtra without pyarrow, WorkbookError for what is no such folder.
    """
    if find_spec("pyarrow") is None:
        raise MissingExtra(
            "Writing Parquet needs the library pyarrow, which is not installed: pip install 'unitledger[parquet]'."
        )
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
