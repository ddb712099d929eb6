"""The nouns of the record: frozen, without files, clocks or YAML. One module a concept; `record` says which documents there
are."""
