"""A review is a folder with `extractions/` and `corpora/`. This layer reads it from disk."""
