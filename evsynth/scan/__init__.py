"""The text of a document as parts, the statistics printed in it, and the ledger of its numbers."""
