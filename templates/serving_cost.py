"""What a million output tokens of a language model cost on machines of one's own."""

from __future__ import annotations

import attrs

from unitledger import CapexAmortization, Figure, Ledger, Power, RackRent, maximum
from unitledger.templates import catalog
from unitledger.templates._accumulation import FP32, like_for_like
from unitledger.templates._formulas import machine_draw
from unitledger.templates.serving_capacity import memory_need
from unitledger.templates.serving_latency_and_throughput import parallel_serving

COST = "document 001, cost of inference"
CLUSTER = "document 001, cheapest cluster"
FARM = "document 001, mining farm"
NO_PART = "assumed: no such part in this variant"
AS_SERVER = "assumed: as the server of eight cards; document 001 gives none for a cluster"


def serving_cost() -> Ledger:
    """Cost of a million output tokens of LLaMA-2-70B on owned machines, against a posted API price.

    Document 001, cost of inference and cheapest cluster. A cluster of desktops counts as one machine. Headline:
    `token_cost` [USD/Mtoken].
    """
    book = Ledger(
        "Serving LLaMA-2-70B",
        option="rtx4090",
        description="Eight RTX 4090 in a server.",
        purpose=__doc__,
        decision="Which machines to serve the model on, if any costs less than the posted API.",
        as_of="2023-10-01",
        stale_after="3 year",
        owner="infrastructure",
        excludes=[
            "staff",
            "cooling and power losses (PUE is 1)",
            "cost of capital",
            "taxes",
            "failures and spares",
            "prefill (only output tokens count)",
            "reading the key/value cache",
            "traffic to customers",
        ],
    )
    own = catalog.assumed("serving_cost")
    card, host, power_of = catalog.accelerator("rtx_4090"), catalog.price("host_price"), catalog.price("machine_power")
    life_of, hosting_of = catalog.price("depreciation"), catalog.price("hosting")

    book.section("Hardware", source=COST, minimum=0)
    price = book.assume(
        "gpu_price", card["price", "list"], "Price of a card", high="2000 USD/gpu", note="high is assumed"
    )
    gpus = book.assume("gpus", "8 gpu/machine", "Cards in a machine", above=0, whole=True)
    machines = book.assume("machines", "1 machine", "Machines that share the model", above=0, whole=True)
    server = book.assume("server", host["server_for_eight_rtx_4090"], "Server without cards")
    network = book.assume("network", host["network_for_eight_rtx_4090"], "Network of a machine")
    hosts = book.assume("hosts", "1 host/machine", "Hosts in a machine", above=0, whole=True)
    host_price = book.assume("host_price", "0 USD/host", "Price of a host", source=NO_PART)
    nics = book.assume("nics", "0 nic/machine", "Network cards in a machine", source=NO_PART, whole=True)
    nic_price = book.assume("nic_price", "0 USD/nic", "Price of a network card", source=NO_PART)
    switch_price = book.assume("switch_price", "0 USD/switch", "Price of a switch", source=NO_PART)
    ports = catalog.price("switch_ports")["ports_20"]
    switch_ports = book.assume("switch_ports", ports, "Ports of a switch", above=0, whole=True)
    ports_used = book.assume("ports_used", "0 port/machine", "Ports that a machine uses", source=NO_PART, whole=True)
    life = book.assume(
        "life",
        life_of["life", "document_001"],
        "Service life",
        low="2 year",
        high=life_of["life", "document_000"].quantity,
        note="straight line; low is assumed, high is that of document 000",
        owner="finance",
        above=0,
    )
    residual = book.assume("residual", own["residual"], "Residual value, share of price")
    book.section("Purchase")
    cards_price = book.line("gpu_capex", gpus * price, "USD/machine", "Cards")
    hosts_price = book.line("host_capex", hosts * host_price, "USD/machine", "Hosts")
    nics_price = book.line("nic_capex", nics * nic_price, "USD/machine", "Network cards")
    switches = book.line("switch_share", switch_price * ports_used / switch_ports, "USD/machine", "Share of a switch")
    parts = [cards_price, server, network, hosts_price, nics_price, switches]
    capex = book.total("capex", parts, "USD/machine", "Purchase price")
    book.line("other_share", 1 - cards_price / capex, "%", "Share of price beside cards")

    book.section("Energy and space", minimum=0)
    card_draw = book.assume("gpu_power", card["power", "table"], "Draw of a card")
    host_draw = book.assume("host_power", power_of["host_of_eight_rtx_4090"], "Draw without the cards")
    pue = book.assume("pue", own["pue"], "Facility over IT energy (PUE)", minimum=1)
    rate = catalog.price("electricity")["tariff", "document_001"]
    tariff = book.assume("tariff", rate, "Electricity price", owner="finance")
    rent = book.assume("rack_rent", hosting_of["rack_rent"], "Rent of a rack", owner="finance")
    density = book.assume("machines_per_rack", hosting_of["density_eight_rtx_4090"], "Machines in a rack", above=0)
    hosting = book.assume("hosting", "0 USD/machine/h", "Hosting by the hour", source=NO_PART, owner="finance")
    book.section("Machine hour")
    draw = book.line("power", machine_draw(gpus, card_draw, host_draw), "kW/machine", "Electrical draw")
    depreciation = book.add(CapexAmortization(price=capex, life=life, residual=residual), "depreciation", minimum=0)
    energy = book.add(Power(draw=draw, tariff=tariff, pue=pue), "energy")
    rack = book.add(RackRent(rent=rent, density=density), "rack")
    hour = book.total("machine_hour", [depreciation, energy, rack, hosting], "USD/machine/h", minimum=0)

    book.section("Sales", owner="finance", above=0)
    load = book.assume("load", own["load"], "Share of time sold", maximum=1)
    posted = book.assume("api_price", catalog.price("api_token")["gpt_3_5_turbo"], "Posted API price")

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
        "bus", card["link_one_way"], "Link inside a host, one way", note="used by the hybrid scheme alone", above=0
    )
    book.section("Group of cards")
    one_host = book.one("host", "single_host", "One host")
    lone_card = book.one("gpu/host", "lone_card", "One card in a host")
    stage_size = book.one("gpu", "stage_size", "Cards in a stage of the pipeline")
    cards = book.line("cards", gpus * machines, "gpu", "Cards that share the model")
    hops = book.line("hops", cards / stage_size, label="Hops, the way back included")
    group = book.include(parallel_serving(), given={"cards": cards, "hops": hops})
    batch, token, stages, transfer = (group[name] for name in ("batch", "tokens_per_step", "stages", "transfer"))

    book.section("Tensor parallel in hosts, pipeline between them")
    groups = book.line("groups", hosts * machines / one_host, label="Hosts in the pipeline")
    sharing = book.line("cards_per_host", gpus / hosts, "gpu/host")
    exchange = maximum(group["payload"] / bus, group["least_exchange"])
    bus_time = book.line("bus_time", group["exchanges"] * exchange, "ms", "All exchanges on the bus")
    hop = book.line(
        "hybrid_hop",
        transfer * sharing / lone_card + group["hop_overhead"],
        "ms",
        "Time of a hop between hosts",
        note="All cards of a host share the link.",
    )
    in_hosts = bus_time + groups * (hop + group["stage_time"])
    hybrid_time = book.line("hybrid_token_time", in_hosts, "ms", "Hybrid: time per token")
    hybrid_rate = book.line(
        "hybrid_group_rate",
        groups * batch * token / hybrid_time,
        "token/s",
        "Hybrid: rate of the group",
        note="One batch in each host.",
    )

    book.section("Chosen scheme")
    prompts = scheme.select(pipeline=stages * batch, tensor=batch, hybrid=groups * batch)
    in_flight = book.line("prompts_in_flight", prompts, "prompt", "Prompts served at once")
    times = {"pipeline": group["pipeline_token_time"], "tensor": group["tensor_token_time"], "hybrid": hybrid_time}
    token_time = book.line("token_time", scheme.select(times), "ms", "Time per token")
    book.line("token_rate", token / token_time, "token/s/prompt", "Rate per prompt")
    rates = {"pipeline": group["pipeline_group_rate"], "tensor": group["tensor_group_rate"], "hybrid": hybrid_rate}
    group_rate = book.line("group_rate", scheme.select(rates), "token/s", "Rate of the group")
    shared = {name: group[name] for name in ("parameters", "layers", "hidden", "value_size")}
    given = {**shared, "batch": in_flight, "cards_installed": cards}
    book.include(memory_need(), "capacity", given=given, label="Memory")

    book.section("Token cost")
    throughput = book.line("throughput", group_rate / machines, "Mtoken/machine/h")
    sold = book.line("sold_throughput", throughput * load, "Mtoken/machine/h", "Throughput that is sold")
    cost = book.line(
        "token_cost",
        hour / sold,
        "USD/Mtoken",
        note="Cost of a token: what an hour costs over the tokens that it yields.",
        minimum=0,
    )
    tokens = book.line("tokens_per_usd", sold / hour, "Mtoken/USD", "Tokens for the money")
    api_tokens = book.line("api_tokens_per_usd", 1 / posted, "Mtoken/USD", "API: tokens for the money")
    multiple = book.line("api_multiple", tokens / api_tokens, "x", "Tokens against the API")
    book.line("break_even_load", load / multiple, label="Load at which the API costs the same")
    book.alert(cost > posted, "At this load a token costs more than the API asks.")
    book.headline(cost, better="lower", beside=[tokens, hour, throughput])
    _add_machines(book)
    return book


