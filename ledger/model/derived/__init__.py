"""What follows from a ledger that is there.

- `variant`: a copy with other settings or items, more or fewer options; a line that takes figures instead
- `reporting`: one with its key figures in another currency
- `stale`: prices that are out of date; `breakdown`: what a line is made of
"""
