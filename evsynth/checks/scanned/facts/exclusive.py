"""Whether the parts of a list exclude each other and are all of its total, by what they are called."""

from __future__ import annotations

import re

from evsynth.checks.scanned.facts.lists import Entry, Tally
from evsynth.text.expressions import Expression

OUT = Expression(
    r"\b(?:exclu\w+|withdr\w+|lost|loss\b|losses|drop(?:ped|s)?[- ]?outs?|discontinu\w+|declin\w+|refus\w+|"
    r"ineligib\w+|"
    r"stopped|left the|had left|left (?:early|before)|removed|discarded|rejected|failed|failures?|died|deaths?|"
    r"fatalit\w+|missing|unavailable|disqualif\w+|(?:not|never|neither|nor) (?:\w+ ){0,2}?\w+|(?:did|had|was|were|"
    r"could) (?:not|no)\b|"
    r"(?:had|was|were) none|unable|interrupted|terminat\w+|quit|moved away|censored|convert\w+|crossed over|"
    r"switched)",
    re.I,
)  # fmt: skip
_ARM = Expression(
    r"^\s*(?:(?:patients?|men|women|children|infants|cases|participants|people|deaths?|events?|were|was|occurred|"
    r"died)\s)*"
    r"(?:in|to|with|without|on|from|of|after|under|following|given|receiving|assigned to|allocated to|"
    r"randomi[sz]ed to|"
    r"taking|treated with)\b", re.I,
)  # fmt: skip
_GROUP = Expression(
    r"\b(?:groups?|arms?|placebo|controls?|without|drug|usual care|sham|standard|conventional|former|latter|first|"
    r"second|cohort|period|phase|intervention|comparator|device|medical (?:therapy|treatment)|surgery|"
    r"experimental|active|survivors?|cases)\b", re.I,
)  # fmt: skip
_GIVEN = Expression(r"\s*(?:[a-z]+\s){0,2}?(?:to|receiving|assigned|allocated|randomi[sz]ed|given|from)\b", re.I)
SEXES = Expression(r"\b(?:women|woman|men|man|males?|females?|boys?|girls?)\b", re.I)
_REST = Expression(
    r"\b(?:others?|the (?:rest|remaining|remainder)|unknown|miscellaneous|not (?:stated|known|recorded|specified|"
    r"reported)|"
    r"unspecified|undetermined|other reasons?|no reason|unclassified|unclear)\b", re.I,
)  # fmt: skip
_SCALES = (
    r"severe\w*|moderate\w*|"
    r"mild\w*", r"deficien\w+|insufficien\w+|sufficien\w+", r"low risk|some concerns|high risk|unclear",
    r"underweight|normal|overweight|obes\w+", r"never|former\w*|ex-?\s?smok\w+|current\w*|non-?smok\w+|"
    r"smokers?", r"good|fair|poor|excellent",
    r"stages? (?:I{1,3}V?|IV|\d)|grades? (?:I{1,3}|IV|\d)", r"right|left|bilateral\w*",
    r"single|married|divorced|widowed", r"improved|unchanged|worse\w*|deteriorated", r"urban|rural|towns?|"
    r"countryside",
)  # fmt: skip
LOOSE = Expression(
    r"\b(?:more than one|several|multiple(?! (?:pregnan|birth|gestation|sclerosis|myeloma))|"
    r"overlapp\w+|includ(?:ing|es?)\b|(?<!were )(?<!was )(?<!not )(?<!be )included\b|"
    r"mainly|mostly|chiefly|e\.g|such as|"
    r"most (?:often|commonly|frequent\w*|common)|main|common(?:ly|est)?|at least|also|median|mean|range|IQR|either|"
    r"respectively|per\b(?! protocol)|whom|which|concomitant\w*|and/or|approximately|about|nearly|could have|"
    r"predominant\w*|especially|particularly|combin\w+|additional\w*|another \d|further|ratio|other than|up to|"
    r"not mutually|for example|in addition|among (?:others|them)|as well|alone|twice|each|times|old)\b",
    re.I,
)
_EVENTS = Expression(r"\b(?:eyes|episodes|events?|lesions|samples|some|both|versus|vs|complications?|"
                     r"symptoms?)\b", re.I)  # fmt: skip
_BARE = Expression(r"(?:and|\+|plus|v|vs\.?|versus)\|[).;]*")
"""What joins the two sizes of "78 patients (45 and 33)", and nothing else."""
_REASON = Expression(r"^\s*(?:for|because|due to|owing to|on account|as|since|by)\b", re.I)
_SINGLE = Expression(
    r"\b(?:deaths?|died|fatalit\w+|excluded|exclusions?|withdr\w+|drop-?outs?|not (?:randomi[sz]ed|included|enrol+ed)|"
    r"ineligible|declined|refus\w+|lost to follow-?up|discontinu\w+)\b", re.I,
)  # fmt: skip
"""What happens to a patient once, for one cause that is counted."""
_DUE = Expression(
    r"\s(?:(?:patients?|of them|were|was|had|died|occurred|resulted|followed)\s)*(?:due to|because of|owing to|"
    r"attribut\w+ to|ascribed to|caused by|to|from|of|by)\b", re.I,
)  # fmt: skip
_THE_REST = Expression(
    r"\b(?:others?|(?:an)?other\s(?:[a-z]+\s)?(?:causes?|reasons?|kinds?|types?|sources?)|"
    r"(?:causes?|reasons?) (?:that |which )?(?:(?:was|were|is|are|remained) )?(?:un|not )(?:known|clear|recorded|"
    r"stated|specified|determined|established|given)|"
    r"unknown|undetermined|unspecified|no (?:known |stated )?(?:cause|reason)|miscellaneous\s[a-z]+)\W*$", re.I,
)  # fmt: skip
_OTHER = Expression(r"\b(?:an)?other\s[a-z]+(?:\s[a-z]+)?\W*$", re.I)
_WHO = Expression(r"\b(?:patients?|women|men|children|infants|adults|people|participants|subjects|cases)\b", re.I)


