"""What owning hardware costs per hour: without and with the cost of the money tied up in it."""

from __future__ import annotations

from unitledger.expression import annuity, straight_line
from unitledger.model import CostLine, Term, cost_line, term


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
