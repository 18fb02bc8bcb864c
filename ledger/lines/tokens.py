"""What requests to a language model cost at prices per token."""

from __future__ import annotations

from unitledger.errors import ExpressionError
from unitledger.model import CostLine, Term, cost_line, term


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
