"""Hosting and fine-tuning an open language model for oneself: memory, cards, rent, purchase, and which to choose."""

from __future__ import annotations

from unitledger.expression import all_of, different, maximum, minimum, round_up, when
from unitledger.ledger import Ledger
from unitledger.lines import CapexAmortization
from unitledger.model import Choice, Figure, Line
from unitledger.templates import catalog
from unitledger.units import Calendar

AS_OF = "2024-06-01"
CALENDAR = Calendar(360, 30)
INFERENCE = "document 004, memory for inference"
RENT = "document 004, rent"
TUNING = "document 004, fine-tuning"
PURCHASE = "document 004, purchase"
EXERCISE = "document 004, exercise"
NOT_STATED = "assumed: document 004 names none"

EXCLUDED = (
    "electricity, host machine and space of own cards",
    "staff",
    "storage and traffic",
    "cost of capital",
    "value-added tax",
    "experiments before the fine-tuning that counts",
    "key/value cache beyond the headroom",
    "activations of the fine-tuning",
)


def private_deployment() -> Ledger:
    """Rent in the cloud or own hardware: a budget for hosting and fine-tuning an open language model.

    Document 004, in CNY, with months of 30 days. Headline: `budget`, the first year with each half the cheaper way.
    Options: GLM-4-9B, the same with low-rank fine-tuning, and the exercise, a 7B classifier of complaints.
    """
    book = Ledger(
        "Rent in the cloud or own hardware for a private language model",
        option="glm_9b",
        as_of=AS_OF,
        owner="infrastructure",
        stale_after="3 year",
        excludes=EXCLUDED,
        calendar=CALENDAR,
    )
    _assume_inference(book)
    _assume_tuning(book)
    _assume_training_tokens(book)
    _assume_state(book)
    _add_inference(book)
    _add_tuning_memory(book)
    _add_tuning_time(book)
    _add_low_rank(book)
    _add_budget(book)
    _add_options(book)
    return book


def _assume_inference(book: Ledger) -> None:
    model, card = catalog.model("glm_4_9b"), catalog.accelerator("rtx_4090")
    book.section("Language model")
    book.assume("parameters", model.figure("parameters"), "Parameters", minimum="1 parameter")
    book.assume("value_size", model.figure("parameter_size"), "Size of a parameter", above=0)
    book.section("Inference")
    book.assume("headroom", "1.2 ratio", "Memory over that of the weights", source=INFERENCE, minimum=1)
    book.assume("memory", card.figure("memory"), "Memory of a card for inference", minimum="1 GB/gpu")
    book.assume(
        "cards",
        "2 gpu",
        "Cards rented for inference",
        source=RENT,
        low="1 gpu",
        above=0,
        whole=True,
        note="the document's margin of safety; one would fit",
    )
    book.assume(
        "rent", catalog.price("cloud_rent").figure("rtx_4090", "exact"), "Rent of a card for inference", above=0
    )
    book.assume("month", "720 h/month", "Hours rented in a month", source=RENT, above=0, maximum="720 h/month")
    book.assume("own_cards", "1 gpu", "Cards bought for inference", source=PURCHASE, minimum=0, whole=True)
    book.assume(
        "card_price",
        catalog.accelerator("a100_40gb").figure("price"),
        "Price of a card for inference",
        minimum=0,
        note="an A100 of 40 GB",
    )


def _assume_tuning(book: Ledger) -> None:
    card = catalog.accelerator("a100")
    book.section("Fine-tuning")
    book.assume("tuning.memory", card.figure("memory"), "Memory of a card for tuning", minimum="1 GB/gpu")
    book.assume(
        "tuning.rent", catalog.price("cloud_rent").figure("a100", "china"), "Rent of a card for tuning", above=0
    )
    book.assume("tuning.card_price", card.figure("price", "purchase"), "Price of a card for tuning", minimum=0)
    book.assume("compute", card.figure("compute_fp16_fp32_dense"), "Peak arithmetic of a card, dense", above=0)
    book.assume(
        "utilisation",
        "0.4 ratio",
        "Share of the peak reached",
        source=TUNING,
        low="0.3 ratio",
        high="0.55 ratio",
        above=0,
        maximum=1,
    )
    book.assume("trainable_share", "1 ratio", "Share of parameters that is trained", source=TUNING, above=0, maximum=1)
    book.assume("state_size", "20 B/parameter", "State of a trained parameter", source=TUNING, above=0)
    book.assume(
        "work_factor",
        "6 FLOP/(token parameter)",
        "Work per parameter and token",
        source=TUNING,
        above=0,
        note="2 forward, 4 backward",
    )
    book.assume("runs", "1 1/year", "Fine-tunings in a year", source=NOT_STATED, high="12 1/year", minimum=0)
    book.assume(
        "least_billed", "1 h", "Shortest time billed", source="assumed: clouds bill at least an hour", minimum=0
    )
    book.assume(
        "life",
        catalog.price("depreciation").figure("life", "document_001"),
        "Service life of own cards",
        minimum="1 month",
    )
    book.assume(
        "residual",
        "0 ratio",
        "Residual value, share of price",
        source="assumed: no resale, as in document 001",
        high="0.2 ratio",
        minimum=0,
        maximum=1,
        note="high is assumed",
    )


