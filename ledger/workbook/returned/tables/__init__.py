"""What came back of the sheets of tables.

- `places`: where columns lie now, by their headings, and items by their words
- `items`: figures and words that are set differently, items that came or went
"""
