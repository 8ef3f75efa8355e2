"""Who cites whom: the links between records, the graph that they make, and the candidates that it suggests."""
