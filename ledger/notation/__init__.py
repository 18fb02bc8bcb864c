"""Inputs outside a ledger: what a file or a data frame sets differently, and a ledger's inputs as the text of a file.

- `file`: what is set differently, whatever the notation; `toml`, `rows`: TOML; CSV and data frames
- `entry`: the fields of an input in a notation, and how a figure is written there
"""

from __future__ import annotations

from unitledger.notation.entry import quantity_text
from unitledger.notation.file import Source, parsed, read, settled, written

__all__ = ["Source", "parsed", "quantity_text", "read", "settled", "written"]
