"""Files that are read and written: `save` puts one where it should go, `text` takes one in, TOML and CSV too."""
