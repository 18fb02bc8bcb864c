"""The sheet Scenarios: `cases` are its columns, `rows` its rows, `selection`, `heads`, `lines` what stands in them."""
