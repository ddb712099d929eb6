"""Monitor a plan of action: the record as files, its checks, its reports."""

__version__ = "0.1.0"
