"""Groups whose sizes are told with "n =", or as so many "in each group", against the number of people they make up."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.counts import value
from evsynth.checks.scanned.facts.marked import Marked, Number, marked, spot
from evsynth.checks.scanned.facts.slips import mended_by_swap, one_digit, swapped
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.told.remainders import numbers_told
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("GROUPS",)

_PEOPLE = (
    r"(?:patients|participants|subjects|children|infants|women|men|adults|people|volunteers|students|individuals|"
    r"neonates|boys|girls|recipients|pregnancies|persons|residents|adolescents|nurses|workers|survivors|mothers|"
    r"newborns|males|females|rats|mice|dogs|rabbits|pigs|sheep|animals|eyes|teeth|implants|samples|specimens|wards|practices)"
)
_TOTAL = Expression(rf"⟨c(?P<n>\d+)⟩(?: (?!and\b|or\b|in\b|of\b|to\b)[A-Za-z-]+){{0,6}}? {_PEOPLE}\b", re.I)
_SIZE = Expression(
    r"(?:(?:[(,;:] ?)[nN] ?= ?|(?:group|arm)(?: [A-Za-z0-9]+)? ?\()⟨c(?P<n>\d+)⟩(?: (?:cases|patients|people|women|"
    r"men|children))? ?[),;]"
)
_ALL = Expression(rf"{_PEOPLE} $", re.I)
_EACH = Expression(
    r"⟨c(?P<n>\d+)⟩(?: [a-z-]+){0,3}? (?:in|to|per|for|on) (?:each|either|both)?(?: of the (?:two|⟨c\d+⟩))? "
    r"?(?:study |treatment )?(?:group|arm)s?\b", re.I,
)  # fmt: skip
_GROUPS_OF = Expression(
    r"(?<!\w)(?P<g>two|three|four|five|six|⟨c\d+⟩) (?:equal |equally sized |treatment |study )?(?:groups|arms) "
    r"(?:of |\((?:n ?= ?)?)⟨c(?P<n>\d+)⟩(?! ?(?:,|and|or|to|/|-)+ ?⟨)",
    re.I,
)
_PART = Expression(r"\b(?:each|either|both|per)\b", re.I)
_DIVIDED = Expression(
    r"randomi[sz]ed|assigned|allocated|divided|split|comprised|consisted|were (?:given|treated|matched)|classified|"
    r"grouped|"
    r"stratified|received|underwent|prescription of", re.I,
)  # fmt: skip
_LOOSE = Expression(
    r"exclu|withdr|lost|drop|complet|analy[sz]|evaluable|stratum|screened|respectively|control groups?,|healthy|"
    r"reference|non-?randomi|observed|observational|declin|refus|subgroup|of whom|cross-?over|data|only|study \d|phase|"
    r"experiment|plann|power|"
    r"detect|"
    r"sample size|required|at least|calculat|matched 1|subset|random sample|including|overlap|both\b.*\band\b.*\bboth|"
    r"most (?:common|frequent)|such as|e\.g\.|mainly|additional|another|further", re.I,
)  # fmt: skip


_SHARED_OUT = Expression(
    r"randomi[sz]|at random|assigned|allocated|divided|\bused\b|received|given|treated|underwent|\bperiod|group", re.I
)
_OF_ALL = Expression(
    rf"\b(?:[Oo]f|[Aa]mong|all|[Tt]he)(?: the| all)? ⟨c(\d+)⟩ (?:[a-z-]+ ){{0,2}}?(?:{_PEOPLE}|randomi[sz]ed)\b|"
    rf"⟨c(\d+)⟩ (?:[a-z-]+ ){{0,3}}?{_PEOPLE}(?: \([^()]*\))? (?:were |was |took part|entered|underwent )"
    rf"(?:randomi[sz]\w+|enrol\w+|included|recruited|assigned|allocated)?"
)


def group_totals(reading: Reading) -> Iterator[Finding]:
    """Check "120 women were given A (n = 60) or B (n = 58)" and "184 adults, 94 to each arm"."""
    for line in lines(reading, ("abstract", "methods", "results", "body")):
        if re.search(r"[nN]\s?=|(?:group|arm)[\w ]{0,4}\(|\b(?:each|either|both|per)\b|s of\b", line.words):
            sentence = marked(line.words)
            yield from _named(reading, line, sentence)
            yield from _elsewhere(reading, line, sentence)
            if not _LOOSE.search(line.words):
                yield from _each(reading, line, sentence)
                yield from _groups_of(reading, line, sentence)


def _total(sentence: Marked, before: int) -> Number | None:
    """Give the one number of people told before a place; None where there are several, or other counts."""
    found = [sentence.numbers[int(m["n"])] for m in _TOTAL.finditer(sentence.text) if m.start() < before]
    others = [
        n for i, n in enumerate(sentence.numbers)
        if n.kind == "c" and sentence.text.index(f"⟨c{i}⟩") < before and not _labels(sentence, i)
    ]  # fmt: skip
    return found[0] if len(found) == 1 and len([n for n in others if n.whole > 3]) == 1 else None


def _loose(words: str, end: int) -> bool:
    """Say whether the words up to a place, or those next to it, tell of others than the groups."""
    return _LOOSE.search(words[:end] + words[end : end + 30].replace("of whom", "")) is not None


def _labels(sentence: Marked, index: int) -> bool:
    """Say whether a number is the name of a group itself: "born at 23 (n = 114), 24 (n = 262)"."""
    return re.search(rf"⟨c{index}⟩ \([nN] ?= ?⟨", sentence.text) is not None


def _named(reading: Reading, line: Line, sentence: Marked) -> Iterator[Finding]:
    sizes = list(_SIZE.finditer(sentence.text))
    if not 2 <= len(sizes) <= 5 or not _DIVIDED.search(line.words):
        return
    total = _total(sentence, sizes[0].start())
    parts = [sentence.numbers[int(m["n"])] for m in sizes]
    if _ALL.search(sentence.text[: sizes[0].start()]) and len(parts) > 2 and _DIVIDED.search(
        sentence.text[sizes[0].end() : sizes[1].start()]
    ):  # fmt: skip
        total, parts = parts[0], parts[1:]
    inside = [
        n for i, n in enumerate(sentence.numbers)
        if n.kind == "c" and parts[0].start < n.start < parts[-1].start and not _labels(sentence, i)
    ]  # fmt: skip
    if total is None or set(inside) - set(parts) or _loose(line.words, parts[-1].end):
        return
    whole = sum(n.whole for n in parts)
    if (
        whole == total.whole
        or any(n.whole >= total.whole for n in parts)
        or (abs(whole - total.whole) > 0.25 * total.whole and not mended_by_swap([n.whole for n in parts], total.whole))
    ):
        return
    after = re.match(r"[^.]{0,40}", line.words[parts[-1].end :])
    left = marked(after[0] if after else "").numbers
    if any(n.whole == total.whole - whole for n in left if n.kind in "cx"):
        return  # "(n = 47; 1 was not treated)"
    yield _finding(reading, line, total, parts, whole, " + ".join(str(n.whole) for n in parts))


def _elsewhere(reading: Reading, line: Line, sentence: Marked) -> Iterator[Finding]:
    """Check groups whose total stands in another sentence: "Of 231 participants, 213 returned"."""
    sizes = list(_SIZE.finditer(sentence.text))
    if not 2 <= len(sizes) <= 5:
        return
    shared = _SHARED_OUT.search(sentence.text[: sizes[0].start()]) is not None
    if not shared and not re.search(r"\bor ", sentence.text[sizes[0].end() : sizes[-1].start()]):
        return
    parts = [sentence.numbers[int(m["n"])] for m in sizes]
    made = sum(n.whole for n in parts)
    told = numbers_told(reading)
    if made in told or min(n.whole for n in parts) < 10:
        return
    totals = [
        (x, s.numbers[int(m[1] or m[2])]) for x in lines(reading, ("title", "abstract", "methods", "results", "body"))
        if x is not line for s in (marked(x.words),) for m in _OF_ALL.finditer(s.text)
        if shared or "randomi" in s.text[m.start() : m.end() + 14]
    ]  # fmt: skip
    near = [
        (x, n) for x, n in totals
        if n.whole > max(p.whole for p in parts) and abs(made - n.whole) <= 0.15 * n.whole
        and mended_by_swap([p.whole for p in parts], n.whole)
    ]  # fmt: skip
    if len({n.whole for _, n in near}) == 1:
        where, total = near[0]
        shown = " + ".join(str(n.whole) for n in parts)
        yield reading.finding(
            "GROUPS", "inconsistent", f"the groups, {shown} = {made}, are inconsistent with {total.printed} told",
            "a group, or people who left before, may not be told",
            quotes=(spot(where, total), *(spot(line, n) for n in parts)), computed=(("sum", str(made)),),
        )  # fmt: skip


def _each(reading: Reading, line: Line, sentence: Marked) -> Iterator[Finding]:
    for match in _EACH.finditer(sentence.text):
        each = sentence.numbers[int(match["n"])]
        total = _total(sentence, match.start())
        if total is None or each.whole < 5 or not _PART.search(match[0]) or not each.whole < total.whole:
            continue
        if any(each.whole * groups == total.whole for groups in range(2, 13)):
            continue
        groups = round(total.whole / each.whole)
        if (
            2 <= groups <= 4
            and abs(total.whole - groups * each.whole) <= 0.15 * total.whole
            and _DIVIDED.search(line.words)
        ):
            yield _finding(reading, line, total, [each], groups * each.whole, f"{groups} x {each.whole}")


def _groups_of(reading: Reading, line: Line, sentence: Marked) -> Iterator[Finding]:
    """Check "96 patients were divided between three groups of 34"."""
    for match in _GROUPS_OF.finditer(sentence.text):
        each = sentence.numbers[int(match["n"])]
        groups = value(match["g"]) if match["g"].isalpha() else sentence.numbers[int(match["g"][2:-1])].whole
        total = _total(sentence, match.start("g"))
        if total is None or not _DIVIDED.search(line.words) or not 2 <= groups <= 12:
            continue
        made, right = groups * each.whole, total.whole / groups
        if any(n.kind == "c" and n.whole == total.whole - made for n in sentence.numbers):
            continue  # the rest is told: "two groups of 36, and 24 served as controls"
        slip = right.is_integer() and (swapped(each.whole, int(right)) or one_digit(each.whole, int(right)))
        far = 0.3 if right.is_integer() else 0.15
        if made != total.whole and (abs(made - total.whole) <= far * total.whole or slip):
            yield _finding(reading, line, total, [each], groups * each.whole, f"{groups} x {each.whole}")


def _finding(reading: Reading, line: Line, total: Number, parts: list[Number], whole: int, sum_: str) -> Finding:
    return reading.finding(
        "GROUPS", "inconsistent", f"the groups, {sum_} = {whole}, are inconsistent with {total.printed} told",
        "a group, or people who left before, may not be told",
        quotes=(spot(line, total), *(spot(line, n) for n in parts)), computed=(("sum", str(whole)),),
    )  # fmt: skip
