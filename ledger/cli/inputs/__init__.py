"""How inputs come in from the command line.

- `settings`: --option, --set and --inputs, for the commands that take them; `currency`: --currency and its rates
- `given`: what a file or standard input sets differently from a ledger
"""
