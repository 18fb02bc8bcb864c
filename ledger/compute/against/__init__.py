"""Plan against actual: how far volume, efficiency and price explain what differs.

- `actuals`: what came, by input or line and by period, from a CSV file or from Python
- `steps`: a ledger whose options take these figures step by step, from the plan to what came, and what each step does
"""

from __future__ import annotations

from unitledger.compute.against.actuals import Actuals, Told
from unitledger.compute.against.steps import Bridge, against, bridge, bridged, has_effects

__all__ = ["Actuals", "Bridge", "Told", "against", "bridge", "bridged", "has_effects"]
