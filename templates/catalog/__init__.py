"""Figures of accelerators, language models and prices, and what templates assume, each with its source and date.

    entry.py      Entry and Catalog: look a figure up by name, never by guess
    toml_file.py  one TOML file read into a Catalog, faults named with file, line and field
    shipped.py    the six files that come with the package
    config_json.py  a model's config.json as a shape
    check.py      whether a file of one's own names the fields and units that the shipped ones have

    catalog.accelerator("rtx_4090")["compute"]
    catalog.accelerator("h100_sxm")["price", "list"]
    catalog.shape("llama_3_1_8b")["layers"]
    catalog.price("api_token")["gpt_3_5_turbo"]
    catalog.assumed("machine_hour")["availability"]
    catalog.load("ours.toml").entry("our_card")["price"]

One accelerator counts as one `gpu`, a TPU chip too, so that accelerators can be options of one ledger.
"""

from __future__ import annotations

from unitledger.templates.catalog.check import faults
from unitledger.templates.catalog.config_json import ReadShape, read_config
from unitledger.templates.catalog.entry import Catalog, Entry
from unitledger.templates.catalog.shipped import accelerator, api, assumed, books, entries, model, opened, price, shape
from unitledger.templates.catalog.toml_file import load

__all__ = [
    "Catalog",
    "Entry",
    "ReadShape",
    "accelerator",
    "api",
    "assumed",
    "books",
    "entries",
    "faults",
    "load",
    "model",
    "opened",
    "price",
    "read_config",
    "shape",
]
