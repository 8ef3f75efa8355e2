"""The gap between the only two values of a sentence, told in any words and any order, in their unit or per cent.

"Before surgery they walked 310 m; six months later 402 m, an improvement of 92 m"; "men lost 7.1 kg and women 5.2 kg,
so that men lost 1.9 kg more"; "0.842 g/cm² at entry, 0.871 at month 24 (change +0.029)"; "+147 mL (1.412 to 1.559 L)".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.told_numbers import Told, told_numbers
from evsynth.checks.scanned.numbers.methods_said import tests
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("DIFFERENCE_TOLD", "RELATIVE_CHANGE")

FAR = 4.0
"""How many times off the gap a number is of something else."""

_GAP = (
    r"(?:differences?|gap|changes?|increase|decrease|reduction|gain|loss|improvement|fall|rise|drop|decline|advantage|"
    r"excess|deficit|saving|shortening|prolongation|benefit|disparity|increment|decrement|margin|"
    r"worsening|deterioration|"
    r"growth|lag|shortfall|surplus|discrepancy|shift)"
)
_BEFORE = Expression(
    rf"(?:\b(?:{_GAP}|Δ)\b(?:(?!\bfrom\b|\bbetween\b[^)]*$)[^;.\d()]){{0,30}}?(?:\bof|\bby|\bwas|\bis|"
    rf"[:=,(])?\s?(?:about |some |just |only |a mean )?|"
    r"\bby\s(?:an? |about |some |just |only |mean |average |of )*|\bdiffered by\s(?:about |some |only )?|"
    r"\b(?:gained|lost|saved)\s(?:an? |about |some |just |only |mean |average |of )*)$", re.I,
)  # fmt: skip
_CLOSED = Expression(
    rf"\b{_GAP}\b.{{0,90}}[)]\s?(?:was|is|being|amounted to|came to|reached|of|thus|therefore)\s(?:thus "
    rf"|therefore |about )?$",
    re.I,
)
"""A noun of a gap with its two values in brackets before its number: "the gap (34.2 and 39.0 years) was 4.8 years"."""
_AFTER = Expression(
    rf"^\s?(?:of |an? |the |in |full |mean )*(?:{_GAP}\b|more\b(?! than \d)|less\b(?! than \d)|fewer\b|"
    rf"apart\b|higher\b|lower\b|longer\b|"
    r"shorter\b|better\b|worse\b|older\b|younger\b|(?:heav|light|tall|fast|slow|earl|wid|narrow|thick|"
    r"thin|warm|cool)i?er\b|"
    r"(?:larg|small|great)er\b|further\b|farther\b|in favou?r\b)", re.I,
)  # fmt: skip
_MODELLED = Expression(
    r"adjust|ANCOVA|covarian|least[- ]squares|\bLS\b|model|weighted|imput|controll|estimat|marginal|"
    r"predicted|standardi|"
    r"geometric|hodges|matched|regress|\bcorrected|pooled|meta-anal|\bmedians?\b|\bIQR\b|quartile|per "
    r"(?:year|month|week|"
    r"day|unit|decade|annum|\d)|/(?:year|yr|month)\b|annual|respectively|minimal|clinically|threshold|"
    r"margin of|non-?inferior|cut-?off|"
    r"range|limits of agreement|bias", re.I,
)  # fmt: skip
_PEAK = Expression(
    r"\b(?:maxim\w+|peak|nadir|up to|target\w*|normal|reference|expected|predicted|limit|required|goal)\b", re.I
)
_OF_START = Expression(
    r"^\s?(?:of|from|against|relative to) (?:the |its |their |his |her )?(?:initial|baseline|original|"
    r"first|starting|former|"
    r"previous|pre-\w+|pretreatment|entry|intake|admission)",
    re.I,
)
_ONE_BY_ONE = Expression(r"\b(?:mean|median|average|individual|relative|excess|typical)\b[^;.\d]{0,25}$", re.I)
_PERCENT_CUE = Expression(
    rf"(?:\b{_GAP}\b[^;.\d()]{{0,25}}?(?:\bof|\bby|[:=,(])\s?(?:about |some |nearly )?|\b(?:or|"
    rf"i\.e\.,?)\s(?:by )?(?:about )?)$",
    re.I,
)
_UNITS: dict[tuple[str, str], float] = {
    ("mL", "L"): 1000,
    ("mg", "g"): 1000,
    ("g", "kg"): 1000,
    ("mm", "cm"): 10,
    ("cm", "m"): 100,
    ("m", "km"): 1000,
}


def pairs_and_gaps(reading: Reading) -> Iterator[Finding]:
    """Check the one gap that a sentence tells beside the only two values of its unit."""
    if tests(reading).adjusted:
        return
    for line in lines(reading, ("abstract", "results", "body")):
        if not re.search(r"\d", line.words) or _MODELLED.search(line.words):
            continue
        numbers = told_numbers(line.words)
        values = [t for t in numbers if t.part in ("value", "count", "fold") and t.part != "fold"]
        if any(t.part in ("sd", "se", "spread", "q1", "least") for t in numbers) and len(values) > 3:
            continue
        claims = [t for t in values if _claims(line.words, t)]
        if len(claims) > 1:
            claims = [t for t in claims if t is values[-1] and _AFTER.match(line.words[t.stop :])] or claims
        beside = list(_bracketed(reading, line, numbers))
        yield from beside
        if len(claims) == 1 and not beside:
            yield from _gap(reading, line, claims[0], [t for t in values if t is not claims[0]])
        for t in numbers:
            if t.unit == "%" and t.part in ("percent", "value"):
                yield from _percent(reading, line, t, values, claims)


def _bracketed(reading: Reading, line: Line, numbers: tuple[Told, ...]) -> Iterator[Finding]:
    """Check "+147 mL (1.412 to 1.559 L)": a change and its two ends, which are no interval around it."""
    for t, one, two in zip(numbers, numbers[1:], numbers[2:], strict=False):
        k = _scale(t, two)
        if (
            k is None
            or t.part not in ("value", "count")
            or one.part != "value"
            or two.part != "value"
            or one.unit not in ("", two.unit)
        ):
            continue
        if not re.fullmatch(r"\s?\((?:i\.e\. |from )*", one.before) or not re.fullmatch(r"\s?to\s", two.before):
            continue
        a, b, own = span(one.printed), span(two.printed), span(t.printed)
        if (
            not re.match(r"\s?[),;]", line.words[two.stop :])
            or a.low <= 0
            or (k == 1 and a.low <= abs(own.middle) <= b.high)
        ):
            continue
        signed = t.printed.text[:1] in "+-"
        if k == 1 and not signed and "from" not in one.before:
            continue
        made = Span(k * (b.low - a.high) - 1e-9, k * (b.high - a.low) + 1e-9)
        if (
            own.meets(made)
            or (own.absolute().meets(made.absolute()) and not signed)
            or not 1 / FAR < abs(own.middle) / (abs(made.middle) or 1) < FAR
        ):
            continue
        yield _finding(
            reading, "DIFFERENCE_TOLD", line, (t, one, two),
            f"a change of {t.printed} is inconsistent with {one.printed} and {two.printed}, which "
            f"differ by {made.middle:.4g}",
        )  # fmt: skip


def _claims(words: str, t: Told) -> bool:
    if t.part == "count" and not (t.unit or t.printed.decimals):
        return False
    back = t.before[-60:]
    if re.match(
        r"\s?(?:or|and) (?:more|less|greater|higher|lower|fewer|longer|better|worse|above|over)\b", words[t.stop :]
    ):
        return False
    if re.search(r"\bfrom\s(?:a mean of )?$|\b(?:to|and)\s$|\bthan\s$", back):
        return False
    signed = t.printed.text[:1] in "+-" and re.search(r"[(\[]\s?$", back)
    return bool(_BEFORE.search(back) or _AFTER.match(words[t.stop :]) or signed or _CLOSED.search(words[: t.start]))


def _scale(claim: Told, other: Told) -> float | None:
    """Give by how much a value is multiplied to stand in the unit of the claim; None where the units are unlike."""
    a, b = claim.unit.rstrip("s"), other.unit.rstrip("s")
    if a == b or not b:
        return 1.0
    if not a or a == "point":
        return 1.0 if not b or b == "point" else None
    return _UNITS.get((claim.unit, other.unit))


def _pair(line: Line, claim: Told, others: list[Told]) -> tuple[Told, Told, float] | None:
    """Give the only two other values of the unit of a claim, in the order told, if they stand as a pair."""
    if not claim.unit and not claim.printed.decimals:
        return None
    like = [t for t in others if t.unit or t.printed.decimals or (t.part == "value")]
    like = [t for t in like if _scale(claim, t) is not None and t.part == "value"]
    if len(like) != 2 or any(
        t.unit and t.unit != like[1].unit and t.unit.rstrip("s") != claim.unit.rstrip("s") for t in like
    ):
        return None
    one, two = like
    if any(re.search(r"\d\s?(?:of|out of|/)\s?(?:the )?$", line.words[: t.start]) for t in like):
        return None  # they are what the counts are of
    if two.stop < claim.start and re.search(
        r"(?:;|(?<!\.e)\.)\s(?!the |a |an |(?:mean |absolute |net )*(?:difference|gap)\b|i\.e|that is|thus|hence)",
        line.words[two.stop : claim.start],
    ):
        return None
    if any(_AFTER.match(line.words[t.stop :]) for t in like):
        return None  # each of them is a gap
    k = _scale(claim, two) or 1.0
    if one.printed.decimals != two.printed.decimals or one.printed.value <= 0 or two.printed.value <= 0:
        return None
    if not one.unit and two.unit and not re.search(r"^\s?(?:to|and|versus|vs\.?|v|or|-|[a-z ,]{3,40})", one.after):
        return None
    between = line.words[one.stop : two.start]
    if (
        (k == 1.0 and abs(claim.printed.decimals - two.printed.decimals) > 1)
        or len(between) > 90
        or _PEAK.search(line.words)
    ):
        return None
    if not re.search(
        r"\b(?:to|and|vs|versus|than|against|compared|later|after|at|in|but|while|whereas|with|of|on)\b|;|,", between
    ):
        return None
    return one, two, k


def _gap(reading: Reading, line: Line, claim: Told, others: list[Told]) -> Iterator[Finding]:
    pair = _pair(line, claim, others)
    if pair is None:
        return
    one, two, k = pair
    a, b, own = span(one.printed), span(two.printed), span(claim.printed)
    made = Span(k * (b.low - a.high) - 1e-9, k * (b.high - a.low) + 1e-9)
    if own.absolute().meets(made.absolute()) and (
        not _sign_told(line.words, one, claim)
        or own.meets(made)
        or (claim.start < one.start and not re.search(r"\bto\b", one.after))
    ):
        return
    size, told = abs(made.middle), abs(own.middle)
    if not 1 / FAR <= (size or 1e-9) / (told or 1e-9) <= FAR or told in (float(one.printed), float(two.printed)):
        return
    ratio = (float(two.printed) / float(one.printed), float(one.printed) / float(two.printed))
    if any(abs(told - r) < 0.02 * r or abs(told - 100 * abs(1 - r)) < 0.6 for r in ratio) and not claim.unit:
        return
    yield _finding(
        reading, "DIFFERENCE_TOLD", line, (claim, one, two),
        f"a difference of {claim.printed} is inconsistent with {one.printed} and {two.printed}, which differ by "
        f"{made.middle:.4g}",
    )  # fmt: skip


def _sign_told(words: str, one: Told, claim: Told) -> bool:
    """Say whether a change is printed with a sign, of a value from one time to the next."""
    if claim.printed.text[:1] not in "+-" and claim.printed.value >= 0:
        return False
    return bool(re.search(r"\bchanges?\b", claim.before[-30:], re.I) or re.search(r"\bto\b", one.after)) and bool(
        re.search(
            r"\bfrom\b|\b(?:at|on) (?:entry|baseline|admission|inclusion|enrol)|\bbefore\b|\bbaseline\b|\binitial",
            words,
        )
        or re.match(r"[^)]{0,12}[(]\s?$", words[claim.stop : one.start])
    )


def _percent(reading: Reading, line: Line, t: Told, values: list[Told], claims: list[Told]) -> Iterator[Finding]:
    """Check a change in per cent beside the only two values it can be of."""
    of_start = _OF_START.match(line.words[t.stop :])
    cue = _PERCENT_CUE.search(t.before[-60:]) and re.search(
        rf"\b{_GAP}\b", line.words[max(0, t.start - 60) : t.stop + 25], re.I
    )
    if not (of_start or cue) or _ONE_BY_ONE.search(t.before[-45:]):
        return
    left = [
        v
        for v in values
        if v not in claims and v is not t and v.part == "value" and v.printed.value > 0 and v.unit != "%"
    ]
    if len(left) != 2 or left[1].stop > t.start or left[0].printed.decimals != left[1].printed.decimals:
        return
    one, two = left
    if (one.unit and one.unit != two.unit) or not two.unit or t.start - two.stop > 80 or two.start - one.stop > 50:
        return
    if not re.search(r"\b(?:to|fell|down|rose|up|then|later|reached)\b", line.words[one.stop : two.start]):
        return
    a, b, own = span(one.printed), span(two.printed), span(t.printed).absolute()
    made = Span(100 * (b.low / a.high - 1), 100 * (b.high / a.low - 1)).absolute()
    if made.low - 0.6 <= own.high and own.low <= made.high + 0.6:
        return
    other = 100 * abs(1 - float(one.printed) / float(two.printed))
    if abs(other - own.middle) < 1 and float(two.printed) > float(one.printed):
        return
    yield _finding(
        reading, "RELATIVE_CHANGE", line, (t, one, two),
        f"a change of {t.printed}% is inconsistent with {one.printed} and {two.printed}, a change of "
        f"{made.middle:.3g}%",
    )  # fmt: skip


def _finding(reading: Reading, code: str, line: Line, quoted: tuple[Told, Told, Told], message: str) -> Finding:
    return reading.finding(
        code, "inconsistent", message,
        "an adjusted difference, or one in fewer patients, may be meant; otherwise one of the three is misprinted",
        quotes=tuple((line.start + t.start, line.start + t.end) for t in quoted),
    )  # fmt: skip
