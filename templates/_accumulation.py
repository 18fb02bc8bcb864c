"""Peak rates with unlike sums: in document 001 an RTX 4090's is with FP16 sums, those of other cards are with FP32."""

from __future__ import annotations

from unitledger import Figure, Ledger
from unitledger.model import Choice
from unitledger.templates import catalog

PAPER = "(ext) vendor architecture paper"
SUMS = ("FP16", "FP32")
FP32 = Figure("FP32", "(ext) vendor data sheet")


def choose_sums(book: Ledger, name: str, label: str) -> Choice:
    """Append what the sums behind a rate of an RTX 4090 are, FP16 as printed."""
    note = "as printed of an RTX 4090; its rate with FP32 sums is half"
    return book.choice(name, SUMS, label, value="FP16", source=PAPER, note=note)


def assume_sums(book: Ledger) -> None:
    """Append what the sums behind `compute` are, those of an RTX 4090 as printed, and an alert while they are FP16."""
    sums = choose_sums(book, "accumulation", "Sums behind the peak rate")
    alike = catalog.accelerator("rtx_4090")["compute_fp16_fp32_dense"].quantity
    book.alert(
        sums.select(FP16=1, FP32=0) > 0,
        "The peak rate is an RTX 4090's with FP16 sums, as printed; other cards' are with FP32 sums, here "
        f"{alike}. The option with FP32 sums compares like with like.",
    )


def like_for_like(machine: str = "") -> dict[str, Figure]:
    """Return the settings of an RTX 4090 with FP32 sums; `machine`: what stands before the names of its inputs."""
    return {
        f"{machine}compute": catalog.accelerator("rtx_4090")["compute_fp16_fp32_dense"],
        f"{machine}accumulation": FP32,
    }
