"""Every visible word of the sheet Inputs, but for those that other sheets share."""

from __future__ import annotations

TITLE = "Inputs"
HINT = (
    "Yellow: a figure of its own; grey: that of the base option, the first, until typed over. Options can be renamed "
    "in their headings. Beneath an input: what is stated of an option's own figure."
)
HINT_ALONE = "Yellow cells can be edited, the name of the option too; low, high and review can be filled in."
REVIEWED_BY, REVIEWED_ON = "Reviewed by", "Reviewed on"
FACTOR = "Factor"
ASKED_HEADING = "The name of the option, which every sheet takes from here: not empty, and not that of another."
ASKED_UNIT = "Choose a unit; then type the figures in it: those of all options, low and high."
UNIT_BESIDE = "the unit beside it"
ASKED_LOW = "The lowest that it may well be, not above High: a number in {unit}{range}. Empty: none."
ASKED_HIGH = "The highest that it may well be, not below Low: a number in {unit}{range}. Empty: none."
IN_OPTION = " Both empty: as in the base option."
ASKED_REVIEWER = "Who checked the figures of this row: a name of at most 255 characters."
ASKED_REVIEW_DAY = "The day of the check, such as 2026-01-31."
ASKED_WORD = "One of: {words}."
MAY_BE_EMPTY = " Empty: as in the base option."
UNUSED = "no line uses this input"
