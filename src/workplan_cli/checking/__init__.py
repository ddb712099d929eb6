"""Checking a whole repository: `validate` without the command line.

The line is straight: list the files, read what all rules need to know (`context`), check unit by unit (`unit`), then what
only the whole record can tell. `cache` and `workers` make it fast and know nothing of the rules."""