def _assume_training_tokens(book: Ledger) -> None:
    book.section("Training data")
    book.choice(
        "data",
        ("tokens", "text", "examples"),
        "What the data is counted by",
        source=TUNING,
        note="text: size over bytes per token, which the document takes as one",
    )
    book.assume("tokens", "1e9 token", "Tokens, where stated", source=TUNING, minimum="1 token")
    book.assume("text", "1 GB", "Text", source=TUNING, minimum=0)
    book.assume(
        "bytes_per_token",
        "4 B/token",
        "Text in a token",
        source="assumed: three quarters of an English word, or one to two Chinese characters",
        low="3 B/token",
        high="5 B/token",
        minimum="1 B/token",
        note="range is assumed",
    )
    named = "(ext) the small labelled set that the exercise names"
    book.assume("examples", "50 sample", "Labelled examples", source=named, minimum=0)
    book.assume("tokens_per_example", "64 token/sample", "Tokens of an example", source=NOT_STATED, minimum=0)
    book.assume("passes", "1 ratio", "Passes over text or examples", source=NOT_STATED, minimum=0)


def _assume_state(book: Ledger) -> None:
    book.section("State of a trained parameter")
    for name, size, label in (
        ("weight", "2 B/parameter", "Weight, 16 bit"),
        ("gradient", "2 B/parameter", "Gradient, 16 bit"),
        ("master", "4 B/parameter", "Weight, 32 bit"),
        ("moments", "8 B/parameter", "Two moments, 32 bit"),
        ("gradient_copy", "4 B/parameter", "Gradient, 32 bit"),
    ):
        book.assume(
            f"state.{name}",
            size,
            label,
            source="(ext) training in mixed precision with Adam",
            minimum=0,
            note="document 001 counts 16 B without it" if name == "gradient_copy" else "",
        )


def _add_inference(book: Ledger) -> None:
    book.section("Hosting for inference")
    weights = book.line("weights", book["parameters"] * book["value_size"], "GB", "Weights")
    needed = book.line("infer_memory", weights * book["headroom"], "GB", "Memory for inference")
    fitting = book.line("infer_cards", round_up(needed / book["memory"]), "gpu", "Cards that hold the model")
    cards = book["cards"]
    book.line("month_rent", cards * book["rent"] * book["month"], "CNY/month", "Rent for inference")
    book.alert(cards < fitting, "The model does not fit into the cards that are rented for inference.")
    book.alert(cards > fitting, "More cards are rented for inference than the model needs.")


def _add_tuning_memory(book: Ledger) -> None:
    parameters, share = book["parameters"], book["trainable_share"]
    book.section("Memory for fine-tuning")
    split = [book[f"state.{part}"] for part in ("weight", "gradient", "master", "moments", "gradient_copy")]
    by_parts = book.total("computed_state_size", split, "B/parameter", "State of a parameter, by its parts")
    book.alert(different(by_parts, book["state_size"]), "The state of a trained parameter is not the sum of its parts.")
    memory = book.line("tune_memory", parameters * share * book["state_size"], "GB", "Memory for fine-tuning")
    book.line(
        "tune_memory_real", memory + when(share < 1, book["weights"], 0), "GB", "The same, frozen weights included"
    )
    book.line("tune_cards", round_up(memory / book["tuning.memory"]), "gpu", "Cards for fine-tuning")


def _add_tuning_time(book: Ledger) -> None:
    parameters, share, rent = book["parameters"], book["trainable_share"], book["tuning.rent"]
    rate, cards = book["compute"] * book["utilisation"], book["tune_cards"]
    choice = book.input("data")
    assert isinstance(choice, Choice)
    book.section("Time and cost of a fine-tuning")
    tokens = book.line(
        "computed_tokens",
        choice.select(
            tokens=book["tokens"],
            text=book["text"] / book["bytes_per_token"] * book["passes"],
            examples=book["examples"] * book["tokens_per_example"] * book["passes"],
        ),
        "token",
        "Tokens trained on",
    )
    time = book.line(
        "card_time", parameters * share * tokens * book["work_factor"] / rate, "gpu h", "Work of the cards"
    )
    wall = book.line("wall_time", time / cards, "h", "Time on all cards", note="Perfect scaling.")
    book.line("tune_cost", time * rent, "CNY", "Rent of the work")
    one = book.one("gpu", "single_card", "One card")
    book.line(
        "serial_cost",
        time * cards / one * rent,
        "CNY",
        "Rent if every card ran as long as one alone",
        note="The document gives one card's time and rents several.",
    )
    billed = book.line("billed", maximum(book["least_billed"], wall) * cards, "gpu h", "Card hours that are billed")
    book.line("billed_cost", billed * rent, "CNY", "Rent of a fine-tuning as billed")


