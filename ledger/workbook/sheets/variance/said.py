"""Texts of the sheet Variance."""

from __future__ import annotations

from unitledger.model import ACTUAL, PLAN, Effect

TITLE = "From plan to actual, line by line"
HINT = "Each effect comes on top of those above it; plan and effects add up to actual."
ENDS = {PLAN: "{label}: plan", ACTUAL: "{label}: actual"}
EFFECTS = {
    Effect.VOLUME: "    volume: how much was asked for",
    Effect.EFFICIENCY: "    efficiency: how much it took",
    Effect.PRICE: "    price: what was paid for it",
    Effect.OTHER: "    other: booked beyond these",
}
TO_DATE, ALL, FIGURE = "To date", "With the rest as planned", "Figure"
ADDS_UP = "Off"
KEY_FIGURES = "Key figures"
FALL = "Behind the chart"
HEADING = "{label} [{unit}], from plan to actual"
STEPS = {
    PLAN: "Plan",
    Effect.VOLUME: "Volume",
    Effect.EFFICIENCY: "Efficiency",
    Effect.PRICE: "Price",
    Effect.OTHER: "Other",
    ACTUAL: "Actual",
}
ALT = "Steps from the plan of {label} to what came, effect by effect, in {unit}."
