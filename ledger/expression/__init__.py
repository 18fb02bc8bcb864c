"""A formula as a small immutable tree, and everything that reads it.

- `node`: the tree and the Python operators that build it; `home`: the ledger that an operand was made in
- `calls`: the functions a user writes in a formula; `instead`: what to write where Python and numpy offer another
- `function`, `rules`, `digits`, `arithmetic`, `statistics`: the function table (units, floats, numpy, Excel, words)
- readers: `lower` (units, explicit conversions), `value`, `columns`, `array`, `excel`, `words`, `references`
- `parse`: from an Excel formula back to the tree; `mismatch`: what to say when units disagree
"""

from unitledger.expression.array import Varied, array
from unitledger.expression.calls import (
    absolute,
    all_of,
    annuity,
    any_of,
    choose,
    different,
    equal,
    exponential,
    fixed,
    logarithm,
    maximum,
    median,
    minimum,
    negated,
    power,
    round_down,
    round_up,
    sentence,
    square_root,
    stated,
    straight_line,
    total,
    when,
    whole_part,
)
from unitledger.expression.columns import columns
from unitledger.expression.excel import excel
from unitledger.expression.function import Function
from unitledger.expression.home import Home
from unitledger.expression.kind import LOGICAL, TEXT, WORD, ZERO, Kind, Special, spelled
from unitledger.expression.lower import Lowered, kind_of, lower
from unitledger.expression.node import (
    Apply,
    Area,
    Expression,
    Factor,
    Node,
    Number,
    Operand,
    Reference,
    Text,
    apply,
    expression_of,
)
from unitledger.expression.parse import parse
from unitledger.expression.references import check_extent, factors, folded, leaves, references, renamed
from unitledger.expression.value import value
from unitledger.expression.words import words

__all__ = [
    "LOGICAL",
    "TEXT",
    "WORD",
    "ZERO",
    "Apply",
    "Area",
    "Expression",
    "Factor",
    "Function",
    "Home",
    "Kind",
    "Lowered",
    "Node",
    "Number",
    "Operand",
    "Reference",
    "Special",
    "Text",
    "Varied",
    "absolute",
    "all_of",
    "annuity",
    "any_of",
    "apply",
    "array",
    "check_extent",
    "choose",
    "columns",
    "different",
    "equal",
    "excel",
    "exponential",
    "expression_of",
    "factors",
    "fixed",
    "folded",
    "kind_of",
    "leaves",
    "logarithm",
    "lower",
    "maximum",
    "median",
    "minimum",
    "negated",
    "parse",
    "power",
    "references",
    "renamed",
    "round_down",
    "round_up",
    "sentence",
    "spelled",
    "square_root",
    "stated",
    "straight_line",
    "total",
    "value",
    "when",
    "whole_part",
    "words",
]
