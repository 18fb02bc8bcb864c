"""What a token costs on H100, on RTX 4090 and in a mining farm: one ledger, taken in once for each machine."""

from __future__ import annotations

from unitledger import Ledger
from unitledger.templates import catalog
from unitledger.templates._accumulation import like_for_like
from unitledger.templates.serving_cost import serving_cost

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
    document's chain of rounded figures stands beside, under names that begin with `printed_`.
    """
    book = Ledger(
        "Serving LLaMA-2-70B: H100 against RTX 4090",
        option="machines",
        description="Rates as printed: those of an RTX 4090 with FP16 sums.",
        alternatives=False,
        purpose=__doc__,
        as_of="2023-10-01",
        stale_after="3 year",
        owner="infrastructure",
    )
    own = serving_cost()
    rtx = book.include(own, "rtx4090", option="rtx4090", label="RTX 4090")
    common = {name: rtx[name] for name in SHARED}
    h100 = book.include(own, "h100", option="h100", given=common, label="H100")
    farm = book.include(own, "farm", option="farm", given=common, label="Farm")

    book.section("Comparison")
    faster = book.line("throughput_ratio", h100["throughput"] / rtx["throughput"], "x", "Throughput: H100 / RTX 4090")
    dearer = book.line("cost_ratio", h100["machine_hour"] / rtx["machine_hour"], "x", "Machine hour: H100 / RTX 4090")
    excess = book.line("token_cost_excess", dearer / faster - 1, "%", "Token cost: H100 above RTX 4090")
    equal_output = book.line(
        "equal_output_power", faster * rtx["power"], "kW/machine", "RTX 4090 draw for an H100 server's output"
    )
    advantage = book.line(
        "farm_advantage", farm["tokens_per_usd"] / h100["tokens_per_usd"], "x", "Tokens for the money: farm / H100"
    )
    book.headline(excess, better="lower", beside=[faster, dearer, equal_output, advantage])

    # What the document gets from figures that it rounded on the way.
    book.section("As printed", source="document 001, cost of inference", above=0)
    rtx_hour = book.assume("printed_rtx4090_hour", "2.5 USD/machine/h", "Printed: RTX 4090 machine hour")
    rtx_rate = book.assume("printed_rtx4090_throughput", "44 Mtoken/machine/h", "Printed: RTX 4090 throughput")
    h100_hour = book.assume("printed_h100_hour", "13.4 USD/machine/h", "Printed: H100 machine hour")
    h100_rate = book.assume("printed_h100_throughput", "204 Mtoken/machine/h", "Printed: H100 throughput")
    printed = book.assume("printed_tokens_per_usd", "15.2 Mtoken/USD", "Printed: H100 tokens for the money")
    fleet = book.assume("fleet", "9 machine", "Printed: RTX 4090 servers for an H100", minimum=0, whole=True)
    server = catalog.price("machine_power")["eight_rtx_4090"]
    draw = book.assume("printed_power", server, "Printed: draw of an RTX 4090 server", minimum=0)
    rtx_tokens = book.line(
        "printed_rtx4090_tokens", rtx_rate / rtx_hour, "Mtoken/USD", "Rounded figures: RTX 4090 tokens for the money"
    )
    h100_tokens = book.line(
        "printed_h100_tokens", h100_rate / h100_hour, "Mtoken/USD", "Rounded figures: H100 tokens for the money"
    )
    book.line("printed_excess", rtx_tokens / h100_tokens - 1, "%", "Rounded figures: H100 token above RTX 4090")
    book.line("printed_farm_advantage", farm["tokens_per_usd"] / printed, "x", "Rounded figures: farm / H100 tokens")
    book.line("fleet_power", fleet * draw, "kW", "Draw of the printed fleet")

    alike = like_for_like("rtx4090.") | like_for_like("farm.")
    book.option("fp32_sums", alike, description="All rates with FP32 sums.")
    return book
