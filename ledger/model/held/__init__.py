"""What a ledger holds.

- `entries`: the tables of a ledger, and how entries and options are looked up in them
- `growing`: how an entry gets in, and the same definition a second time
- `narrowed`: bounds that an input keeps because of what it is given for
"""
