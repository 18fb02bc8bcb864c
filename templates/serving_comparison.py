"""Servers against each other: the same serving ledger included once per machine, compared line by line."""

from __future__ import annotations

from unitledger.ledger import Ledger
from unitledger.templates import catalog
from unitledger.templates._accumulation import like_for_like
from unitledger.templates.serving_cost import EXCLUDED, serving_cost

AS_OF = "2023-10-01"
COST = "document 001, cost of inference"

SHARED = (
    *("life", "residual", "pue", "tariff", "load", "api_price"),
    *("parameters", "value_size", "hidden", "layers", "capacity.kv_matrices", "capacity.kv_head_share"),
    *("capacity.context", "exchanges_per_layer", "overlap"),
)
"""Inputs that machines must have in common to be compared; those of the first machine hold for all."""


def serving_comparison() -> Ledger:
    """Eight H100 against eight RTX 4090 and a mining farm's host: throughput, cost and power for equal output.

    Document 001, cost of inference and mining farm. Headline: `token_cost_excess`, what a token costs more on H100,
    as a share of its cost on RTX 4090. Each machine's own lines have its name in front: `h100.token_cost`. The
    document's chain of rounded figures stands beside, under names that begin with `printed_`. Options: the rates as
    printed, and all with FP32 sums.
    """
    book = Ledger(
        "Serving LLaMA-2-70B: H100 against RTX 4090",
        option="machines",
        as_of=AS_OF,
        stale_after="3 year",
        owner="infrastructure",
        excludes=EXCLUDED,
    )
    own = serving_cost()
    first = book.include(own, "rtx4090", option="rtx4090", label="RTX 4090")
    common = {name: first[name] for name in SHARED}
    book.include(own, "h100", option="h100", given=common, label="H100")
    book.include(own, "farm", option="farm", given=common, label="Farm")
    _add_comparison(book)
    _add_printed_chain(book)
    book.option("fp32_sums", like_for_like("rtx4090.") | like_for_like("farm."))
    return book


def _add_comparison(book: Ledger) -> None:
    book.section("Comparison")
    throughput_ratio = book.line(
        "throughput_ratio", book["h100.throughput"] / book["rtx4090.throughput"], "x", "Throughput: H100 / RTX 4090"
    )
    cost_ratio = book.line(
        "cost_ratio", book["h100.machine_hour"] / book["rtx4090.machine_hour"], "x", "Machine hour: H100 / RTX 4090"
    )
    excess = book.line("token_cost_excess", cost_ratio / throughput_ratio - 1, "%", "Token cost: H100 above RTX 4090")
    equal_output_power = book.line(
        "equal_output_power",
        throughput_ratio * book["rtx4090.power"],
        "kW/machine",
        "RTX 4090 draw for an H100 server's output",
    )
    advantage = book.line(
        "farm_advantage",
        book["farm.tokens_per_usd"] / book["h100.tokens_per_usd"],
        "x",
        "Tokens for a dollar: farm / H100",
    )
    book.headline(excess, better="lower", beside=[throughput_ratio, cost_ratio, equal_output_power, advantage])


def _add_printed_chain(book: Ledger) -> None:
    """Append what the document gets from figures that it rounded on the way."""
    book.section("As printed")
    hours, rates = {}, {}
    for machine, label, hour, rate in (
        ("rtx4090", "RTX 4090", "2.5 USD/machine/h", "44 Mtoken/machine/h"),
        ("h100", "H100", "13.4 USD/machine/h", "204 Mtoken/machine/h"),
    ):
        hours[machine] = book.assume(
            f"printed_{machine}_hour", hour, f"Printed: {label} machine hour", source=COST, above=0
        )
        rates[machine] = book.assume(
            f"printed_{machine}_throughput", rate, f"Printed: {label} throughput", source=COST, above=0
        )
    h100_tokens = book.assume(
        "printed_tokens_per_usd", "15.2 Mtoken/USD", "Printed: H100 tokens for a dollar", source=COST, above=0
    )
    fleet = book.assume(
        "fleet", "9 machine", "Printed: RTX 4090 servers for an H100", source=COST, minimum=0, whole=True
    )
    draw = book.assume(
        "printed_power",
        catalog.price("machine_power").figure("eight_rtx_4090"),
        "Printed: draw of an RTX 4090 server",
        minimum=0,
    )
    tokens = {
        machine: book.line(
            f"printed_{machine}_tokens",
            rates[machine] / hours[machine],
            "Mtoken/USD",
            f"Rounded figures: {label} tokens for a dollar",
        )
        for machine, label in (("rtx4090", "RTX 4090"), ("h100", "H100"))
    }
    book.line(
        "printed_excess", tokens["rtx4090"] / tokens["h100"] - 1, "%", "Rounded figures: H100 token above RTX 4090"
    )
    book.line(
        "printed_farm_advantage", book["farm.tokens_per_usd"] / h100_tokens, "x", "Rounded figures: farm / H100 tokens"
    )
    book.line("fleet_power", fleet * draw, "kW", "Draw of the printed fleet")
