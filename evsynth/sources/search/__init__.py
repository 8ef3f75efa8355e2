"""Searches of PubMed through the E-utilities: questions, answers that are checked, snapshots, and what changed."""
