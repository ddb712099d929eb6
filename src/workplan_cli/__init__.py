"""Monitor a plan of action: the record as files, its checks, its reports."""
