"""Studies that report medians: conversions to mean and standard deviation, their gates, and medians as effects."""
