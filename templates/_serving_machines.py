"""The machines that serving_cost compares with a server of eight RTX 4090, each an option with its own figures."""

from __future__ import annotations

import attrs

from unitledger.ledger import Ledger
from unitledger.model import Figure, Given
from unitledger.templates import catalog
from unitledger.templates._accumulation import FP32, like_for_like

CLUSTER = "document 001, cheapest cluster"
FARM = "document 001, mining farm"
NO_PART = "assumed: no such part in this variant"


def add_machines(book: Ledger) -> None:
    """Append the options h100, design1 to design3, farm and rtx4090_fp32 to the ledger of `serving_cost`."""
    _add_server(book)
    _add_clusters(book)
    _add_farm(book)
    book.option("rtx4090_fp32", like_for_like())


def _add_server(book: Ledger) -> None:
    card = catalog.accelerator("h100_sxm")
    host = catalog.price("host_price")
    price = attrs.evolve(
        card.figure("price", "cost_section"),
        high=card.figure("price", "list").quantity,
        note="high is the opening table's",
    )
    book.option(
        "h100",
        {
            "gpu_price": price,
            "server": host.figure("server_for_eight_h100"),
            "network": Figure("0 USD/machine", "assumed: the server's price includes it"),
            "gpu_power": card.figure("power"),
            "host_power": catalog.price("machine_power").figure("host_of_eight_h100"),
            "machines_per_rack": catalog.price("hosting").figure("density_eight_h100"),
            "memory_bandwidth": card.figure("memory_bandwidth"),
            "compute": card.figure("compute_fp16_fp32_dense", "table"),
            "accumulation": FP32,
            "capacity.memory": card.figure("memory"),
            "link": card.figure("link_one_way"),
            "least_exchange": card.figure("least_exchange"),
            "batch": Figure("295 prompt", "document 001, balanced batch"),
        },
    )


def _add_clusters(book: Ledger) -> None:
    """Append the home-built clusters; what they do not name is the base option's server's."""
    host, switch, port = (catalog.price(kind) for kind in ("host_price", "switch_price", "switch_ports"))
    nic, rate = catalog.price("nic_price"), catalog.price("nic_rate")
    unstated = "assumed: as the server of eight cards; document 001 gives none for a cluster"
    hosting = catalog.price("hosting")
    bare: dict[str, Given] = {
        "server": Figure("0 USD/machine", NO_PART),
        "network": Figure("0 USD/machine", NO_PART),
        "host_power": attrs.evolve(catalog.price("machine_power").figure("host_of_eight_rtx_4090"), source=unstated),
        "machines_per_rack": attrs.evolve(hosting.figure("density_eight_rtx_4090"), source=unstated),
    }
    desktops: dict[str, Given] = {
        **bare,
        "hosts": "8 host/machine",
        "host_price": host.figure("desktop"),
        "nics": "8 nic/machine",
        "ports_used": "8 port/machine",
    }
    book.option(
        "design1",
        {
            **desktops,
            "scheme": "pipeline",
            "nic_price": nic.figure("gbps_10"),
            "switch_price": switch.figure("ports_20"),
            "link": rate.figure("gbps_10"),
        },
        source=CLUSTER,
    )
    book.option(
        "design2",
        {
            **desktops,
            "scheme": "tensor",
            "nic_price": nic.figure("gbps_200"),
            "switch_price": switch.figure("ports_40"),
            "switch_ports": port.figure("ports_40"),
            "link": rate.figure("gbps_200"),
        },
        source=CLUSTER,
    )
    book.option(
        "design3",
        {
            **bare,
            "scheme": "hybrid",
            "hosts": "2 host/machine",
            "host_price": host.figure("four_card_server"),
            "nics": "2 nic/machine",
            "nic_price": nic.figure("gbps_25"),
            "link": rate.figure("gbps_25"),
        },
        source=CLUSTER,
        note="hosts are joined by a direct cable",
    )


def _add_farm(book: Ledger) -> None:
    book.option(
        "farm",
        {
            "server": catalog.price("host_price").figure("mining_farm"),
            "network": Figure("0 USD/machine", "assumed: the price of the rest includes it"),
            "host_power": catalog.price("machine_power").figure("host_of_mining_farm"),
            "rack_rent": Figure(
                "0 USD/rack/month", "assumed: the farm charges by the hour", low="0 USD/rack/month", owner="finance"
            ),
            "hosting": attrs.evolve(catalog.price("hosting").figure("mining_farm"), owner="finance"),
            "scheme": Figure("tensor", FARM, note="at the rate of the server of eight cards"),
        },
        source=FARM,
    )
