"""What the record adds up to: cells, standings, coverage, trends. Pure functions over the model; counts are kept, percentages
are only shown.
"""
