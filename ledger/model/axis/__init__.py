"""What has a figure in each period of a timeline.

- `timelines`: the periods, and the ruler that says of each its days and fiscal year
- `spread`: what people write for an input, as a figure for each period, in the ledger and in its options
- `reach`: whether a formula has periods, and the formula of one of them; `nature`: what all periods come to
- `rows`: how inputs, lines and balances over periods are made
- `periods`: a row as it is read, by period, as an array, as a column of a table
- `formulas`: every formula of a ledger, each figure of a period by itself, in the order of calculation
"""