def exclude_each_other(head: str, tally: Tally, mark: str, total: Entry) -> bool:
    """Say whether the parts of a list exclude each other and are all of the total, by what they are called."""
    texts = [*tally.gaps, re.split(r"[.;,)]", tally.tail)[0] if tally.parts[0].bracketed else tally.tail]
    joined = " | ".join(texts)
    if LOOSE.search(head) or LOOSE.search(joined) or re.search(r"\b(?:of|among)\s*$", head):
        return False
    bracketed = tally.parts[0].bracketed
    if mark in ("in", "at", "from", "were", "was", "with") and not bracketed:
        return False
    if not OUT.search(head) and (_EVENTS.search(head) or _EVENTS.search(joined)):
        return False
    last = bracketed or (not texts[-1].strip(" .)") and bool(texts[0].strip()))
    labels = texts[:-1] if last else texts[1:]
    labels = [re.split(r"[.;)]", x)[0] for x in labels]
    over = tally.sum - total.value
    if over > max(4, 0.5 * total.value) or -over > max(2, 0.2 * total.value):
        return False
    if any(p.value >= total.value for p in tally.parts):
        return False
    closed = mark in ("(", "[", ":", "-", "–", "—")
    if mark in (";", ",") and (
        not all(_ARM.match(x) or _REASON.match(x) or SEXES.match(x.strip()) for x in labels)
        or _is_one_of_them(head, labels, total, tally)
    ):
        return False
    if OUT.search(head) and (closed or mark not in ("by",)):
        return True
    if mark in ("(", "[") and _BARE.fullmatch("|".join(x.strip() for x in texts[1:])):
        return _WHO.search(head) is not None and abs(over) <= max(2, 0.1 * total.value)
    arms = all(_ARM.match(x) for x in labels) and (
        any(_GROUP.search(x) for x in labels) or all(_GIVEN.match(x) for x in labels)
    )
    return (
        arms
        or all(SEXES.search(x) for x in labels)
        or any(sum(bool(re.search(rf"\b(?:{scale})\b", x, re.I)) for x in labels) == len(labels) for scale in _SCALES)
        or (
            closed
            and len(labels) > 2
            and _REST.search(labels[-1]) is not None
            and not (over > 0 and _WHO.search(head) and any(re.search(r"\b[A-Z][a-z]+", x) for x in labels))
        )
        or (_sized(tally) and abs(over) <= max(2, 0.05 * total.value))
        or (
            (closed or bracketed)
            and all(re.search(r"\b(?:the )?[A-Z][a-z]+\s*(?:,|and|\()?\s*$", x.strip(" ,")) for x in labels)
        )
    )


def shared_out(head: str, tally: Tally, total: Entry) -> bool:
    """Say whether the parts told "of the 78 deaths" are all of them: each is of one kind, and the last is the rest.

    Deaths with a cause each are not more than all, even where no part is called the rest.
    """
    joined = " | ".join((*tally.gaps[1:], tally.tail))
    over = tally.sum - total.value
    if LOOSE.search(f"{head} | {joined}") or "%" in head or any(p.value >= total.value for p in tally.parts):
        return False
    if len(tally.parts) < 3 or over > max(4, 0.2 * total.value) or -over > max(2, 0.2 * total.value):
        return False
    single = _SINGLE.search(head) is not None
    if over > 0 and not single:
        return False
    if single and over > 0 and all(_DUE.match(x) for x in (*tally.gaps[1:], tally.tail)):
        return True
    last = re.split(r"[.;(]|,\s(?!and\b)", tally.tail)[0]
    due = all(_DUE.match(x) for x in (*tally.gaps[1:], last))
    return _THE_REST.search(last) is not None or (due and _OTHER.search(last) is not None)


def _sized(tally: Tally) -> bool:
    """Say whether the parts are groups with their sizes: "the drug (n = 60) or placebo (n = 58)"."""
    return len(tally.parts) < 5 and all(p.bracketed and p.sized for p in tally.parts)


def _is_one_of_them(head: str, labels: list[str], total: Entry, tally: Tally) -> bool:
    """Say whether the number before a list reads as its first item: "12 with A, 9 with B and 4 with C"."""
    if total.bracketed or _ARM.match(head):
        return True
    if total.percent is not None and all(p.percent is not None for p in tally.parts):
        return True
    prepositions = {m[0].strip().split()[-1].lower() for x in labels if (m := _ARM.match(x))}
    return any(re.search(rf"\b{p}\b", head, re.I) for p in prepositions)
