"""Servers against each other: the same serving ledger included once per machine, compared line by line."""

from __future__ import annotations

from unitledger.expression import when
from unitledger.ledger import Ledger
from unitledger.templates import catalog
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
    as a share of its cost on RTX 4090. Each machine's own lines have its name in front: `h100.token_cost`.
    """
    book = Ledger("Serving LLaMA-2-70B: H100 against RTX 4090", option="exact", as_of=AS_OF, excludes=EXCLUDED)
    own = serving_cost()
    first = book.include(own, "rtx4090", option="rtx4090")
    common = {name: first[name] for name in SHARED}
    book.include(own, "h100", option="h100", given=common)
    book.include(own, "farm", option="farm", given=common)

    book.section("Comparison")
    fleet = book.assume("fleet", "9 machine", label="RTX 4090 servers as printed", source=COST, minimum=0)
    fleet_draw = book.assume(
        "printed_power",
        catalog.price("machine_power").figure("eight_rtx_4090"),
        label="Printed draw of an RTX 4090 server",
        minimum=0,
    )
    printed_tokens = book.assume(
        "printed_tokens_per_usd",
        "0 Mtoken/USD",
        label="Printed H100 tokens for a dollar (0: computed)",
        source="assumed: computed",
        minimum=0,
    )
    throughput_ratio = book.line(
        "throughput_ratio",
        book["h100.throughput"] / book["rtx4090.throughput"],
        "x",
        label="Throughput: H100 / RTX 4090",
    )
    cost_ratio = book.line(
        "cost_ratio",
        book["h100.charged_hour"] / book["rtx4090.charged_hour"],
        "x",
        label="Machine hour: H100 / RTX 4090",
    )
    excess = book.line(
        "token_cost_excess", cost_ratio / throughput_ratio - 1, "%", label="Token cost: H100 above RTX 4090"
    )
    equal_output_power = book.line(
        "equal_output_power",
        throughput_ratio * book["rtx4090.power"],
        "kW/machine",
        label="RTX 4090 draw for an H100 server's output",
    )
    book.line("fleet_power", fleet * fleet_draw, "kW", label="Draw of the printed fleet")
    h100_tokens = when(printed_tokens > 0, printed_tokens, book["h100.tokens_per_usd"])
    advantage = book.line(
        "farm_advantage", book["farm.tokens_per_usd"] / h100_tokens, "x", label="Tokens for a dollar: farm / H100"
    )
    book.option(
        "printed chain",
        {
            "rtx4090.printed_throughput": "44 Mtoken/machine/h",
            "rtx4090.printed_machine_hour": "2.5 USD/machine/h",
            "h100.printed_throughput": "204 Mtoken/machine/h",
            "h100.printed_machine_hour": "13.4 USD/machine/h",
            "printed_tokens_per_usd": "15.2 Mtoken/USD",
        },
        source=COST,
        note="rounded on the way",
    )
    book.headline(excess, better="lower", beside=[throughput_ratio, cost_ratio, equal_output_power, advantage])
    return book
