"""What a paper reports, run again: from what it prints, from patient-level data, or from its survival curves."""
