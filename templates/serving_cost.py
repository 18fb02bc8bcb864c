"""What a million output tokens of a language model cost on machines of one's own."""

from __future__ import annotations

from unitledger.expression import maximum
from unitledger.ledger import Ledger
from unitledger.lines import CapexAmortization, CostPerToken, Power, RackRent
from unitledger.templates import catalog
from unitledger.templates._serving_machines import NO_PART, add_machines
from unitledger.templates.serving_capacity import memory_need
from unitledger.templates.serving_latency_and_throughput import parallel_serving

AS_OF = "2023-10-01"
COST = "document 001, cost of inference"

EXCLUDED = (
    "staff",
    "cooling and power losses (PUE is 1)",
    "cost of capital",
    "taxes",
    "failures and spares",
    "prefill (only output tokens count)",
    "reading the key/value cache",
    "traffic to customers",
)


def serving_cost() -> Ledger:
    """Cost of a million output tokens of LLaMA-2-70B on owned machines, against a posted API price.

    Document 001, cost of inference and cheapest cluster. A cluster of desktops counts as one machine. Headline:
    `token_cost` [USD/Mtoken]. Options: servers of eight cards, three home-built clusters, a host in a mining farm,
    and the first server with FP32 sums, which the H100's rate counts.
    """
    book = Ledger(
        "Serving LLaMA-2-70B",
        option="rtx4090",
        as_of=AS_OF,
        stale_after="3 year",
        owner="infrastructure",
        excludes=EXCLUDED,
    )
    _assume_hardware(book)
    _assume_upkeep(book)
    _assume_sales(book)
    _add_machine_hour(book)
    _add_group_rate(book)
    _add_token_cost(book)
    add_machines(book)
    return book


def _assume_hardware(book: Ledger) -> None:
    host = catalog.price("host_price")
    life = catalog.price("depreciation")
    book.section("Hardware")
    book.assume(
        "gpu_price",
        catalog.accelerator("rtx_4090").figure("price", "list"),
        "Price of a card",
        high="2000 USD/gpu",
        note="high is assumed",
        minimum=0,
    )
    book.assume("gpus", "8 gpu/machine", "Cards in a machine", source=COST, above=0, whole=True)
    book.assume("machines", "1 machine", "Machines that share the model", source=COST, above=0, whole=True)
    book.assume("server", host.figure("server_for_eight_rtx_4090"), "Server without cards", minimum=0)
    book.assume("network", host.figure("network_for_eight_rtx_4090"), "Network of a machine", minimum=0)
    book.assume("hosts", "1 host/machine", "Hosts in a machine", source=COST, above=0, whole=True)
    book.assume("host_price", "0 USD/host", "Price of a host", source=NO_PART, minimum=0)
    book.assume("nics", "0 nic/machine", "Network cards in a machine", source=NO_PART, minimum=0, whole=True)
    book.assume("nic_price", "0 USD/nic", "Price of a network card", source=NO_PART, minimum=0)
    book.assume("switch_price", "0 USD/switch", "Price of a switch", source=NO_PART, minimum=0)
    book.assume(
        "switch_ports", catalog.price("switch_ports").figure("ports_20"), "Ports of a switch", above=0, whole=True
    )
    book.assume("ports_used", "0 port/machine", "Ports that a machine uses", source=NO_PART, minimum=0, whole=True)
    book.assume(
        "life",
        life.figure("life", "document_001"),
        "Service life",
        low="2 year",
        high=life.figure("life", "document_000").quantity,
        note="straight line; low is assumed, high is that of document 000",
        owner="finance",
        above=0,
    )
    book.assume(
        "residual",
        "0 %",
        "Residual value, share of price",
        source=COST,
        owner="finance",
        high="20 %",
        note="high is assumed",
        minimum=0,
    )


def _assume_upkeep(book: Ledger) -> None:
    hosting = catalog.price("hosting")
    book.section("Energy and space")
    book.assume("gpu_power", catalog.accelerator("rtx_4090").figure("power"), "Draw of a card", minimum=0)
    book.assume(
        "host_power",
        catalog.price("machine_power").figure("host_of_eight_rtx_4090"),
        "Draw without the cards",
        minimum=0,
    )
    book.assume(
        "pue",
        "1 ratio",
        "Facility over IT energy (PUE)",
        source="assumed: document 001 counts the machine alone",
        high="1.5 ratio",
        minimum=1,
        note="high is assumed: an ordinary building",
    )
    book.assume(
        "tariff",
        catalog.price("electricity").figure("tariff", "document_001"),
        "Electricity price",
        low="0.05 USD/kWh",
        high="0.2 USD/kWh",
        note="range is assumed: half and twice",
        owner="finance",
        minimum=0,
    )
    book.assume(
        "rack_rent",
        hosting.figure("rack_rent"),
        "Rent of a rack",
        low="1000 USD/rack/month",
        high="2000 USD/rack/month",
        note="range is assumed",
        owner="finance",
        minimum=0,
    )
    book.assume("machines_per_rack", hosting.figure("density_eight_rtx_4090"), "Machines in a rack", above=0)
    book.assume("hosting", "0 USD/machine/h", "Hosting by the hour", source=NO_PART, owner="finance", minimum=0)


def _assume_sales(book: Ledger) -> None:
    book.section("Sales")
    book.assume(
        "load",
        "1 ratio",
        "Share of time sold",
        source=COST,
        owner="finance",
        low="0.3 ratio",
        above=0,
        maximum=1,
        note="low is assumed: demand by day and night",
    )
    book.assume(
        "api_price", catalog.price("api_token").figure("gpt_3_5_turbo"), "Posted API price", owner="finance", above=0
    )


