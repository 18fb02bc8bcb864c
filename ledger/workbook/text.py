"""Every visible word of the workbook, by sheet, so that another language is another file."""

from __future__ import annotations

# Shared by all sheets.
INPUT, OPTION = "Input", "Option"
UNTITLED_INPUTS, UNTITLED_LINES = "Other inputs", "Other lines"
UNIT = "Unit"
INTEGRITY, STATE, ALERTS = "Integrity: ", "State: ", "Alerts: "
OK, FAIL = "OK", "FAIL"
AS_BUILT, EDITED = "AS BUILT", "EDITED"
NO_ALERTS = "0"
NOT_KNOWN, NOT_STATED = "not known", "not stated"
PAGE, OF, VERSION = "page", "of", "version"
TO_SUMMARY = "‹ Summary"
LINKS_DROPPED = "A sheet holds {limit:,} links; the {dropped:,} after them are plain text."

# Rows of inputs and of other figures.
ASSUMPTION, LOW, HIGH = "Assumption", "Low", "High"
SOURCE, AS_OF, OWNER, NOTE = "Source", "As of", "Owner", "Note"
CHOICE_UNIT, REFUSED_TITLE = "choice", "Not possible here"
OWN = "{label} in "
"""Begins the label of a row about an option's own figure; the name of the option follows."""

# Constants.
CONSTANTS_TITLE = "Constants"
CONSTANT, VALUE = "Constant", "Value"
NAMED_CONSTANTS = "Named constants"
CONVERSION_FACTORS = "Conversion factors"
BY_DEFINITION, BY_CALENDAR = "by definition", "calendar of this ledger"
CHECKING = "Checking"
TOLERANCE, TOLERANCE_NOTE = "Tolerance of checks", "share of the largest figure compared"
PERCENT, PERCENT_NOTE = "Percent in a whole", "turns a share into percent in sentences"
WORDS_OF, WORD = "Words of: {choice}", "{choice}: word {place}"
UNITS_TO_TYPE, UNIT_IN = "Units to type instead", "Units for {unit}: 1 {other}"
CALENDAR, OWN_UNITS, OWN_UNIT = "Calendar: {calendar}.", "Units defined for this ledger", "Unit {name}"

# Calc.
CALC_TITLE = "Calculation"
LINE, IN_WORDS = "Line", "How it is computed"
CALC_HINT = "First the figures of Inputs × the factors of their units; then formulas of rows above and of Constants."
INPUTS_USED = "Inputs used"
LONG_FORMULA, LONGER_FORMULA = "a long formula of {shown}", "a long formula of {shown} and {more} more"
USED_CHOICE_WORDS = "place of the word in: {words}"
LINES = "Lines"
MADE_OF, PART, REST = "What {answer} is made of", "Part: ", "{answer}, less its parts"
REST_WORDS = "what the parts leave of it, 0 within the tolerance of checks"

# Reconciliation.
RECONCILIATION_TITLE = "Reconciliation: figures that documents print, and what this workbook gives"
RECONCILIATION_HINT = "Blue computed figures are of variants that no column holds."
PUBLISHED, COMPUTED = "Published", "Computed"
ROUNDING, VERDICT, CASE, TIMES_AT_MOST = "Rounding of print", "Verdict", "Case", "Over print, at most"
AGREES, DIFFERS = "agrees", "differs"
HOLDS, DOES_NOT_HOLD = "holds", "does not hold"
NOT_PUBLISHED = "not published"
VARIANT = "With {settings}. {note}"

