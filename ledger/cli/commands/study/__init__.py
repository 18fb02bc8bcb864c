"""Commands on how an answer moves with its inputs.

- `sweep`: over combinations of inputs; `sensitivity`: with each ranged input; `break_even`: where two options are equal
- `simulate`: with inputs drawn at random
"""
