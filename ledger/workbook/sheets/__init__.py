"""The sheets of the workbook, a file or a folder each: functions that say what stands on them, on grids.

Nothing is written before all sheets are said, so they refer to each other whichever way round: see `Sheet.finish`.
`results` holds the values of every line by option and name. `strip` is the row of status cells on top of all sheets,
`static` has the sheets that no formula follows.
"""
