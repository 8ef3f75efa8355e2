"""Reads records and full texts in every format that databases export, found by content; writes records."""
