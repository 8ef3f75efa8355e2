"""Concerns about design that the text itself states: never an error, and one for each cause."""
