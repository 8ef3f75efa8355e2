"""Small-study effects: tests of funnel asymmetry, models of selection, adjusted estimates.

A small-study effect is any relation between a study's size and its result. Selective publication is one of its causes;
others are chance, real differences between small and large studies, and the arithmetic of the measure itself.
"""
