"""The commands, a module each, named for what people type; each exports its click command as `command`.

- `list`, `show`: the templates there are, and what one is made of
- `eval`, `trace`, `reconcile`: its values, what an answer is made of, and how it compares with published figures
- `study`: `sweep`, `sensitivity`, `break-even`, `simulate`; `figures`: `catalog`, `units`, `model`; each by its name
- `inputs`: its inputs as a file; `build`: the workbook
- `returned`: `edits`, `fill`, `verify`, for a workbook that came back, each by its name
- `variance`: a plan against what came of it
"""
