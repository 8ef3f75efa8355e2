"""Meta-regression: moderators, contrasts, predictions, subgroups, permutation tests and location-scale models."""
