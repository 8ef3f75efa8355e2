"""Short invented papers for checks on documents: a heading for each part, and tables as they are pasted."""

from __future__ import annotations

from typing import Any

import pytest

from evsynth.checks.scanned.judging import Reading, reading
from evsynth.model.finding import Finding
from evsynth.scan.document import read_document

TOLD_ELSEWHERE = frozenset(
    {"DIRECTION_CONTRADICTS", "SIGNIFICANCE_CONTRADICTS", "SHARE_CONTRADICTS", "COMMONEST_CONTRADICTS",
     "TIMES_CONTRADICTS", "RATIO_DIRECTION"}
)  # fmt: skip
"""Contradictions of words with results elsewhere in the text: matched by words, so they are concerns."""

TABLE = """Table 1. Baseline characteristics.

| Characteristic | Drug (n = 60) | Placebo (n = 58) | P |
|---|---|---|---|
| Age, years, mean (SD) | 61.2 (9.4) | 60.8 (10.1) | 0.82 |
| Women, n (%) | 31 (51.7) | 30 (51.7) | 1.00 |
| Diabetes, n (%) | 9 (15.0) | 14 (24.1) | 0.21 |
| Body mass index, mean (SD) | 27.1 (3.2) | 29.4 (3.5) | <0.001 |

Table 2. Outcomes at week 24.

| Outcome | Drug (n = 60) | Placebo (n = 58) | P |
|---|---|---|---|
| Walking distance, m, mean (SD) | 412 (88) | 371 (92) | 0.015 |
| Pain score, mean (SD) | 3.1 (1.9) | 3.9 (2.1) | 0.032 |
| Fatigue score, mean (SD) | 4.4 (2.0) | 4.6 (2.2) | 0.61 |
| Headache, n (%) | 12 (20.0) | 7 (12.1) | 0.24 |
"""

EVENTS = """Table 3. Adverse events.

| Event | Drug (n = 60) | Placebo (n = 58) |
|---|---|---|
| Any adverse event | 40 (66.7) | 35 (60.3) |
| Nausea | 12 (20.0) | 7 (12.1) |
| Headache | 15 (25.0) | 9 (15.5) |
| Rash | 3 (5.0) | 2 (3.4) |
"""
TWO_TIMES = """Table 1. Scores before and after treatment (n = 40).

| Score | Baseline | Week 12 | P |
|---|---|---|---|
| Fatigue score, mean (SD) | 6.4 (1.1) | 4.3 (1.3) | <0.001 |
| Walking distance, m, mean (SD) | 371 (92) | 412 (88) | <0.001 |
"""
MODEL = """Table 4. Multivariable linear regression of the change in pain (n = 38).

| Variable | B | 95% CI | P |
|---|---|---|---|
| Age | 0.11 | (-0.05, 0.27) | 0.17 |
| Sex | 0.20 | (-0.40, 0.80) | 0.50 |
| Smoking | 0.31 | (0.02, 0.60) | 0.037 |
| Dose | 0.05 | (-0.10, 0.20) | 0.51 |
"""
COX = """Table 5. Cox regression of death.

| Variable | Univariable HR (95% CI) | P | Multivariable HR (95% CI) | P |
|---|---|---|---|---|
| Age (per year) | 1.04 (1.01-1.07) | 0.004 | 1.03 (1.00-1.06) | 0.021 |
| Low albumin | 2.10 (1.40-3.15) | <0.001 | 1.80 (1.15-2.82) | 0.010 |
| Smoking | 1.50 (1.02-2.20) | 0.038 | 1.30 (0.86-1.97) | 0.21 |
"""
RASHES = """Table 1. Patients at inclusion.

| Characteristic | All (n = 30) |
|---|---|
| Diagnosis, n (%) | |
| DM | 9 (30.0) |
| CADM | 4 (13.3) |
| PM | 17 (56.7) |
| Gottron's sign, n (%) | {sign} (46.7) |
"""


def contradicts(finding: Finding) -> bool:
    """Say whether a finding is an error, an inconsistency, or words against a result told elsewhere."""
    return finding.severity in ("error", "inconsistent") or (
        finding.severity == "concern" and finding.code in TOLD_ELSEWHERE
    )


def paper(*, title: str = "A study", abstract: str = "", methods: str = "", results: str = "", discussion: str = "",
          conclusion: str = "", tables: str = "") -> Reading:  # fmt: skip
    """Write a paper of the given parts and read it."""
    parts = [f"# {title}", f"## Abstract\n\n{abstract or 'This is a short report.'}"]
    parts.append(f"## Methods\n\n{methods or 'We studied patients of one hospital.'}")
    parts.append(f"## Results\n\n{results or 'The results are shown below.'}")
    if tables:
        parts.append(tables)
    if discussion:
        parts.append(f"## Discussion\n\n{discussion}")
    if conclusion:
        parts.append(f"## Conclusion\n\n{conclusion}")
    return reading(read_document("invented", "\n\n".join(parts) + "\n"))


def cases(tables: dict[Any, tuple[list[dict[str, str]], list[dict[str, str]]]], which: int) -> list[Any]:
    """Give each paper that a check must find something in (0), or leave alone (1), with the check."""
    return [
        pytest.param(check, parts, id=f"{check.__name__}-{n}")
        for check, both in tables.items()
        for n, parts in enumerate(both[which])
    ]
