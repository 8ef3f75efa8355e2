"""Ages printed in the results against the age limits for taking part."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.calendar.age_limits import MONTHS, NUMBER, UNIT, Limits, age_limits
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.statements.eligibility import eligibility
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("ELIGIBILITY_CONTRADICTS",)

_ONE = Expression(
    rf"\b(?P<which>oldest|youngest|eldest)(?:(?: (?:\w+)){{0,3}}? (?:was|being|were|aged|had)\s*(?:aged |"
    rf"only )?|[,:]?\s)(?P<high>{NUMBER})"
    rf"{UNIT.format('unit')}?", re.I,
)  # fmt: skip
_RANGE = Expression(
    rf"\b(?P<said>range[ds]?|ranging|varied|min(?:imum)?[- ]?(?:to|-|/)[- ]?max(?:imum)?|extremes|between|from|were|"
    rf"was|of)[:,]?\s?"
    rf"(?:of |from |was |between |being )?(?P<low>{NUMBER}){UNIT.format('first')}?\s?(?:-|to|and|"
    rf"through)\s?(?P<high>{NUMBER})(?!\s?%|\d|\.\d)"
    rf"{UNIT.format('unit')}?(?P<old>\s?(?:old|of age))?", re.I,
)  # fmt: skip
_BARE = Expression(
    rf"\b(?:median|mean|average) age(?:\s(?:was|of|being))?[,:]?\s?{NUMBER}(?:\s?(?:years|yrs?|y)\b)?\s?[,;(\[]\s?"
    rf"(?P<low>{NUMBER})-(?P<high>{NUMBER})(?![\d%.])(?!\s?%){UNIT.format('unit')}?", re.I,
)  # fmt: skip
"""Two numbers after a median age: its range, or its quartiles, which must keep the limits as well."""
_AGED = Expression(
    rf"\b(?:patients|participants|cases|they|individuals|people|persons|subjects|volunteers|women|men|adults|children)"
    rf"(?:\s\([^()]{{1,30}}\))?\s(?:were|was)\s(?:all )?(?:aged|between|from)\s(?:between |from )?"
    rf"(?P<low>{NUMBER}){UNIT.format('first')}?\s?(?:-|to|and)\s?(?P<high>{NUMBER})(?!\s?%|\d|\.\d)"
    rf"{UNIT.format('unit')}(?P<old>\s?(?:old|of age))?", re.I,
)  # fmt: skip
"""Ages of all: "the 120 participants were aged 7 to 81 years"."""
_IN_UNITS = Expression(rf"{NUMBER}{UNIT.format('unit')}", re.I)
_CENTRE_IN_UNITS = Expression(
    rf"\bage[ds]?(?:\s(?:was|of|being|were))?[\s,:=(]{{1,2}}{NUMBER}(?:\s?[±(]\s?(?:SD\s?)?{NUMBER}\s?\)?)?"
    rf"{UNIT.format('unit')}\b[^.()\[\]a-z]{{0,3}}(?:[(\[][^()\[\]]{{0,40}}|,\s)$", re.I,
)  # fmt: skip
_AGE = Expression(r"\b(?:age[ds]?|years old|years of age)\b", re.I)
_ELSE = Expression(
    r"\b(?:at (?:first |the time of )?(?:diagnosis|onset|surgery|death|menarche|menopause|follow)|onset|controls?|"
    r"donors?|mothers?|(?:by|at) the (?:final|last|end)|"
    r"fathers?|parents?|maternal|paternal|caregivers?|husbands?|wives|spouses?|partners?|relatives|siblings?|"
    r"clinicians?|staff|"
    r"nurses|physicians|excluded|not eligible|ineligible|protocol (?:violation|deviation)s?|eligib\w+|inclusion|"
    r"criteria|gestational|subgroup|respectively|(?:last|end of) follow|duration|disease|symptoms?|score|waist|weeks|"
    r"days|"
    r"BMI|body mass|follow-?up|survival|stay|dose|height|weight|pressure|diagnosed|time|scales?|index|questionnaire|"
    r"inventory|rating|titres?|titers?)\b|[(\[]\s?[A-Z][\w-]*[A-Z][\w-]*\s?[,;:]\s?$", re.I,
)  # fmt: skip
_OTHERS = Expression(
    r"\b(?:mothers?|fathers?|parents?|caregivers?|husbands?|wives|donors?|siblings?|clinicians?|nurses|physicians|"
    r"excluded|"
    r"ineligible|controls?)\b", re.I,
)  # fmt: skip
_QUARTILES = Expression(r"\b(?:inter-?\s?quartile|IQR|quartiles?|percentiles?|P25|CI|interval|tertiles?)\W*$", re.I)
_ANOTHER = Expression(r"\d.*\b(?:median|mean|average)\b|\brang\w+\W+\d.*[)\]]", re.I | re.S)
"""After the age and its value: the centre of another variable, or a range that was the one of age."""
_CITED = Expression(
    r"\[[0-9,-]+\]|\bet al\b|\bstud(?:y|ies) (?:of|by|in|from)\b|\bmeta-|\bprevious\b|\bearlier\b", re.I
)
_NAMED = Expression(
    r"\b(?:median|mean|average|overall|their|whose|patients'|the)?\s?age[ds]?\b|\byears (?:old|of age)\b", re.I
)


def ages(reading: Reading) -> Iterator[Finding]:
    """Compare printed ranges of age, and the oldest and the youngest, with the limits in the methods.

    Left alone: ages of controls, of parents, at onset, at diagnosis or at another time, quartiles, and what
    `eligibility` finds.
    """
    told = age_limits(reading)
    if told is None:
        return
    known = [(q.start, q.end) for f in eligibility(reading) for q in f.quotes]
    for line in lines(reading, ("abstract", "results", "body")):
        if (not _AGE.search(line.words) and "est" not in line.words) or _CITED.search(line.words):
            continue
        if re.search(r"\b(?:re-?examined|re-?assessed|re-?visited|re-?invited|years later)\b", line.words, re.I):
            continue  # ages long after the patients entered
        aged = _AGED.finditer(line.words)
        for match in (*_ONE.finditer(line.words), *_RANGE.finditer(line.words), *_BARE.finditer(line.words), *aged):
            start, end = line.piece(match)
            if (start < told.spot[1] and told.spot[0] < end) or not _of_age(line, match):
                continue
            wrong = _outside(match, told, _unit_before(line.words[: match.start()], one=_ONE.gave(match)))
            if wrong and not any((s or 0) < end and start < (e or 0) for s, e in known):
                yield reading.finding(
                    "ELIGIBILITY_CONTRADICTS", "inconsistent",
                    f"age {wrong} ('{' '.join(match[0].split())}') is inconsistent with the limits of the paper "
                    f"('{told.text}')",
                    "the limit may hold for another part of the study, or age at another time may be printed",
                    quotes=((start, end), told.spot),
                )  # fmt: skip
                return


def _of_age(line: Line, match: re.Match[str]) -> bool:
    """Say whether a range is one of the patients' ages: the last variable named before it is age."""
    if not _RANGE.gave(match):  # one age, a bare one, or that of all who were "aged"
        return not _ELSE.search(_clause(line.words, match)) and not _OTHERS.search(line.words[: match.start()])
    before = line.words[max(0, match.start() - 110) : match.start()]
    before = re.split(r"\.\s", before)[-1]
    said = match["said"].lower()
    if _QUARTILES.search(before) or re.search(
        r"\b(?:by|until|at|reached) (?:the |an )?ages? (?:of "
        r")?$",
        before + said + " ",
    ):
        return False
    named = list(_NAMED.finditer(before))
    near = before[named[-1].end() :] if named else ""
    plain = said in ("between", "from", "were", "was", "of")
    if (
        plain
        and not match["old"]
        and not (
            named
            and re.fullmatch(
                r"(?:\s(?:of|in|among|for|at) (?:the |all )?(?:[a-z]+\s?){1,3}?)?(?:\s?(?:ranged|ranging|varied|range|"
                r"was|"
                r"were|between|from|years|:))*\s*",
                near,
                re.I,
            )
        )
    ):
        return False
    if not match["old"] and (
        not named or _ELSE.search(near) or re.search(r"[;)]\s*(?:[a-z]+\s){1,}[^(;]*$", near.rstrip(" ("))
    ):
        return False
    if not match["old"] and _ANOTHER.search(near):
        return False
    return not _ELSE.search(
        re.split(r"[;,(]", before[: named[-1].start()] if named else before)[-1]
    ) and not _ELSE.search(near)


