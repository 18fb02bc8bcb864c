"""How inputs come in from the command line.

- `settings`: --option, --set and --inputs with a file or standard input, for the commands that take them
- `currency`: --currency and its rates; `drawn`: distributions for --draw
"""
