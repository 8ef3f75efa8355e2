"""Patients rebuilt from a digitised survival curve, and whether the result may be used."""
