"""A workbook goes out and comes back: what was changed, what of it is taken over, and what is not."""

from __future__ import annotations

import openpyxl

from unitledger import templates, workbook

book = templates.find("serving_cost")().only("rtx4090", "h100")
path = book.to_excel("sent.xlsx")
print(workbook.verify(path))

# Somebody at finance sets two figures, here through the program, and types one number over a formula.
book.fill(path, {"rtx4090": {"tariff": "0.14 USD/kWh", "load": "70 %"}}, "answered.xlsx")
file = openpyxl.load_workbook("answered.xlsx")
rows = [row for row in file["Calc"].iter_rows() if row[0].value == book["machine_hour"].label]
next(cell for row in rows for cell in row if str(cell.value).startswith("=")).value = 2.5
file.save("answered.xlsx")

edits = book.read_edits("answered.xlsx")
for change in edits:
    print(f"{change.cell}: {change.name} of {change.option} was {change.old}, is {change.new}")
for calculation in edits.calculations:
    print(f"{calculation.cell}: {calculation.name} is {calculation.new}")

answered = edits.apply()
print("A token was", book.value("token_cost"), "and is", answered.value("token_cost"))
print("Wrote", answered.to_excel("next.xlsx", since="sent.xlsx"))
