"""A centre with its quartiles and its range, in any order and of any unit: "16 months (IQR 6 to 58, range 2 to 144)".

Read are labels before two numbers ("interquartile range 6 to 58") and, where the sentence says what stands in brackets
("median (IQR)"), two numbers in brackets alone. Made for every check of limits that values have to keep.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.model.printed import Printed
from evsynth.text.expressions import Expression

N = r"-?(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
_UNIT = r"(?:%|[A-Za-zµ°][A-Za-zµ0-9/%²³^*·-]{0,12})"
_QUARTILES = (
    r"(?:lower (?:and upper )?)?quartiles?|[IQ]QRs?|inter-?\s?quartile (?:range|interval)s?(?:,? [(\[]?IQR[)\]]?)?|"
    r"Q1\s?[-,;/]\s?Q3|Q1 (?:and|to) Q3|P25\s?[-,;/]\s?P75|25th\s?(?:-|and|to|,)\s?75th (?:per)?centiles?|"
    r"middle (?:50|fifty)\s?(?:%|per ?cent)"
)
_RANGE = r"(?:full |total |overall |observed )?range[ds]?|ranging|min(?:imum)?\s?[-,/]\s?max(?:imum)?|limits|extremes"
_PAIR = Expression(
    rf"\b(?:(?P<quartiles>{_QUARTILES})|(?P<range>{_RANGE}))\s?[:,=]?\s?(?:of |was |were |from |between |being )?[(\[]?"
    rf"(?P<low>{N})\s?(?P<unit>(?!to\b|and\b){_UNIT})?\s?(?:-|to\b|and\b|,|;|/)\s?"
    rf"(?:(?:and )?(?:the )?upper(?: quartile)?[:,]?\s)?(?P<high>{N})(?![\d]|\.\d|-\d|\s?:\s?\d)"
    rf"\s?(?P<unit2>(?!to\b|and\b|in\b|with\b|for\b|for\b|v\b|vs\b|on\b|at\b){_UNIT})?", re.I,
)  # fmt: skip
_ENDS = Expression(
    rf"\b(?P<quartiles>(?!))?(?P<range>min(?:imum)?|lowest|shortest|youngest|smallest)[:,]?\s(?:was |of "
    rf"|value |being |taking |lasting |measuring |at |aged )"
    rf"?(?P<low>{N})"
    rf"\s?(?P<unit>(?!to\b|and\b){_UNIT})?\s?[,;]?\s?(?:and )?(?:the )?(?:max(?:imum)?|highest|longest|oldest|"
    rf"largest)[:,]?\s"
    rf"(?:was |of |value |being |taking |lasting |measuring |at |aged )?(?P<high>{N})(?![\d]|\.\d|"
    rf"-\d)\s?(?P<unit2>(?!to\b|and\b|in\b|with\b|for\b|on\b|"
    rf"at\b){_UNIT})?",
    re.I,
)  # fmt: skip
"""The ends by name: "minimum 3, maximum 52"."""
_DECLARED = Expression(
    rf"\bmedians?\W{{1,3}}(?:with )?(?:(?P<quartiles>{_QUARTILES})|(?P<range>{_RANGE}))(?=\W{{0,2}}(?!\s?-?\d))", re.I
)
_BARE = Expression(
    rf"(?<![\w.,/<>=±-])(?P<centre>{N})\s?(?P<unit>{_UNIT})?\s?[(\[]\s?(?P<low>{N})\s?(?:-|to|,|;)\s?(?P<high>{N})\s?"
    rf"(?P<unit2>{_UNIT})?\s?[)\]]"
)
_TURNED = Expression(
    rf"(?<![\w.,/-])(?P<low>{N})\s?(?P<unit>(?!to\b|and\b){_UNIT})?\s?(?:-|to\b|"
    rf"and\b)\s?(?P<high>{N})\s?(?P<unit2>{_UNIT})?"
    rf"(?:\s[a-z]{{1,12}}){{0,2}}\s?[(\[,;]\s?(?:with an? |an? |the )?(?P<word>median|mean|average)(?: "
    rf"value)?\s?[:,=]?\s?"
    rf"(?:of |was |being )?(?P<centre>{N})(?![\d/]|\.\d|-\d|\s?(?:-|to)\s?\d)", re.I,
)  # fmt: skip
"""The range first: "between 7 and 68 months (median 22)"."""
_BETWEEN = Expression(r"\b(?:between|from|extremes?|limits|rang\w+)\b[^.;]{0,30}$", re.I)
_ALIKE = Expression(rf"[(\[]\s?(?P<centre>{N})\s?[;,]\s?(?P<low>{N})\s?(?:-|to)\s?(?P<high>{N})\s?[)\]]")
"""The same again without words: "(median 4,300; range 1,720-9,840) than (1,090; 816-2,150)"."""
_CENTRE_AFTER = Expression(
    rf"\s?[(\[,;]\s?(?:with an? |an? |the )?(?:median|mean|average)(?: value)?\s?[:,=]?\s?(?:of |was )?"
    rf"(?P<centre>{N})(?![\d/]|\.\d|-\d|\s?(?:-|to)\s?\d|\s?%)(?:\s?(?P<unit>{_UNIT}))?", re.I,
)  # fmt: skip
"""A centre told after its range: "ranged from 19 to 64 years (median 37)"."""
_EFFECT = Expression(r"\bCI\b|confidence|credible|\bratios?\b|\b[ahO]?[HOR]R\b|difference", re.I)
_CENTRE = Expression(
    rf"(?<![\w.,/<>=≥≤±×-])(?P<centre>{N})(?P<between>(?:\s?[%A-Za-zµ°][^\d.;:()\[\]]{{0,45}})?\s?[(\[,;]\s?)"
    rf"(?:(?:medians?|means?)\s?[,;:]\s?)?(?:(?:with|and) )?(?:an? |the |its )?$"
)
_NOT_CENTRE = Expression(
    r"(?:[=<>≤≥±]|\+/-|(?:standard )?(?:deviations?|errors?),?|\b(?:differences?|changes?|change of|ratio|P|n|SD|SE|CI|"
    r"from|grade|score range|between|and [A-Z]\w*|scale|than|least|most|at|after|within|by|every|week|day|month|year|"
    r"visit|until|to|type|stage|version|for|(?:IQR|(?:inter)?quartile range)[)\]]?[,:]?(?: of| was)?))\s*$"
)
_CENTRAL = Expression(r"\b(?:median|mean|average|averag\w+)s?\b", re.I)
_SURE = Expression(
    r"\b(?:medians?|means?|average|averaged)\b(?:\s(?:of|was|were|is|being|at|about))?\s*[,:=]?\s*$", re.I
)
_PEOPLE = Expression(
    r"\b(?:patients|participants|children|women|men|subjects|cases|people|controls|of|and|who|respondents|in|per)\b",
    re.I,
)
_JOINED = Expression(r"[\s,;)(\[\]]*(?:and|with|full|total|overall)?\s*(?:an? |the )?")
_OF = Expression(rf"(?<![\w.,/-])(?P<part>{N})\s(?:out )?of (?:the |all |a possible )?$")
_WITH_SPREAD = Expression(
    rf"\bmeans?\s?[(\[,]\s?S\.?[DE]\.?M?[^.;\d]{{0,60}}?(?<![\w.,/<>=≥≤±×-])(?P<mean>{N})\s?(?:[a-z%/]{{1,8}}\s?)?[(\[]\s?(?:SD\s)?$",
    re.I,
)
"""Before a spread: "a mean (SD) age of 32.1 (11.4; range 18-50)"."""
_MEAN = Expression(r"\b(?:mean|average|averaged|averaging)\b", re.I)


class Value(NamedTuple):
    """A number as printed and where it stands in the words of the sentence."""

    printed: Printed
    start: int
    end: int

    @property
    def low(self) -> float:
        """The least value that is printed so."""
        return float(self.printed.interval().low or self.printed.value)

    @property
    def high(self) -> float:
        """The largest value that is printed so."""
        return float(self.printed.interval().high or self.printed.value)

    def __float__(self) -> float:
        """The value."""
        return float(self.printed.value)


class Summary(NamedTuple):
    """A centre (none where only limits are told), its quartiles and its range; `units` are those printed with them."""

    centre: Value | None
    mean: bool
    quartiles: tuple[Value, Value] | None
    range: tuple[Value, Value] | None
    units: tuple[str, ...]
    start: int
    end: int

    @property
    def values(self) -> tuple[Value, ...]:
        """Every number of it."""
        ends = (*(self.quartiles or ()), *(self.range or ()))
        return (self.centre, *ends) if self.centre is not None else ends


def summaries(words: str) -> Iterator[Summary]:
    """Give the summaries of a sentence, in order."""
    if not re.search(r"\d", words):
        return
    words = re.sub(r"1\.73\s?m[2²]", lambda m: "x" * len(m[0]), words)
    groups: list[list[re.Match[str]]] = []
    for match in sorted((*_PAIR.finditer(words), *_ENDS.finditer(words)), key=lambda m: m.start()):
        if (groups and _JOINED.fullmatch(words, groups[-1][-1].end("high"), match.start())) or (
            groups and _JOINED.fullmatch(words, groups[-1][-1].end(), match.start())
        ):
            groups[-1].append(match)
        else:
            groups.append([match])
    for group in groups:
        yield _summary(words, group)
    spans = [(g[0].start(), g[-1].end()) for g in groups]
    for match in _TURNED.finditer(words):
        if re.search(r"\band\s?$", words[: match.start("high")]) and not _BETWEEN.search(words[: match.start()]):
            continue  # "504 and 1068 days, a mean of 6.0"
        if not any(match.start() < end and start < match.end() for start, end in spans) and not _EFFECT.search(
            words[max(0, match.start() - 25) : match.end() + 12]
        ):
            units = tuple(u.lower() for g in ("unit", "unit2") if (u := match[g]))
            mean = match["word"].lower() != "median"
            yield Summary(
                _value(match, "centre"), mean, None, (_value(match, "low"), _value(match, "high")), units, *match.span()
            )
    first = next((g for g in groups if len(g) == 1 and words[: g[0].start()].rfind("(") > 0), None)
    for match in _ALIKE.finditer(words, first[0].end()) if first is not None and not _EFFECT.search(words) else ():
        pair = _value(match, "low"), _value(match, "high")
        of_quartiles = first is not None and first[0]["quartiles"] is not None
        yield Summary(
            _value(match, "centre"), False, pair if of_quartiles else None, None if of_quartiles else pair, (),
            *match.span(),
        )  # fmt: skip
    declared = None if groups else _DECLARED.search(words)
    if declared is not None and not _EFFECT.search(words):
        for match in _BARE.finditer(words):
            pair = _value(match, "low"), _value(match, "high")
            of_quartiles = declared["quartiles"] is not None
            units = tuple(u.lower() for g in ("unit", "unit2") if (u := match[g]))
            yield Summary(
                _value(match, "centre"), False, pair if of_quartiles else None, None if of_quartiles else pair,
                units, *match.span(),
            )  # fmt: skip


def _summary(words: str, group: list[re.Match[str]]) -> Summary:
    first = group[0]
    before = words[: first.start()]
    found = _CENTRE.search(before[-70:])
    offset = max(0, len(before) - 70)
    centre = None
    units = [m[g].lower() for m in group for g in ("unit", "unit2") if m[g]]
    if found is not None:
        lead = before[: offset + found.start()]
        unit = re.match(rf"\s?({_UNIT})", found["between"])
        named = _CENTRAL.search(before[-110:]) or _CENTRAL.match(words[first.end() :].lstrip(" )"))
        between = re.sub(r"\b(?:in|on|as)\s(?:the\s)?(?:median|mean|average)\b", "median", found["between"], flags=re.I)
        called = bool(named) or "median" in between
        short = len(between.split()) <= 2
        sure = _SURE.search(lead)
        if re.fullmatch(r"(?:19|20)\d\d", found["centre"]) and re.search(r"\bin\s$", lead, re.I):
            centre = None  # a year
        elif whole := _OF.search(lead):
            centre = Value(Printed.parse(whole["part"]), *whole.span("part"))
        elif mean := _WITH_SPREAD.search(lead):
            centre = Value(Printed.parse(mean["mean"]), *mean.span("mean"))
        elif sure or (not _NOT_CENTRE.search(lead) and not _PEOPLE.search(between) and (
            called or (short and first["quartiles"])
        )):  # fmt: skip
            at = offset + found.start("centre")
            centre = Value(Printed.parse(found["centre"]), at, offset + found.end("centre"))
            units += [unit[1].lower()] if unit else []
    elif len(group) == 1 and (later := _CENTRE_AFTER.match(words, group[0].end())) is not None:
        centre = Value(Printed.parse(later["centre"]), *later.span("centre"))
        units += [later["unit"].lower()] if later["unit"] else []
    pairs: dict[str, tuple[Value, Value]] = {}
    for match in group:
        pairs.setdefault("quartiles" if match["quartiles"] else "range", (_value(match, "low"), _value(match, "high")))
    said = _CENTRAL.findall(before[-110:])
    return Summary(
        centre, bool(said) and _MEAN.fullmatch(said[-1]) is not None, pairs.get("quartiles"), pairs.get("range"),
        tuple(units), min(centre.start, first.start()) if centre else first.start(),
        max(centre.end, group[-1].end("high")) if centre else group[-1].end("high"),
    )  # fmt: skip


def _value(match: re.Match[str], name: str) -> Value:
    return Value(Printed.parse(match[name]), *match.span(name))
