"""Files that are written: `save` puts one where it should go; `csv_text` is what is in those of commas."""
