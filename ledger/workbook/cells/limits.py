"""How much of a file from outside is read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import attrs


@attrs.frozen(kw_only=True)
class Limits:
    """How much of a workbook from outside is read; one that goes beyond is refused.

    `packed`, `inflated`: bytes of the file, and of all its parts; `ratio`: one to the other, for parts of some size;
    `parts`: files in the package; `sheets`; `cells`: those of all sheets, rows without cells and the cells that array
    formulas fill included; `tags`: those of a part that is no sheet, and texts of cells; `formula`: characters of one;
    `seconds`: from the first byte to the last, and again for `verify` to work out the formulas; `memory`: bytes that
    this may take, on Linux.
    """

    packed: int = 100_000_000
    inflated: int = 400_000_000
    ratio: int = 150
    parts: int = 2_000
    sheets: int = 255
    cells: int = 1_000_000
    tags: int = 150_000
    formula: int = 8_192
    seconds: float = 60.0
    memory: int = 400_000_000


_USUAL = Limits()
_LIMITS = ContextVar("limits", default=_USUAL)


def allowed() -> Limits:
    """Return the limits that hold now."""
    return _LIMITS.get()


@contextmanager
def reading(limits: Limits) -> Iterator[None]:
    """Read workbooks under other limits within a block, such as ``Limits(cells=5_000_000)``."""
    token = _LIMITS.set(limits)
    try:
        yield
    finally:
        _LIMITS.reset(token)
