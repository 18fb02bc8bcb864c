"""How entries are written down: functions that check what somebody gave and append to a ledger.

- `record`: inputs, lines, options, alerts and advice, one each, and alerts on what a line can plausibly be
- `costline`: cost lines as classes of terms, and what one puts on the bill
- `points`: curves and tiers, and the formulas that read them
- `include`: the entries of another ledger
"""
