"""The cost lines that come with the ledger; each states its formula, the unit of every term and the convention.

Hardware: what it costs per hour to own, with and without the cost of the money tied up, to power and to house. From
cost to price and back by gross margin, a share of the price as cost accounting defines it; a line that gives a cost or
a price in currency per anything (USD/Mtoken, USD/gpu/h) keeps that unit. Requests to a language model, paid at prices
per token, also when some answers come from a cache. Over time, growth, and what is bought written off over its life.
"""

from __future__ import annotations

from unitledger.errors import ExpressionError, UnitMismatch
from unitledger.expression import Operand, annuity, expression_of, power, straight_line
from unitledger.expression.periods import ELAPSED, ONE_MONTH, ONE_YEAR, in_periods, trailing
from unitledger.expression.readers.lower import kind_of
from unitledger.model import CostLine, Term, cost_line, term
from unitledger.units import Unit


@cost_line
class CapexAmortization(CostLine):
    """Price less residual value, spread evenly over the life.

    price · (1 − residual) / life, in currency per hour and per whatever the price is for (USD/machine/h). `price`
    [USD], also per machine or gpu; `life` [year]; `residual` [ratio], the share of the price that is left at the
    end. The straight-line method of IAS 16, paragraph 62; Excel's SLN. Interest is left out: see `CapexAnnuity`.
    """

    name = "capex"
    label = "Depreciation (straight line)"
    unit = "USD/h"

    price: Term = term("USD", "purchase price", minimum=0)
    life: Term = term("year", "service life", above=0)
    residual: Term = term("ratio", "residual value, share of price", default=0, minimum=0, maximum=1)

    def cost(self) -> Term:
        """Return the depreciation per hour."""
        return straight_line(self.price, self.price * self.residual, self.life)


@cost_line
class CapexAnnuity(CostLine):
    """Equal payments over the life that pay back the price less residual value, with interest.

    (price − left) · i / (1 − (1 + i)^−life) + left · i with left = price · residual: capital recovery with return,
    as engineering economics has it (Excel's PMT), in currency per hour. `price` [USD], also per machine or gpu;
    `life` [year]; `cost_of_capital` i [1/year], nominal; `residual` [ratio]. Payments fall due at the end of each
    period that the life is written in: a life of '36 month' means monthly payments at a twelfth of the yearly rate.
    """

    name = "capex"
    label = "Capital cost (annuity)"
    unit = "USD/h"

    price: Term = term("USD", "purchase price", minimum=0)
    life: Term = term("year", "service life", above=0)
    cost_of_capital: Term = term("ratio/year", "cost of capital, nominal", minimum=0)
    residual: Term = term("ratio", "residual value, share of price", default=0, minimum=0, maximum=1)

    def cost(self) -> Term:
        """Return the capital cost per hour."""
        left = self.price * self.residual
        return annuity(self.cost_of_capital, self.life, self.price - left) + left * self.cost_of_capital


@cost_line
class Power(CostLine):
    """Electricity of running hardware and of the building around it.

    draw · pue · tariff, in currency per hour and per whatever the draw is of. `draw` [kW], at the wall, also per
    machine or gpu; `tariff` [USD/kWh], with all charges; `pue` [ratio], facility energy over IT energy as ISO/IEC
    30134-2 defines power usage effectiveness: 1 leaves cooling and losses out.
    """

    name = "power"
    label = "Energy"
    unit = "USD/h"

    draw: Term = term("kW", "electrical draw", minimum=0)
    tariff: Term = term("USD/kWh", "electricity price")
    pue: Term = term("ratio", "facility energy over IT energy (PUE)", default=1, minimum=1)

    def cost(self) -> Term:
        """Return the electricity bill per hour."""
        return self.draw * self.pue * self.tariff


@cost_line
class RackRent(CostLine):
    """Rent of a rack, shared by the machines that stand in it.

    rent / density, in currency per machine and hour. `rent` [USD/rack/month], without electricity; `density`
    [machine/rack], machines in one rack, or gpu/rack for a rent per gpu. A month is a twelfth of the ledger's year
    (730 hours), as hosting contracts bill it.
    """

    name = "rack"
    label = "Rack rent"
    unit = "USD/h"

    rent: Term = term("USD/rack/month", "rent of a rack", minimum=0)
    density: Term = term("machine/rack", "machines in a rack", above=0)

    def cost(self) -> Term:
        """Return the rent per machine and hour."""
        return self.rent / self.density


