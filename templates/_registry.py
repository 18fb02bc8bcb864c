"""Finding the templates: the modules of this folder whose names do not begin with an underscore."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from unitledger.errors import UnknownName, did_you_mean

if TYPE_CHECKING:
    from unitledger.ledger import Ledger

_PACKAGE = "unitledger.templates"


def names() -> tuple[str, ...]:
    """Return the names of the templates in alphabetical order, without importing any of them."""
    found = iter_modules([str(Path(__file__).parent)])
    return tuple(sorted(one.name for one in found if not one.ispkg and not one.name.startswith("_")))


def find(name: str) -> Callable[[], Ledger]:
    """Return the function that builds the ledger of a template; only that template's module is imported.

    Raises UnknownName, with the closest names, when there is none.
    """
    known = names()
    if name not in known:
        raise UnknownName(f"There is no template {name!r}.{did_you_mean(name, known)} There are: {', '.join(known)}.")
    build: Callable[[], Ledger] = getattr(import_module(f"{_PACKAGE}.{name}"), name)
    return build


def describe(name: str) -> str:
    """Return the first line of a template's docstring: what it answers. Raises UnknownName."""
    return (find(name).__doc__ or "").strip().partition("\n")[0]
