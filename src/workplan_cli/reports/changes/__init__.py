"""Changes in words, in the languages of the reports: `lines` says what one change is, `answers` what became of an answer,
`summary` puts them into groups, with the figures that they move.
"""
