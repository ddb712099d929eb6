"""The questionnaire as a spreadsheet: out to those who answer, and back.

Out: `form` says what is asked, row by row; `written` how an answer looks in cells, `filled` what stands in them; `questions`,
`documents`, `instructions` and `base` are the sheets, and `workbook` makes a file of them.

Back: `returned` reads the cells of a file, `reading` makes answers of them (`citing` evidence, `amounts` figures, `counted` what
they count, `days` dates),
`merging` compares them with the record, `remarks` says in the language of the sheet what the rules find.

`words` are the words in it, out; `vocabulary` knows them again. Nothing here writes to a record.
"""
