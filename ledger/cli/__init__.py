"""The command `unitledger`.

- `group`: the command itself, which imports each of its commands when it is called
- `list`, `show`, `evaluate`, `trace`, `inputs`, `build`, `edits`, `verify`, `reconcile`: one command each
- `settings`: --option, --set and --inputs, for the commands that take them; `currency`: --currency and its rates
- `inputs_file`: inputs as TOML or CSV; `toml_inputs`, `csv_inputs`: the two notations
- `examples`: the end of a command's help; `refusal`: what ends a command with a message
- `output`: tables, in colour on a terminal and as aligned text elsewhere; `report`: JSON
"""

from unitledger.cli.group import main

__all__ = ["main"]
