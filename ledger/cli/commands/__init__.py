"""The commands, a module each, named for what people type; each exports its click command as `command`.

- `list`, `show`: the templates there are, and what one is made of
- `eval`, `trace`, `reconcile`: its values, what an answer is made of, and how it compares with published figures
- `figures`: `catalog` and `model`, which need no template's ledger
- `inputs`: its inputs as a file; `build`: the workbook
- `edits`, `fill`, `verify`: a workbook that came back: what was changed, values written into it, recalculated
- `variance`: a plan against what came of it
"""
