"""All of PubMed as columns: what a file of it becomes, which version of a record counts, and how it is asked."""
