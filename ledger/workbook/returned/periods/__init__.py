"""What came back of the sheets of a timeline.

- `places`: where rows lie now, and what of the ledger a cell stands for
- `inputs`: figures by period that are set differently
"""
