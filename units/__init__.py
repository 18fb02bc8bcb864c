"""Quantities and units: what people write, read strictly; one pint registry; exact named conversions.

From the ground up, each on those before it:

- `definitions.txt`: the units as text; `atoms`: what each is called, measures and is in pint's registry
- `grammar`: from text to a number and the atoms of a unit
- `algebra`: `Unit`, how units multiply, cancel and convert
- `quantities`: `Q`, and stored numbers; `foreign`: other registries; `lending`: units of one's own in files
"""

from __future__ import annotations

if __name__ != "unitledger.units":
    raise ImportError("Import unitledger.units, not 'units': the folder units/ is installed under that name.")

from unitledger.units.algebra.compatible import compatible_units
from unitledger.units.algebra.conversions import Step, conversion, conversion_factor
from unitledger.units.algebra.known import KnownUnit, known_units
from unitledger.units.algebra.measured import measured
from unitledger.units.algebra.unit import DATE, DIMENSIONLESS, Dimension, Unit
from unitledger.units.atoms.billing import BILLING, Calendar
from unitledger.units.atoms.dates import FIRST_DAY, LAST_DAY, date_of, date_text, day_number, is_day
from unitledger.units.atoms.definitions import Definition
from unitledger.units.atoms.pint_registry import AnyQuantity, Quantity, define, registry
from unitledger.units.atoms.spelling import grouped_number
from unitledger.units.lending import lent_units, own_definitions
from unitledger.units.quantities import Q, magnitude, number_text, quantity, told_apart

__all__ = [
    "BILLING",
    "DATE",
    "DIMENSIONLESS",
    "FIRST_DAY",
    "LAST_DAY",
    "AnyQuantity",
    "Calendar",
    "Definition",
    "Dimension",
    "KnownUnit",
    "Q",
    "Quantity",
    "Step",
    "Unit",
    "compatible_units",
    "conversion",
    "conversion_factor",
    "date_of",
    "date_text",
    "day_number",
    "define",
    "grouped_number",
    "is_day",
    "known_units",
    "lent_units",
    "magnitude",
    "measured",
    "number_text",
    "own_definitions",
    "quantity",
    "registry",
    "told_apart",
]
