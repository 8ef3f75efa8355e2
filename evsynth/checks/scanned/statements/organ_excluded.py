"""A severe disease of an organ is excluded, and patients of the study are told to have had failure of that organ."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.checks.scanned.statements.least_of_entry import of_entry
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("ELIGIBILITY_CONTRADICTS",)


class _Organ(NamedTuple):
    name: Expression
    failed: Expression


_ILL = (
    r"(?:[\s-]related)?(?:[\s,/]+(?:or|and|[a-z]+[,/]?)){0,3}?\s(?:diseases?|disorders?|illness(?:es)?|failure|"
    r"insufficiency|impairment|dysfunction|conditions?|comorbidit\w+|injury)\b"
)
_SEVERE = (
    r"\b(?:severe|serious|advanced|end-?stage|significant|major|decompensated|life-threatening)\s(?:[a-z-]+,?\s){0,2}?"
)


def _organ(adjectives: str, failed: str) -> _Organ:
    """Give the expressions for a severe disease of an organ and for its failure."""
    plainly = rf"|\b(?:{adjectives})\s(?:failure|insufficiency)\b"
    return _Organ(
        Expression(rf"{_SEVERE}(?:{adjectives}){_ILL}{plainly}", re.I), Expression(rf"\b(?:{failed})\b", re.I)
    )


ORGANS = (
    _organ(
        r"respiratory|pulmonary|lung",
        r"(?:acute |chronic |severe |type \w+ )?respiratory failure|pneumothorax|pneumomediastinum|mediastinal "
        r"emphysema|(?:invasive |mechanical )ventilation|acute respiratory distress syndrome|ARDS",
    ),
    _organ(
        r"renal|kidney|nephrological",
        r"(?:renal|kidney) failure|(?:on|receiving|required|needed|undergoing) (?:haemo|hemo|peritoneal |chronic "
        r"|maintenance )*dialysis|end-stage (?:renal|kidney) disease|ESRD|ESKD",
    ),
    _organ(
        r"cardiac|heart|cardiovascular|cardiological",
        r"(?:congestive |decompensated |acute |severe |advanced )?heart failure|cardiogenic shock|"
        r"NYHA (?:functional )?(?:class )?(?:III|IV|3|4)",
    ),
    _organ(
        r"hepatic|liver",
        r"(?:liver |hepatic )?cirrhosis|(?:hepatic|liver) failure|hepatic encephalopathy|Child-Pugh (?:class )?[BC]",
    ),
)  # fmt: skip
"""Organs: what an exclusion calls a severe disease of one, and what nobody has without such a disease."""

_EXCLUDED = Expression(
    r"\bexclusion criteri(?:a|on)\b|\b(?:were|was) (?:also )?(?:excluded|not eligible|ineligible)\b|"
    r"\bwe excluded\b|\bexcluding (?:patients|those|subjects)|\bcriteria for exclusion\b",
    re.I,
)
_EXCEPT = Expression(
    r"\b(?:other than|except\w*|apart from|unrelated|not (?:related|due|caused)|aside from|besides|besides the)\b"
    r"|\b(?:requiring|needing|within|in the (?:last|past|previous)|history)\b", re.I,
)  # fmt: skip
_AT_ENTRY = Expression(
    r"\b(?:(?:at|of the|on|the) (?:baseline|entry|enrol+ment|inclusion|admission|presentation|start|study entry)|"
    r"baseline|before (?:the )?(?:treatment|therapy|start)|when enrolled|already)\b", re.I,
)  # fmt: skip
_HAD = Expression(
    r"\b(?:had|with|experienced|suffer\w+|presented|owing to|due to|because of|have|were (?:in|on)|was (?:in|on)|"
    r"receiv\w+|severity of|present|noted|found|seen|recorded|diagnosed|in \d+)\b", re.I,
)  # fmt: skip
_OWN = Expression(
    r"\b(?:our|in this study|the present study|the patients?|these patients|this patient|enrolled|we)\b|\d", re.I
)
_NOT = Expression(
    r"\b(?:no|not|none|without|never|neither|nor|free of|absence|risk of|developed|progress\w+|prevent\w+|avoid\w+|"
    r"during (?:follow|the study|treatment)|after|new[- ]onset|history|hospitali[sz]\w+ for|pre-?eclampsia|if|died)\b",
    re.I,
)
"""Near the failure: denied, or later than entry."""
_OTHERS = Expression(
    r"\b(?:exclud\w+|ineligible|incidence|end-?points?|outcomes?|events?|screen\w*|controls?|healthy|et al|"
    r"previous\w*|literature|studies|may|might|could|should|would)\b", re.I,
)  # fmt: skip
NEAR = 60
"""Characters before the failure in which a denial is about it."""
_FAMILY = Expression(r"\b(?:family|events?|during|after|follow-?up|new|outcome|history)\b", re.I)
_COUNTED = Expression(r"\s*(?:n\s?=\s?)?[1-9]\d*(?:\s?[(/]|\s*$)")


def organ_excluded(reading: Reading) -> Iterator[Finding]:
    """Find failure of an organ at entry, in a sentence on the own patients or a table of entry, against the criteria.

    A concern: the criterion may mean another disease of the organ than the one studied, and then should say so. Left
    alone: failure that came later, criteria with an exception, other studies, patients screened.
    """
    for line in lines(reading, ("methods", "body", "abstract")):
        if not _EXCLUDED.search(line.words):
            continue
        for organ in ORGANS:
            match = organ.name.search(line.words)
            if match is None or _EXCEPT.search(line.words[max(0, match.start() - 30) : match.end() + 45]):
                continue
            told = next(chain(_sentences(reading, organ, line), _rows(reading, organ)), None)
            if told is not None:
                failed, spots = told
                yield reading.finding(
                    "ELIGIBILITY_CONTRADICTS", "concern",
                    f"patients had '{failed}', and '{' '.join(match[0].split())}' was an exclusion criterion",
                    "another disease of the organ than the one studied may be meant, or a past one counted",
                    quotes=(line.piece(match), *spots),
                )  # fmt: skip
                return


def _sentences(reading: Reading, organ: _Organ, criterion: Line) -> Iterator[tuple[str, tuple[Spot, ...]]]:
    """Give the failures that sentences tell of patients at entry: the first, with the pieces of all."""
    found = [
        (line, m)
        for line in lines(reading, ("abstract", "results", "body", "discussion"))
        if line.start != criterion.start
        and _AT_ENTRY.search(line.words)
        and (line.role != "discussion" or _OWN.search(line.words))
        for m in [organ.failed.search(line.words)]
        if m
        and _HAD.search(line.words)
        and not _OTHERS.search(line.words)
        and not _NOT.search(line.words[max(0, m.start() - NEAR) : m.end() + NEAR // 2])
    ]
    if found:
        named = dict.fromkeys(" ".join(m[0].split()) for _, m in found)
        yield "' and '".join(named), tuple(line.piece(m) for line, m in found)


def _rows(reading: Reading, organ: _Organ) -> Iterator[tuple[str, tuple[Spot, ...]]]:
    """Give the rows of tables of entry that count patients with the failure."""
    for table in reading.document.tables:
        if not of_entry(table):
            continue
        for row in table.rows:
            if not organ.failed.search(row.label.text) or _FAMILY.search(row.label.text):
                continue
            cell = next((c for c in row.cells if _COUNTED.match(c.text)), None)
            if cell is not None:
                yield row.label.text, ((row.label.start, cell.end),)
