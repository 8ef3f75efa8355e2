"""From a review folder to its outputs: select, pool, render, and write only what changed."""
