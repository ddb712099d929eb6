"""From somebody's table to answers of the record.

`tables` reads the file, with `delimited` and `spreadsheet`; `importer` applies a map to its rows; `standing` and `disclosure` decide what may stand;
`proposals` makes answers of it; `edits` compares them with those that are there. Nothing here writes to a record.
"""
