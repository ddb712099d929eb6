"""Reports: a frozen view and a template for each page, and nothing decided in between.

`site` lists the pages; `hemisphere`, `statepage` and `guidelinepage` say what stands on one; `sources` knows what may be shown;
`rendering` alone knows Jinja; `labels` the words and marks of the standings; `tame` what to do with words that others wrote.
"""
