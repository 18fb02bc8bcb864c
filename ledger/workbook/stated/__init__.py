"""What a workbook states of a ledger beside its numbers, on the way out and on the way back.

- `given`: units in which figures were given; `version`: the id of the whole ledger
- `since`: what changed since an earlier workbook, and what each change does to the answer
- `status`: what a file that comes back says of itself
"""
