"""The units there are, each with and without a prefix, before anything is multiplied.

- `definitions`: the reader of definitions.txt; `atom`: what a unit is; `names`: spellings, prefixes, plurals
- `unknown`: what to suggest for a name that is none; `billing`: the calendar; `sizes`: exact sizes and dimensions
- `spelling`: how units and numbers are written; `pint_registry`: the pint registry, `Quantity`, `define`
"""
