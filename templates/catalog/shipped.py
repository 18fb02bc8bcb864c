"""The catalog files that come with the package, read when first asked for."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from unitledger.errors import UnknownName, did_you_mean
from unitledger.templates.catalog.entry import Catalog, Entry
from unitledger.templates.catalog.toml_file import read

_KINDS = {
    "accelerators": "accelerator",
    "models": "language model",
    "shapes": "model shape",
    "apis": "priced model",
    "prices": "kind of price",
    "assumed": "template",
}


def accelerator(name: str) -> Entry:
    """Return the accelerator `name`, for example ``accelerator("rtx_4090")["compute"]``.

    Raises UnknownName.
    """
    return _shipped("accelerators").entry(name)


def model(name: str) -> Entry:
    """Return the language model `name`, for example ``model("llama_2_70b")["layers"]``.

    Raises UnknownName.
    """
    return _shipped("models").entry(name)


def shape(name: str) -> Entry:
    """Return the shape of a language model, for example ``shape("llama_3_1_8b")["layers"]``; what it lacks is left out.

    Raises UnknownName.
    """
    return _shipped("shapes").entry(name)


def api(name: str) -> Entry:
    """Return the posted prices of a language model behind an API, for example ``api("gpt_5")["output"]``.

    Raises UnknownName.
    """
    return _shipped("apis").entry(name)


def price(kind: str) -> Entry:
    """Return the prices of one kind, for example ``price("api_token")["gpt_3_5_turbo"]``.

    Raises UnknownName.
    """
    return _shipped("prices").entry(kind)


def assumed(template: str) -> Entry:
    """Return what a template takes for granted itself, for example ``assumed("silicon")["wafer_price"]``.

    Raises UnknownName.
    """
    return _shipped("assumed").entry(template)


def entries(book: str) -> tuple[str, ...]:
    """Return the names in "accelerators", "models", "shapes", "apis", "prices" or "assumed".

    Raises UnknownName for another book.
    """
    return opened(book).names


def books() -> tuple[str, ...]:
    """Return the names of the catalogs."""
    return tuple(_KINDS)


def opened(book: str) -> Catalog:
    """Return the catalog of a name, with all its entries. Raises UnknownName."""
    if book not in _KINDS:
        raise UnknownName(f"Unknown catalog '{book}'.{did_you_mean(book, _KINDS)} There are: {', '.join(_KINDS)}.")
    return _shipped(book)


@cache
def _shipped(book: str) -> Catalog:
    path = Path(__file__).with_name(f"{book}.toml")
    return read(path, origin=path.name, kind=_KINDS[book])
