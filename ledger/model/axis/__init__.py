"""What has a figure in each period of a timeline, or for each item of a table.

- `timelines`: the periods, and the ruler that says of each its days and fiscal year
- `spread`: what people write for an input, as a figure for each period or item, in the ledger and in options
- `listed`: a list as somebody gives it: a CSV file, a data frame, rows or columns
- `tables`: from a list of items to the columns made of it
- `reach`: the axis of a formula, and the formula of one period; `nature`: what all periods come to
- `rows`: how inputs, lines and balances along an axis are made
- `by_label`: a row as it is read, by period or item, as an array, as a column of a frame
- `formulas`: every formula of a ledger in the order of calculation, of a period by itself, of all items at once
"""
