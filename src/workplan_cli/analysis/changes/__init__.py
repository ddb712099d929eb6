"""What changed between two records: `edits` cut documents into pieces and put them together again, `kinds` says what a change of
a piece means, `compare` finds them all, in the order of the plan.
"""
