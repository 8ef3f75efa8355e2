"""What is read (frozen models) and what is computed (named tuples). Imports nothing of evsynth outside this folder."""