def _unit_before(words: str, *, one: bool) -> str | None:
    """Give the unit of the age told just before, in the same sentence: "3.1 months (...; oldest 11.6)".

    That of a range is told with the centre, right after the word: "age of 4.2 months (range 0.4-14.8)".
    """
    if not one:
        match = _CENTRE_IN_UNITS.search(words)
        return match["unit"] if match else None
    found = list(_IN_UNITS.finditer(words[-90:]))
    return found[-1]["unit"] if found and _AGE.search(words) and not _ELSE.search(words) else None


def _outside(match: re.Match[str], told: Limits, before: str | None) -> str:
    """Give the printed age that the limits exclude, or nothing; `before` is the unit where the match has none."""
    own = match["unit"] or before
    unit = own or "years"
    factor = MONTHS[unit[0].lower()]
    high = float(match["high"])
    if _ONE.gave(match):
        low, check = high, "youngest" if match["which"].lower() == "youngest" else "oldest"
    else:
        low, check = float(match["low"]), "both"
        if low >= high:
            return ""
    if high > 115 and factor == 12:
        return ""
    if own is None and min(told.least or 99, told.beyond or 99) < 36:
        return ""  # limits in months, and a number that may be in months too
    first = (
        MONTHS[match["first"][0].lower()]
        if not _ONE.gave(match) and not _BARE.gave(match) and match["first"]
        else factor
    )
    if told.least is not None and check != "oldest" and (low + 0.5) * first < told.least:
        return f"{low:g}"
    if told.beyond is not None and check != "youngest" and high * factor >= told.beyond:
        return f"{high:g}"
    return ""


def _clause(words: str, match: re.Match[str]) -> str:
    """Give the clause round a match: to the next semicolon on either side."""
    start = max((m.end() for m in re.finditer(r";", words[: match.start()])), default=0)
    end = re.search(r";", words[match.end() :])
    return words[start : match.end() + end.start()] if end else words[start:]
