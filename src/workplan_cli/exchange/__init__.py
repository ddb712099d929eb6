"""What other programs read and write: findings, JSON Schema, tables."""
