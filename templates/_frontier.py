"""The curve of throughput against latency: what a group of cards does at one batch after the other."""

from __future__ import annotations

from unitledger import Ledger, column, maximum, minimum
from unitledger.templates.roofline import Parts, decode_rate, step_time, token_cost, token_time

BATCHES = (1, 2, 4, 8, 16, 32, 64, 96, 128, 192, 256, 384, 512, 768, 1024, 2048, 4096, 8192)


def draw_frontier(book: Ledger, of: Parts) -> None:
    """Append a table of batches, with time, tokens and cost of each; `of`: inputs and lines of the ceilings.

    A batch that does not fit into the memory counts as the largest that does, so that the curve ends there.
    """
    book.section("Throughput against latency")
    batches = book.table(
        "frontier",
        {"point": [f"batch of {size}" for size in BATCHES], "asked": BATCHES},
        key="point",
        columns={"asked": column("sequence", "Batch", minimum=1, whole=True)},
        label="Frontier",
        source="by definition",
    )
    fits = maximum(minimum(batches["asked"], of["batch_limit"]), of["one_sequence"])
    held = book.line("frontier_batch", fits, "sequence", "Frontier: batch, at most what fits", total="none")
    time = book.line("frontier_time", token_time(of, step_time(of, held)), "ms/token", "Frontier: time for a token")
    tokens = decode_rate(of, time, held) / of["cards"]
    rate = book.line("frontier_rate", tokens, "token/s/gpu", "Frontier: tokens of a card in a second")
    book.line("frontier_cost", token_cost(of, time, held), "USD/Mtoken", "Frontier: output tokens, with their prompts")
    book.plot(rate, over=time)
