"""The same quantity in two places, and one number in two places that should differ."""
