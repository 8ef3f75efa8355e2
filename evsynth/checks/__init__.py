"""Functions from a study to findings. `CHECKS` is the list; each check has a page in docs/checks."""

from evsynth.checks import agreement, derivations, percentages, quotation, ranges, ratios, references
from evsynth.checks.registry import Case, Registered, case, check
from evsynth.model.finding import Finding

CHECKS: tuple[Registered, ...] = (
    Registered(references.references, references.CODES, "file"),
    Registered(quotation.quotation, quotation.CODES, "file"),
    Registered(derivations.derivations, derivations.CODES, "file"),
    Registered(percentages.percentages, percentages.CODES, "paper"),
    Registered(ranges.ranges, ranges.CODES, "paper"),
    Registered(agreement.agreement, agreement.CODES, "paper"),
    Registered(ratios.ratios, ratios.CODES, "paper"),
)

_PAPER = frozenset(code for one in CHECKS if one.judges == "paper" for code in one.codes)


def must_be_corrected(finding: Finding) -> bool:
    """Say whether a finding is a mistake in our files; a paper is extracted as it is, impossible or not."""
    return finding.severity == "error" and finding.code not in _PAPER


__all__ = ["CHECKS", "Case", "Registered", "case", "check", "must_be_corrected"]
