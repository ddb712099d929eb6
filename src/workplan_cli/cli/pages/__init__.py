"""One page for each kind of thing that can be shown: a function that takes a reading and a page, and writes.

`kinds.PAGES` is the whole list. Pages look things up and format; what must be computed comes from `analysis`.
"""
