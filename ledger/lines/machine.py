"""The hour of a machine: what it costs, what a sold one must carry, and what it yields."""

from __future__ import annotations

from unitledger.expression import total
from unitledger.model import CostLine, Term, cost_line, term


@cost_line
class MachineHour(CostLine):
    """Hour of a machine: depreciation, energy and rack, and whatever else it takes.

    depreciation + energy + rack + other, in currency per hour and machine. Each [USD/machine/h], or all per gpu;
    `other`, such as network or staff, only where given. The sum of what owning and running a machine costs.
    """

    label = "Machine hour"
    unit = "USD/h"

    depreciation: Term = term("USD/machine/h", "depreciation")
    energy: Term = term("USD/machine/h", "energy")
    rack: Term = term("USD/machine/h", "rack rent")
    other: Term = term("USD/machine/h", "other costs", default=None)

    def cost(self) -> Term:
        """Return the cost per hour."""
        parts = (self.depreciation, self.energy, self.rack, self.other)
        return total(*(part for part in parts if part is not None))


@cost_line
class SoldHour(CostLine):
    """What each sold hour must carry, so that idle hours are paid for as well.

    hour_cost / load, in currency per hour and whatever the hour is of. `hour_cost` [USD/machine/h]; `load` [ratio],
    sold time over all time. Absorption costing: idle capacity is charged to what is sold.
    """

    label = "Cost of a sold hour"
    unit = "USD/h"

    hour_cost: Term = term("USD/machine/h", "cost of an hour")
    load: Term = term("ratio", "share of time sold", above=0, maximum=1)

    def cost(self) -> Term:
        """Return the cost of a sold hour."""
        return self.hour_cost / self.load


@cost_line
class IdleTime(CostLine):
    """The part of a sold hour's cost that pays for idle time.

    hour_cost / load − hour_cost: with the cost of an hour it adds up to `SoldHour`. `hour_cost` [USD/machine/h];
    `load` [ratio], sold time over all time.
    """

    label = "Idle time"
    unit = "USD/h"

    hour_cost: Term = term("USD/machine/h", "cost of an hour")
    load: Term = term("ratio", "share of time sold", above=0, maximum=1)

    def cost(self) -> Term:
        """Return the idle time that a sold hour pays for."""
        return self.hour_cost / self.load - self.hour_cost


@cost_line
class Throughput(CostLine):
    """Tokens per time of a machine that makes one token for each request of a batch at a step.

    batch / step_time, in Mtoken per hour and machine. `batch` [token/step/machine]; `step_time` [ms/step]. Decoding
    in batches gives each request one token per step.
    """

    label = "Throughput"
    unit = "Mtoken/h"

    batch: Term = term("token/step/machine", "tokens per step", minimum=0)
    step_time: Term = term("ms/step", "time of a step", above=0)

    def cost(self) -> Term:
        """Return the tokens per hour."""
        return self.batch / self.step_time


@cost_line
class CostPerToken(CostLine):
    """Cost of a token: what an hour costs over the tokens that it yields.

    hour_cost / throughput, in currency per Mtoken. `hour_cost` [USD/machine/h]; `throughput` [Mtoken/machine/h],
    sold tokens, both per the same thing: per machine or per gpu.
    """

    label = "Cost per token"
    unit = "USD/Mtoken"

    hour_cost: Term = term("USD/machine/h", "cost of an hour")
    throughput: Term = term("Mtoken/machine/h", "throughput", above=0)

    def cost(self) -> Term:
        """Return the cost per token."""
        return self.hour_cost / self.throughput
