"""What cannot be true together: in extractions (`checking`), and in documents themselves (`scanned`)."""
