"""One module per kind of reported result: which printed numbers it can be recomputed from, and what is missing."""