# Read me.
READ_ME_TITLE = "Read me: {title}"
ABOUT = "About"
ABOUT_ROWS = (
    ("What it is", "A cost ledger: figures are live formulas over the yellow cells of Inputs, each with its unit."),
    ("Figures", "As of: {as_of}. Answers for them: {owner}. The base option is the first."),
    ("Version", "{version}"),
)
SHEETS_TITLE = "Sheets"
LEGEND = "Legend"
LEGEND_ROWS = (
    ("input", "1,234", "input, unit or choice that can be edited"),
    ("inherited", "1,234", "figure of the base option: type over it, and the option has its own"),
    ("open", "1,234", "may be filled in: low, high, review"),
    ("changed", "1,234", "input that is not as it was built, framed"),
    ("label_unused", "Spare", "input that no line uses: editing it changes nothing"),
    ("constant", "1,234", "constant or stated figure: not to be edited"),
    ("number", "1,234", "formula"),
    ("used", "1,234", "formula that only fetches a cell of another sheet"),
    ("link", "S1", "link to a cell or a source"),
    ("total", "1,234", "total of lines"),
    ("unit", "USD/h", "unit, note, or formula in words"),
    ("good", "OK", "check passed"),
    ("bad", "FAIL", "check failed"),
    ("warn", "EDITED (1)", "something to look at"),
)
CONVENTIONS = "Conventions"
CONVENTION_ROWS = (
    ("Calendar", "{calendar}."),
    ("Units", "Costs are positive. Each row has one unit; shares are stored as 0.30 and shown as 30 %."),
    ("Currencies", "Exchange rates are inputs with source and date; there are no built-in rates.{reporting}"),
    ("Formulas", "One formula per row, the same in the column of every option; conversion factors are on Constants."),
    ("Integrity", "OK while the arithmetic holds: totals, parts, formulas, units, labels, names, constants."),
    ("State, Alerts", "AS BUILT until an input is edited, then EDITED and how many; assumptions that fail, by option."),
    ("Protection", "{protection}"),
    ("On paper", "A sheet whose print area is one empty cell is not printed. To print it, clear its print area."),
)
SENDING_BACK = "Sending edits back"
SENDING_BACK_ROWS = (
    (
        "Edit",
        "Change yellow or grey figures and headings of options on Inputs. Rows may be inserted and sheets renamed.",
    ),
    ("Units", "Type figures in the unit beside them. Another unit can be chosen there; then type the whole row in it."),
    ("Return", "Save as .xlsx and send the file back. Each edit and review is listed before it is taken over."),
)
SOURCES = "Sources"

# Checks.
CHECKS_TITLE = "Checks"
CHECKS_HINT = "Values when built are compared while no input is edited; the other checks hold after edits too."
CHECK, RESULT = "Check", "Result"
INTEGRITY_LABEL, STATE_LABEL = "Integrity of the arithmetic", "State of the inputs"
ALERTS_LABEL, COUNTS = "Alerts", "What is counted"
COUNT_OF_LINES = "Rows of Calc, columns of tables off the second calculation"
COUNT_OF_DAMAGED = "Inputs without a possible figure, renamed, or not taken by Calc as they stand"
COUNT_OF_BUILT = "Values of Calc, of columns of tables off those when built"
COUNT_OF_SHOWN = "Key figures on Summary off Calc"
COUNT_OF_NAMES = "Names off their cells, headings changed, options not told apart, figures beside them"
COUNT_OF_CONSTANTS = "Constants changed"
COUNT_OF_VARIED_BUILT = "Answers behind Sensitivity off the values when built"
COUNT_OF_TYPED = "Formulas typed over or emptied"
COUNT_OF_PERIODS = "Rows by period off the second calculation, renamed, moved, or without a possible figure"
COUNT_OF_SELECTORS, COUNT_OF_EDITS = "Selectors on Sensitivity that name nothing", "Inputs edited"
COUNT_OF_RANGES = "Inputs outside their range, or changed in their unit alone"
COUNT_OF_ALERTS = "Warnings of the ledger that apply"
CELLS, ROWS, PRICES = "cells", "rows", "prices"
ONE_IF_TRUE = "1 if so"
DIFFERING_CELLS, CHECKED = "Differ", "of"
AS_BUILT_TITLE = "As built: what the workbook held when it was built, and what differs now"
AS_BUILT_HINT = "Checks adds up what is found here: each count is of its row and of those down to the next count."
INPUTS_BUILT = "Inputs when built"
LEAST, MOST = "Least possible", "Most possible"
DAMAGED, NO_LIMIT, OUTSIDE = "Damaged", "none", "Outside its range, or in another unit alone"
CHANGED = "Edited"
WARNINGS = "Conditions that are watched"
WHAT_IF = "what if"
SPARE_UNUSED = "The spare option is not used: no figure of its own, and no other name"
STALE_PRICES, OLDEST_PRICE = "Own prices of options out of date (1 if so)", "Earliest date that is not out of date"
BY_DATE = "Other prices out of date, by the dates on Inputs"
DATE, CONSTANTS_BUILT = "date", "Constants when built"
PARTS = "Labels and units of the parts of the answer"
HEADINGS, TOLD = "Headings and labels when built", "Headings and labels"
SHOWN, NAMES = "Key figures on Summary", "Options when built; names of cells, by which the file is read"