def _add_low_rank(book: Ledger) -> None:
    """Append what fine-tuning takes when frozen weights are counted: their memory, and the passes through them."""
    share, parameters = book["trainable_share"], book["parameters"]
    through = book.constant(
        "pass_work",
        "4 FLOP/(token parameter)",
        "Forward, and back through activations",
        source="counted: a multiplication and an addition each way, per parameter and token",
    )
    own = book.constant(
        "gradient_work",
        "2 FLOP/(token parameter)",
        "Gradient of a weight",
        source="counted: a multiplication and an addition each way, per parameter and token",
    )
    book.section("Fine-tuning with frozen weights counted")
    work = (through * parameters + own * parameters * share) * book["computed_tokens"]
    time = book.line(
        "card_time_real", work / (book["compute"] * book["utilisation"]), "gpu h", "Work of the cards, all passes"
    )
    book.line("tune_cost_real", time * book["tuning.rent"], "CNY", "Rent of that work")
    book.alert(
        share < 1,
        "The document's low-rank rule counts trained parameters only: frozen weights stay in memory, and most of the "
        "work stays as well; see the lines with frozen weights.",
    )


def _add_budget(book: Ledger) -> None:
    year = book.one("year", "first_year", "First year")
    book.section("Budget: rent in the cloud")
    hosting = book.line("rent_inference", book["month_rent"] * year, "CNY", "Inference: rent of the first year")
    tuning = book.line(
        "rent_tuning", book["billed_cost"] * book["runs"] * year, "CNY", "Fine-tuning: rent of the first year"
    )
    cloud = book.total("cloud_year", [hosting, tuning], "CNY", "Cloud for both, first year")
    book.section("Budget: own hardware")
    purchase = book.line("purchase", book["own_cards"] * book["card_price"], "CNY", "Inference: purchase of own cards")
    cards = book.line(
        "tuning.purchase", book["tune_cards"] * book["tuning.card_price"], "CNY", "Fine-tuning: purchase of own cards"
    )
    own = book.total("own_total", [purchase, cards], "CNY", "Own hardware for both")
    paid_back = book.line("break_even", purchase / book["month_rent"], "month", "Inference: rent that buys the cards")
    book.line("break_even_runs", cards / book["billed_cost"], "ratio", "Fine-tuning: runs that buy the cards")
    book.add(
        CapexAmortization(price=purchase, life=book["life"], residual=book["residual"]),
        "own_month",
        "CNY/month",
        "Inference: own cards spread over life",
    )
    book.section("Budget: each half the cheaper way")
    parts = [
        book.line("inference_budget", minimum(hosting, purchase), "CNY", "Inference: the cheaper way"),
        book.line("tuning_budget", minimum(tuning, cards), "CNY", "Fine-tuning: the cheaper way"),
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
    _recommend(book, "inference", rent=hosting, purchase=purchase)
    _recommend(book, "fine-tuning", rent=tuning, purchase=cards)
    book.headline(
        budget, better="lower", beside=[hosting, purchase, paid_back, allowance, tuning, cards, cloud, own, saved]
    )


def _recommend(book: Ledger, half: str, *, rent: Line, purchase: Line) -> None:
    """Append the three answers to rent or own, of which one holds: by the first year's rent and by that of a life."""
    life_rent = rent / book["first_year"] * book["life"]
    book.advise(
        all_of(purchase <= rent, purchase <= life_rent),
        f"Own cards for {half}: before energy and host they cost no more than a first year of rent.",
        topic=half,
    )
    book.advise(
        all_of(purchase > rent, purchase <= life_rent),
        f"Rent for {half} in the first year: own cards cost more than that, but pay back within their life.",
        topic=half,
    )
    book.advise(
        purchase > life_rent, f"Rent in the cloud for {half}: own cards do not pay back within their life.", topic=half
    )


def _add_options(book: Ledger) -> None:
    named = catalog.model("llama_7b")
    book.option("lora", {"trainable_share": Figure("0.01 ratio", low="0.001 ratio")}, source=TUNING, note="low-rank")
    book.option(
        "exercise",
        {
            "parameters": named.figure("parameters"),
            "value_size": named.figure("parameter_size"),
            "cards": Figure("1 gpu", "assumed: one holds the model"),
            "card_price": catalog.accelerator("rtx_4090").figure("price", "exercise"),
            "data": Figure("examples", EXERCISE),
            "passes": Figure("3 ratio", NOT_STATED),
        },
        source=EXERCISE,
    )
