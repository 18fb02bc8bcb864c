"""A formula as a small immutable tree, and everything that reads it.

- `kind`: what a formula can evaluate to, what to say when units disagree; `digits`: rounding as a spreadsheet rounds
- `table`: the functions, a row each
- `node`: the tree and the Python operators that build it
- `calls`: the functions a user writes in a formula; `instead`: what to write where Python and numpy offer another
- `periods`: those for formulas over time
- `readers`: units, values, arrays, Excel, words ...
"""

from __future__ import annotations

from unitledger.expression.calls import (
    absolute,
    all_of,
    annuity,
    any_of,
    choose,
    dated,
    different,
    equal,
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
from unitledger.expression.kind import LOGICAL, TEXT, WORD, ZERO, Kind, spelled
from unitledger.expression.node import (
    Along,
    Apply,
    Area,
    Expression,
    Factor,
    Home,
    Number,
    Operand,
    Reference,
    Span,
    Text,
    apply,
    expression_of,
)
from unitledger.expression.readers.array import Varied, array
from unitledger.expression.readers.excel import excel, within_length
from unitledger.expression.readers.forms import Form, Formed, Forms, Printed, pattern
from unitledger.expression.readers.lower import kind_of, lower
from unitledger.expression.readers.parse import parse
from unitledger.expression.readers.references import (
    check_extent,
    factors,
    folded,
    in_blocks,
    leaves,
    nodes,
    references,
    renamed,
    replaced,
)
from unitledger.expression.readers.value import decisive, value
from unitledger.expression.readers.words import words
from unitledger.expression.table.function import Function

__all__ = [
    "LOGICAL",
    "TEXT",
    "WORD",
    "ZERO",
    "Along",
    "Apply",
    "Area",
    "Expression",
    "Factor",
    "Form",
    "Formed",
    "Forms",
    "Function",
    "Home",
    "Kind",
    "Number",
    "Operand",
    "Printed",
    "Reference",
    "Span",
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
    "dated",
    "decisive",
    "different",
    "equal",
    "excel",
    "expression_of",
    "factors",
    "fixed",
    "folded",
    "in_blocks",
    "kind_of",
    "leaves",
    "logarithm",
    "lower",
    "maximum",
    "median",
    "minimum",
    "negated",
    "nodes",
    "parse",
    "pattern",
    "power",
    "references",
    "renamed",
    "replaced",
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
    "within_length",
    "words",
]
