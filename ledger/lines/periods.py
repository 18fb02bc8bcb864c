"""Over time: growth from the first period on, and what is bought written off over its life."""

from __future__ import annotations

from unitledger.errors import UnitMismatch
from unitledger.expression import Operand, expression_of, power, trailing
from unitledger.expression.periods import ELAPSED, ONE_MONTH, ONE_YEAR, in_periods
from unitledger.expression.readers.lower import kind_of
from unitledger.model import CostLine, Term, cost_line, term
from unitledger.units import Unit

_BY = {"month": ONE_MONTH, "year": ONE_YEAR}


@cost_line
class Growth(CostLine):
    """Value that grows from the first period of the timeline on.

    start · (1 + rate) ^ elapsed. `start` [anything], the value of the first period; `rate` [1/month or 1/year] above
    −100 %, compounded by its own unit, so that a rate by the year grows within the year as well.
    """

    label = "Growth"

    start: Term = term("ratio", "value in the first period", any_unit=True)
    rate: Term = term("1/year", "growth per month or year")

    def cost(self) -> Term:
        """Return the value of each period."""
        one = _BY[_time_of(self.rate)]
        return self.start * power(1 + self.rate * one, ELAPSED / one)


def _time_of(rate: Operand) -> str:
    """Return the unit of time that a rate compounds by."""
    kind = kind_of(expression_of(rate), "growth")
    named = [name for name, _ in kind.simplified().atoms] if isinstance(kind, Unit) else []
    found = next((name for name in named if name in _BY), None)
    if found is None:
        raise UnitMismatch(f"Growth: its rate is per month or per year, such as '2 %/month', not {kind}.")
    return found


@cost_line
class VintageDepreciation(CostLine):
    """Straight-line depreciation of what is bought in each period, from that period on.

    sum of purchases of the last `life` · (1 − residual) / periods of the life. `amount` [USD] in each period; `life`
    [year], rounded up to whole periods; `residual` [ratio], share of the price that is left.
    """

    label = "Depreciation (straight line by vintage)"

    amount: Term = term("USD", "purchases of the period")
    life: Term = term("year", "life", above=0)
    residual: Term = term("ratio", "residual value, share of price", default=0, minimum=0, maximum=1)

    def cost(self) -> Term:
        """Return the depreciation of each period."""
        return trailing(self.amount, self.life) * (1 - self.residual) / in_periods(self.life)
