"""Hosting and fine-tuning an open language model for oneself: memory, cards, rent, purchase, and which to choose."""

from __future__ import annotations

from unitledger import Calendar, CapexAmortization, Figure, Ledger, all_of, different, maximum, minimum, when
from unitledger.templates import catalog
from unitledger.templates._formulas import card_time, cards_for, work_of

RENT = "document 004, rent"
TUNING = "document 004, fine-tuning"
EXERCISE = "document 004, exercise"
NOT_STATED = "assumed: document 004 names none"
COUNTED = "counted: a multiplication and an addition each way, per parameter and token"


def private_deployment() -> Ledger:
    """Rent in the cloud or own hardware: a budget for hosting and fine-tuning an open language model.

    Document 004, in CNY, with months of 30 days. Headline: `budget`, the first year with each half the cheaper way.
    """
    book = Ledger(
        "Rent in the cloud or own hardware for a private language model",
        option="glm_9b",
        description="GLM-4-9B, all of it fine-tuned.",
        alternatives=False,
        purpose=__doc__,
        decision="Whether to rent or to buy, for hosting and for fine-tuning.",
        period="the first year",
        as_of="2024-06-01",
        owner="infrastructure",
        stale_after="3 year",
        excludes=[
            "electricity, host machine and space of own cards",
            "staff",
            "storage and traffic",
            "cost of capital",
            "value-added tax",
            "experiments before the fine-tuning that counts",
            "key/value cache beyond the headroom",
            "activations of the fine-tuning",
        ],
        calendar=Calendar(360, 30),
    )
    own = catalog.assumed("private_deployment")
    glm, llama = catalog.model("glm_4_9b"), catalog.model("llama_7b")
    a100, a100_40gb, rtx_4090 = (catalog.accelerator(name) for name in ("a100", "a100_40gb", "rtx_4090"))
    rents = catalog.price("cloud_rent")

    book.section("Language model")
    parameters = book.assume("parameters", glm["parameters"], "Parameters", minimum="1 parameter")
    value_size = book.assume("value_size", glm["parameter_size"], "Size of a parameter", above=0)

    book.section("Inference", source=RENT, above=0)
    headroom = book.assume("headroom", own["headroom"], "Memory over that of the weights", minimum=1)
    memory = book.assume("memory", rtx_4090["memory"], "Memory of a card for inference", minimum="1 GB/gpu")
    rented = book.assume("cards", own["cards"], "Cards rented for inference", whole=True)
    rent = book.assume("rent", rents["rtx_4090", "exact"], "Rent of a card for inference")
    month = book.assume("month", "720 h/month", "Hours rented in a month", maximum="720 h/month")
    bought = book.assume("own_cards", own["own_cards"], "Cards bought for inference", minimum=0, whole=True)
    price = book.assume(
        "card_price", a100_40gb["price"], "Price of a card for inference", minimum=0, note="an A100 of 40 GB"
    )
    book.section("Hosting for inference")
    weights = book.line("weights", parameters * value_size, "GB", "Weights")
    needed = book.line("infer_memory", weights * headroom, "GB", "Memory for inference")
    fitting = book.line("infer_cards", cards_for(needed, memory), "gpu", "Cards that hold the model")
    month_rent = book.line("month_rent", rented * rent * month, "CNY/month", "Rent for inference")
    small = "The model does not fit into the cards that are rented for inference: set cards."
    book.alert(rented < fitting, small, refused=True)
    book.alert(rented > fitting, "More cards are rented for inference than the model needs.")

    book.section("Fine-tuning", source=TUNING, above=0)
    tuning_memory = book.assume("tuning.memory", a100["memory"], "Memory of a card for tuning", minimum="1 GB/gpu")
    tuning_rent = book.assume("tuning.rent", rents["a100", "china"], "Rent of a card for tuning")
    tuning_price = book.assume("tuning.card_price", a100["price", "purchase"], "Price of a card for tuning", minimum=0)
    peak = book.assume("compute", a100["compute_fp16_fp32_dense"], "Peak arithmetic of a card, dense")
    used = book.assume("utilisation", own["utilisation"], "Share of the peak reached", maximum=1)
    share = book.assume("trainable_share", "1 ratio", "Share of parameters that is trained", maximum=1)
    state_size = book.assume("state_size", "20 B/parameter", "State of a trained parameter")
    per_token = book.assume("work_factor", own["work_factor"], "Work per parameter and token")
    runs = book.assume("runs", own["runs"], "Fine-tunings in a year", minimum=0)
    least_billed = book.assume("least_billed", own["least_billed"], "Shortest time billed", minimum=0)
    life = book.assume(
        "life", catalog.price("depreciation")["life", "document_001"], "Service life of own cards", minimum="1 month"
    )
    residual = book.assume("residual", own["residual"], "Residual value, share of price", minimum=0, maximum=1)

    book.section("Training data", source=NOT_STATED, minimum=0)
    data = book.choice(
        "data",
        ("tokens", "text", "examples"),
        "What the data is counted by",
        source=TUNING,
        note="text: size over bytes per token, which the document takes as one",
    )
    stated = book.assume("tokens", "1e9 token", "Tokens, where stated", source=TUNING, minimum="1 token")
    text = book.assume("text", "1 GB", "Text", source=TUNING)
    bytes_per_token = book.assume("bytes_per_token", own["bytes_per_token"], "Text in a token", minimum="1 B/token")
    examples = book.assume("examples", own["examples"], "Labelled examples")
    per_example = book.assume("tokens_per_example", "64 token/sample", "Tokens of an example")
    passes = book.assume("passes", "1 ratio", "Passes over text or examples")

    book.section("State of a trained parameter", source="(ext) training in mixed precision with Adam", minimum=0)
    state = [
        book.assume("state.weight", "2 B/parameter", "Weight, 16 bit"),
        book.assume("state.gradient", "2 B/parameter", "Gradient, 16 bit"),
        book.assume("state.master", "4 B/parameter", "Weight, 32 bit"),
        book.assume("state.moments", "8 B/parameter", "Two moments, 32 bit"),
        book.assume("state.gradient_copy", own["state_gradient_copy"], "Gradient, 32 bit"),
    ]
    book.section("Memory for fine-tuning")
    by_parts = book.total("computed_state_size", state, "B/parameter", "State of a parameter, by its parts")
    book.alert(different(by_parts, state_size), "The state of a trained parameter is not the sum of its parts.")
    tune_memory = book.line("tune_memory", parameters * share * state_size, "GB", "Memory for fine-tuning")
    book.line("tune_memory_real", tune_memory + when(share < 1, weights, 0), "GB", "The same, frozen weights included")
    cards = book.line("tune_cards", cards_for(tune_memory, tuning_memory), "gpu", "Cards for fine-tuning")

    book.section("Time and cost of a fine-tuning")
    counts = {"tokens": stated, "text": text / bytes_per_token * passes, "examples": examples * per_example * passes}
    tokens = book.line("computed_tokens", data.select(counts), "token", "Tokens trained on")
    work = work_of(per_token, parameters * share, tokens)
    time = book.line("card_time", card_time(work, peak, used), "gpu h", "Work of the cards")
    wall = book.line("wall_time", time / cards, "h", "Time on all cards", note="Perfect scaling.")
    book.line("tune_cost", time * tuning_rent, "CNY", "Rent of the work")
    book.line(
        "serial_cost",
        time * cards / book.one("gpu", "single_card", "One card") * tuning_rent,
        "CNY",
        "Rent if every card ran as long as one alone",
        note="The document gives one card's time and rents several.",
    )
    billed = book.line("billed", maximum(least_billed, wall) * cards, "gpu h", "Card hours that are billed")
    billed_cost = book.line("billed_cost", billed * tuning_rent, "CNY", "Rent of a fine-tuning as billed")

    book.section("Fine-tuning with frozen weights counted", source=COUNTED)
    through = book.constant("pass_work", "4 FLOP/(token parameter)", "Forward, and back through activations")
    own_work = book.constant("gradient_work", "2 FLOP/(token parameter)", "Gradient of a weight")
    work = work_of(through + own_work * share, parameters, tokens)
    real_time = book.line("card_time_real", card_time(work, peak, used), "gpu h", "Work of the cards, all passes")
    book.line("tune_cost_real", real_time * tuning_rent, "CNY", "Rent of that work")
    book.alert(
        share < 1,
        "The document's low-rank rule counts trained parameters only: frozen weights stay in memory, and most of the "
        "work stays as well; see the lines with frozen weights.",
    )

    book.section("Budget: rent in the cloud")
    year = book.one("year", "first_year", "First year")
    hosting = book.line("rent_inference", month_rent * year, "CNY", "Inference: rent of the first year")
    tuning = book.line("rent_tuning", billed_cost * runs * year, "CNY", "Fine-tuning: rent of the first year")
    cloud = book.total("cloud_year", [hosting, tuning], "CNY", "Cloud for both, first year")

    book.section("Budget: own hardware")
    purchase = book.line("purchase", bought * price, "CNY", "Inference: purchase of own cards")
    tuning_purchase = book.line("tuning.purchase", cards * tuning_price, "CNY", "Fine-tuning: purchase of own cards")
    bought_all = book.total("own_total", [purchase, tuning_purchase], "CNY", "Own hardware for both")
    paid_back = book.line("break_even", purchase / month_rent, "month", "Inference: rent that buys the cards")
    book.line("break_even_runs", tuning_purchase / billed_cost, "ratio", "Fine-tuning: runs that buy the cards")
    spread = CapexAmortization(price=purchase, life=life, residual=residual)
    book.add(spread, "own_month", "CNY/month", "Inference: own cards spread over life")

    book.section("Budget: each half the cheaper way")
    parts = [
        book.line("inference_budget", minimum(hosting, purchase), "CNY", "Inference: the cheaper way"),
        book.line("tuning_budget", minimum(tuning, tuning_purchase), "CNY", "Fine-tuning: the cheaper way"),
    ]
    budget = book.total("budget", parts, "CNY", "First-year budget, each half the cheaper way")
    saved = book.line("saved", cloud - budget, "CNY", "Saved against the cloud for both")
    allowance = book.line(
        "owner_allowance",
        hosting - purchase,
        "CNY",
        "Inference: left for energy and host of own cards",
        note="Below zero: the purchase alone takes more than the first year's rent.",
    )
    # Of the three answers to rent or own one holds: by the first year's rent and by that of a life.
    for half, year_rent, cost in (("inference", hosting, purchase), ("fine-tuning", tuning, tuning_purchase)):
        life_rent = year_rent / year * life
        book.advise(
            all_of(cost <= year_rent, cost <= life_rent),
            f"Own cards for {half}: before energy and host they cost no more than a first year of rent.",
            topic=half,
        )
        book.advise(
            all_of(cost > year_rent, cost <= life_rent),
            f"Rent for {half} in the first year: own cards cost more than that, but pay back within their life.",
            topic=half,
        )
        book.advise(
            cost > life_rent, f"Rent in the cloud for {half}: own cards do not pay back within their life.", topic=half
        )
    beside = [hosting, purchase, paid_back, allowance, tuning, tuning_purchase, cloud, bought_all, saved]
    book.headline(budget, better="lower", beside=beside)

    low_rank, said = (
        {"trainable_share": Figure("0.01 ratio", low="0.001 ratio")},
        "GLM-4-9B, a hundredth of it fine-tuned.",
    )
    book.option("lora", low_rank, description=said, source=TUNING, note="low-rank")
    exercise = {
        "parameters": llama["parameters"],
        "value_size": llama["parameter_size"],
        "cards": Figure("1 gpu", "assumed: one holds the model"),
        "card_price": rtx_4090["price", "exercise"],
        "data": Figure("examples", EXERCISE),
        "passes": Figure("3 ratio", NOT_STATED),
    }
    book.option("exercise", exercise, description="A 7B classifier of complaints, an exercise.", source=EXERCISE)
    return book
