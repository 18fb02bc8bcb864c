"""Units as products of atoms.

- `unit`: `Unit`, its product, quotient and power; `composites`: kWh is kW times h; `simplification`: what cancels
- `conversions`: from one unit to another in steps such as `hour_per_year`; `compatible`: units to type instead
- `measured`: what a unit measures, in words
"""
