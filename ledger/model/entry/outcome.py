"""What a ledger of plan and actual says of its options: each a step from the plan towards what came."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

import attrs

from unitledger.units import Unit

PLAN, ACTUAL = "plan", "actual"
"""What the first option of a ledger of plan and actual is called, and the last."""

_TIME = "[time]"


class Effect(Enum):
    """Why an amount differs from the plan: how much was asked for, how much it took, what was paid, and what else."""

    VOLUME = "volume"
    EFFICIENCY = "efficiency"
    PRICE = "price"
    OTHER = "other"

    @classmethod
    def of(cls, unit: Unit) -> Effect:
        """Return what an input of a unit moves: a price if money is in it, a volume if it is per nothing but time."""
        if unit.currencies:
            return cls.PRICE
        powers = [power for part, power in unit.dimension if part != _TIME]
        return cls.VOLUME if powers and min(powers) > 0 else cls.EFFICIENCY


@attrs.frozen
class Outcome:
    """How the options of a ledger lead from a plan to what came.

    `steps`: which effect each option adds to the one before, by option, from the second. `inputs`: the effect of each
    input that has actual figures. `so_far`: the periods up to the last actual figure, ("",) without a timeline.
    """

    steps: Mapping[str, Effect]
    inputs: Mapping[str, Effect]
    so_far: tuple[str, ...]