def _add_machines(book: Ledger) -> None:
    """Append the machines that are compared with a server of eight RTX 4090; what they do not name is that server's."""
    card, hosting = catalog.accelerator("h100_sxm"), catalog.price("hosting")
    host, power_of = catalog.price("host_price"), catalog.price("machine_power")
    nic, rate, switch = (catalog.price(kind) for kind in ("nic_price", "nic_rate", "switch_price"))
    server = {
        "gpu_price": attrs.evolve(
            card["price", "cost_section"], high=card["price", "list"].quantity, note="high is the opening table's"
        ),
        "server": host["server_for_eight_h100"],
        "network": Figure("0 USD/machine", "assumed: the server's price includes it"),
        "gpu_power": card["power"],
        "host_power": power_of["host_of_eight_h100"],
        "machines_per_rack": hosting["density_eight_h100"],
        "memory_bandwidth": card["memory_bandwidth"],
        "compute": card["compute_fp16_fp32_dense", "table"],
        "accumulation": FP32,
        "capacity.memory": card["memory"],
        "link": card["link_one_way"],
        "least_exchange": card["least_exchange"],
        "batch": Figure("295 prompt", "document 001, balanced batch"),
    }
    book.option("h100", server, description="Eight H100 SXM in a server, bought complete with its network.")
    bare = {
        "server": Figure("0 USD/machine", NO_PART),
        "network": Figure("0 USD/machine", NO_PART),
        "host_power": attrs.evolve(power_of["host_of_eight_rtx_4090"], source=AS_SERVER),
        "machines_per_rack": attrs.evolve(hosting["density_eight_rtx_4090"], source=AS_SERVER),
    }
    desktops = {
        **bare,
        "hosts": Figure("8 host/machine"),
        "host_price": host["desktop"],
        "nics": Figure("8 nic/machine"),
        "ports_used": Figure("8 port/machine"),
    }
    piped = {
        **desktops,
        "scheme": Figure("pipeline"),
        "nic_price": nic["gbps_10"],
        "switch_price": switch["ports_20"],
        "link": rate["gbps_10"],
    }
    said = "Eight desktops with an RTX 4090 each, a pipeline of layers at 10 Gbit/s."
    book.option("design1", piped, description=said, source=CLUSTER)
    sliced = {
        **desktops,
        "scheme": Figure("tensor"),
        "nic_price": nic["gbps_200"],
        "switch_price": switch["ports_40"],
        "switch_ports": catalog.price("switch_ports")["ports_40"],
        "link": rate["gbps_200"],
    }
    said = "Eight desktops with an RTX 4090 each, sharing each layer at 200 Gbit/s."
    book.option("design2", sliced, description=said, source=CLUSTER)
    joined = {
        **bare,
        "scheme": Figure("hybrid"),
        "hosts": Figure("2 host/machine"),
        "host_price": host["four_card_server"],
        "nics": Figure("2 nic/machine"),
        "nic_price": nic["gbps_25"],
        "link": rate["gbps_25"],
    }
    said = "Two hosts of four RTX 4090, a pipeline of two at 25 Gbit/s."
    book.option("design3", joined, description=said, source=CLUSTER, note="hosts are joined by a direct cable")
    farm = {
        "server": host["mining_farm"],
        "network": Figure("0 USD/machine", "assumed: the price of the rest includes it"),
        "host_power": power_of["host_of_mining_farm"],
        "rack_rent": Figure(
            "0 USD/rack/month", "assumed: the farm charges by the hour", low="0 USD/rack/month", owner="finance"
        ),
        "hosting": attrs.evolve(hosting["mining_farm"], owner="finance"),
        "scheme": Figure("tensor", FARM, note="at the rate of the server of eight cards"),
    }
    book.option("farm", farm, description="A host of eight RTX 4090 in a mining farm, by the hour.", source=FARM)
    book.option("rtx4090_fp32", like_for_like(), description="Eight RTX 4090, rated with FP32 sums as an H100 is.")
