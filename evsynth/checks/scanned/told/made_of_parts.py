"""A number and the list of what it is made of: "twelve studies were eligible: nine trials and five cohorts"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from evsynth.checks.scanned.facts.divided_words import LAST, ORDINALS, REST, SCALE, SEX
from evsynth.checks.scanned.facts.exclusive import OUT
from evsynth.checks.scanned.facts.marked import marked, spot
from evsynth.checks.scanned.facts.slips import mended_by_digit, mended_by_swap
from evsynth.checks.scanned.facts.whole_and_parts import Division, divisions
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("FLOW", "GROUPS")

_SEVERAL = Expression(
    r"\b(?:more than one|several|multiple(?! (?:pregnan|birth|gestation|sclerosis|myeloma))|"
    r"overlap(?!ping (?:cohorts?|data|samples?|populations?|public\w+|reports?))\w*|both|either|also|mainly|"
    r"mostly|chiefly|e\.g|"
    r"such as|at least|median|mean|range|IQR|SD|respectively|per|each|approximately|nearly|combin\w+|further|"
    r"additional\w*|"
    r"most (?:often|common\w*|frequent\w*)|includ\w+|up to|not mutually|for example|among (?:them|others)|as "
    r"well|alone|times|"
    r"of (?:whom|which|these|them)|one or more|some|concomitant\w*|with or without|and/or|could have|versus|vs|"
    r"crossed over|baseline)\b",
    re.I,
)
_NEIGHBOUR = Expression(
    r"\b(?:more than one|several (?:reasons|causes|patients|had)|not mutually|multiple (?:reasons|answers|"
    r"responses)|overlapp(?:ed|ing)\b"
    r"(?! (?:data|cohorts?|samples?))|both (?:groups|sites|reasons))\b", re.I,
)  # fmt: skip
_UNITS = Expression(
    r"^ (?:[a-z-]+ ){0,3}?(?:studies|trials|articles|papers|reports|publications|records|RCTs|reviews|interviews|"
    r"focus groups|"
    r"births|deliveries|deaths|fatalities|infants|newborns|pregnancies|operations|procedures|admissions|births|"
    r"questionnaires|"
    r"responders|randomi[sz]ed|dropouts?|drop-outs|withdrawals|exclusions|losses|interviewees|dyads|pairs)\b", re.I,
)  # fmt: skip
_DESIGN = Expression(
    r"\b(?:trials?|RCTs?|cohorts?|case[- ](?:control|series|reports?)|cross[- ]sectional|observational|"
    r"qualitative|quantitative|"
    r"prospective|retrospective|randomi[sz]ed|quasi\w*|before-and-after|reviews?|surveys?|with \w+|in \w+|from "
    r"\w+|live|still\w*|"
    r"boys|girls|caesarean|vaginal|open|laparoscopic|abstracts?|full|English|Chinese)\b", re.I,
)  # fmt: skip
_MEASURED = Expression(
    r"\b(?:reported|assessed|examined|evaluated|used|measured|provided|compared|investigated|addressed|focus\w*)\b",
    re.I,
)
_OTHER_UNIT = Expression(
    r"^(?:studies|study|trials?|RCTs?|participants|patients|eyes|samples|times|centres|sites|events|comparisons|"
    r"points|items|days|"
    r"weeks|months|years|person)\b(?!(?: \w+){0,2} (?:in|with|without|from|to|on|allocated|assigned|received|"
    r"given)\b)", re.I,
)  # fmt: skip
_FEATURES = Expression(
    r"\b(?:symptoms?|adverse|complications?|comorbid\w*|antibod\w+|mutations?|manifestations?|organs?|involve\w*|"
    r"features?|anomal\w+|"
    r"abnormalit\w+|events?|lesions|episodes|risk factors|signs|findings|underwent|outcomes|variables|items|"
    r"factors|genes|measures)\b",
    re.I,
)
_ARM = Expression(
    r"^(?:patients |participants |women |men |children |people |subjects |were |was )*(to|in|with|on|without|"
    r"from|received|given|at|by|for|after)\b",
    re.I,
)


def made_of_parts(reading: Reading) -> Iterator[Finding]:
    """Add up lists that a colon, a bracket or "comprising" opens, or "in all" closes, and compare with their number.

    Found: kinds that exclude each other, or a sum that one misprint mends. Left alone: lists whose parts overlap.
    """
    every = list(lines(reading, ("abstract", "methods", "results", "body")))
    for place, line in enumerate(every):
        told = divisions(line.words)
        if not told or any(_NEIGHBOUR.search(x.words) for x in every[place : place + 2]):
            continue
        counts = [n.whole for n in marked(line.words).numbers if n.kind == "c"]
        near = {n.whole for x in every[max(0, place - 1) : place + 2] for n in marked(x.words).numbers if n.kind == "c"}
        fits = {(d.whole.start, d.opener) for d in told if sum(p.value for p in d.parts) == d.whole.whole}
        for division in told:
            if (division.whole.start, division.opener) not in fits and _misses(division, counts, near, line.words):
                yield _finding(reading, line, division)
                break


def _misses(division: Division, counts: list[int], near: set[int], words: str) -> bool:
    """Say whether a list is meant to be all of its number and is not."""
    values, total = [p.value for p in division.parts], division.whole.whole
    made, over = sum(values), sum(values) - total
    labels = [p.label for p in division.parts]
    joined = " | ".join(labels)
    if not over or total < 3 or not all(values) or division.opener in ("comma", "whom") or not division.ended:
        return False
    if (
        _SEVERAL.search(f"{joined} | {division.head}")
        or (division.opener != "behind" and any(_OTHER_UNIT.match(x) for x in labels))
        or len(values) > 9
    ):
        return False
    if made in near or abs(over) in near - {total, *values} or max(values) > 20 * total:
        return False
    if any(sum(some) == total for k in range(2, len(values)) for some in combinations(values, k)):
        return False
    slip = mended_by_swap(values, total) or (over % 10 == 0 and mended_by_digit(values, total))
    features = _FEATURES.search(f"{division.head} | {joined}") is not None
    units = _UNITS.match(division.noun) is not None and not _MEASURED.search(f"{division.head} {joined}")
    kinds = _kinds(labels)
    out = OUT.search(division.head) is not None
    if (
        division.opener != "behind"
        and not units
        and len(values) > 2
        and any(
            sum(some) == v
            for i, v in enumerate(values)
            for k in (2, 3)
            for some in combinations(values[:i] + values[i + 1 :], k)
        )
    ):
        return False  # a part of parts
    if division.opener == "behind":
        return -0.5 * total <= over <= 0.5 * total and not features and (slip or kinds or len(values) > 2)
    if division.opener == "incl" and not units:
        return False
    if slip:
        return not features or kinds or out
    if out:
        return 0 < over <= 0.6 * total
    design = sum(_DESIGN.search(x) is not None for x in labels) >= len(labels) - 1
    if not (units and design) and not kinds:
        return False
    return (0 < over <= 0.6 * total or -0.15 * total <= over < -1) and not features


def _kinds(labels: list[str]) -> bool:
    """Say whether what is counted are kinds that exclude each other, all of them: sexes, arms, levels of a scale."""
    for pattern in (SEX, ORDINALS, SCALE):
        if all(pattern.search(x) for x in labels):
            return True
    arms = [_ARM.match(x) for x in labels]
    alike = len({m[1].lower() for m in arms if m}) == 1 and all(arms)
    return (
        alike and all(re.search(r"\b(?:group|arm|placebo|control|level|cohort|dose)", x, re.I) for x in labels)
    ) or (len(labels) > 2 and (REST.search(labels[-1]) or LAST.search(labels[-1])) is not None)


def _finding(reading: Reading, line: Line, division: Division) -> Finding:
    made = sum(p.value for p in division.parts)
    shown = " + ".join(str(p.value) for p in division.parts)
    numbers = [p.number for p in division.parts]
    return reading.finding(
        "FLOW" if OUT.search(division.head) else "GROUPS", "inconsistent",
        f"the parts, {shown} = {made}, are inconsistent with {division.whole.printed}",
        "a part may not be told, or one may belong to several; otherwise a digit is misprinted",
        quotes=(spot(line, division.whole, *numbers), spot(line, division.whole), *(spot(line, n) for n in numbers)),
        computed=(("sum", str(made)),),
    )  # fmt: skip
