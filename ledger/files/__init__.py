"""Files that are read and written: `save` puts one where it should go, `text` takes one in.

`rows`: tables in CSV, as they are written and as they are read; `toml_text`: TOML, with the lines of keys.
"""
