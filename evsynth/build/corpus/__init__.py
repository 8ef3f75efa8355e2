"""A corpus on disk: PubMed's files read into Parquet, which versions count, and what it answers."""
