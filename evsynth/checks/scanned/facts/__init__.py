"""What sentences say with numbers, read once for every check: counts, shares, groups, effects, comparisons, claims."""
