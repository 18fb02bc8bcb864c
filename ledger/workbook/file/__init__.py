"""The file of a workbook: `write` makes its bytes, `charts` the charts and the logo in it, `rows` its cells."""