# Formula map.
FORMULA_MAP_TITLE, WHERE = "Formula map: every formula once, with what it stands on", "Where"
PYTHON_VALUE, EXCEL_VALUE = "Python, base option", "Workbook, base option"
DIFFERENCE, STANDS_ON = "Difference", "Stands on"
CURRENT, STALE = "current", "STALE"
LINES_MAPPED, OTHERS_MAPPED = "Lines", "All other formulas"
EVERY_SHEET = "Sheets for readers, {cells}"
MAPPED = {
    "strip": ("Status cells", "the three status cells of Checks"),
    "options": ("Names of options", "the heading on Inputs, as a text, also within titles, headings and labels"),
    "used": ("Inputs used", "the option's own input, or the base option's where that is empty, × factor of its unit"),
    "status": ("Status and counts", "counts of the blocks beneath, and what they say together"),
    "breakdown": ("Parts of the answer", "what each part of the total makes of the answer, and what they leave"),
    "periods": ("Lines by period", "each line in each period, and what all periods come to"),
    "compare": ("Running sums compared", "how far and in which periods an option is above the base option"),
    "years": ("Lines by fiscal year", "what the periods of a year come to"),
    "yearly": ("Labels by fiscal year", "labels and units as on the sheet of the base option"),
    "damaged": ("Rows of Timeline", "how many of label, unit, periods and figures are not as they must be"),
    "off": ("Rows on the sheets of options", "how many of label, unit and periods are not as built"),
    "items": ("Columns of a table", "each line of a table, for each item; empty where there is none"),
    "table_totals": ("Totals of a table", "what the items of a column come to"),
    "tables": (
        "Tables as built",
        "how many cells of a column differ, cannot be used, or were typed over; what is worked out, once more",
    ),
    "again": (
        "Second calculation",
        "formulas of Calc once more; how many cells there differ, from it and from when built",
    ),
    "factors": ("Factors of units", "the factor beside the chosen unit in its list on Constants"),
    "own": ("Rows of options' own figures", "the option whose own figure the row is about"),
    "inherited": ("Inherited figures", "the figure of the base option, until another is typed over it"),
    "changed": ("Changed cells", "which cells of the row differ from the inputs when built"),
    "inputs": ("Inputs when built", "how many cells of Inputs are not as built, cannot be used, or lie outside"),
    "alerts": ("Warnings of the ledger", "1 where the condition of the warning holds"),
    "stale": ("Ages of prices", "1 where the date on Inputs is older than the ledger allows"),
    "parts": ("Parts of the answer", "how many of their labels and units on Calc and Summary are not as written"),
    "static": ("Static tables", "1 once an input was edited after the build"),
    "changes": ("Changes since an earlier workbook", "the figure used now, and how far it lies from the earlier one"),
    "swings": ("Inputs at their lows and highs", "whether an input was edited since they were worked out"),
    "simulated": ("Inputs drawn at random", "whether an input was edited since they were drawn"),
    "shown": ("Key figures on Summary", "how many of them are not those of Calc"),
    "names": ("Names of headings and answers", "how many cells of a name are not those that it was made for"),
    "headings": ("Headings and labels", "how many of them are not as written, on sheets that nothing else compares"),
    "constants": ("Constants when built", "how many cells of Constants differ from what was built, by row or list"),
    "reconciliation": (
        "Reconciliation",
        "the workbook's figure, its difference from print, and whether rounding explains it",
    ),
    "chosen": ("Options looked at", "what is chosen on Sensitivity, and what formulas need as it is in these options"),
    "moved": (
        "Inputs moved alone",
        "low and high of each, each formula of Calc again at these, the swing and its rank",
    ),
    "along": ("Along the driver", "each formula of Calc again along one input, and where two options come out equal"),
    "said": ("Sensitivity in words", "what is analysed, the range of the answer, and the break-even"),
    "tornado": ("Tornado", "the inputs by swing, their figures, and the least and the greatest answer"),
    "one_way": ("One-way table", "the driver in equal steps, the answers there, and where they come out equal"),
    "moves": ("What moves the answer most", "the strongest inputs of Sensitivity, each a link, and the answers there"),
    "map": ("This map", "the workbook's value, and its difference from Python's beyond the tolerance"),
    "summary": ("Summary", "figures of Calc and Checks, compared, ranked and put into sentences"),
    "drawn": (
        "Charts of Summary",
        "headings, names with their figures, and the steps from the base to the best option",
    ),
    "described": ("What options are", "the name of each, and what it is"),
    "made_of": ("What the answer is made of", "the parts of the answer, and their sum"),
    "compared": ("The answer in figures", "the best option, and which one is held against the base"),
    "advice": ("Recommendations", "whether each holds in the option, and the order in which they are shown"),
    "watched": ("Alerts on Summary", "which alerts apply, in which options, and the order in which they are shown"),
}

