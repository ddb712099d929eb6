"""The questionnaire as a spreadsheet: out to those who answer, and back.

`form` says what is asked, row by row; `written` how an answer looks in cells and `workbook` puts them into a file; `returned`
reads a file that came back, `reading` its cells, `merging` compares it with the record; `words` are the words in it. Nothing
here writes to a record.
"""
