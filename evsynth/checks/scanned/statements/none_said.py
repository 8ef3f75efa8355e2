"""'Without perioperative mortality', 'no serious events in either arm', 'all 46 survived', against a count of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.counts import NUMBER, value
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("NONE_CONTRADICTS",)

_DEATH = r"(?:deaths?|mortality|fatalit(?:y|ies)|fatal (?:event|outcome)s?|died|dead|deceased|dying)"
_HEADS = {
    "death": _DEATH,
    "serious": r"serious (?:adverse |side )?(?:events?|reactions?|effects?|complications?)|serious(?=:)|SAEs?",
    "conversion": r"conversions?|converted", "recurrence": r"recurrences?|recurred|relapses?|relapsed",
    "reoperation":
        r"re-?operations?|re-?operated(?: on)?|re-?interventions?|revisions?", "readmission":
            r"re-?admissions?|re-?admitted",
    "transfusion": r"transfusions?|transfused", "leak": r"(?:anastomotic )?(?:leaks?|leakages?|dehiscences?)",
    "loss":
        r"lost to follow-?up|losses to follow-?up", "withdrawal":
            r"withdrawals?|withdrew|withdrawn|drop-?outs?|dropped out",
    "stroke": r"strokes?", "infection": r"infections?|infected", "thrombosis": r"thrombos[ei]s|DVT",
    "failure": r"failures?|failed", "rejection": r"rejections?|rejected", "dislocation": r"dislocations?|dislocated",
    "perforation": r"perforations?|perforated", "hypoglycaemia": r"hypoglyca?emi\w+", "anaphylaxis": r"anaphyla\w+",
    "fracture": r"fractures?", "bleeding":
        r"(?:bleeds?|bleeding|ha?emorrhages?)", "seizure": r"seizures?", "missing": r"missing",
}  # fmt: skip
_FREE = (
    r"(?:peri-?operative|post-?operative|operative|in-?hospital|hospital|any|single|30-day|early|subsequent|"
    r"overall|maternal|patient|reported|all-cause|adverse|serious)"
)
_NO = r"(?:no|without(?: any| a(?: single)?)?|zero|nil|absence of(?: any)?|free (?:of|from)|not a single|not one)"
_ZERO = {
    name: Expression(
        rf"\b{_NO} (?:{_FREE} )*(?P<head>{head})\b|\b(?:{head}) (?:was|were) (?:nil|zero|absent|not (?:observed|"
        rf"seen|encountered|recorded))\b",
        re.I,
    )
    for name, head in _HEADS.items()
}
_SURVIVED = Expression(
    rf"\b(?:all|every one of the|each of the)(?: (?:of )?(?:the |these |our )?(?:{NUMBER}))?(?: (?:patients|"
    rf"infants|children|women|men|neonates|animals|babies|mothers|recipients|of them|dogs|cats))?,? (?:\w+ "
    rf")?(?:survived\b|(?:was|were) (?:discharged )?alive)|\bnobody died|\bnone (?:of \w+ )?died",
    re.I,
)
_COUNT = {
    name: (
        Expression(
            rf"(?P<k>{NUMBER}) ?(?:\([^()]{{1,16}}\) )?(?:(?:of (?:the )?\d+ )?(?:patients|infants|children|"
            rf"women|men|participants|subjects|of them|grafts|neonates|animals) )?(?:(?:had|having|were|was|"
            rf"suffered|developed|experienced|needed|required|have|an?|been|peri-?operative|post-?operative|"
            rf"hospital|in-?hospital|early|late) )*(?P<head>{head})\b",
            re.I,
        ),
        Expression(
            rf"\b(?P<head>{head}) ?(?:\(n ?= ?|: |in |numbered |occurred in |were |was needed in |was necessary "
            rf"in )(?P<k>{NUMBER})",
            re.I,
        ),
    )
    for name, head in _HEADS.items()
}
_NARROW = Expression(
    r"-related|\b(?:of|related|attribut\w*|due|caused|considered|judged|in (?:the )?(?!either|both|any|our|this|"
    r"all)\w+|after|before|beyond|during|at|within|until|between|difference|from|among|with|for)\b",
    re.I,
)
_OTHER = Expression(
    r"\b(?:previous\w*|et al|literature|reported (?:by|in)|expected|would|prior|history|screening|excluded|at "
    r"baseline|before|reference|comparator|registry|nationwide|unrelated|related)\b",
    re.I,
)
_TIME = Expression(
    r"\b(?:(?:\d+|one|two|three|four|five|six|twelve|first|second|third|thirty|ninety)[ -](?:days?|weeks?|"
    r"months?|years?)|follow-up|discharge|intra-?operative\w*|later|late)\b",
    re.I,
)

_WHO = Expression(r"\b(?:patients|people|those|participants|women|men|children|subjects|individuals|animals) $", re.I)
"""'427 patients without stroke' are some of the patients."""
_SHORT = Expression(r"(?:30|thirty)[ -]days?|discharge", re.I)
"""The time of what is called operative, or told without a time."""
_OTHER_KIND = Expression(
    r"[^.;]{0,60}\b(?:unrelated|not related|accident\w*|late|later|after discharge|other causes)\b|[ "
    r"-](?:rates?|risks?|scores?|free)\b",
    re.I,
)

_OF_SOME = Expression(
    r"(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|those|(?:patient|subject|participant|case|"
    r"group|infant|child|man|woman|men|women|children)s?)\b)(?:(?!\b(?:all|every|each|both)\b).){0,60}"
    r"\b(?:without|free (?:of|from))(?:(?!\b(?:without|free)\b).)*$",
    re.I,
)
"""Some of several: "47 patients without relapse", "87% were free of relapse"."""


def none_said(reading: Reading) -> Iterator[Finding]:
    """Compare "no deaths", "without conversion", "all survived" with a count of one or more of the same thing.

    Left alone: things narrowed behind (no deaths in the drug group, after day 30), told of other studies, and counts of
    another time than the claim.
    """
    said = list(lines(reading, ("abstract", "results", "body", "conclusion")))
    counted: dict[str, list[tuple[Line, re.Match[str]]]] = {}
    for line in said:
        words = re.sub(r"\s", " ", line.words)
        if not re.search(r"\b(?:no|without|zero|nil|free|not|absen\w+|all|every|each|nobody|none)\b", words, re.I):
            continue
        zeros = [(n, m) for n, p in _ZERO.items() for m in p.finditer(words)] + [
            ("death", m) for m in _SURVIVED.finditer(words)
        ]
        for name, match in zeros:
            if (
                _OTHER.search(words)
                or _OF_SOME.search(re.split(r"[.;:]\s", words[: match.start()])[-1] + match[0])
                or re.match(r" (?:benefit|advantage|difference|gain|reduction|signal)s?\b", words[match.end() :])
                or _NARROW.search(re.split(r"[,;.:]", words[match.end() :])[0])
                or _WHO.search(words, 0, match.start())
                or re.search(r"\b(?:if|whether)\b", words)
            ):
                continue
            if name not in counted:
                counted[name] = list(_counts(said, name))
            wanted = {m[0].lower() for m in _TIME.finditer(words, match.start(), match.end() + 40)}
            for x, m in counted[name]:
                same = x.start == line.start
                if same and m.start() < match.end() and match.start() < m.end():
                    continue
                there = re.sub(r"\s", " ", x.words)
                near = {t[0].lower() for t in _TIME.finditer(there, max(0, m.start() - 90), m.end() + 60)}
                if any(not _SHORT.fullmatch(t) for t in near - wanted) or (same and m.start() < match.start()):
                    continue
                if _OTHER_KIND.match(there, m.end()):
                    continue
                spot: Spot = x.piece(m)
                yield reading.finding(
                    "NONE_CONTRADICTS", "inconsistent",
                    f"'{match[0]}' is inconsistent with '{' '.join(m[0].split())}'",
                    "another time, group or kind may be meant; the sentence should say so",
                    quotes=(line.piece(match), spot),
                )  # fmt: skip
                break


def _counts(said: list[Line], name: str) -> Iterator[tuple[Line, re.Match[str]]]:
    for line in said:
        words = re.sub(r"\s", " ", line.words)
        if _OTHER.search(words):
            continue
        for pattern in _COUNT[name]:
            for m in pattern.finditer(words):
                if value(m["k"].lower()) > 0 and not re.search(
                    r"\b(?:no|without|not|least|than|up to|over|per)\W+$", words[: m.start()], re.I
                ):
                    yield line, m
