"""Functions from a study to findings. `CHECKS` is the list; each code has a heading in docs/findings.md."""

from evsynth.checks import (
    agreement,
    counts,
    dates,
    derivations,
    exchanged,
    journals,
    limits,
    quotation,
    ranges,
    references,
    reported,
    whole_numbers,
    wholes,
)  # fmt: skip
from evsynth.checks.registry import Case, Registered, case, check
from evsynth.model.finding import Finding

CHECKS: tuple[Registered, ...] = (
    Registered(references.references, references.CODES, "file"),
    Registered(quotation.quotation, quotation.CODES, "file"),
    Registered(derivations.derivations, derivations.CODES, "file"),
    Registered(journals.journals, journals.CODES, "paper"),
    Registered(counts.counts, counts.CODES, "paper"),
    Registered(ranges.ranges, ranges.CODES, "paper"),
    Registered(whole_numbers.whole_numbers, whole_numbers.CODES, "paper"),
    Registered(wholes.wholes, wholes.CODES, "paper"),
    Registered(agreement.agreement, agreement.CODES, "paper"),
    Registered(exchanged.exchanged, exchanged.CODES, "paper"),
    Registered(reported.reported, reported.CODES, "paper"),
    Registered(dates.dates, dates.CODES, "paper"),
    Registered(limits.limits, limits.CODES, "paper"),
)

_PAPER = frozenset(code for one in CHECKS if one.judges == "paper" for code in one.codes)


def must_be_corrected(finding: Finding) -> bool:
    """Say whether a finding is a mistake in our files; a paper is extracted as it is, impossible or not."""
    return finding.severity == "error" and finding.code not in _PAPER


__all__ = ["CHECKS", "Case", "Registered", "case", "check", "must_be_corrected"]
