"""What an answer costs on average when some answers come from a cache."""

from __future__ import annotations

from unitledger.model import CostLine, Term, cost_line, term


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
