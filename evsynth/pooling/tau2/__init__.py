"""The variance between studies, tau2: estimators, standard errors and intervals, with or without moderators."""
