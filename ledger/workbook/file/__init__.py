"""The file of a workbook: `write` makes its bytes, `charts` the charts in it, `save` puts it in its place at once."""
