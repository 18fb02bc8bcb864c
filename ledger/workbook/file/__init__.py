"""The file of a workbook: `write` makes its bytes, `charts` the charts in it, `logo` checks a picture."""
