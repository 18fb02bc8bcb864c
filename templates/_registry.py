"""Finding the templates: modules of this folder without an underscore, those of installed packages, users' files."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from unitledger.errors import EmptyLedger, UnknownName, did_you_mean
from unitledger.templates._installed import installed, load, whose
from unitledger.templates._own_file import run, told

if TYPE_CHECKING:
    from unitledger.ledger import Ledger

_PACKAGE = "unitledger.templates"


def names() -> tuple[str, ...]:
    """Return the names of the templates in alphabetical order, without importing any of them."""
    return tuple(sorted({*_own(), *installed()}))


def _own() -> set[str]:
    found = iter_modules([str(Path(__file__).parent)])
    return {one.name for one in found if not one.ispkg and not one.name.startswith("_")}


def find(name: str) -> Callable[[], Ledger]:
    """Return the function that builds the ledger of a template; only that template's module is imported.

    `name`: of a template that comes with unitledger, else of one that an installed package brings by an entry point of
    the group ``unitledger.templates``, or the path of a Python file of one's own, such as ``./storage_cost.py``; the
    file is run, and its function `storage_cost` is the template. It may import its neighbours in the folder by their
    names.
    Raises UnknownName, with the closest names, when there is none, NameRefused where several packages bring one of the
    name, TemplateFailed for what fails in such a file or package, here or when its function is called.
    """
    if name.endswith(".py"):
        return _find_in_file(Path(name))
    if name in _own():
        build: Callable[[], Ledger] = getattr(import_module(f"{_PACKAGE}.{name}"), name)
        return build
    others = installed()
    if name in others:
        return _checked(load(others[name]), whose(others[name][0]), name)
    if name.endswith(".xlsx"):
        raise UnknownName(
            f"{name!r} is a workbook; expected the template that it was built from, such as serving_cost."
        )
    raise UnknownName(
        f"There is no template {name!r}.{did_you_mean(name, names())} "
        "`unitledger list` names them; yours is named by its file: ./my_template.py."
    )


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
    return _checked(_told(function, path), str(path), name)


def _told(function: Callable[[], object], path: Path) -> Callable[[], object]:
    @wraps(function)
    def build() -> object:
        with told(path):
            return function()

    return build


def _checked(function: Callable[[], object], place: str, name: str) -> Callable[[], Ledger]:
    """Return a function that builds a ledger; `place` begins the message where it builds something else."""
    from unitledger.ledger import Ledger

    @wraps(function)
    def build() -> Ledger:
        made = function()
        if not isinstance(made, Ledger):
            raise EmptyLedger(
                f"{place}: {name}() returned {type(made).__name__}, not a Ledger. End it with 'return book'."
            )
        return made

    return build
