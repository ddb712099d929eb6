"""Reports: a frozen view and a template for each page, and nothing decided in between.

`site` lists the pages; each `*_page` or view module says what stands on one; `rendering` alone knows Jinja; `labels` alone knows the words and marks of the standings.
"""
