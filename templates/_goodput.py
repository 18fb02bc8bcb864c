"""What failures and the checkpoints against them take of a training run's time."""

from __future__ import annotations

from unitledger import Ledger, square_root, when
from unitledger.expression import Operand
from unitledger.model import Line
from unitledger.templates.training_compute_and_parallelism import failures

HERD = "(ext) The Llama 3 Herd of Models, section 3.3.4"
DALY = "(ext) Daly 2006, estimate of the optimum checkpoint interval"
RULES = ("young", "young with restart", "daly", "most available", "asked")


def checkpointing() -> Ledger:
    """Return the ledger of goodput: the share of a run's time that is neither checkpoint, work done twice nor restart.

    Lines `failure_interval` [min/failure], `interval` [s], `lost_time` and `goodput` [%], to first order: an interval
    much shorter than the time between failures.
    """
    book = Ledger("Failures and checkpoints", option="llama_3_1_405b", as_of="2024-07-01", owner="infrastructure")
    with book.section("Cards of the run", source="(ext) The Llama 3 Herd of Models, 2024-07"):
        cards = book.assume("cards", "16384 gpu", "Cards", minimum="1 gpu", whole=True)
    with book.section("Failures that were observed", source=HERD, above=0):
        unexpected = book.assume("observed_failures", "419 failure", "Unexpected stops")
        planned = book.assume("planned_stops", "47 failure", "Planned stops", minimum=0)
        of_cards = book.assume("gpu_failures", "268 failure", "Unexpected stops that cards caused", minimum=0)
        observed = book.assume("observed_cards", "16384 gpu", "Cards observed", whole=True)
        time = book.assume("observed_time", "54 day", "Time observed")
    with book.section("Hosts", source="assumed: counted among the cards' failures", minimum=0):
        host_rate = book.assume("host_failure_rate", "0 failure/host/year", "Further failures of a host")
        per_host = book.assume("gpus_per_host", "8 gpu/host", "Cards of a host", above=0, whole=True)
    with book.section("Checkpoints", source="assumed: not published of the run", above=0):
        writing = book.assume(
            "checkpoint_time", "60 s", "Time that a checkpoint stops the run", low="5 s", high="300 s"
        )
        restart = book.assume(
            "restart_time", "3 min/failure", "Time to restart", low="1 min/failure", high="10 min/failure", minimum=0
        )
        rule = book.choice("interval_rule", RULES, "Interval between checkpoints")
        asked = book.assume("asked_interval", "30 min", "Interval asked for, used by the rule 'asked' alone")

    book.section("Failures")
    book.line("stops", unexpected + planned, "failure", "Stops, planned and not")
    book.line("planned_per_day", planned / time, "failure/day", "Planned stops in a day")
    book.line("gpu_failure_share", of_cards / unexpected, "%", "Unexpected stops that cards caused", maximum="100 %")
    card_mtbf = book.line("card_mtbf", observed * time / unexpected, "gpu h/failure", "Card hours between failures")
    every = book.line(
        "mtbf", 1 / (1 / card_mtbf + host_rate / per_host), "gpu h/failure", "Card hours between failures, with hosts"
    )
    found = book.include(failures(), given={"gpus": cards, "mtbf": every, "recovery": restart})
    book.line("failures_per_day", 1 / found["failure_interval"], "failure/day", "Failures in a day")

    book.section("Interval between checkpoints")
    one = book.one("failure", "one_failure", "One failure")
    between = book.line("between", found["failure_interval"] * one, "s", "Time until a failure")
    intervals = _intervals(book, writing, between, restart * one)
    interval = book.line("interval", rule.select({**intervals, "asked": asked}), "min", "Interval between checkpoints")
    book.alert(interval > between, "Checkpoints lie further apart than failures: goodput is a rough estimate.")

    book.section("Goodput")
    stopped = book.line("checkpoint_share", writing / interval, "%", "Time that checkpoints take", maximum="100 %")
    again = book.line(
        "repeated_share", interval / (book["twice"] * between), "%", "Time of work done twice", maximum="100 %"
    )
    lost = book.total(
        "lost_time", [stopped, again, found["lost"]], "%", "Time lost to checkpoints and failures", maximum="100 %"
    )
    book.line("goodput", 1 - lost, "%", "Share of time that gets on", note="To first order.", minimum=0)
    each = book.line("checkpoint_hours", cards * writing, "gpu h", "Card hours that a checkpoint takes")
    book.line("checkpoint_hours_per_day", each / interval, "gpu h/day", "Card hours that checkpoints take in a day")
    return book


def _intervals(book: Ledger, writing: Operand, between: Operand, restart: Operand) -> dict[str, Line]:
    """Append the interval by each rule; return them by the name of the rule."""
    twice = book.constant("twice", "2 ratio", "Twice: half an interval is lost in the mean", source=DALY)
    third = book.constant("daly_root", "3 ratio", "Daly: divisor of the root", source=DALY)
    ninth = book.constant("daly_ratio", "9 ratio", "Daly: divisor of the ratio", source=DALY)
    young = book.line("young", square_root(twice * writing * between), "s", "By Young")
    with_restart = square_root(twice * writing * (between + restart))
    share = book.line(
        "daly_share", writing / (twice * between), "ratio", "Checkpoint over twice the time between failures"
    )
    longer = young * (1 + square_root(share) / third + share / ninth) - writing
    available = writing + square_root(twice * (between + restart) * writing + writing * writing)
    return {
        "young": young,
        "young with restart": book.line("restart_young", with_restart, "s", "By Young, restarts counted"),
        "daly": book.line("daly", when(share < 1, longer, between), "s", "By Daly"),
        "most available": book.line("available", available, "s", "Most available, by Saxena and others"),
    }
