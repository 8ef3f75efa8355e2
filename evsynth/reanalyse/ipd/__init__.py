"""Analyses of patient-level data as papers report them. Arrays in, named tuples out; a spec names the columns."""
