"""What a programme of training runs costs by month, on rented cards or on a cluster of one's own."""

from __future__ import annotations

from unitledger import (
    Ledger,
    Power,
    VintageDepreciation,
    any_of,
    cumulative,
    in_year,
    maximum,
    minimum,
    round_up,
    total,
    when,
    worth_now,
)
from unitledger.templates import catalog
from unitledger.templates._formulas import work_of, work_time

PLAN = "assumed: a plan to be replaced by one's own"
MODEL_CARD = "(ext) model card of Llama 3.1"
RUNS = {
    "8B": ("2025-02-01", "1024 gpu", "8.03e9 parameter"),
    "70B": ("2025-06-01", "4096 gpu", "70.6e9 parameter"),
    "405B": ("2026-01-01", "16384 gpu", "405e9 parameter"),
}
"""By run: its first day, its cards, and the parameters of its model."""


def training_budget() -> Ledger:
    """Two years of training runs by month: when each ends, what it costs, and whether to rent the cards or to own them.

    Runs of the sizes of Llama 3.1, on H100. Headline: `present_cost` [USD], all that is paid, discounted.
    """
    book = Ledger(
        "Budget of a training programme",
        option="rent",
        description="Cards rented for the hours that runs take.",
        purpose=__doc__,
        decision="Whether to rent the cards of the programme or to own them.",
        as_of="2024-07-01",
        owner="infrastructure",
        stale_after="3 year",
        excludes=["experiments", "data", "network between machines", "taxes", "what own cards earn between runs"],
    )
    own, hosting = catalog.assumed("training_budget"), catalog.price("hosting")
    t = book.timeline("2025-01", 24, calendar="days")

    starts, cards, sizes = {}, {}, {}
    for run, (first_day, many, size) in RUNS.items():
        book.section(f"Run {run}", source=PLAN)
        starts[run] = book.assume(f"run_{run}.start", first_day, f"{run}: first day")
        cards[run] = book.assume(f"run_{run}.cards", many, f"{run}: cards", minimum="1 gpu", whole=True)
        sizes[run] = book.assume(f"run_{run}.size", size, f"{run}: parameters", source=MODEL_CARD, above=0)
    book.section("Work and failures", source=PLAN, above=0)
    tokens = book.assume("tokens", "15e12 token", "Training tokens of a run", source=MODEL_CARD)
    per_token = catalog.assumed("training_run")["work_per_parameter_token"]
    work = book.assume("work_per_parameter_token", per_token, "Work per parameter and token")
    peak_rate = catalog.accelerator("h100_sxm")["compute_fp16_fp32_dense", "table"]
    peak = book.assume("peak_rate", peak_rate, "Peak rate of a card")
    used = book.assume("utilisation", own["utilisation"], "Used share of the peak", maximum=1)
    interval = book.assume("failure_interval", own["failure_interval"], "Card hours between failures")
    restart = book.assume("restart", own["restart"], "Time lost by a failure", minimum=0)

    book.section("Rented cards", source=PLAN, minimum=0)
    paying = book.choice("paying", ("rent", "own"), "Way of paying")
    rent = book.assume("rent", own["rent"], "Rent of a card")
    book.section("Own cards", source=PLAN, minimum=0)
    price = book.assume("price", catalog.price("machine_price")["eight_h100"], "Price of a machine")
    per_machine = book.assume("per_machine", "8 gpu/machine", "Cards in a machine", minimum="1 gpu/machine", whole=True)
    life = book.assume("life", catalog.price("depreciation")["life", "document_001"], "Service life", above=0)
    residual = book.assume("residual", "10 %", "Residual value, share of price", maximum="100 %")
    resale = book.assume("resale", own["resale"], "Proceeds of machines at the end, of book value", maximum="100 %")
    draw = book.assume("draw", catalog.price("machine_power")["eight_h100"], "Draw of a machine at work")
    pue = book.assume("pue", own["pue"], "Facility over IT energy (PUE)", minimum=1)
    tariff = book.assume("tariff", catalog.price("electricity")["tariff", "document_001"], "Electricity price")
    density = book.assume("density", hosting["density_eight_h100"], "Machines in a rack", above=0)
    rack_rent = book.assume("rack_rent", hosting["rack_rent"], "Rent of a rack")
    support = book.assume("support_rate", "8 %/year", "Support, share of price")
    book.section("Storage, staff and money", source=PLAN, minimum=0)
    per_parameter = book.assume("checkpoint_size", own["checkpoint_size"], "Checkpoint, per parameter")
    kept = book.assume("checkpoints", "20 ratio", "Checkpoints kept of a run")
    storage_price = book.assume("storage_price", "23 USD/TB/month", "Price of storage")
    people = book.assume("people", {"2025-01": "20 person", "2026-01": "30 person"}, "People", over=t, whole=True)
    salary = book.assume("salary", "20000 USD/person/month", "Cost of a person")
    capital = book.assume("capital", "10 %/year", "Cost of capital")

    ends, hours, busy, stored = {}, {}, [], []
    for run in RUNS:
        book.section(f"Time of {run}")
        lost = book.line(
            f"lost_{run}", cards[run] / interval * restart, "%", f"{run}: time lost, over time at work", maximum=100
        )
        working = work_time(work_of(work, sizes[run], tokens), cards[run], peak * used)
        taking = book.line(f"taking_{run}", working * (1 + lost), "day", f"{run}: time taken")
        ends[run] = book.line(f"end_{run}", starts[run] + round_up(taking), label=f"{run}: end, after whole days")
        in_period = minimum(ends[run] - t.start, t.days) - maximum(starts[run] - t.start, 0)
        days = book.line(f"days_{run}", maximum(in_period, 0), "day", f"{run}: days of the period", total="sum")
        hours[run] = book.line(f"hours_{run}", days * cards[run], "gpu h", f"{run}: card hours")
        busy.append(book.line(f"busy_{run}", when(days > 0, cards[run], 0), "gpu", f"{run}: cards at work"))
        files = when(t.end >= starts[run], sizes[run] * per_parameter * kept, 0)
        stored.append(book.line(f"stored_{run}", files, "TB", f"{run}: checkpoints"))

    book.section("All runs")
    all_hours = book.total("hours", list(hours.values()), "gpu h", "Card hours")
    at_work = book.total("at_work", busy, "gpu", "Cards at work")
    storage = book.line("storage", total(*stored) * storage_price * t.months, "USD", "Storage")
    staff = book.line("staff", people * salary * t.months, "USD", "Staff")

    book.section("Rented cards by month")
    rented = book.line("rented", all_hours * rent, "USD", "Rent of cards")

    book.section("Own cards by month")
    machines = book.line("machines", round_up(at_work.largest() / per_machine), "machine", "Machines bought")
    first = when(t.index > 1, 0, machines * price)
    bought = book.line("bought", first, "USD", "Purchase", total="sum")
    spread = VintageDepreciation(amount=bought, life=life, residual=residual)
    depreciation = book.add(spread, "depreciation", "USD", "Depreciation")
    power = book.add(Power(draw=draw, tariff=tariff, pue=pue), "power", label="Energy of a machine")
    running = [
        book.line("energy", all_hours / per_machine * power, "USD", "Energy"),
        book.line("racks", round_up(machines / density) * rack_rent * t.months, "USD", "Racks"),
        book.line("support", machines * price * support * t.days, "USD", "Support"),
    ]
    own_run = book.total("own_run", running, "USD", "Running own cards")
    left = book.line("left", bought.sum() - cumulative(depreciation), "USD", "Book value", total="closing")
    sold = book.line("sold", when(t.index < t.index.largest(), 0, left * resale), "USD", "Sale at the end", total="sum")

    book.section("Cost")
    chosen = paying.select(rent=rented, own=own_run + depreciation)
    cost = book.total("cost", [book.line("card_cost", chosen, "USD", "Cards"), storage, staff], "USD", "Cost")
    book.line("cumulative_cost", cumulative(cost), "USD", "Cumulative cost", total="closing")
    bill = book.line("bill", paying.select(rent=rented, own=own_run + bought - sold), "USD", "Paid for cards")
    paid = book.total("paid", [bill, storage, staff], "USD", "Paid")

    book.section("Answer")
    year = t.fiscal_year.least()
    hour = book.line("card_hour", cost.sum() / all_hours.sum(), "USD/gpu/h", "Card hour, all included")
    beside = [
        *(book.line(f"cost_{run}", hours[run].sum() * hour, "USD", f"{run}: cost") for run in RUNS),
        book.line("cost_1", in_year(cost, year), "USD", "Cost in FY2025"),
        book.line("cost_2", in_year(cost, year + 1), "USD", "Cost in FY2026"),
        hour,
        book.line("last_end", maximum(*ends.values()), label="End of the last run"),
    ]
    book.headline(
        book.line("present_cost", worth_now(paid, capital), "USD", "Present cost"), better="lower", beside=beside
    )
    book.alert(any_of(*(end > t.end.largest() for end in ends.values())), "A run does not end within the budget.")
    book.option(
        "own", {"paying": "own"}, description="Cards for the busiest month, bought at the beginning.", source=PLAN
    )
    return book
