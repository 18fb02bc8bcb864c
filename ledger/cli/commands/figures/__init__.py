"""Commands on figures that templates read rather than on a template's ledger.

- `catalog`: accelerators, language models and prices, with their age; a file of one's own checked against them
- `units`: those that there are, and a quantity in others
- `model`: the config.json of a language model as inputs
"""
