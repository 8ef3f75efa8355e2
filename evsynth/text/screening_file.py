"""The text of a new screening.yaml."""

from __future__ import annotations


def screening_file(reviewers: int) -> str:
    """Write the settings of screening with reasons to adapt, in the order of precedence."""
    return f"""\
# yaml-language-server: $schema=../../extractions/schema/screening.json
# How many people decide on each record, at each stage.
reviewers: {reviewers}
# Shown while screening. Left out: the eligibility of extractions/review.yaml.
# criteria:
#   - Adults with …
# Why a full text is excluded. A report that fails on several counts has the first that applies.
reasons:
  - {{reason: population, label: Wrong population}}
  - {{reason: intervention, label: Wrong intervention}}
  - {{reason: comparator, label: Wrong comparator}}
  - {{reason: outcomes, label: No outcome of interest}}
  - {{reason: design, label: Wrong study design}}
  - {{reason: publication, label: Wrong publication type}}
  - {{reason: language, label: Language not read}}
"""