def _add_machine_hour(book: Ledger) -> None:
    gpus = book["gpus"]
    book.section("Purchase")
    gpu_capex = book.line("gpu_capex", gpus * book["gpu_price"], "USD/machine", "Cards")
    hosts = book.line("host_capex", book["hosts"] * book["host_price"], "USD/machine", "Hosts")
    nics = book.line("nic_capex", book["nics"] * book["nic_price"], "USD/machine", "Network cards")
    share = book.line(
        "switch_share",
        book["switch_price"] * book["ports_used"] / book["switch_ports"],
        "USD/machine",
        "Share of a switch",
    )
    parts = [gpu_capex, book["server"], book["network"], hosts, nics, share]
    capex = book.total("capex", parts, "USD/machine", "Purchase price")
    book.line("other_share", 1 - gpu_capex / capex, "%", "Share of price beside cards")

    book.section("Machine hour")
    power = book.line("power", gpus * book["gpu_power"] + book["host_power"], "kW/machine", "Electrical draw")
    depreciation = book.add(
        CapexAmortization(price=capex, life=book["life"], residual=book["residual"]), "depreciation", minimum=0
    )
    energy = book.add(Power(draw=power, tariff=book["tariff"], pue=book["pue"]), "energy")
    rack = book.add(RackRent(rent=book["rack_rent"], density=book["machines_per_rack"]), "rack")
    book.total("machine_hour", [depreciation, energy, rack, book["hosting"]], "USD/machine/h", minimum=0)


def _add_group_rate(book: Ledger) -> None:
    """Append what a group of cards does in each scheme, in the chosen one, and whether its prompts fit in memory."""
    single_host = book.one("host", "single_host", "One host")
    lone_card = book.one("gpu/host", "lone_card", "One card in a host")
    stage_size = book.one("gpu", "stage_size", "Cards in a stage of the pipeline")
    book.section("Serving scheme")
    scheme = book.choice(
        "scheme",
        ("pipeline", "tensor", "hybrid"),
        "How cards share the model",
        value="tensor",
        source=COST,
        note="hybrid: tensor inside a host, pipeline between hosts",
    )
    bus = book.assume(
        "bus",
        catalog.accelerator("rtx_4090").figure("link_one_way"),
        "Link inside a host, one way",
        note="used by the hybrid scheme alone",
        above=0,
    )
    book.section("Group of cards")
    cards = book.line("cards", book["gpus"] * book["machines"], "gpu", "Cards that share the model")
    hops = book.line("hops", cards / stage_size, label="Hops, the way back included")
    book.include(parallel_serving(), given={"cards": cards, "hops": hops})
    batch, stages, stage_time = book["batch"], book["stages"], book["stage_time"]

    book.section("Tensor parallel in hosts, pipeline between them")
    groups = book.line("groups", book["hosts"] * book["machines"] / single_host, label="Hosts in the pipeline")
    sharing = book.line("cards_per_host", book["gpus"] / book["hosts"], "gpu/host")
    exchange = maximum(book["payload"] / bus, book["least_exchange"])
    bus_time = book.line("bus_time", book["exchanges"] * exchange, "ms", "All exchanges on the bus")
    hop = book.line(
        "hybrid_hop",
        book["transfer"] * sharing / lone_card + book["hop_overhead"],
        "ms",
        "Time of a hop between hosts",
        note="All cards of a host share the link.",
    )
    token_time = book.line("hybrid_token_time", bus_time + groups * (hop + stage_time), "ms", "Hybrid: time per token")
    group_rate = book.line(
        "hybrid_group_rate",
        groups * batch * book["tokens_per_step"] / token_time,
        "token/s",
        "Hybrid: rate of the group",
        note="One batch in each host.",
    )

    book.section("Chosen scheme")
    in_flight = book.line(
        "prompts_in_flight",
        scheme.select(pipeline=stages * batch, tensor=batch, hybrid=groups * batch),
        "prompt",
        "Prompts served at once",
    )
    token_time = book.line(
        "token_time",
        scheme.select(pipeline=book["pipeline_token_time"], tensor=book["tensor_token_time"], hybrid=token_time),
        "ms",
        "Time per token",
    )
    book.line("token_rate", book["tokens_per_step"] / token_time, "token/s/prompt", "Rate per prompt")
    book.line(
        "group_rate",
        scheme.select(pipeline=book["pipeline_group_rate"], tensor=book["tensor_group_rate"], hybrid=group_rate),
        "token/s",
        "Rate of the group",
    )
    shared = ("parameters", "layers", "hidden", "value_size")
    book.include(
        memory_need(),
        "capacity",
        given={**{name: book[name] for name in shared}, "batch": in_flight, "cards_installed": cards},
        label="Memory",
    )


def _add_token_cost(book: Ledger) -> None:
    load, hour = book["load"], book.lines["machine_hour"]
    book.section("Token cost")
    throughput = book.line("throughput", book["group_rate"] / book["machines"], "Mtoken/machine/h")
    sold = book.line("sold_throughput", throughput * load, "Mtoken/machine/h", "Throughput that is sold")
    token_cost = book.add(CostPerToken(hour_cost=hour, throughput=sold), "token_cost", minimum=0)
    tokens_per_usd = book.line("tokens_per_usd", sold / hour, "Mtoken/USD", "Tokens for a dollar")
    posted = book.line("api_tokens_per_usd", 1 / book["api_price"], "Mtoken/USD", "API: tokens for a dollar")
    multiple = book.line("api_multiple", tokens_per_usd / posted, "x", "Tokens against the API")
    book.line("break_even_load", load / multiple, label="Load at which the API costs the same")
    book.alert(token_cost > book["api_price"], "At this load a token costs more than the API asks.")
    book.headline(token_cost, better="lower", beside=[tokens_per_usd, hour, throughput])
