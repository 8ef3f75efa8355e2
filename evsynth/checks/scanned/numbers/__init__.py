"""Arithmetic on the numbers that a document prints."""
