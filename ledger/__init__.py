"""Unit-aware cost ledger: one definition gives a checked number, an array function and a live workbook."""

from __future__ import annotations

if __name__ != "unitledger":
    raise ImportError("Import unitledger, not 'ledger': the folder ledger/ is installed under that name.")

__all__: list[str] = []
