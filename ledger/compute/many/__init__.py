"""Many cases at once, on one processor or on many machines.

- `cases`: what varies, from what a caller gives to what formulas take; `arrays`: lines over them, in chunks
- `pieces`: work in pieces, here or by an executor, and its progress; `parquet`: pieces that go to files
- `table`: rows of cases with units; `listed`: cases that are given; `sweep`: combinations of inputs
"""
