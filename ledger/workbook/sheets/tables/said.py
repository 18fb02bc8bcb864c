"""Texts of the sheets of a ledger's tables."""

from __future__ import annotations

HINT = "Yellow cells can be edited, and a longer or shorter list of the same columns pasted: grey columns follow."
SOURCE, TOTAL, UNIT, WORD = "Source", "Total", "Unit", "in words"
IN_OPTION = "{label}, {option}"
PLOT = "{values} [{unit}] over {over} [{over_unit}]"
AS_OF = "{source} ({as_of})"
BUILT_TITLE = "Tables when the workbook was built"
BUILT_HINT = "What an option takes from the base option is empty."
COLUMN, HEADING = "Column", "Heading"
EDITED, LEFT_OUT, TYPED = "Differing", "Not possible, or left out of sums", "Typed over"
OFF, BY_ITEM = "Off when worked out again", "Items are not worked out again here"
SUM_BUILT, OFF_BUILT = "All items when built", "Off that when built"
OF_TABLE = "{table}: {label}"