@cost_line
class PriceAtMargin(CostLine):
    """Price at which a unit cost leaves the gross margin asked for.

    unit_cost / (1 − margin). `unit_cost` [USD per anything]; `margin` [ratio], share of the price: at most 1, where
    there is no such price, and negative when selling below cost.
    """

    label = "Price at gross margin"

    unit_cost: Term = term("USD", "unit cost", per_any=True)
    margin: Term = term("ratio", "gross margin, share of price", maximum=1)

    def cost(self) -> Term:
        """Return the price."""
        return self.unit_cost / (1 - self.margin)


@cost_line
class CostAtMargin(CostLine):
    """Unit cost behind a price, given the gross margin inside it.

    price · (1 − margin). `price` [USD per anything]; `margin` [ratio], share of the price, at most 1.
    """

    label = "Cost at gross margin"

    price: Term = term("USD", "price", per_any=True)
    margin: Term = term("ratio", "gross margin, share of price", maximum=1)

    def cost(self) -> Term:
        """Return the unit cost."""
        return self.price * (1 - self.margin)


@cost_line
class GrossMargin(CostLine):
    """Share of a price that is left after its unit cost.

    1 − unit_cost / price, in %. `unit_cost` and `price` [USD per anything], both per the same thing.
    """

    label = "Gross margin"
    unit = "%"

    unit_cost: Term = term("USD", "unit cost", per_any=True)
    price: Term = term("USD", "price", above=0, per_any=True)

    def cost(self) -> Term:
        """Return the margin as a share of the price."""
        return 1 - self.unit_cost / self.price


@cost_line
class RequestCost(CostLine):
    """One request at list price: prompt tokens, those found in the provider's cache, and output tokens.

    prompt_tokens · ((1 − cached_share) · prompt_price + cached_share · cached_price) + output_tokens · output_price,
    in currency per request. `prompt_tokens` and `output_tokens` [token/request]; prices [USD/Mtoken]; `cached_share`
    [ratio], prompt tokens billed at the `cached_price` over all prompt tokens: both, or neither where nothing is
    cached. Providers bill this way: each kind of token at its own price.
    """

    label = "Cost of a request"
    unit = "USD"

    prompt_tokens: Term = term("token/request", "prompt tokens", minimum=0)
    prompt_price: Term = term("USD/Mtoken", "price of prompt tokens", minimum=0)
    output_tokens: Term = term("token/request", "output tokens", minimum=0)
    output_price: Term = term("USD/Mtoken", "price of output tokens", minimum=0)
    cached_share: Term = term("ratio", "cached share of prompt tokens", default=None, minimum=0, maximum=1)
    cached_price: Term = term("USD/Mtoken", "price of cached prompt tokens", default=None, minimum=0)

    def cost(self) -> Term:
        """Return the cost of one request. Raises ExpressionError when only one of the two cached terms is given."""
        return self.prompt_tokens * self._prompt_price() + self.output_tokens * self.output_price

    def _prompt_price(self) -> Term:
        if self.cached_share is None and self.cached_price is None:
            return self.prompt_price
        if self.cached_share is None or self.cached_price is None:
            missing = "cached_share" if self.cached_share is None else "cached_price"
            raise ExpressionError(
                f"A request with cached tokens needs both cached_share and cached_price; {missing} is missing."
            )
        return (1 - self.cached_share) * self.prompt_price + self.cached_share * self.cached_price


@cost_line
class CacheHit(CostLine):
    """Expected cost when a share of the answers comes from a cache.

    (1 − hit_rate) · miss_cost + hit_rate · hit_cost, in the unit of the costs. `hit_rate` [ratio], answers found in
    the cache over all answers; `miss_cost` [USD per anything], of an answer that is computed; `hit_cost` [USD per
    anything], of one that is found, free when left out. The expected value of the two cases.
    """

    label = "Expected cost with cache"

    hit_rate: Term = term("ratio", "hit rate", minimum=0, maximum=1)
    miss_cost: Term = term("USD", "cost of a miss", per_any=True)
    hit_cost: Term = term("USD", "cost of a hit", default=None, per_any=True)

    def cost(self) -> Term:
        """Return the cost per answer."""
        computed = (1 - self.hit_rate) * self.miss_cost
        return computed if self.hit_cost is None else computed + self.hit_rate * self.hit_cost


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
