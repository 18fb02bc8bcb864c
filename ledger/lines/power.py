"""What the electricity of running hardware costs."""

from __future__ import annotations

from unitledger.model import CostLine, Term, cost_line, term


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
