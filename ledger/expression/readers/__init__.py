"""One module for each way to read an expression; none knows another, except to name a formula in a message.

- `lower`: units, and every conversion as a named factor; `references`: what a tree refers to, and the tree as written
- `forms`: what all formulas have in common that differ in their references alone, for readers of long ledgers
- `value`: one case on plain numbers; `array`: many cases with numpy
- `excel`: the text of a formula, and `parse` back from it; `words`: a formula as people say it
"""
