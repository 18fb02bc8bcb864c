"""Finding the templates: the modules of this folder whose names do not begin with an underscore, and users' files."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from unitledger.errors import EmptyLedger, UnknownName, did_you_mean
from unitledger.templates._own_file import run, told

if TYPE_CHECKING:
    from unitledger.ledger import Ledger

_PACKAGE = "unitledger.templates"


def names() -> tuple[str, ...]:
    """Return the names of the templates in alphabetical order, without importing any of them."""
    found = iter_modules([str(Path(__file__).parent)])
    return tuple(sorted(one.name for one in found if not one.ispkg and not one.name.startswith("_")))


def find(name: str) -> Callable[[], Ledger]:
    """Return the function that builds the ledger of a template; only that template's module is imported.

    `name`: of a template that comes with unitledger, or the path of a Python file of one's own, such as
    ``./storage_cost.py``; the file is run, and its function `storage_cost` is the template. It may import its
    neighbours in the folder by their names.
    Raises UnknownName, with the closest names, when there is none, TemplateFailed for what fails in such a file, here
    or when its function is called.
    """
    if name.endswith(".py"):
        return _find_in_file(Path(name))
    known = names()
    if name not in known:
        raise UnknownName(
            f"There is no template {name!r}.{did_you_mean(name, known)} There are: {', '.join(known)}. "
            "A template of your own is named by its file: ./my_template.py."
        )
    build: Callable[[], Ledger] = getattr(import_module(f"{_PACKAGE}.{name}"), name)
    return build


def describe(name: str) -> str:
    """Return the first line of a template's docstring: what it answers. Raises UnknownName."""
    return (find(name).__doc__ or "").strip().partition("\n")[0]


def _find_in_file(path: Path) -> Callable[[], Ledger]:
    if not path.is_file():
        raise UnknownName(f"There is no file {path}. Name the .py file of a template by its path.")
    name = path.stem
    module = run(path)
    function = vars(module).get(name)
    if not callable(function):
        raise UnknownName(
            f"{path} has no function {name!r}.{did_you_mean(name, vars(module))} The function that builds the ledger "
            "has the name of its file."
        )
    return _checked(function, path)


def _checked(function: Callable[[], object], path: Path) -> Callable[[], Ledger]:
    from unitledger.ledger import Ledger

    @wraps(function)
    def build() -> Ledger:
        with told(path):
            made = function()
        if not isinstance(made, Ledger):
            raise EmptyLedger(
                f"{path}: {path.stem}() returned {type(made).__name__}, not a Ledger. End it with 'return book'."
            )
        return made

    return build
