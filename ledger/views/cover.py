"""What a ledger says of itself, and how far it judges its options."""

from __future__ import annotations

from unitledger.model import Entries


def cover(entries: Entries) -> list[str]:
    """Return what a ledger states of its purpose, decision, period, people and days, a line for each that it does."""
    stated = {
        "Purpose": entries.purpose,
        "Decision asked for": entries.decision,
        "Figures for": entries.period,
        "Author": entries.author,
        "Owner": entries.owner,
        "Built on": entries.built_on,
    }
    return [f"{what}: {said}" for what, said in stated.items() if said]


def answered(entries: Entries, called: str) -> str:
    """Return what the answer is and which is the best, if one is; `called`: what the headline is called."""
    assert entries.answer is not None
    how = f"the {entries.answer.better} the better" if entries.alternatives else "case by case"
    return f"Answer: {called}, {how}"


def recommended(entries: Entries) -> str:
    """Return the word before advice: among cases nothing is recommended, what is advised holds for one of them."""
    return "Recommended" if entries.alternatives else "Advice"
