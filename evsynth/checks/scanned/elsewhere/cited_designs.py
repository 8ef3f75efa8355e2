"""The text calls what it cites randomised trials, and the list of references titles one of them another study."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.facts.reference_list import Citation, Entry, citations_in, reference_list
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("CITED_AS_OTHER_DESIGN",)


class _Design(NamedTuple):
    """What the text calls cited works, the words of a title that say otherwise, and those that let it stand."""

    name: str
    said: Expression
    against: Expression
    allowed: Expression


_STUDIES = r"(?:trials?|stud(?:y|ies)|RCTs?|experiments?)"
DESIGNS = (
    _Design(
        "randomised trials",
        Expression(
            rf"\brandomi[sz]ed,? (?:[a-z-]+,? ){{0,4}}?{_STUDIES}\b|\bRCTs?\b|\b(?:placebo-controlled|double-blind) "
            r"(?:[a-z-]+ ){0,2}?trials?\b", re.I,
        ),
        Expression(
            r"\bretrospective\b|\bsingle-arm\b|\buncontrolled\b|\bnon-?randomi[sz]ed\b|\bnonrandomi[sz]ed\b|"
            r"\bobservational\b|\bcohort study\b|\bregistry\b|\bcase (?:report|series)\b|\bcase-control\b|"
            r"\bcross-sectional\b|\bopen-label (?:extension|(?:\w+ )?study of the long-term)|\bopen-label,? single|"
            r"\b(?:literature|narrative|scoping) review\b|\breview of the literature\b|\bguidelines?\b|"
            r"\b(?:in|of) (?:rats|mice)\b|\bmouse model\b", re.I,
        ),
        Expression(r"(?<!non-)(?<!non)\brandomi[sz]ed\b|\bRCTs?\b|\btrials\b|\bsystematic\b|\bmeta-?analys\w+", re.I),
    ),
    _Design(
        "prospective studies",
        Expression(rf"\bprospective (?:[a-z-]+ ){{0,3}}?{_STUDIES}\b", re.I),
        Expression(r"\bretrospective\b|\bcase (?:report|series)\b|\breview of the literature\b", re.I),
        Expression(r"\bprospective\w*", re.I),
    ),
    _Design(
        "retrospective studies",
        Expression(rf"\bretrospective (?:[a-z-]+ ){{0,3}}?{_STUDIES}\b", re.I),
        Expression(r"(?<!non-)(?<!non)\brandomi[sz]ed\b|\bprospective\b|\bdouble-blind\b", re.I),
        Expression(r"\bretrospective\w*|\bnon-?randomi", re.I),
    ),
)  # fmt: skip
_NAMED = Expression(r"randomi[sz]ed|\bRCT|placebo-c|double-blind|r[eo][a-z]*spective", re.I)
_OTHER_DESIGN = Expression(
    r"\b(?:retrospective|prospective|observational|cohort|case reports?|case series|case-control|reviews?|"
    r"meta-?analys\w+|open-label|extensions?|long-term|registr\w+|guidelines?|single-arm|uncontrolled|animal|"
    r"systematic\w*|post[- ]hoc|subgroups?|secondary analys\w+|follow-?up of|pooled|non-?randomi\w+|real-world|"
    r"recommend\w*|case reports)\b", re.I,
)  # fmt: skip
_NOT_SAID = Expression(
    r"\b(?:no|not|lack\w*|few|absence|without|need\w*|await\w*|should|further|future|future|require\w*|warrant\w*|"
    r"ongoing|only|other than|although|unlike|whereas|but|however|instead|compared with|than|never|difficult)\b", re.I,
)  # fmt: skip
_BREAK = Expression(r"[;:]|, (?:and|but|while|whereas|although)\b")


def cited_designs(reading: Reading) -> Iterator[Finding]:
    """Hold the design that a clause names before a citation against the words of the titles of what is cited.

    A concern, in papers whose numbered list of references is at hand. Left alone: clauses that name two designs, deny
    or ask for one, and titles that name the design as well.
    """
    listed = reference_list(reading)
    if not listed:
        return
    for line in lines(reading, ("abstract", "background", "methods", "results", "body", "discussion", "conclusion")):
        if not _NAMED.search(line.words):
            continue
        last = 0
        for cited in sorted(citations_in(reading, line, listed), key=lambda c: c.start):
            clause = _BREAK.split(line.words[last : cited.start])[-1]
            last = cited.end
            for design in DESIGNS:
                found = _finding(reading, line, cited, clause, design, listed)
                if found is not None:
                    yield found
                    break


def _finding(
    reading: Reading, line: Line, cited: Citation, clause: str, design: _Design, listed: dict[int, Entry]
) -> Finding | None:
    said = list(design.said.finditer(clause))
    if len(said) != 1 or _NOT_SAID.search(clause):
        return None
    rest = clause[: said[0].start()] + " " + clause[said[0].end() :]
    if _OTHER_DESIGN.search(rest) or (design is DESIGNS[0] and _OTHER_DESIGN.search(said[0][0])):
        return None
    if any(d is not design and d.said.search(clause) for d in DESIGNS):
        return None
    other = [
        (listed[n], m)
        for n in cited.numbers
        for m in [design.against.search(listed[n].words)]
        if m and not design.allowed.search(listed[n].words)
    ]
    if not other:
        return None
    at = line.words.rfind(said[0][0], 0, cited.start)
    numbers = " and ".join(str(e.number) for e, _ in other)
    entries = "; ".join(f"{e.number}: '{_title(e.words, m)}'" for e, m in other)
    return reading.finding(
        "CITED_AS_OTHER_DESIGN", "concern",
        f"reference {numbers} is cited for {design.name} ('{' '.join(said[0][0].split())}'), and its title says "
        f"otherwise ({entries})",
        "the work may report such a trial among others; otherwise another reference is meant",
        quotes=((line.start + at, line.start + cited.end), *(e.spot for e, _ in other)),
    )  # fmt: skip


def _title(words: str, match: re.Match[str]) -> str:
    """Give the sentence of an entry that holds the words of a design."""
    start = max(words.rfind(". ", 0, match.start()) + 2, 0) if ". " in words[: match.start()] else 0
    end = words.find(". ", match.end())
    return words[start : end if end > 0 else len(words)]
