"""What hardware costs per hour: to own, with and without the cost of the money tied up, to power and to house."""

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
