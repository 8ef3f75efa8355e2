"""'The study met its primary endpoint', where the limit that had to exceed 30% is 26.4%.

Also a criterion said to be met for one and not for another, against the interval of each and the bounds for all: "if
the 90% CI lay within 0.80-1.25".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.effects import NUMBER, Effect, effects
from evsynth.checks.scanned.facts.estimates_known import Estimate, estimates_known
from evsynth.checks.scanned.identity import SHORT
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("CRITERION_CONTRADICTS", "MARGIN_CONTRADICTS")

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
    yield from _for_each(reading)
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


_BOUNDS = Expression(
    r"(?:\bCIs?\b|confidence intervals?|limits|bioequivalen\w+|equivalen\w+|interaction)[^.;]{0,80}?\b(?:within|"
    r"between|"
    r"inside|in the range(?: of)?|contained in|range|margins?)\s(?:the (?:range|limits|bounds|interval)(?: of)? )?"
    r"(?P<low>0\.\d+|\d\d(?:\.\d+)?)\s?%?\s?(?:-|to|and)\s?(?P<high>1\.\d+|1\d\d(?:\.\d+)?)(?!\d)", re.I,
)  # fmt: skip
_NAME = r"[A-Z][A-Za-z]*\d*[A-Za-z-]*"
_EACH = Expression(
    rf"\b(?i:criteri(?:on|a)|requirements?|limits|(?:bio)?equivalence|absence of (?:an )?interaction)\b[^.;]{{0,60}}?\b"
    rf"(?:was|were|is|could be) (?:thus |therefore )?(?P<no>not )?(?:met|fulfilled|satisfied|shown|established|"
    rf"demonstrated|"
    rf"kept|concluded|reached) (?:only )?(?:for|in) (?:the )?(?P<a>{_NAME})(?:,? (?:but|and|yet) (?P<not>not "
    rf")?(?:for |in )?"
    rf"(?:the )?(?P<b>{_NAME}))?"
)
_PLANNED = Expression(r"\b(?:if|would|whether|defined|previous\w*|et al)\b")


def _for_each(reading: Reading) -> Iterator[Finding]:
    """Hold each name said to meet the criterion, or not to, against its own interval and the bounds.

    Left alone: several bounds, names with no interval or with two.
    """
    if not re.search(r"equivalen|interaction|criteri", reading.document.prose):
        return
    every = list(lines(reading, ("abstract", "methods", "results", "body", "discussion", "conclusion")))
    bounds = {(float(m["low"]), float(m["high"])) for x in every for m in _BOUNDS.finditer(x.words)}
    if len(bounds) != 1:
        return
    low, high = bounds.pop()
    if low > 5:
        low, high = low / 100, high / 100
    for line in every:
        match = _EACH.search(line.words)
        if match is None or _PLANNED.search(line.words):
            continue
        said = [(match["a"], not match["no"])]
        if match["b"]:
            said.append((match["b"], said[0][1] is not bool(match["not"])))
        wrong = [(name, e) for name, met in said for e in _of(every, name, said) if met is not _kept(e, low, high)]
        if wrong:
            name, e = wrong[0]
            yield reading.finding(
                "MARGIN_CONTRADICTS", "error",
                f"'{' '.join(match[0].split())}' contradicts the interval of {name}, {e.low} to {e.high}, and the "
                f"bounds "
                f"{low:g} to {high:g}",
                "the names may have been exchanged; otherwise a limit is misprinted",
                quotes=(line.piece(match), e.spot),
            )  # fmt: skip
            return


def _kept(e: Effect, low: float, high: float) -> bool:
    unit = 100 if float(e.low) > 5 else 1
    return low * unit <= float(e.low) and float(e.high) <= high * unit


def _of(every: list[Line], name: str, said: list[tuple[str, bool]]) -> list[Effect]:
    """Give the interval that stands behind a name; none where two do."""
    found: list[Effect] = []
    for line in every:
        for e in effects(line):
            before = line.words[: e.start - line.start]
            at = {n: before.rfind(n) for n, _ in said}
            if at[name] >= 0 and at[name] == max(at.values()) and (e.kind == "ratio" or re.search("ratio", before)):
                found.append(e)
    return found if len({(e.low.value, e.high.value) for e in found}) == 1 else []
