"""The functions that a user writes in a formula, beside the operators."""

from __future__ import annotations

from unitledger.errors import ExpressionError
from unitledger.expression.node import Apply, Expression, Number, Operand, Text, apply, expression_of
from unitledger.expression.table import arithmetic, dates, finance, statistics

# Decimals beyond those shown; what lies beneath them is dust.
_FINER = 6.0


def total(*parts: object) -> Apply:
    """Sum of parts, in the unit of the first."""
    return apply(statistics.SUM, *parts)


def minimum(*parts: object) -> Apply:
    """Smallest of parts, in the unit of the first."""
    return apply(statistics.MIN, *parts)


def maximum(*parts: object) -> Apply:
    """Largest of parts, in the unit of the first."""
    return apply(statistics.MAX, *parts)


def median(*parts: object) -> Apply:
    """Median of parts, in the unit of the first."""
    return apply(statistics.MEDIAN, *parts)


def average(*parts: object) -> Apply:
    """Average of parts, in the unit of the first."""
    return apply(statistics.AVERAGE, *parts)


def when(condition: object, yes: object, no: object) -> Apply:
    """`yes` where the condition holds, else `no`; both of one unit."""
    return apply(arithmetic.IF, condition, yes, no)


def all_of(*conditions: object) -> Apply:
    """True where every condition holds."""
    return apply(arithmetic.AND, *conditions)


def any_of(*conditions: object) -> Apply:
    """True where at least one condition holds."""
    return apply(arithmetic.OR, *conditions)


def negated(condition: object) -> Apply:
    """True where the condition does not hold."""
    return apply(arithmetic.NOT, condition)


def equal(left: object, right: object) -> Apply:
    """True where two values are equal at 15 digits (`==` compares the formulas themselves)."""
    return apply(arithmetic.EQUAL, left, right)


def different(left: object, right: object) -> Apply:
    """True where two values differ at 15 digits."""
    return apply(arithmetic.DIFFERENT, left, right)


def absolute(part: object) -> Apply:
    """Size of a value, without its sign."""
    return apply(arithmetic.ABS, part)


def round_up(part: object) -> Apply:
    """Next whole number away from zero, in the plain unit of the value (machines, not GB per GB/gpu).

    What lies beyond nine decimals does not count, so that 8.00000000000002 machines are 8.
    """
    return apply(arithmetic.ROUNDUP, part)


def round_down(part: object) -> Apply:
    """Next whole number towards zero, in the plain unit of the value; nine decimals count, as for `round_up`."""
    return apply(arithmetic.ROUNDDOWN, part)


def whole_part(part: object) -> Apply:
    """Next whole number below, in the plain unit of the value; nine decimals count, as for `round_up`."""
    return apply(arithmetic.INT, part)


def rounded(part: object, decimals: int) -> Apply:
    """A value rounded to decimals, a half away from zero; -3 makes it whole thousands.

    They are decimals of the line's unit where the whole formula is rounded, elsewhere of the unit that the value has.
    Raises ExpressionError for decimals that are not a whole number.
    """
    if type(decimals) is not int:
        raise ExpressionError(f"rounded(x, decimals) takes a whole number of decimals, not {decimals!r:.60}.")
    return Apply(arithmetic.ROUND, (expression_of(part), Number(float(decimals))))


def remainder(part: object, divisor: object) -> Apply:
    """What is left of a value when whole multiples of the divisor are taken away; nine decimals count of how many."""
    taken = apply(arithmetic.MULTIPLY, divisor, whole_part(apply(arithmetic.DIVIDE, part, divisor)))
    return apply(arithmetic.SUBTRACT, part, taken)


def square_root(part: object) -> Apply:
    """Square root; the unit's exponents are halved."""
    return apply(arithmetic.SQRT, part)


def power(base: object, exponent: object) -> Apply:
    """`base` to the power `exponent`, both dimensionless."""
    return apply(arithmetic.POWER, base, exponent)


