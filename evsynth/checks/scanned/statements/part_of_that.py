"""'The rate was about two fifths of that in controls' beside a ratio of 0.61: what is left out for what is left."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.effects import effects
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("TIMES_CONTRADICTS",)

_SHARES = {
    "third": 1 / 3, "quarter": 1 / 4, "fifth": 1 / 5, "two thirds": 2 / 3, "three quarters": 3 / 4, "two fifths": 2 / 5,
    "three fifths": 3 / 5, "four fifths": 4 / 5, "tenth": 1 / 10, "three tenths": 3 / 10, "seven tenths": 7 / 10,
}  # fmt: skip
_PART = Expression(
    r"\b(?P<s>(?:(?:a|one)[ -](?:third|quarter|fifth|tenth)|two[ -]thirds|three[ -]quarters|(?:two|three|"
    r"four)[ -]fifths|"
    r"(?:three|seven)[ -]tenths)|(?P<p>\d{1,2}(?:[.·]\d)?)\s?(?:%|per ?cent))\s(?:of (?:that|the (?:rate|"
    r"risk|hazard|odds|"
    r"incidence|frequency|number))|(?:the|that of the) (?:rate|risk|hazard|odds|incidence)|as (?:high|often|likely|"
    r"frequent|common|great|large|many)\w*)\b(?! patients| who)", re.I,
)  # fmt: skip
_BY = Expression(
    r"\b(?:reduced|lowered|cut|fell|decreased|dropped|declined|lower|fewer|less)\b[^.;()]{0,60}?\bby "
    r"(?:about |nearly |almost |roughly |approximately |some |just over |just under )*(?P<s>(?:a|one)[ -](?:third|"
    r"quarter|fifth|tenth)|two[ -]thirds|three[ -]quarters|(?:two|three|four)[ -]fifths)\b(?! of)", re.I,
)  # fmt: skip
_OTHERS = Expression(
    r"\b(?:previous\w*|earlier (?:stud|trial)\w*|et al|literature|meta-analys\w*|dose|other (?:stud|trial)\w*)\b|\[\d",
    re.I,
)  # fmt: skip
_PAIR = Expression(
    r"(?<![\w.,·-])(?=(?P<a>\d+(?:[.·]\d+)?)[^.;\d]{0,60}?\b(?:and|vs?|versus|against|than|with)\b[^.;\d]{0,40}?\s"
    r"\(?(?P<b>\d+(?:[.·]\d+)?)(?![\d.·]\d))"
)
NEAR = 0.05
"""What a share in words may be off."""


def part_of_that(reading: Reading) -> Iterator[Finding]:
    """Find a share of the rate of the other group that no ratio of the paper gives, but is what one leaves to 1.

    Also "by two thirds" beside a ratio of 0.64. Left alone: halves, other studies, shares that the inverse of a ratio,
    or two rates or percentages of the paper, give.
    """
    ratios: list[tuple[float, Spot]] | None = None
    for line in lines(reading, ("abstract", "results", "body", "discussion", "conclusion")):
        if _OTHERS.search(line.words):
            continue
        for match in (*_PART.finditer(line.words), *_BY.finditer(line.words)):
            share = _share(match)
            left = 1 - share if _BY.gave(match) else share
            if share is None or abs(share - 0.5) < 0.09:
                continue
            if ratios is None:
                ratios = _ratios(reading)
            if any(abs(r - left) <= NEAR or abs(1 / r - left) <= NEAR for r, _ in ratios if r > 0):
                continue
            turned = [(r, s) for r, s in ratios if abs(1 - r - left) <= 0.8 * NEAR]
            if turned and not _shares(reading, left):
                yield reading.finding(
                    "TIMES_CONTRADICTS", "inconsistent",
                    f"'{' '.join(match[0].split())}' is inconsistent with a ratio of {turned[0][0]:g}",
                    "what is left, and what is less, may have been exchanged", quotes=(line.piece(match), turned[0][1]),
                    computed=(("ratio that the words give", f"{left:.3g}"),),
                )  # fmt: skip


def _share(match: re.Match[str]) -> float:
    groups = match.groupdict()
    if groups.get("p"):
        return float(groups["p"].replace("·", ".")) / 100
    words = re.sub(r"^(?:a|one)[ -]", "", match["s"].lower().replace("-", " "))
    return _SHARES[words]


def _ratios(reading: Reading) -> list[tuple[float, Spot]]:
    return [
        (float(e.value), e.spot)
        for line in lines(reading, ("abstract", "results", "body"))
        for e in effects(line) if e.kind == "ratio" and e.value is not None and float(e.value) < 1.0
    ]  # fmt: skip


def _shares(reading: Reading, left: float) -> bool:
    """Say whether two percentages or rates of one sentence have that ratio."""
    for line in lines(reading, ("abstract", "results", "body")):
        for m in _PAIR.finditer(line.words):
            one, two = float(m["a"].replace("·", ".")), float(m["b"].replace("·", "."))
            if min(one, two) > 0 and abs(min(one, two) / max(one, two) - left) <= 0.03:
                return True
    return False
