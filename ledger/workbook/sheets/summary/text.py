"""The words of the sheet Summary."""

from __future__ import annotations

# Of whom and of when the figures are.
DECISION = "Decision asked for: {decision}"
STATED = {
    "author": "Author: {}",
    "owner": "Owner of the figures: {}",
    "as_of": "Figures as of {}",
    "period": "Period: {}",
}
BUILT_WITH, BUILT_ON = "Built with unitledger {software}", "Built on {day} with unitledger {software}"
VERSION = "Version {version}"
BETWEEN_FACTS = "   ·   "

# The answer.
IS_BEST = {"lower": " is lowest with ", "higher": " is highest with "}
WHICH_ARE_TIED = ", which are tied"
VALUE, IS, WITH, END, BRACKET, BRACKET_END = ": ", " is ", " with ", ".", " (", ")"
IS_NEXT, AGAINST = " is next: ", " against "
NOT_PLAUSIBLE, NONE_PLAUSIBLE = ", which is not plausible", ": no option is plausible; the alerts say why."
NO_OTHER, BASE_LEFT_OUT = " (no other option is plausible)", " is not plausible and is not compared)"
LEFT_OUT = " Options left out, since they are not plausible: "
WHERE_PLAUSIBLE = "{figure}, where plausible"
BUT_AN_ALERT, ALERT_FOLLOWS = " But an alert applies to ", ":"
IT, ONE_TIED, CASE_NAMED = "it", "one of those tied", "a case named here"
SPAN, SPAN_TO, IN = ": from ", " to ", " in "
EVERY_CASE, CASES = "every case", "; the options are cases, not alternatives."

# What qualifies it.
ALERT, RECOMMENDED, ADVICE = "Alert", "Recommended", "Advice"
ENDS = (".", "!", "?", "…", "。", "！", "？")
IN_EVERY, IN_SOME, SAYS, NAMES_JOINED = " in every option: ", " in ", ": ", "; "
NONE_APPLIES = {True: "One condition watched: it does not apply.", False: "{} conditions watched, none applies."}
NONE_HOLDS = {True: "One recommendation weighed: it does not hold.", False: "{} recommendations weighed, none holds."}
AND, MORE, MORE_BENEATH = " And ", " more: see Checks.", " more: see the end of this sheet."
OUTSIDE = "Figures of inputs outside their range, or left as they were in another unit: "
SEE_CHECKS, ALL_INSIDE = " (see Checks).", "No input is outside its range."
RESTS_ON, IN_RESTS_ON = "It rests most on ", " it rests most on "
AT, WOULD_BE, NOTHING_MOVES = "): at ", " it would be ", "No input that has a range moves it."
EXCLUDED = "Not in these figures: {}."

# Key figures, parts, what moves the answer.
KEY_FIGURES, OPTIONS, CASES_TITLE = "Key figures", "Options", "Cases"
DESCRIBED = ": "
SAME, NOTHING, PERCENT, POINTS = "same", "no difference", " %", " points"
BY_PART, SUM, UNIT_OF = ", by part", "Sum", "{figure} [{unit}]"
BY_PART_OF = "{figure}, by part [{unit}]"
MOVES, WHAT_MOVES = "What moves {figure}", "What moves it, in "
DARK_AND_LIGHT = ": dark at its low, light at its high"
UNIT_FOLLOWS = ", "
LOW, HIGH, ANSWER_LOW, ANSWER_HIGH = "low", "high", "answer at low", "answer at high"
FROM, TO, PART_BY_PART = "From ", " to ", ", by part"

# At the foot, for what stands above.
FOOT = "What the sentences and charts above are made from; not printed"
AS_BUILT = "{figure}, as built"
FIGURES_BUILT = "Key figures as built: those above are highlighted where they differ"
ORDER_OF_ALERTS = "Alerts, numbered"
ORDER_OF_ADVICE = "Recommendations (1 where one holds), numbered"
SHOWN_ALERT = "Alert {number} that is shown: options, its rank, its number"
SHOWN_ADVICE = "Recommendation {number} that is shown: options, its rank, its number"
FALL = "From the base to the compared option"
CHANGE = "Change"
NAMES_IN_CHARTS, NAME_AND_ANSWER = "Names in charts", "Options in charts"
SHORT_NAMES = "Short for the names as built"
ZERO = "Where bars begin"
ROOM, ROOM_SHARE = "Room for the labels of bars", "As a share of their span"

ALT_MADE_OF = "Stacked bars: what {figure} is made of, by option, in {unit}."
ALT_BY_OPTION = "Bars: {figure} by option, in {unit}."
ALT_PARTS = "Bars: what {figure} is made of, in {unit}."
ALT_FALL = "Steps from {figure} of the base to that of the compared option, part by part, in {unit}."
ALT_TORNADO = "Bars: how far each input alone moves {figure} at its low and at its high, in {unit}, strongest first."
