"""From cost to price and back by gross margin, a share of the price as cost accounting defines it; what requests cost.

Costs and prices are in currency per anything (USD/Mtoken, USD/gpu/h), and a line that gives one keeps that unit.
Requests to a language model are paid at prices per token, also when some answers come from a cache.
"""

from __future__ import annotations

from unitledger.errors import ExpressionError
from unitledger.model import CostLine, Term, cost_line, term


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
