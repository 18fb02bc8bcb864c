"""From cost to price and back: gross margin is a share of the price, markup a share of the cost.

Both as cost accounting defines them: a gross margin of 75 % is a markup of 300 %. Costs and prices are in currency
per anything (USD/Mtoken, USD/gpu/h), and a line that gives one keeps that unit.
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


@cost_line
class PriceAtMarkup(CostLine):
    """Unit cost raised by a markup.

    unit_cost · (1 + markup). `unit_cost` [USD per anything]; `markup` [ratio], share of the cost: a price of three
    times the cost is a markup of 200 %.
    """

    label = "Price at markup"

    unit_cost: Term = term("USD", "unit cost", per_any=True)
    markup: Term = term("ratio", "markup, share of cost", minimum=-1)

    def cost(self) -> Term:
        """Return the price."""
        return self.unit_cost * (1 + self.markup)


@cost_line
class Markup(CostLine):
    """What a price adds to its unit cost, as a share of the cost.

    price / unit_cost − 1, in %. `unit_cost` and `price` [USD per anything], both per the same thing.
    """

    label = "Markup"
    unit = "%"

    unit_cost: Term = term("USD", "unit cost", above=0, per_any=True)
    price: Term = term("USD", "price", per_any=True)

    def cost(self) -> Term:
        """Return the markup as a share of the cost."""
        return self.price / self.unit_cost - 1
