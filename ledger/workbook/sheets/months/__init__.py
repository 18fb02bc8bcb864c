"""Sheets of a ledger with a timeline, whose periods have the same columns on all of them.

- `places`: where each row stands: on Timeline, and on the sheet of each option
- `timeline`: the sheet Timeline, the ruler and the inputs by period, beneath them where these come from
- `built`: these as they were built; `sheets`: all of them together; `months`: the sheet of an option
- `charts`: charts over the periods, beneath the rows, and running sums of options beside each other
- `years`: the sheet Years, every line by fiscal year; `said`: the texts of these sheets
"""
