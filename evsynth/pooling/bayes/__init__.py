"""Bayesian normal-normal meta-analysis by deterministic quadrature: priors, posterior, sensitivity to the prior."""
