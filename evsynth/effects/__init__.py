"""From printed numbers to effects: measures do the arithmetic, `select` decides which numbers a pool uses and says why."""
