"""A cumulative dose, time or cost against the single one and the numbers of times told with it, in any order.

"Prednisolone 40 mg once daily for 14 days (cumulative dose 560 mg)"; "48 visits at $85, in all $4,080". A total that is
none of the products, and a slip of the pen away from one, is a misprint.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.counts import WORD, value
from evsynth.checks.scanned.facts.products import products, slipped
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.text.expressions import Expression

CODES = ("TIMES_DIFFER",)

_N = r"\d+(?:,\d{3})*(?:\.\d+)?"
_UNITS = (
    r"mg|µg|mcg|g|IU|units?|mL|ml|L|c?Gy|min(?:utes?)?|h(?:ours?)?|sessions?|injections?|doses|tablets|kcal|"
    r"kJ|mmol"
)
_MONEY = r"(?:US|AU|CA|NZ)?[$£€¥]"
_AMOUNT = Expression(
    rf"(?<![\w.,/$£€¥-])(?:(?P<cur>{_MONEY})\s?(?P<m>{_N})(?![\w.%])|(?P<n>{_N}|{WORD})[\s-]?(?P<u>{_UNITS})(?![\w²³])"
    r"(?P<rate>\s?/\s?(?:kg|m2|m²|m[lL]|[dL]L?|h)\b|\sper\s(?:kg|m2|m²|kilogram)\b)?)", re.I,
)  # fmt: skip
_TOTAL_BEFORE = Expression(
    r"\b(?:total(?:s|ling|led|ing|ed)?|cumulative|altogether|in all|in total|overall|amount(?:s|ed|ing)? to|"
    r"summing to|"
    r"sum of)\b[^.;\d()]{0,45}$", re.I,
)  # fmt: skip
_TOTAL_AFTER = Expression(r"^[^.;\d()]{0,25}\b(?:in total|in all|altogether|total|overall|cumulatively)\b", re.I)
_OFTEN = Expression(
    r"\b(?P<w>once|twice|thrice|(?:two|three|four|five|six) times|(?P<q>every|q)\s?(?P<h>\d+)\s?(?:h|hours?|-?hourly)|"
    r"(?P<k>\d) times|[bB]\.?[iI]\.?[dD]|[tT]\.?[iI]\.?[dD]|[qQ]\.?[iI]\.?[dD])\b"
)
_TIMES = Expression(
    rf"(?<![\w.,/$£€¥-])(?:[x×]\s?)?(?P<n>\d{{1,4}}|{WORD})(?:[\s-](?:[a-z-]+[\s-]){{0,3}}?(?P<of>days?|weeks?|"
    rf"months?|"
    r"doses|cycles?|courses?|sessions?|injections?|fractions?|infusions?|visits?|applications?|times|tablets?|"
    r"capsules?|"
    r"participants|patients|women|children|nights?|appointments?|meetings?|classes|lessons|vials?|weeks of "
    r"treatment|sites?|puffs|"
    r"treatments?|consultations?|units|nurses|interviews?|shifts?|people|persons|households|groups|samples))\b", re.I,
)  # fmt: skip
_LOOSE = Expression(
    r"\b(?:up to|at least|about|maxim\w+|titrat\w*|increas\w*|taper(?:ed|ing)|median|mean|average|boost|loading|"
    r"approximately|or|ranging|range|until|as needed|reduc\w*|followed by|then|escalat\w*|bolus|plus|"
    r"adjust\w*|minimum|initial\w*|divided|per kg|versus|vs|compared)\b|[≥≤~±]", re.I
)  # fmt: skip
_NAMED = {"once": 1, "twice": 2, "thrice": 3, "two times": 2, "three times": 3, "four times": 4, "bid": 2, "tid": 3,
          "qid": 4, "five times": 5, "six times": 6}  # fmt: skip
_SCALES = (1.0, 7.0, 1 / 7, 1000.0, 0.001, 1 / 60, 60.0, 4.0, 30.0, 5.0)
"""Days in a week, grams and milligrams, minutes and hours, weeks and days in a month, days of work in a week."""


def course_totals(reading: Reading) -> Iterator[Finding]:
    """Compare each total of a sentence with the single amounts and the numbers of times told in it.

    Left alone: doses that change, means, and sentences with more than one total or three single amounts.
    """
    for line in lines(reading, ("abstract", "methods", "results", "body")):
        if re.search(r"\b(?:total|cumulative|altogether|in all|overall|amount)", line.words, re.I):
            yield from _of_sentence(reading, line)


def _of_sentence(reading: Reading, line: Line) -> Iterator[Finding]:
    words = line.words
    amounts = [m for m in _AMOUNT.finditer(words) if not m["rate"]]
    totals = [m for m in amounts if _is_total(words, m)]
    if len(totals) != 1:
        return
    total = totals[0]
    own = [m for m in amounts if m is not total and _unit(m) in _like(_unit(total))]
    if not 1 <= len(own) <= 2:
        return
    told_together = words[max(0, min(m.start() for m in (total, *own)) - 25) : max(m.end() for m in (total, *own)) + 20]
    if _LOOSE.search(re.sub(r"\bwithout (?:a )?taper(?:ing)?\b", "", told_together)):
        return
    factors = [Printed.parse(str(_often(m))) for m in _OFTEN.finditer(words) if _often(m) > 1]
    factors += [
        Printed.parse(str(value(m["n"]))) for m in _TIMES.finditer(words)
        if not any(m.start() < o.end() and o.start() < m.end() for o in (total, *own))
    ]  # fmt: skip
    factors = [f for f in factors if f.value > 1]
    if not 1 <= len(factors) <= 4:
        return
    told = _printed(total)
    made = [p for m in own for p in products(_printed(m), factors, _SCALES)]
    plain = [p for m in own for p in products(_printed(m), factors, _scales(own[0], total))]
    product = slipped(told, plain)
    if product is None or slipped(told, made) is None:
        return
    yield reading.finding(
        "TIMES_DIFFER", "inconsistent",
        f"a total of {' '.join(total[0].split())} is inconsistent with the factors told with it, which make "
        f"{product.value:.6g}",
        "a loading dose, or an additional session, may not be told; otherwise a digit is misprinted",
        quotes=(line.piece(total), *(line.piece(m) for m in own)), computed=(("product", f"{product.value:.6g}"),),
    )  # fmt: skip


def _is_total(words: str, match: re.Match[str]) -> bool:
    return bool(_TOTAL_BEFORE.search(words[: match.start()]) or _TOTAL_AFTER.match(words[match.end() :]))


def _unit(match: re.Match[str]) -> str:
    unit = (match["cur"] or match["u"]).lower()
    return {"mcg": "µg", "minutes": "min", "minute": "min", "hours": "h", "hour": "h"}.get(unit, unit.rstrip("s"))


def _like(unit: str) -> tuple[str, ...]:
    kinds = (("mg", "g", "µg"), ("min", "h"), ("gy", "cgy"), ("ml", "l"))
    return next((k for k in kinds if unit in k), (unit,))


def _scales(one: re.Match[str], total: re.Match[str]) -> tuple[float, ...]:
    size = {"g": 1e3, "mg": 1.0, "µg": 1e-3, "h": 60.0, "min": 1.0, "cgy": 1e-2, "gy": 1.0, "l": 1e3, "ml": 1.0}
    ratio = size.get(_unit(one), 1.0) / size.get(_unit(total), 1.0)
    return (ratio, 7 * ratio)


def _often(match: re.Match[str]) -> int:
    if match["h"]:
        return 24 // int(match["h"]) if 24 % int(match["h"] or 1) == 0 else 0
    if match["k"]:
        return int(match["k"])
    return _NAMED.get(match["w"].lower().replace(".", ""), 0)


def _printed(match: re.Match[str]) -> Printed:
    text = match["m"] or match["n"]
    return Printed.parse(text if text[0].isdigit() else str(value(text)))
