"""The functions that a user writes in a formula over time: each keeps the periods of what it is given.

They look at other periods than the formula's own; what leads from all periods to one figure is a method of the operand.
"""

from __future__ import annotations

from unitledger.expression.calls import all_of, equal, internal_rate, minimum, power, round_up, when
from unitledger.expression.node import Along, Apply, Expression, Reference, Span, apply, expression_of
from unitledger.expression.table import arithmetic, finance, statistics
from unitledger.expression.table.criterion import ABOVE
from unitledger.units import DATE, DIMENSIONLESS, Unit

INDEX = Reference("timeline.index", DIMENSIONLESS)
"""The number of a period, from 1."""
STEP = Reference("timeline.step", Unit.parse("month"))
"""The length of a period."""
ONE_MONTH = Reference("timeline.one_month", Unit.parse("month"))
ONE_YEAR = Reference("timeline.one_year", Unit.parse("year"))
"""By these a rate per month or per year is made a plain number."""
FIRST_GUESS = Reference("timeline.first_guess", DIMENSIONLESS)
"""The rate per period from which an internal rate of return is sought."""
START = Reference("timeline.start", DATE)
"""The first day of a period."""
FISCAL_YEAR = Reference("timeline.fiscal_year", DIMENSIONLESS)
"""The fiscal year of a period."""
ELAPSED = Reference("timeline.elapsed", Unit.parse("month"))
"""The time from the first day of the timeline to that of a period."""


def before(part: object) -> Along:
    """What a line is in the period before; in the first period its opening."""
    return Along(expression_of(part), Span.BEFORE)


def change(part: object) -> Apply:
    """By how much a line is more than in the period before."""
    return apply(arithmetic.SUBTRACT, part, before(part))


def cumulative(part: object) -> Apply:
    """Sum of the periods from the first to the formula's own."""
    return apply(statistics.SUM, Along(expression_of(part), Span.SO_FAR))


def delayed(part: object, time: object) -> Apply:
    """What a line was some time ago, in whole periods, rounded up; 0 before the first period."""
    wanted = INDEX - in_periods(time)
    return apply(statistics.SUMIFS, Along(expression_of(part), Span.SO_FAR), Along(INDEX, Span.SO_FAR), wanted)


def ahead(part: object, time: object) -> Apply:
    """What a line will be after some time, in whole periods, rounded up; at the end what it is in the last period."""
    place = minimum(INDEX + in_periods(time), INDEX.largest())
    return apply(statistics.INDEX, Along(expression_of(part), Span.WHOLE), place)


def trailing(part: object, time: object) -> Apply:
    """Sum of the last periods of some length, rounded up to whole periods, the formula's own included."""
    after = apply(ABOVE, INDEX - in_periods(time))
    return apply(statistics.SUMIFS, Along(expression_of(part), Span.SO_FAR), Along(INDEX, Span.SO_FAR), after)


def worth_now(flows: object, rate: object) -> Apply:
    """What flows, one at the end of each period, are worth at the beginning, at a rate per year, compounded."""
    per_period = power(1 + apply(arithmetic.MULTIPLY, rate, ONE_YEAR), STEP / ONE_YEAR) - 1
    return apply(finance.NPV, per_period, Along(expression_of(flows), Span.WHOLE))


def rate_of_return(flows: object) -> Apply:
    """The rate per year, compounded, at which flows, one at the end of each period, are worth nothing.

    It is given where the sum of the flows so far turns positive once and for all; elsewhere several rates or none would
    do, and it is 0.
    """
    so_far, under = cumulative(flows), _last_under(flows)
    recovers_once = all_of(so_far.least() < 0, equal((so_far > 0).count(), INDEX.largest() - under))
    found = power(1 + internal_rate(Along(expression_of(flows), Span.WHOLE), FIRST_GUESS), ONE_YEAR / STEP) - 1
    return when(all_of(recovers_once, under < INDEX.largest()), found / ONE_YEAR, 0)


def paid_back(flows: object) -> Apply:
    """First day of the period from which the sum of flows so far stays positive; 0, shown as never, if it does not."""
    under = _last_under(flows)
    found = apply(statistics.INDEX, Along(START, Span.WHOLE), under + 1)
    return when(under < INDEX.largest(), found, 0)


def _last_under(flows: object) -> Apply:
    """The number of the last period in which the sum of flows so far is not positive, 0 where it always is."""
    return when(cumulative(flows) > 0, 0, INDEX).largest()


def in_year(part: object, year: object) -> Apply:
    """Sum over the periods of one fiscal year, named by a plain number such as `t.fiscal_year.least()`."""
    return expression_of(part).sum_by(FISCAL_YEAR, expression_of(year))


def in_periods(time: object) -> Expression:
    """A duration as a whole number of periods, rounded up."""
    return round_up(apply(arithmetic.DIVIDE, time, STEP))
