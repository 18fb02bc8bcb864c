"""What it costs to serve a language model for three years: on machines of one's own, on rented ones, or by an API."""

from __future__ import annotations

from unitledger import (
    Growth,
    Ledger,
    Power,
    VintageDepreciation,
    ahead,
    cumulative,
    delayed,
    in_year,
    maximum,
    paid_back,
    rate_of_return,
    round_up,
    when,
    worth_now,
)
from unitledger.templates import catalog

PLAN = "assumed: a plan to be replaced by one's own"
MACHINE = "template serving_latency_and_throughput, eight H100"
SEASON = (0.95, 0.97, 1.02, 1.00, 1.01, 0.99, 0.93, 0.92, 1.04, 1.07, 1.08, 1.02)
"""Tokens asked for from January to December, over those of an average month."""


def fleet_budget() -> Ledger:
    """Three years of serving a language model by month: on own machines, on rented ones, or by an API.

    Documents 000 and 001; demand, staff and cost of capital are a plan. Headline: `break_even_price` [USD/Mtoken], at
    which sales are worth what is paid, discounted.
    """
    book = Ledger(
        "Budget of a serving fleet",
        option="own",
        description="Machines bought ahead of need, rented ones until they are there.",
        purpose=__doc__,
        decision="Whether to buy machines, to rent them, or to buy tokens, and from when on.",
        as_of="2024-07-01",
        owner="finance",
        stale_after="3 year",
        excludes=["taxes", "development of the service", "orders for machines that arrive after the last month"],
    )
    own, prices = catalog.assumed("fleet_budget"), catalog.price("cloud_rent")
    token_price = catalog.price("api_token")["gpt_3_5_turbo"]
    t = book.timeline("2025-01", 36, calendar="days")

    book.section("Demand", source=PLAN, minimum=0)
    start = book.assume("start", "10 Gtoken/day", "Tokens asked for in the first month", above=0)
    growth = book.assume("growth", own["growth"], "Growth of demand", minimum="-50 %/month")
    peak = book.assume("peak", "2 ratio", "Peak over average", minimum=1)
    prompt_share = book.assume("prompt_share", "75 %", "Prompt tokens among them", maximum="100 %")
    cached = book.assume("cache_hit", catalog.assumed("api_query")["cache_hit"], "Prompt tokens in cache", maximum=1)
    by_month = [f"{share} ratio" for share in SEASON] * 3
    season = book.assume("season", by_month, "Season: over an average month", over=t, above=0)

    book.section("Machine", source=MACHINE, above=0)
    prompt_rate = book.assume("prompt_rate", own["prompt_rate"], "Prompt tokens, throughput of a machine")
    output_rate = book.assume("output_rate", own["output_rate"], "Output tokens, throughput of a machine")
    used = book.assume("utilisation", "60 %", "Utilisation at peak", source=PLAN, maximum="100 %")
    spare = book.assume("spares", "1 machine", "Spare machines (N+1)", source=PLAN, minimum=0, whole=True)

    book.section("Own machines", source=PLAN, minimum=0)
    there = book.assume("owned", "0 machine", "Machines owned before", whole=True, note="written off; they stay")
    price = book.assume("price", catalog.price("machine_price")["eight_h100"], "Price of a machine")
    deposit = book.assume("deposit", "30 %", "Paid with the order", maximum="100 %")
    lead = book.assume("lead_time", own["lead_time"], "Delivery time")
    life = book.assume("life", catalog.price("depreciation")["life", "document_001"], "Service life", above=0)
    residual = book.assume("residual", "10 %", "Residual value, share of price", maximum="100 %")
    resale = book.assume(
        "resale", own["resale"], "Proceeds of the fleet at the end, share of book value", maximum="100 %"
    )
    draw = book.assume("draw", catalog.price("machine_power")["eight_h100"], "Draw of a machine")
    pue = book.assume("pue", own["pue"], "Facility over IT energy (PUE)", minimum=1)
    tariff = book.assume("tariff", catalog.price("electricity")["tariff", "document_001"], "Electricity price")
    density = book.assume("density", catalog.price("hosting")["density_eight_h100"], "Machines in a rack", above=0)
    rack_rent = book.assume("rack_rent", catalog.price("hosting")["rack_rent"], "Rent of a rack")
    support = book.assume("support_rate", "8 %/year", "Support, share of price")

    book.section("Rented machines", source=PLAN, minimum=0)
    before = book.assume("reserved_before", "0 machine", "Machines reserved before", whole=True, note="they stay")
    rent = book.assume("rent", prices["eight_h100"], "Rent of a machine on demand")
    off = book.assume(
        "discount", catalog.price("discount")["large_customer"], "Off the rent if reserved", maximum="100 %"
    )
    share = book.assume("reserved_share", "70 %", "Machines reserved, share of need", maximum="100 %")
    term = book.assume("term", "12 month", "Commitment", above=0)

    book.section("Tokens of an API", source=PLAN, minimum=0)
    list_price = book.assume("list_price", token_price, "List price, prompt and output tokens")
    cached_price = book.assume("cached_price", "50 %", "Cached tokens, share of list price", maximum="100 %")
    decline = book.assume("decline", own["decline"], "Change of the list price", minimum="-99 %/year")

    book.section("Staff and traffic", source=PLAN, minimum=0)
    salary = book.assume("salary", "12000 USD/person/month", "Cost of a person")
    people = {
        way: book.assume(f"people.{way}", f"{many} person", f"People, {words}")
        for way, many, words in (("own", 4, "own machines"), ("rent", 2, "rented machines"), ("api", 1, "API"))
    }
    size = book.assume("token_size", own["token_size"], "Traffic of an output token")
    egress_price = book.assume("egress_price", own["egress_price"], "Price of traffic")

    book.section("Sales and money", source=PLAN, minimum=0)
    supply = book.choice("supply", tuple(people), "Where tokens come from")
    sale = book.assume("sale_price", token_price, "Price of a token in the first month", above=0)
    falls = book.assume("sale_decline", own["decline"], "Change of that price", minimum="-99 %/year")
    capital = book.assume("capital", "10 %/year", "Cost of capital")
    exchange = book.assume(
        "exchange_rate", catalog.price("exchange_rate")["cny_per_usd"], "Exchange rate", over=t, above=0
    )

    book.section("Tokens")
    demand = book.add(Growth(start=start, rate=growth), "demand", "Gtoken/day", "Tokens asked for, without season")
    tokens = book.line("tokens", demand * season * t.days, "Gtoken", "Tokens")
    fresh = book.line("fresh", tokens * prompt_share * (1 - cached), "Gtoken", "Prompt tokens, computed")
    known = book.line("known", tokens * prompt_share * cached, "Gtoken", "Prompt tokens, from cache")
    output = book.line("output", tokens * (1 - prompt_share), "Gtoken", "Output tokens")
    work = book.line("work", fresh / prompt_rate + output / output_rate, "machine h", "Machine hours at full load")
    busy = work / t.hours * peak / used
    needed = book.line("needed", round_up(busy) + spare, "machine", "Machines needed", total="closing")

    book.section("Own fleet")
    fleet = book.balance("fleet", opening=there, label="Machines owned")
    arriving = when(t.elapsed >= lead, maximum(needed - fleet.opening, 0), 0)
    delivered = book.line("delivered", arriving, "machine", "Machines delivered", total="sum")
    # A machine works to the end of the last period of its life.
    retired = book.line("retired", delayed(delivered, life - t.months), "machine", "Machines retired")
    fleet.close(added=[delivered], removed=[retired])
    running = book.line("running", fleet.opening + delivered, "machine", "Machines that run", total="closing")
    later = when(t.elapsed + lead > t.elapsed.largest(), 0, ahead(delivered, lead))
    ordered = book.line("ordered", later, "machine", "Machines ordered", total="sum")
    short = book.line(
        "short", maximum(needed - running, 0), "machine", "Machines rented until delivery", total="closing"
    )
    racks = book.line("racks", round_up(running / density), "rack", "Racks", total="closing")

    book.section("Own machines in the books", source=PLAN, minimum=0)
    bought = book.line("bought", delivered * price, "USD", "Purchases")
    spread = VintageDepreciation(amount=bought, life=life, residual=residual)
    depreciation = book.add(spread, "depreciation", "USD", "Depreciation by vintage")
    sold = book.line("sold", retired * price * residual, "USD", "Sale of retired machines")
    value = book.balance("book_value", opening="0 USD", label="Book value")
    value.close(added=[bought], removed=[depreciation, sold])

    book.section("Staff and traffic of each way")
    staff = {
        way: book.line(f"staff.{way}", many * salary * t.months, "USD", f"Staff, {way}") for way, many in people.items()
    }
    egress = book.line("egress", output * size * egress_price, "USD", "Traffic")

    book.section("Cost of own machines")
    power = book.add(Power(draw=draw, tariff=tariff, pue=pue), "power", label="Energy of a machine")
    run = [
        book.line("energy", running * power * t.hours, "USD", "Energy"),
        book.line("rack_cost", racks * rack_rent * t.months, "USD", "Rent of racks"),
        book.line("support", running * price * support * t.days, "USD", "Support"),
        book.line("bridging", short * rent * t.hours, "USD", "Rent until delivery"),
        staff["own"],
        egress,
    ]
    own_run = book.total("own_run", run, "USD", "Running own machines")
    own_cost = book.total("own_cost", [own_run, depreciation], "USD", "Cost of own machines")
    left = when(t.index < t.index.largest(), 0, value * resale)
    flows = [
        own_run,
        book.line("orders", deposit * price * ordered, "USD", "Paid with orders"),
        book.line("deliveries", (1 - deposit) * price * delivered, "USD", "Paid on delivery"),
        book.line(
            "proceeds", -sold - book.line("left", left, "USD", "Sale at the end", total="sum"), "USD", "Proceeds"
        ),
    ]
    own_paid = book.total("own_paid", flows, "USD", "Paid for own machines")

    book.section("Cost of rented machines")
    reserved = book.balance("reserved", opening=before, label="Machines reserved")
    missing = maximum(round_up(needed * share) - reserved.opening, 0)
    signed = book.line("signed", missing, "machine", "Reservations begun", total="sum")
    expired = book.line("expired", delayed(signed, term - t.months), "machine", "Reservations ended")
    reserved.close(added=[signed], removed=[expired])
    held = book.line("held", reserved.opening + signed, "machine", "Machines reserved and paid", total="closing")
    more = book.line("more", maximum(needed - held, 0), "machine", "Machines on demand", total="closing")
    rents = [
        book.line("reserved_rent", held * rent * (1 - off) * t.hours, "USD", "Rent, reserved"),
        book.line("demand_rent", more * rent * t.hours, "USD", "Rent, on demand"),
        staff["rent"],
        egress,
    ]
    rent_cost = book.total("rent_cost", rents, "USD", "Cost of rented machines")

    book.section("Cost of an API")
    listed = book.add(Growth(start=list_price, rate=decline), "listed", "USD/Mtoken", "List price")
    calls = [
        book.line("api_tokens", (fresh + output + known * cached_price) * listed, "USD", "Tokens at list price"),
        staff["api"],
    ]
    api_cost = book.total("api_cost", calls, "USD", "Cost of an API")

    book.section("Result")
    asked = book.add(Growth(start=sale, rate=falls), "asked", "USD/Mtoken", "Price of a token")
    revenue = book.line("revenue", tokens * asked, "USD", "Revenue")
    chosen = supply.select(own=own_cost, rent=rent_cost, api=api_cost)
    cost = book.line("cost", chosen, "USD", "Cost")
    margin = book.line("margin", revenue - cost, "USD", "Gross margin")
    book.line("margin_share", margin / revenue, "%", "Gross margin, share of revenue")
    book.line("local_cost", cost * exchange, "CNY", "Cost in local currency")
    paid = book.line("paid", supply.select(own=own_paid, rent=rent_cost, api=api_cost), "USD", "Paid")
    flow = book.line("flow", revenue - paid, "USD", "Cash flow")
    book.line("cash", cumulative(flow), "USD", "Cumulative cash")

    book.section("Answer")
    worth = worth_now(paid, capital)
    even = book.line("break_even_price", worth / worth_now(tokens, capital), "USD/Mtoken", "Break-even price")
    saved = book.line("saved_on_rent", rent_cost - own_cost, "USD", "Saved against rent")
    beside = [
        book.line("npv", worth_now(flow, capital), "USD", "Net present value"),
        book.line("return", rate_of_return(flow), "%/year", "Internal rate of return (0: none)"),
        book.line("payback", paid_back(flow), label="Cash stays positive from"),
        book.line("own_beats_rent", paid_back(saved), label="Owning has cost less than renting from"),
    ]
    on_api = book.line("saved_on_api", api_cost - own_cost, "USD", "Saved against an API")
    book.line("own_beats_api", paid_back(on_api), label="Owning has cost less than an API from")
    book.line("margin_of_all", margin.sum() / revenue.sum(), "%", "Gross margin of all months")
    year = t.fiscal_year.least()
    for number, called in enumerate(("FY2025", "FY2026", "FY2027"), start=1):
        beside.append(book.line(f"cost_{number}", in_year(cost, year), "USD", f"Cost in {called}"))
        year = year + 1
    book.headline(even, better="lower", beside=beside)

    options = {"rent": "Machines rented all along, most of them reserved.", "api": "Tokens bought at list price."}
    for way, said in options.items():
        book.option(way, {"supply": way}, description=said, source=PLAN)
    return book
