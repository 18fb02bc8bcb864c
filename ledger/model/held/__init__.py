"""What a ledger holds.

- `entries`: the tables of a ledger, and how entries and options are looked up in them
- `growing`: how an entry gets in; `again`: the same definition twice
"""

__all__: list[str] = []
