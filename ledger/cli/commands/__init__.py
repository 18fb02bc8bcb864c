"""The commands, a module for those that share what they show; `group` says which function is which.

- `about`: `list`, `show`, the templates there are, and what one is made of
- `values`: `eval`, `trace`; `study`: `sweep`, `sensitivity`, `break-even`, `simulate`, with distributions as typed
- `files`: `inputs`, `build`; `returned`: `edits`, `fill`, `verify`, for a workbook that came back
- `compared`: `reconcile`, `variance`; `figures`: `catalog`, `units`, `model`
"""
