"""The document against what stands elsewhere about the same study: its journal, and the same sentence in a record."""
