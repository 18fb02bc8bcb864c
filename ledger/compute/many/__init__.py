"""Many cases at once, on one processor or on many machines.

- `cases`: what varies, from what a caller gives to what formulas take; `arrays`: lines over them, in chunks
- `pieces`: work in pieces, here or by an executor, its progress, and pieces that go to files
- `table`: rows of cases with units; `sweep`: combinations of inputs, and cases that are given
"""
