"""The engine against reference results of other software: every quantity, its worst error, and what differs and why.

``python -m validation`` compares with ``tests/references``, prints a table and writes ``docs/validation.md``;
``--references DIR`` compares with other files of that kind and writes nothing. One module per topic, each a set of
functions from a reference case to comparisons; ``tolerances`` states what is allowed and why.
"""
