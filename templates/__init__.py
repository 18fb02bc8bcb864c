"""Ready-made ledgers, and the catalog of figures they read."""

from __future__ import annotations

if __name__ != "unitledger.templates":
    raise ImportError(
        "Import unitledger.templates, not 'templates': the folder templates/ is installed under that name."
    )

__all__: list[str] = []
