"""Templates that other installed packages bring: the entry points of the group ``unitledger.templates``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from importlib.metadata import EntryPoint, entry_points

from unitledger.errors import NameRefused, TemplateFailed
from unitledger.templates._own_file import said

_GROUP = "unitledger.templates"


def installed() -> dict[str, tuple[EntryPoint, ...]]:
    """Return what installed packages offer under each name, without importing any of it."""
    found: dict[str, tuple[EntryPoint, ...]] = {}
    for point in entry_points(group=_GROUP):
        found[point.name] = (*found.get(point.name, ()), point)
    return found


def load(points: tuple[EntryPoint, ...]) -> Callable[[], object]:
    """Return the function that an entry point names.

    Raises NameRefused where several packages offer the name, TemplateFailed for what fails in it, here or when the
    function is called.
    """
    point, *others = points
    if others:
        packages = ", ".join(sorted(map(_package, points)))
        raise NameRefused(f"Several packages have a template {point.name!r}: {packages}. Remove all but one.")
    with _told(point):
        function = point.load()
    if not callable(function):
        raise TemplateFailed(f"{whose(point)}: {point.value} is no function. Name the one that returns the ledger.")

    @wraps(function)
    def build() -> object:
        with _told(point):
            return function()

    return build


def whose(point: EntryPoint) -> str:
    """Return how messages begin that tell of a template of a package."""
    return f"Template {point.name!r} of {_package(point)}"


def _package(point: EntryPoint) -> str:
    return point.dist.name if point.dist is not None else point.module


@contextmanager
def _told(point: EntryPoint) -> Iterator[None]:
    try:
        yield
    # A module may call sys.exit.
    except (Exception, SystemExit) as failed:
        raise TemplateFailed(f"{whose(point)}: {said(failed)}") from failed
