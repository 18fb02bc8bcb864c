"""Which sheets a workbook gets: those that carry the formulas always, the others as somebody asks."""

from __future__ import annotations

from collections.abc import Sequence

from unitledger.errors import UnknownName, ValueRefused, did_you_mean
from unitledger.workbook.layout import CHANGES, NEEDED_SHEETS, SHEETS, STUDY_SHEETS

_NOT = "-"


def chosen_sheets(asked: Sequence[str] | None) -> frozenset[str]:
    """Return the names of the sheets to write; None: all.

    `asked`: names of sheets, in any case, to which those are added that they stand on; or names with a minus in front,
    of sheets to leave out. Raises UnknownName, or ValueRefused for a sheet that cannot be left out.
    """
    if asked is None:
        return frozenset(SHEETS)
    if isinstance(asked, str):
        raise ValueRefused(f"Sheets: expected a list of texts, such as [{asked!r:.60}], got one text.")
    names = [name.strip() for name in asked]
    if not names:
        raise ValueRefused(f"Name at least one sheet. There are: {', '.join(SHEETS)}.")
    left_out = [name.startswith(_NOT) for name in names]
    if any(left_out) and not all(left_out):
        raise ValueRefused(
            f"Name the sheets to write, or with a minus those to leave out, not both: {', '.join(names)}."
        )
    found = {_known(name.removeprefix(_NOT).strip()) for name in names}
    if not any(left_out):
        studied = (*STUDY_SHEETS, CHANGES) if found.intersection(STUDY_SHEETS) else ()
        return frozenset(found.union(NEEDED_SHEETS, studied))
    for name in NEEDED_SHEETS:
        if name in found:
            others = [sheet for sheet in SHEETS if sheet not in NEEDED_SHEETS]
            raise ValueRefused(
                f"The sheet {name!r} cannot be left out: {_listed(NEEDED_SHEETS)} carry the formulas. "
                f"{_listed(others)} can be."
            )
    if found.intersection(STUDY_SHEETS):
        found.update(STUDY_SHEETS)
    return frozenset(SHEETS) - found


def _known(name: str) -> str:
    """Return the name of a sheet as it is written. Raises UnknownName."""
    folded = {sheet.casefold(): sheet for sheet in SHEETS}
    if name.casefold() not in folded:
        raise UnknownName(f"There is no sheet {name!r}.{did_you_mean(name, SHEETS)} There are: {', '.join(SHEETS)}.")
    return folded[name.casefold()]


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"
