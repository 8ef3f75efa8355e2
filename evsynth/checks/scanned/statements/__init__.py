"""What a sentence says, against the numbers it summarises."""
