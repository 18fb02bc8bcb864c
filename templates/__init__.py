"""Ready-made ledgers, and the catalog of figures they read.

A template is a module here that holds a function of its own name; the function takes nothing and returns a Ledger
with its options. A new file is a new template: nothing else lists it.

    names()                   the templates there are
    find("serving_cost")()    build the ledger of one; find("./mine.py")() that of a file of your own
    describe("serving_cost")  say in a line what it answers
    catalog                   accelerators, language models and prices, each figure with source and date
"""

from __future__ import annotations

if __name__ != "unitledger.templates":
    raise ImportError(
        "Import unitledger.templates, not 'templates': the folder templates/ is installed under that name."
    )

from unitledger.templates._registry import describe, find, names

__all__ = ["describe", "find", "names"]