def exponential(part: object) -> Apply:
    """e to the power of a dimensionless value."""
    return apply(arithmetic.EXP, part)


def logarithm(part: object) -> Apply:
    """Natural logarithm of a dimensionless value."""
    return apply(arithmetic.LN, part)


def straight_line(price: object, residual: object, life: object) -> Apply:
    """Straight-line depreciation: (price - residual) / life."""
    return apply(finance.SLN, price, residual, life)


def declining_balance(price: object, residual: object, life: object, period: object, factor: object) -> Apply:
    """Depreciation in a period of the life, per unit of it: `factor` / life of what is left, down to the residual."""
    return apply(finance.DDB, price, residual, life, period, factor)


def annuity(rate: object, periods: object, amount: object) -> Apply:
    """Constant payment per period that pays off `amount` at a nominal rate per period; a cost, so positive."""
    return -apply(finance.PMT, rate, periods, amount)


def interest(rate: object, period: object, periods: object, amount: object) -> Apply:
    """The interest in the payment of one period of an `annuity`; a cost, so positive."""
    return -apply(finance.IPMT, rate, period, periods, amount)


def present_value(rate: object, *flows: object) -> Apply:
    """What flows, one at the end of each period, are worth at its beginning, by a plain rate per period."""
    return apply(finance.NPV, rate, *flows)


def internal_rate(flows: object, start: object) -> Apply:
    """The plain rate per period at which flows in a block of cells are worth nothing, sought from `start`."""
    return apply(finance.IRR, flows, start)


def months_later(day: object, time: object) -> Apply:
    """The same day of the month so many whole months later, or the last where a month is shorter."""
    return apply(dates.EDATE, day, time)


def end_of_month(day: object, time: object = 0) -> Apply:
    """The last day of the month so many whole months later."""
    return apply(dates.EOMONTH, day, time)


def year_of(day: object) -> Apply:
    """The year of a date, a plain number."""
    return apply(dates.YEAR, day)


def month_of(day: object) -> Apply:
    """The month of a date, from 1 to 12, a plain number."""
    return apply(dates.MONTH, day)


def choose(number: object, *cases: object) -> Apply:
    """The first, second ... case, by a plain number."""
    return apply(arithmetic.CHOOSE, number, *cases)


def fixed(part: object, decimals: int) -> Apply:
    """A number written out with thousands commas and a given number of decimals."""
    return Apply(arithmetic.FIXED, (expression_of(part), Number(float(decimals))))


def stated(figure: object, decimals: int | Operand) -> Apply:
    """A figure written out in a sentence: like `fixed`, but rounded before, without dust, as every program does alike.

    Some write 1.005 out as 1.00, others as 1.01; all round it to 1.01.
    """
    if isinstance(decimals, int):
        many: Expression = Number(float(decimals))
        figure = Apply(arithmetic.ROUND, (expression_of(figure), Number(decimals + _FINER)))
    else:
        # Worked out once more for the dust, these decimals would stand there three times.
        many = decimals.expression
    return Apply(arithmetic.FIXED, (Apply(arithmetic.ROUND, (expression_of(figure), many)), many))


def dated(day: object) -> Expression:
    """A date written out in a sentence: 2026-09-01."""
    parts = ((dates.YEAR, "0000"), (dates.MONTH, "00"), (dates.DAY, "00"))
    year, month, of_month = (apply(arithmetic.DIGITS, apply(part, day), Text(zeros)) for part, zeros in parts)
    return sentence(year, "-", month, "-", of_month)


def sentence(*parts: object) -> Expression:
    """A text joined from strings and text expressions. Raises ExpressionError when there is none."""
    nodes = [Text(part) if isinstance(part, str) else expression_of(part) for part in parts]
    if not nodes:
        raise ExpressionError("A sentence needs at least one part.")
    joined = nodes[0]
    for node in nodes[1:]:
        joined = Apply(arithmetic.CONCATENATE, (joined, node))
    return joined