# Parts of the answer, on Summary, Calc and Checks.
OTHER_PARTS = "Others"
COUNT_OF_PARTS = "Answers that are not the sum of their parts"
# Reporting currency, on Read me.
REPORTED = " Key figures are stated in {currency} as well, the original amounts beside them."
REPORTED_AT = " Key figures are stated in {currency} as well, at {rates}; the original amounts stand beside them."
RATE_OF, RATES_JOINED = "{rate} of {as_of}", " and "

# Protection, on Read me.
PROTECTED = "Without password. Inputs is open; the other sheets are locked against slips."
UNPROTECTED = "None: every cell can be changed; a formula that is typed over turns Integrity to FAIL."

# Changes since an earlier workbook.
SINCE_TITLE = "Changes since {file}, version {version}"
SINCE_HINT = "Effect: the answer now minus the answer with that input alone as it was."
SINCE_EARLIER, SINCE_NOW, SINCE_CHANGE = "Earlier", "Now", "Change"
SINCE_EFFECT, SINCE_TOGETHER = "Effect on {answer}, {unit}", "All together"
SINCE_NOTHING = "No figure differs."
SINCE_NO_VALUE = "no finite answer with the earlier figure"
SINCE_NO_VALUE_TOGETHER = "no finite answer with the earlier figures"
SINCE_NEW, SINCE_GONE = "new: not in the earlier workbook", "gone: only in the earlier workbook"
SINCE_SPAN, SINCE_PERIODS = "{label} to {last}", "Periods {periods}"

