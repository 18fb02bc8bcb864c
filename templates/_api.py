"""The posted price of a model behind an API, chosen from the catalog by name, beside what own machines cost."""

from __future__ import annotations

from collections.abc import Mapping

from unitledger import Figure, Ledger, when
from unitledger.expression import Operand
from unitledger.model import Line
from unitledger.templates import catalog
from unitledger.templates._card import age
from unitledger.templates._chosen import OWN, choose
from unitledger.templates._formulas import cached_price, over

FIELDS = {
    "api_input": ("USD/Mtoken", "API: price of input", "input"),
    "api_read": ("USD/Mtoken", "API: price of input read from the cache; 0: as other input", "cached_read"),
    "api_output": ("USD/Mtoken", "API: price of output", "output"),
    "api_age": ("day", "API: age of the price", "output"),
}
"""What is read of a price, each with its unit, its label and its field of the catalog."""


def against_api(book: Ledger, name: str, cost: Line, of: Mapping[str, Operand]) -> None:
    """Append what the API `name` asks for a million output tokens with their prompts, and own cost over it.

    `of`: prompt, output, cached_share and load, of which the first two are in token/sequence.
    """

    def listed(word: str, field: str) -> Figure | None:
        entry, given = catalog.api(word), FIELDS[field][2]
        figure = entry[given] if given in entry.fields else None
        return age(figure, book.as_of) if figure is not None and field == "api_age" else figure

    book.section("API to compare with")
    api = book.choice("api", (*catalog.entries("apis"), OWN), "API", value=name, source="asked here")
    fields = {field: (unit, label) for field, (unit, label, _) in FIELDS.items()}
    with book.section("Price of your own, for the API 'own'", source="assumed: none until it is set", minimum=0):
        own = {
            field: book.assume(f"own_{field}", f"0 {unit}", f"Own {label}") for field, (unit, label) in fields.items()
        }
    price = choose(book, api, fields, own, listed)
    book.section("Against the API")
    read = when(price["api_read"] > 0, price["api_read"], price["api_input"])
    sent = of["prompt"] / of["output"] * cached_price(price["api_input"], read, of["cached_share"])
    asked = book.line("api_cost", price["api_output"] + sent, "USD/Mtoken", "API: output tokens, with their prompts")
    ratio = book.line("over_api", over(cost, asked), "ratio", "Own cost over that of the API")
    year = book.constant("oldest_price", "365 day", "Age from which a price is stale", source="assumed: a year")
    book.alert(
        price["api_age"] > year, "The listed price of this API was checked more than a year ago: look it up again."
    )
    book.alert(asked <= 0, "This API has no price: choose one that is listed, or set own_api_output.", refused=True)
    book.line("break_even_load", ratio * of["load"], "ratio", "Share of time sold from which own cards cost less")
