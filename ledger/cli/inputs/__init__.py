"""How inputs come in from the command line and from files.

- `settings`: --option, --set and --inputs, for the commands that take them; `currency`: --currency and its rates
- `file`: what a file sets differently from a ledger; `toml_notation`, `csv_notation`: its two notations
- `entry`: the fields of an input in a file, and how a figure is written there
"""
