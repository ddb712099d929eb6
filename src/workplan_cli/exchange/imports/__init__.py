"""From somebody's table to answers of the record and entries of its registers.

`tables` reads the file, with `delimited` and `spreadsheet`; `importer` applies a map to its rows, with `written` for single
cells; `sieve` says which of them may stand, with `disclosure` for small counts; `proposals` makes answers of those; `edits`
compares them with what is there. `enrolment` makes entries of registers, and `entries` compares those. Nothing here writes to a
record.
"""
