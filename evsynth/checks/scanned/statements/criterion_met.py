"""'The study met its primary endpoint', where the limit that had to exceed 30% is 26.4%."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.effects import NUMBER
from evsynth.checks.scanned.facts.estimates_known import Estimate, estimates_known
from evsynth.checks.scanned.identity import SHORT
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("CRITERION_CONTRADICTS",)

_RULE = Expression(
    rf"\b(?:met|reached|achieved|positive|successful|success|effective|active|rejected|worthwhile|promising|"
    rf"shown)\b[^.;]{{0,25}}?\b"
    rf"(?:if|when|provided(?: that)?|once)\b[^.;]{{0,20}}?\b(?P<end>lower|upper) (?:bound|limit|end|boundary|"
    rf"confidence (?:bound|limit))"
    rf"[^.;\d]{{0,30}}(?:\d\d(?:\.\d)?\s?%[ -](?:two-sided |one-sided )?(?:CI|confidence intervals?|credible "
    rf"intervals?))?[^.;\d]{{0,40}}?\b"
    rf"(?P<way>exceed(?:s|ed)|(?:was|is|were|lay|lies) (?:above|greater than|higher than|more than|over)|(?:was|is|"
    rf"were|lay|lies) "
    rf"(?:below|less than|lower than|under))\s(?P<n>{NUMBER})", re.I,
)  # fmt: skip
_MET = Expression(
    r"\b(?:(?:study|trial|it) (?P<no>did not (?:meet|reach)|failed to (?:meet|reach))|(?:study|trial|it) (?:met|"
    r"reached|achieved)|primary "
    r"(?:efficacy )?(?:end-?\s?point|outcome|objective) (?:was|has been) (?P<not>not )?(?:met|reached|achieved)|"
    r"(?:study|trial) was "
    r"(?P<neg>negative|positive))\b(?:[^.;]{0,25}\bprimary (?:end-?\s?point|outcome|objective))?", re.I,
)  # fmt: skip
_ASIDE = Expression(r"\b(?:if|would|whether|considered|defined|secondary|et al|previous\w*)\b", re.I)


def criterion_met(reading: Reading) -> Iterator[Finding]:
    """Compare 'met its endpoint' with the limit of the interval that the rule of the methods asks for.

    The interval is the one whose words hold the short name (ORR) that the rule has; every one of them must say the
    opposite. Left alone: rules without a short name, several rules, limits equal to the one asked for.
    """
    every = list(lines(reading, ("abstract", "methods", "results", "discussion", "conclusion", "body")))
    rules = [(x, m) for x in every if "imit" in x.words or "ound" in x.words for m in _RULE.finditer(x.words)]
    if len({(m["end"].lower(), m["n"]) for _, m in rules}) != 1:
        return
    line, rule = rules[0]
    names = frozenset(SHORT.findall(line.words)) - {"CI"}
    meant = [e for e in estimates_known(reading) if names & set(SHORT.findall(e.words.split(" | ")[0]))]
    held = {_held(e, rule) for e in meant}
    if len(held) != 1 or None in held:
        return
    met = held.pop()
    for said in every:
        match = _MET.search(said.words)
        if match is None or said.whole == line.whole or _ASIDE.search(said.words[: match.end()]):
            continue
        denied = match["no"] or match["not"] or (match["neg"] or "").lower() == "negative"
        if "primary" not in match[0] and not match["neg"]:
            continue
        if bool(denied) == met:
            yield _finding(reading, said, match, line, rule, meant[0])
            return


def _held(e: Estimate, rule: re.Match[str]) -> bool | None:
    limit, asked = float(e.low if rule["end"].lower() == "lower" else e.high), float(rule["n"])
    if limit == asked:
        return None
    return limit > asked if re.search(r"exceed|above|greater|higher|more|over", rule["way"], re.I) else limit < asked


def _finding(
    reading: Reading, said: Line, match: re.Match[str], line: Line, rule: re.Match[str], e: Estimate
) -> Finding:
    return reading.finding(
        "CRITERION_CONTRADICTS", "inconsistent",
        f"'{' '.join(match[0].split())}' is inconsistent with {e.value} ({e.low} to {e.high}) and a "
        f"{rule['end'].lower()} "
        f"limit that {rule['way']} {rule['n']}",
        "another analysis, or another interval, may be meant; otherwise the conclusion or a limit is wrong",
        quotes=(said.piece(match), e.spot, line.piece(rule)),
    )  # fmt: skip
