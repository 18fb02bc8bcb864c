"""Sound workbooks damaged at random: whatever is left of them, every verb answers or refuses, and soon."""

from __future__ import annotations

from pathlib import Path

import pytest
from mutated import mutated
from outside import outcomes, sound
from worked_on import packed

GROUPS, OF_EACH = 8, 10


@pytest.mark.parametrize("group", range(GROUPS))
def test_a_damaged_workbook_is_read_or_refused(tmp_path: Path, group: int) -> None:
    path = packed(sound(), tmp_path / "sent.xlsx")
    whole = path.read_bytes()
    for seed in range(group * OF_EACH, (group + 1) * OF_EACH):
        kind, damaged = mutated(whole, seed)
        path.write_bytes(damaged)
        assert len(dict(outcomes(path))) > 1, (seed, kind)
