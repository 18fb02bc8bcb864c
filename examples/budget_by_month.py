"""A year of inference by month: demand that grows, machines that follow, and when the money is back."""

from __future__ import annotations

from unitledger import Growth, Ledger, cumulative, paid_back, round_up

book = Ledger("Inference in 2026", as_of="2026-01-05", excludes=["taxes", "cost of capital"])
t = book.timeline("2026-01", 12, fiscal_year="April")
demand = book.add(Growth(start="9 Gtoken/day", rate="6 %/month"), "demand")
throughput = book.assume("throughput", "1.1 Gtoken/machine/day", source="measured in December", above=0)
price = book.assume("price", {"2026-01": "0.90 USD/Mtoken", "2026-07": "0.80 USD/Mtoken"}, over=t, source="price list")
rent = book.assume("rent", "19 USD/machine/h", source="offer 7")
setup = book.assume("setup", {"2026-01": "400 kUSD", "2026-02": "0 kUSD"}, over=t, total="sum", source="quote 118")

machines = book.line("machines", round_up(demand / throughput), "machine")
cost = book.line("cost", machines * rent * t.hours, "kUSD")
revenue = book.line("revenue", demand * price * t.days, "kUSD")
margin = book.line("margin", revenue - cost - setup, "kUSD")
cash = book.line("cash", cumulative(margin))
book.headline(book.line("margin_of_the_year", margin.sum()), better="higher")
print(book.frame().round(1).to_string())
book.line("money_back", paid_back(margin))
book.alert(cash.least() < -book.assume("limit", "500 kUSD", source="board"), "The limit of the board is passed.")

print("Margin of the year:", book.value("margin_of_the_year"))
print("The money is back in the month that begins", book.value("money_back"))
print("Alerts:", book.raised() or "none")
print("Wrote", book.to_excel("budget_by_month.xlsx"))
