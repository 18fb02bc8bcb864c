"""The sheets of a workbook: which there are, in the order of reading, and which of them a workbook gets."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

import attrs

from unitledger.errors import UnknownName, ValueRefused, did_you_mean
from unitledger.workbook import layout


class Kind(Enum):
    """What a sheet is for; its tab has the colour of its kind."""

    OUTPUTS = "outputs"
    INPUTS = "inputs"
    CALCULATION = "calculation"
    WORKING = "working"


@attrs.frozen
class About:
    """Of which kind a sheet is, and what it is for, in words."""

    kind: Kind
    purpose: str


SHEETS = {
    layout.SUMMARY: About(Kind.OUTPUTS, "The answer, key figures, alerts, and what is left out; one page."),
    layout.INPUTS: About(Kind.INPUTS, "Every assumption with unit, range, source, owner and review. To be edited."),
    layout.TIMELINE: About(Kind.INPUTS, "The periods, and the inputs that have a figure in each. To be edited."),
    layout.TABLES: About(Kind.INPUTS, "A list of items: what is given of each, to be edited, and what is worked out."),
    layout.CALC: About(Kind.CALCULATION, "Every line from top to bottom, with its formula in words."),
    layout.MONTHS: About(Kind.CALCULATION, "Every line by period, one sheet for each option."),
    layout.YEARS: About(Kind.OUTPUTS, "Every line by fiscal year, the options beside each other."),
    layout.VARIANCE: About(Kind.OUTPUTS, "Every line from plan to actual: volume, efficiency, price."),
    layout.SENSITIVITY: About(Kind.OUTPUTS, "What moves the answer, and where options meet."),
    layout.UNCERTAINTY: About(Kind.OUTPUTS, "How answers are spread when inputs are drawn at random."),
    layout.CHECKS: About(Kind.OUTPUTS, "What is checked, and the conditions that are watched; one page."),
    layout.READ_ME: About(Kind.OUTPUTS, "What the workbook is, how to send edits back, and where figures are from."),
    layout.SECOND: About(Kind.WORKING, "The lines of Calc once more, also with inputs at their lows and highs."),
    layout.AS_BUILT_SHEET: About(Kind.WORKING, "Inputs and constants as they were built, and what differs now."),
    layout.TIMELINE_AS_BUILT: About(Kind.WORKING, "Figures by period as they were built, and how many differ now."),
    layout.TABLES_AS_BUILT: About(Kind.WORKING, "Tables as they were built, and how many cells differ now."),
    layout.CONSTANTS: About(Kind.WORKING, "Constants, conversion factors, words and units of dropdowns."),
    layout.CHANGES: About(Kind.WORKING, "What differs from an earlier workbook, and what that does to the answer."),
    layout.RECONCILIATION: About(Kind.WORKING, "Figures that documents print, beside what this workbook gives."),
    layout.FORMULA_MAP: About(Kind.WORKING, "Every formula once: where it stands, in words, and what it stands on."),
}
"""All sheets in the order of reading: those for readers, then those behind them."""

ON_REQUEST = frozenset({layout.FORMULA_MAP})
"""Sheets that are written only where they are asked for."""

ON_PAPER = frozenset(name for name, about in SHEETS.items() if about.kind is not Kind.WORKING) ^ {
    layout.CHECKS,
    layout.READ_ME,
    layout.CHANGES,
}
"""Sheets that are printed with the workbook; what tells about the file is for the screen, where it can be followed."""

_PLUS, _MINUS = "+", "-"


def chosen_sheets(asked: Sequence[str] | None) -> frozenset[str]:
    """Return the names of the sheets to write; None: all but those on request.

    `asked`: names of sheets, in any case, to which those are added that they stand on; or names with a plus in front,
    of sheets to add to those written anyway, and with a minus, of those to leave out. Raises UnknownName, or
    ValueRefused for a sheet that cannot be left out.
    """
    if asked is None:
        return frozenset(SHEETS.keys() - ON_REQUEST)
    if isinstance(asked, str):
        raise ValueRefused(f"Sheets: expected a list of texts, such as [{asked!r:.60}], got one text.")
    names = [name.strip() for name in asked]
    if not names:
        raise ValueRefused(f"Name at least one sheet. There are: {', '.join(SHEETS)}.")
    signed = [name.startswith((_PLUS, _MINUS)) for name in names]
    if not any(signed):
        return frozenset({_known(name) for name in names}.union(layout.NEEDED_SHEETS))
    if not all(signed):
        raise ValueRefused(
            "Name the sheets to write, or with a plus those to add and with a minus those to leave out, not both: "
            f"{', '.join(names)}."
        )
    added, left_out = ({_known(name[1:].strip()) for name in names if name[0] == sign} for sign in (_PLUS, _MINUS))
    for name in layout.NEEDED_SHEETS:
        if name in left_out:
            others = [sheet for sheet in SHEETS if sheet not in layout.NEEDED_SHEETS]
            raise ValueRefused(
                f"The sheet {name!r} cannot be left out: {_listed(layout.NEEDED_SHEETS)} carry the formulas. "
                f"{_listed(others)} can be."
            )
    return frozenset((SHEETS.keys() - ON_REQUEST | added) - left_out)


def _known(name: str) -> str:
    """Return the name of a sheet as it is written. Raises UnknownName."""
    folded = {sheet.casefold(): sheet for sheet in SHEETS}
    if name.casefold() not in folded:
        raise UnknownName(f"There is no sheet {name!r}.{did_you_mean(name, SHEETS)} There are: {', '.join(SHEETS)}.")
    return folded[name.casefold()]


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"
