"""Screening: decisions as a log, who agrees with whom, in which order to read, and the flow of records."""
