"""The command `unitledger`.

- `group`: the command itself, which imports each of its `commands` when it is called
- `inputs`: how inputs come in: --option, --set, --inputs with its TOML and CSV files, --currency
- `options`: how a command is decorated; `refusal`: what ends one with a message
- `output`: what one prints: tables, or JSON for programs; `encoding`: on any code page
"""

from __future__ import annotations

from unitledger.cli.group import main

__all__ = ["main"]
