"""Words of the sheet Second calculation."""

from __future__ import annotations

TITLE = "Second calculation: the lines of Calc once more, and with inputs at other values"
HINT = "A formula typed over on Calc differs from this; a line without figures is worked out in the formula under Off."
OFF, OFF_BUILT = "Off", "Off built values"
WHEN_BUILT, LARGEST_OPERAND = "Option {number} when built", "Largest operand, option {number}"

BEST = "Which option is best, and which is the best of the others"
WHERE_PLAUSIBLE = "{answer}, where plausible"
BEST_VALUE = {"lower": "Lowest: {answer}", "higher": "Highest: {answer}"}
BEST_OPTION, PLACE_OF_BEST, TIED_JOINED = "Best option", "Its number among the options", ", "
NEXT_VALUE = {"lower": "Lowest after the base option: {answer}", "higher": "Highest after the base option: {answer}"}
NEXT_OPTION, PLACE_OF_NEXT = "Best option after the base option", "Its number among all options"

CHOSEN = "Which options are looked at"
AS_THE_ANSWER = "as the answer"
CHOICES, OPTION = "What can be chosen on Sensitivity", "option"
NUMBER, NUMBERS, NUMBER_OF = "number", "Its number", "Number of the option"
NAME_OF = "Name of the option"
ANALYSED, COMPARED = "analysed", "compared"

AS_IT_IS = "As it is"
RANGES_BY_OPTION, END_BY_OPTION = "Ranges that options have of their own", "{input}: {end}"
RANGES = "Inputs with a range, one at a time"
LOW, HIGH, AT_LOW, AT_HIGH = "low", "high", "answer at low", "answer at high"
RANGE_TITLES = (AT_LOW, AT_HIGH, LOW, HIGH, "swing", "rank", "name", "shown times", "decimals")
BUILT_TITLES = ("at low, when built", "at high, when built", "largest operand at low", "largest operand at high")
MOVED = "{input} at its low and its high"

ALONG = "{input} from its low to its high, in {which}"
STEP, TAKEN, TAKEN_UNIT = "Step", "Whose cell of Inputs the option takes", "number of option"
TOGETHER, ONE_IF_TRUE = "Both options take the same cell", "1 if so"
BEFORE = "Step before which analysed less compared first changes its sign"
FOUND = "They come out equal"
ALONG_WHEN_BUILT, ALONG_OPERAND = "{answer} of the {which} option, when built", "Largest operand of the {which} option"
