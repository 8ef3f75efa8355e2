"""Finds records of one report among the records of several searches, and links them; no record is ever deleted."""
