"""Reads bibliographic records in the formats that databases export, writes them, and fetches them from PubMed."""
