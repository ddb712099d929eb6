"""The record as open data: the same tables as CSV with a Data Package, as JSON, as SQLite, and as data frames.

`tables` declares them with their codebook and fills them; the others write them. Nothing here reads a file.
"""
