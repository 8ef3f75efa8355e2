"""From printed numbers to effects: measures do the arithmetic, `select` says which numbers a pool uses and why."""
