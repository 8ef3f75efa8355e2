"""Text in, values out: YAML with the place of every key, printed numbers found in prose, quotes found in sources."""