# Static tables, on Checks.
TABLES = "tables"
COUNT_OF_STATIC = "Static tables out of date"
STATIC_TABLES = "Static tables (1 if out of date)"
STATIC_TABLE = {
    "Changes": "Changes: effects of what differs from the earlier workbook",
    "Sensitivity": "Sensitivity: inputs at their lows and highs",
    "Uncertainty": "Uncertainty: answers when inputs are drawn at random",
    "Reconciliation": "Reconciliation: figures of variants that no column holds",
    "Formula map": "Formula map: values that Python found",
}
# Uncertainty.
UNCERTAINTY_TITLE = "Uncertainty: how answers are spread when inputs are drawn at random"
UNCERTAINTY_HINT = "A static table, worked out when the workbook was built; edits do not move it."
PERCENTILE, MEAN, AS_IS = "P{percent} of all cases", "Mean of all cases", "Inputs as they are"
BETTER, BEST_OF_ALL, NOT_PLAUSIBLE = "Which option is better", "Best of all options", "Not plausible: an alert applies"
SHARE_OF_CASES, SHARE_OF_VARIANCE = "share of cases", "share of variance"
VARIANCE_OF = "Where the variance of {line} comes from, each input by itself"
DRAWN, CASES, CASE_UNIT, SEED, SAMPLING = "What was drawn", "Cases in each option", "cases", "Seed", "How"
SAMPLINGS = {"latin": "Latin hypercube", "sobol": "Sobol's sequence, scrambled", "random": "pseudo-random numbers"}
HISTOGRAM, HISTOGRAM_OF = "Histogram, without the outermost half a percent", "Share of cases around {line}"
ALT_HISTOGRAM = "Share of cases over {figure} in {unit}, a line for each option."
# Sensitivity.
SENSITIVITY_TITLE = "Sensitivity: how far the answer moves"
SENSITIVITY_HINT = "Choose in the yellow cells; all tables follow. Low and high of an input are edited on Inputs."
SENSITIVITY_STATIC = "A static table, worked out when the workbook was built; edits do not move it."
SWING = "Swing"
SWINGS = "{label} is {answer}; one input at a time at its low or high, it goes from {least} to {most}."
NO_SWING = "{label} is {answer}; no input with a range moves it."
SELECTION = "What is analysed"
ANALYSED_OPTION, COMPARED_OPTION = "Analysed option", "Compared with"
ONE_OF_THE_LIST = "Choose one of the list."
TORNADO = "One input at a time, from its low to its high: the strongest first"
_ENDS = ("Low", "High", "{answer} at low", "{answer} at high")
TORNADO_TITLES = ("Input", "Unit", *_ENDS, "Change at low", "Change at high", "Place in list")
NOT_LISTED = {
    "weaker": "Not listed, since they move the answer less: {labels}.",
    "broken": "Not listed, since the answer has no value at their low or high in some option: {labels}.",
    "points": "Not listed, since each is one point of several: {labels}.",
}
NOT_LISTED_HERE = NOT_LISTED | {"broken": "Not listed, since the answer has no value at their low or high: {labels}."}
AND_MORE = " and {count} more"
AS_IT_IS = "{answer} as it is"
LEAST_ANSWER, GREATEST_ANSWER = "Least over these changes", "Greatest over these changes"
ONE_WAY = "One input from its low to its high in equal steps"
BREAK_EVEN = "They come out equal at about"
DIFFERENCE_OF_OPTIONS = "Analysed less compared option"
NONE_BETWEEN = "nowhere between"
ANALYSED_IN, COMPARED_WITH, SENTENCE_END = "Analysed: ", ", compared with ", "."
ANSWER_OF, ANSWER_IS = " of ", " is "
RANGE_FROM, RANGE_TO = "; range ", " to "
RANGE_MEANS = ": one listed input at a time at its low or high, all else as it is."
AND, MEET_AT, IS_ABOUT = " and ", " come out equal where ", " is about "
NOW_IT_IS, IN_OPTION = "; it is ", " in "
ALWAYS_EQUAL, ALWAYS_EQUAL_END = " are equal at every value of ", " between its low and its high."
NO_BREAK_EVEN, NO_BREAK_EVEN_OF = "Between the low and the high of ", " there is no break-even of "

# Charts of Sensitivity, also on Summary.
OVER_TORNADO, OVER_LINES = "What moves {answer}", "{answer} over {input}"
ALT_TORNADO = "Bars: how far each input alone moves {figure} at its low and at its high, in {unit}, strongest first."
ALT_LINES = "Lines: {figure} over the values of one input, in {unit}, for each option that is compared."
ALT_LINE = "Line: {figure} over the values of one input, in {unit}."
