"""The command `unitledger`.

- `group`: the command itself, which imports each of its `commands` when it is called
- `settings`: how inputs come in: --option, --set, --inputs with its TOML and CSV files, --currency
- `options`: how a command is decorated, and what shells offer for its arguments
- `output`: what one prints on any code page: tables, JSON or CSV for programs, or a message that ends it
"""

from __future__ import annotations

from unitledger.cli.group import main

__all__ = ["main"]
