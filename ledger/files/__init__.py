"""Files that are read and written: `save` puts one where it should go, `text` takes one in, TOML too.

`rows`: tables in CSV, as they are written and as they are read.
"""
