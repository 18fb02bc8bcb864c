"""From cost to price and back by gross margin, a share of the price as cost accounting defines it.

Costs and prices are in currency per anything (USD/Mtoken, USD/gpu/h), and a line that gives one keeps that unit.
"""

from __future__ import annotations

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
