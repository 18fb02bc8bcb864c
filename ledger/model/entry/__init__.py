"""What an entry of a ledger is; all of it is frozen.

- `figure`: a quantity with its provenance, hard bounds, and a setting, a figure as an input has it
- `names`: which names and labels a workbook can carry; `axis`: what figures lie along
- `entry`: what inputs and lines have in common; `inputs`: assumption, choice, constant; `line`: line, alert, advice,
  headline, reporting currency, option; `over`: what has a figure in each period or for each item
- `shown`: what a notebook shows
- `settle`: from what somebody gives to what an input stores, in its unit and inside its bounds, with the defaults of
  its section
"""
