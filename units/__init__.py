"""Quantities and units: what people write, read strictly; one pint registry; exact named conversions.

- `definitions.txt`, `definitions`: the units as text, and its reader
- `names`: spellings, prefixes, plurals; `unknown`: suggestions; `sizes`: exact size and dimension of each
- `pint_registry`: the pint registry, `Quantity`, `define`; `billing`: the calendar
- `grammar`: from text to a number and a unit; `quantities`: `Q`, and stored numbers; `foreign`: other registries
- `unit`: `Unit` and its algebra; `spelling`, `composites`, `simplification`: how units are written and cancel
- `conversions`: from one unit to another in steps such as `hour_per_year`; `compatible`: units to type instead
- `lending`: units of one's own in files
"""

from __future__ import annotations

if __name__ != "unitledger.units":
    raise ImportError("Import unitledger.units, not 'units': the folder units/ is installed under that name.")

from unitledger.units.billing import BILLING, Calendar
from unitledger.units.compatible import compatible_units
from unitledger.units.conversions import Step, conversion
from unitledger.units.definitions import Definition
from unitledger.units.lending import lent_units, own_definitions
from unitledger.units.pint_registry import AnyQuantity, Quantity, define, registry
from unitledger.units.quantities import Q, magnitude, quantity, told_apart
from unitledger.units.unit import DIMENSIONLESS, Dimension, Unit

__all__ = [
    "BILLING",
    "DIMENSIONLESS",
    "AnyQuantity",
    "Calendar",
    "Definition",
    "Dimension",
    "Q",
    "Quantity",
    "Step",
    "Unit",
    "compatible_units",
    "conversion",
    "define",
    "lent_units",
    "magnitude",
    "own_definitions",
    "quantity",
    "registry",
    "told_apart",
]
