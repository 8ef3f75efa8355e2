"""A decision rule stated beforehand ('16 or more responders were needed'), the count, and what was concluded."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("DECISION_CONTRADICTS",)

_RULE = Expression(
    r"\b(?:at least (?P<a>\d+)|(?P<b>\d+) or more|≥\s?(?P<c>\d+)|a minimum of "
    r"(?P<d>\d+))\s+(?P<what>responders?|responses|"
    r"successes|events|patients with (?:a )?response)(?:\s+(?:among|of|in|out of)\s+(?:the )?(?P<of>\d+))?[^.;]{0,60}?"
    r"\b(?:were|was|would be)?\s*(?:needed|required|necessary|to (?:declare|reject|conclude|consider|proceed))",
    re.I,
)
_COUNT = Expression(r"(?P<n>\d+)\s*(?:of|/|out of)\s*(?:the\s+)?(?P<of>\d+)\b")
_MET = Expression(
    r"\b(?:met|reached|achieved|fulfilled)\s+(?:its|the|their)\s+(?:primary|main)\s+(?:end\s?-?points?|outcome|"
    r"objective)",
    re.I,
)
_NOT_MET = Expression(
    r"\b(?:did not|didn't|failed to|not)\s+(?:meet|reach|achieve|fulfil)\s+(?:its|the|their)\s+(?:primary|"
    r"main)\s+(?:end\s?-?points?|"
    r"outcome|objective)|\b(?:primary|main) (?:end\s?-?point|outcome) was not (?:met|reached|achieved)",
    re.I,
)


def decision_rule(reading: Reading) -> Iterator[Finding]:
    """Compare the number that a rule needs with the number observed of the same total, and with the conclusion.

    Left alone: rules without a total, totals for which several counts are printed with a percentage.
    """
    said = list(lines(reading, ("abstract", "methods", "results", "discussion", "conclusion", "body")))
    for line in said:
        rule = _RULE.search(line.words)
        if rule is None or not rule["of"]:
            continue
        needed = int(rule["a"] or rule["b"] or rule["c"] or rule["d"])
        counts = {
            int(m["n"]): x.piece(m)
            for x in said if x.start != line.start
            for m in _COUNT.finditer(x.words) if m["of"] == rule["of"] and _responses(x, m)
        }  # fmt: skip
        concluded = [
            (x, m, met) for x in said for met, p in ((False, _NOT_MET), (True, _MET)) for m in [p.search(x.words)] if m
        ]
        if len(counts) != 1 or not concluded:
            continue
        (count, spot), (where, match, met) = next(iter(counts.items())), concluded[0]
        if met != (count >= needed):
            yield reading.finding(
                "DECISION_CONTRADICTS", "inconsistent",
                f"'{' '.join(match[0].split())}' is inconsistent with {count} of {rule['of']}, where {needed} "
                f"were needed",
                "the rule may have been changed, or the count may be of another assessment",
                quotes=(where.piece(match), spot, line.piece(rule)),
                computed=(("needed", str(needed)), ("observed", str(count))),
            )  # fmt: skip


def _responses(line: Line, match: re.Match[str]) -> bool:
    return bool(
        re.search(
            r"\bORR\b|\brespon\w+|\bsuccess\w*|\bremission|\bevents?\b",
            line.words[max(0, match.start() - 120) : match.end() + 60],
            re.I,
        )
    )
