"""Files that are written: `save` puts one where it should go; `csv_text` is what is in those of commas.

`text` is how text files are read.
"""
