"""Checks on the text of a paper, without an extraction; `judging` lists and runs them."""
