"""Sheets of figures that Python worked out and that no formula follows.

- `reconciliation`: published figures beside the workbook's own; `uncertainty`: answers when inputs are drawn at random
"""
