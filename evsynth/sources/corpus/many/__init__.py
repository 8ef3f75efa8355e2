"""Many records of PubMed at once: tags, texts and columns as arrays; what is not plain is left to the reader of one."""
