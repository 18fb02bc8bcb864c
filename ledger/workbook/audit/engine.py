"""Formulas worked out by formualizer, by another process: nothing else can stop native code, or bound what it takes.

This file is what that process runs, alone; of the package it knows nothing.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from typing import Any

# As many characters as a cell holds.
_LONGEST = 32_767


def recalculated(path: str, places: list[tuple[str, int, int]]) -> list[Any]:
    """Return what cells compute, by sheet, row and column counted from 0; an error as a dict with its kind."""
    import formualizer

    engine = formualizer.load_workbook(path)
    # Dates as day numbers, which is how cells hold them.
    engine.set_temporal_egress("serial")
    # Asking for single cells to be evaluated takes three times as long.
    engine.evaluate_all()
    return [_fitting(engine.get_value(sheet, row + 1, column + 1)) for sheet, row, column in places]


def _fitting(value: Any) -> Any:
    return {"kind": "value"} if isinstance(value, str) and len(value) > _LONGEST else value


def _bound(memory: int) -> None:
    """Let this process take so many bytes, where the system can hold it to that."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))


def main() -> None:
    """Read from standard input what to work out, and within how many bytes; write values, or why there are none."""
    asked = json.load(sys.stdin)
    _bound(asked["memory"])
    try:
        answer = json.dumps({"values": recalculated(asked["path"], asked["places"])})
    except Exception as failed:  # noqa: BLE001 - the engine has no base class for what it raises
        answer = json.dumps({"failed": str(failed) or type(failed).__name__})
    if len(answer) > asked["memory"] // 8:
        answer = json.dumps({"failed": "its cells show more text than can be compared"})
    sys.stdout.write(answer)


if __name__ == "__main__":
    main()
