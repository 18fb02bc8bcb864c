"""What the space of hardware costs."""

from __future__ import annotations

from unitledger.model import CostLine, Term, cost_line, term


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
