"""Sheets of a ledger's tables: items as rows, columns beside each other, with room for more items beneath.

- `places`: where each column stands, and which of them an option has for itself
- `table`: the sheet of a table; `built`: its columns as they were built, and what is wrong with them now
- `again`: what is worked out, once more
- `sheets`: these together; `said`: their texts
"""
