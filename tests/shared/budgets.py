"""Ledgers with a timeline, as people write them."""

from __future__ import annotations

from unitledger import (
    Growth,
    Ledger,
    Power,
    VintageDepreciation,
    ahead,
    cumulative,
    delayed,
    maximum,
    round_up,
    worth_now,
)


def budget(periods: int = 24) -> Ledger:
    """Ten lines by month, with a dearer option."""
    book = Ledger("Inference budget", as_of="2026-01-05", excludes=["cost of capital", "taxes"])
    t = book.timeline("2026-01", periods)
    demand = book.add(Growth(start="12 Gtoken/day", rate="4 %/month"), "demand")
    later = {"2026-09": "0.95 USD/Mtoken"} if periods > 12 else {}
    price = book.assume("price", {"2026-01": "1.20 USD/Mtoken", **later}, over=t)
    hired = {"2026-05": "6 person"} if periods > 12 else {}
    people = book.assume("people", {"2026-01": "4 person", **hired}, over=t)
    machines = book.line("machines", round_up(demand / book.assume("throughput", "0.9 Gtoken/machine/day")))
    rent = book.line("rent", machines * book.assume("rent_price", "18 USD/machine/h") * t.hours, "USD")
    tariff = book.assume("tariff", "0.11 USD/kWh")
    energy = book.line("energy", machines * book.assume("draw", "10 kW/machine") * tariff * t.hours, "USD")
    staff = book.line("staff", people * book.assume("salary", "9500 USD/person/month") * t.months, "USD")
    cost = book.total("cost", [rent, energy, staff])
    revenue = book.line("revenue", demand * price * t.days, "USD")
    margin = book.line("margin", revenue - cost)
    book.line("margin_share", margin / revenue, "%")
    cash = book.line("cash", cumulative(margin))
    total = book.line("margin_in_all", margin.sum())
    book.headline(total, better="higher", beside=[book.line("least_cash", cash.least())])
    more = {"people@2026-05:2026-07": "9 person"} if periods > 12 else {}
    book.option("dear", {**more, "tariff": "0.20 USD/kWh"})
    return book


def fleet(calendar: str = "days") -> Ledger:
    """Machines ordered ahead, delivered late, retired after their life and written off by vintage."""
    book = Ledger("Fleet", option="own", as_of="2026-01-15")
    t = book.timeline("2026-04", 36, fiscal_year="April", calendar=calendar)  # type: ignore[arg-type]
    book.section("Machines")
    need = book.assume("need", {"2026-04": "6 machine", "2027-01": "12 machine"}, "Machines needed", over=t)
    lead = book.assume("lead_time", "4 month", "Delivery time")
    life = book.assume("life", "24 month", "Service life")
    on_order = book.balance("on_order", opening="0 machine", label="On order")
    machines = book.balance("fleet", opening="4 machine", label="Fleet")
    wanted = maximum(ahead(need, lead) - machines.opening - on_order.opening, 0)
    ordered = book.line("ordered", wanted, total="sum", label="Ordered")
    delivered = book.line("delivered", delayed(ordered, lead), label="Delivered")
    retired = book.line("retired", delayed(delivered, life), label="Retired")
    on_order.close(added=[ordered], removed=[delivered])
    machines.close(added=[delivered], removed=[retired])
    book.section("Cost")
    bought = book.line("bought", delivered * book.assume("price", "225 kUSD/machine"), "kUSD", label="Purchases")
    depreciation = book.add(VintageDepreciation(amount=bought, life=life, residual="10 %"), "depreciation", "kUSD")
    power = book.add(Power(draw="10.2 kW/machine", tariff="0.11 USD/kWh", pue="1.3 ratio"), "power")
    energy = book.line("energy", machines * power * t.hours, "kUSD", label="Energy")
    cost = book.total("cost", [depreciation, energy], label="Cost")
    book.line("cost_of_a_machine", cost / machines, "kUSD/machine")
    worth = book.line("worth", worth_now(cost, book.assume("capital", "12 %/year", "Cost of capital")))
    book.headline(worth, beside=[book.line("all_cost", cost.sum()), book.line("at_end", machines.closing())])
    book.option("slow", {"lead_time": "6 month", "need@2027-06:2028-01": "15 machine"})
    return book
