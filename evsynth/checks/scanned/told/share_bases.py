"""Counts with percentages in running text, against the number they are shares of, wherever that number is told.

The number may stand in the share ("12 of the 50 (24%)"), before it ("Of the 50 men, 12 (24%)") or behind it ("12 (24%
of those eligible)"); of a share of no number told, two digits may be exchanged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.denominators import CHANGE, missing, printed_numbers, share_finding
from evsynth.checks.scanned.facts.group_sizes import sizes_told
from evsynth.checks.scanned.facts.marked import Marked, Number, marked, spot
from evsynth.checks.scanned.facts.proportions import Proportion, prints, proportions
from evsynth.checks.scanned.numbers.totals import sizes_said
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.counting import last_digit
from evsynth.text.expressions import Expression

CODES = ("COUNT_PERCENT",)

_MODEL = Expression(
    r"(?:increase|decrease|reduction|change|improvement) (?:of|by)|predicted|expected|adjusted|weighted|estimat|"
    r"kaplan|"
    r"cumulative|surviv|imput|events? per|\bmeans?\b|\baverage|\bmedian", re.I,
)  # fmt: skip
_SCOPE = Expression(
    r"(?:^|[.:;(] ?|RESULTS:? |Results:? |(?:,| and| while| whereas| but) (?=among|of the|in the))(?:Of|Among|Out of|"
    r"In|of|among|In the|in the|From) (?:(?:the |a |our "
    r")?(?:sub)?(?:group|set|cohort|sample|total|series) of )?(?:the |these |those |all |our |a total of ){0,2}"
    r"⟨c(?P<n>\d+)⟩(?: (?!and\b|or\b)[A-Za-z-]+){0,9}?,?(?: (?!and\b|or\b)[A-Za-z-]+){0,6}? ⟨c(?P<k>\d+)⟩"
)
_BESIDE = Expression(r" ?\((?![^()]*(?:⟨[cp]|\())[^()]*\)| ⟨m\d+⟩-[a-z-]+| by (?:the |our )?⟨c\d+⟩(?= [a-z])")
"""What stands between a number and its part without being either: a mean in brackets, an age, those who counted."""
_OF_WHOM = Expression(
    r"⟨c(?P<n>\d+)⟩(?: [A-Za-z-]+){0,6}(?: ?\(⟨p\d+⟩\))?,? (?:of|among) (?:whom|which|these|them),? (?:only "
    r")?⟨c(?P<k>\d+)⟩"
)
_INSIDE = Expression(
    r"\bof (?:the |these |our |all ){1,2}⟨c(?P<n>\d+)⟩(?: (?!and\b|or\b)[a-z-]+){1,4} ?"
    r"\((?:n ?= ?)?⟨c(?P<k>\d+)⟩[;,] ?⟨p"
)
_NUMBERED = Expression(
    r"⟨c(?P<n>\d+)⟩(?: [A-Za-z-]+){1,5}, (?:only )?⟨p\d+⟩ of (?:them|whom|these|those)[^⟨;.]{0,40}\([nN] ?= "
    r"?⟨c(?P<k>\d+)⟩"
)
_SIZED = Expression(
    r"(?:^|[.:;] ?)(?:Of|Among|Out of|of|among) (?:the |these |those |our |all ){0,2}⟨c(?P<n>\d+)⟩"
    r"(?: (?!and\b|or\b)[A-Za-z-]+){0,6},?(?: (?!and\b|or\b)[A-Za-z-]+){0,7} (?:only )?⟨p\d+⟩ ?\((?:[nN] ?= "
    r"?)?⟨c(?P<k>\d+)⟩[),;]"
)
_SENT = Expression(
    r"\b(?:sent|mailed|posted|distributed|issued|offered|invited|approached|contacted)(?: [a-z]+){0,2}?(?: to)? "
    r"⟨c(?P<n>\d+)⟩"
    r"(?: [a-z-]+){0,5}?,?(?: and| of (?:which|whom)| but)(?: [a-z-]+){0,5}? ⟨c(?P<k>\d+)⟩"
)
_OF_THOSE = Expression(
    r"⟨c(?P<k>\d+)⟩(?: (?!and\b|or\b)[a-z-]+){1,6} ?\(⟨p(?P<p>\d+)⟩ of (?:those|all|the|all those|all the)? ?"
    r"(?:(?:people|patients|participants|women|men|children|adults|subjects) )?(?P<who>eligible|invited|approached|"
    r"screened|"
    r"randomi[sz]ed|enrolled|recruited|assessed|included|treated|operated|responding|contacted|mailed)\b"
)
_HEDGE = Expression(
    r"(?:(?P<more>\b(?:more than|over|above|at least|upwards of|exceed\w*)|[>≥])|"
    r"(?P<less>\b(?:less than|fewer than|under|below|nearly|almost|up to|close to|just short of)|[<≤])|"
    r"\b(?:about|around|approximately|roughly|some|circa|ca\.?|an estimated)|[~≈∼]) ?$", re.I,
)  # fmt: skip
_PEOPLE = r"(?:patients|people|participants|women|men|children|adults|subjects|persons)?"


_COUNTED = Expression(
    r"⟨c(\d+)⟩ (?:[A-Za-z][\w-]* ){0,3}?"
    r"(?:patients|people|participants|women|men|children|adults|subjects|cases|eyes)\b"
)
_LEVEL = Expression(r"\bscores?\b|\bor (?:more|higher|above|less|lower)\b|\bpoints\b|\b(?:a|an) [A-Z]{2,8} of\b", re.I)
"""Words of a sentence in which "one of 60" may be a person with a score of 60."""
_RATE_OF_TEST = Expression(r"\b(?:sensitivity|specificity|NPV|PPV|predictive value|accuracy)\b[^⟨]{0,12}$", re.I)

_OF_TEST = Expression(r"\b(?:sensitivity|specificity|NPV|PPV|predictive value|accuracy)\b")
_SOLUTION = Expression(
    r"\b(?:isotonic|hypertonic|solution|dextrose|glucose|saline|ethanol|formalin|agarose|gel|serum)\s?\(\s?$"
)


def share_bases(reading: Reading) -> Iterator[Finding]:
    """Check counts with percentages of the paper's own results."""
    every = list(lines(reading, ("abstract", "methods", "results", "body")))
    for index, line in enumerate(every):
        sentence = marked(line.words)
        if not any(n.kind == "p" for n in sentence.numbers):
            continue
        told = [s for s in proportions(sentence) if s.events is not None and s.percent is not None]
        for share in told:
            if share.percent is not None and share.of is None and _RATE_OF_TEST.search(
                sentence.text[: sentence.text.index(f"⟨p{sentence.numbers.index(share.percent)}⟩")]
            ):  # fmt: skip
                continue
            if share.of is not None:
                yield from _of_its_own(reading, line, sentence, share)
            else:
                yield from _slip(reading, every, line, sentence, share)
        yield from _scoped(reading, every, index, sentence, told)
        yield from _of_those(reading, every, line, sentence)


def _of_its_own(reading: Reading, line: Line, sentence: Marked, share: Proportion) -> Iterator[Finding]:
    count, percent, of = share.events, share.percent, share.of
    if count is None or percent is None or of is None or not 0 < count.whole <= of.whole:
        return
    if "/" in (line.words[count.start - 1 : count.start], line.words[of.end : of.end + 1]):
        return  # "exons 18/20/21"
    if count.whole == 1 and of.whole >= 1000:
        return  # a dilution
    if _SOLUTION.search(line.words[max(0, percent.start - 25) : percent.start]):
        return  # "receiving isotonic (3%) amino acids"
    lead = sentence.text[: sentence.text.index(f"⟨p{sentence.numbers.index(percent)}⟩")]
    named = percent.start > count.start and _RATE_OF_TEST.search(lead[share.start :])
    if named and any(prints(k, n, percent.printed) for k, n in _of_others(sentence, count.whole, of.whole)):
        return  # "50 of 60 ill and 12 of 80 well tested positive (sensitivity 83.3%, specificity 85.0%)"
    if _in_turn(sentence, count, of, percent):
        return  # "38/116 and 41/114 scans (32.8% v 36.0%)"
    if _LEVEL.search(sentence.text) and any(
        s.of is not None and s.of != of and prints(count.whole, s.of.whole, percent.printed)
        for s in proportions(sentence)
    ):
        return  # "14 of 16 had a score of 20 or more (87.5%) and one of 60 (6.3%)"
    behind = re.split(r"[,;]", sentence.text[share.end : share.end + 25])[0]
    around = sentence.text[max(0, share.start - 25) : share.end] + behind
    if prints(count.whole, of.whole, percent.printed) or percent.printed.value > 100 or _MODEL.search(around):
        return
    if _roughly(lead, 100 * count.whole / of.whole, float(percent.printed.value)):
        return
    if re.match(r" ?(?:to|-|,) ?⟨(?!l)", sentence.text[share.end :]) and percent.start > count.start:
        return
    yield share_finding(reading, line, count, percent, of.whole, (spot(line, *share.numbers),))


def _in_turn(sentence: Marked, count: Number, of: Number, percent: Number) -> bool:
    """Say whether two fractions stand before two percentages, and each fits the one in its place."""
    kinds = sorted((n for n in sentence.numbers if n.kind in "cp"), key=lambda n: n.start)
    for at in range(len(kinds) - 5):
        a, n, b, m, p, q = kinds[at : at + 6]
        if (b, m, p) == (count, of, percent) and [x.kind for x in (a, n, b, m, p, q)] == list("ccccpp"):
            return prints(a.whole, n.whole, p.printed) and prints(b.whole, m.whole, q.printed)
    return False


def _people(every: list[Line]) -> set[int]:
    """Give the numbers that people, cases or eyes are counted with anywhere."""
    read = [marked(line.words) for line in every]
    return {x.numbers[int(m[1])].whole for x in read for m in _COUNTED.finditer(x.text)}


def _roughly(lead: str, real: float, told: float) -> bool:
    """Say whether a share is told as a bound or roughly, "more than 60%", and the count keeps to that."""
    hedge = _HEDGE.search(lead)
    if hedge is None:
        return False
    if hedge["more"]:
        return told <= real <= told + 10
    if hedge["less"]:
        return told - 10 <= real <= told
    return abs(real - told) <= 3


def _scoped(
    reading: Reading, every: list[Line], index: int, sentence: Marked, told: list[Proportion]
) -> Iterator[Finding]:
    """Check the first share after "Of the 43 patients with a flare, ..."."""
    calm = _BESIDE.sub("", sentence.text)
    read = [m for p in (_SCOPE, _OF_WHOM, _INSIDE, _NUMBERED, _SIZED, _SENT) for m in p.finditer(sentence.text)]
    for match in (*read, *(_SCOPE.finditer(calm) if calm != sentence.text else ())):
        of, count = sentence.numbers[int(match["n"])], sentence.numbers[int(match["k"])]
        share = next((s for s in told if s.events == count and s.of is None), None)
        if share is None or share.percent is None or not 0 < count.whole <= of.whole or share.percent.printed.bound:
            continue
        percent = share.percent.printed
        near = [n for x in every[max(0, index - 2) : index + 2] for n in marked(x.words).numbers]
        others = {n.whole for n in near if n.kind in "cmx" and not n.printed.decimals} | set(sizes_said(reading))
        others |= _people(every)
        others |= {of.whole - n for n in others} | {n for s in sizes_told(reading) for n in s.sizes}
        if any(prints(count.whole, n, percent) for n in {*others, of.whole}):
            continue
        if prints(of.whole - count.whole, of.whole, percent) and _OF_TEST.search(sentence.text):
            continue  # "11 false positives among 268 (specificity 95.9%)"
        if not missing(share, of.whole) and not CHANGE.search(sentence.text[share.start - 20 : share.end]):
            quotes = (spot(every[index], *share.numbers), spot(every[index], of))
            yield share_finding(reading, every[index], count, share.percent, of.whole, quotes)


def _of_those(reading: Reading, every: list[Line], line: Line, sentence: Marked) -> Iterator[Finding]:
    """Check "688 took part (84.8% of those eligible)" against the number told as eligible."""
    for match in _OF_THOSE.finditer(sentence.text):
        count, percent = sentence.numbers[int(match["k"])], sentence.numbers[int(match["p"])]
        said = Expression(
            rf"⟨c(\d+)⟩ (?:{_PEOPLE} ?)(?:were |was |had been )?(?:then |considered |found )?{match['who']}\b"
        )
        found = [(x, marked(x.words).numbers[int(m[1])]) for x in every for m in said.finditer(marked(x.words).text)]
        found = [(x, n) for x, n in found if n.whole >= count.whole]
        if len({n.whole for _, n in found}) != 1 or prints(count.whole, found[0][1].whole, percent.printed):
            continue
        other, of = found[0]
        yield share_finding(reading, line, count, percent, of.whole, (spot(line, count, percent), spot(other, of)))


def _slip(reading: Reading, every: list[Line], line: Line, sentence: Marked, share: Proportion) -> Iterator[Finding]:
    """Find a share of no number told, whose percentage or count has two digits exchanged."""
    count, percent = share.events, share.percent
    if count is None or percent is None or percent.printed.decimals < 1 or percent.printed.value >= 100:
        return
    if count.whole < 5 or any(
        prints(count.whole, n, percent.printed) for n in printed_numbers(reading) if n >= count.whole
    ):
        return
    if CHANGE.search(sentence.text[max(0, share.start - 40) : share.end + 25]):
        return
    known = {*sizes_said(reading), *_people(every)}
    if any(last_digit(percent.printed, count.whole, n) for n in known if n >= count.whole):
        return
    near = {n.whole for n in sentence.numbers if n.kind == "c" and n.start < count.start}
    for of in (
        near
        | {n for n, times in sizes_said(reading).items() if n > count.whole}
        | {n for s in sizes_told(reading) if s.groups for n in s.sizes}
    ):
        if of <= count.whole or of < 20:
            continue
        right = f"{100 * count.whole / of:.{percent.printed.decimals}f}"
        if (
            _exchanged(right, percent.printed.text)
            or (of in near and _one_digit(right, percent.printed.text))
            or any(prints(int(k), of, percent.printed) for k in _swaps(str(count.whole)))
        ):
            yield share_finding(reading, line, count, percent, of, (spot(line, *share.numbers),))
            return


def _swaps(text: str) -> list[str]:
    return [text[:i] + text[i + 1] + text[i] + text[i + 2 :] for i in range(len(text) - 1) if text[i] != text[i + 1]]


def _one_digit(one: str, two: str) -> bool:
    """Say whether two percentages differ in one digit that is not the last."""
    unlike = [i for i, (a, b) in enumerate(zip(one, two, strict=False)) if a != b]
    return len(one) == len(two) and len(unlike) == 1 and unlike[0] < len(one) - 1


def _exchanged(one: str, two: str) -> bool:
    return two.replace(".", "") in _swaps(one.replace(".", "")) and len(one) == len(two)


def _of_others(sentence: Marked, count: int, of: int) -> Iterator[tuple[int, int]]:
    """Give those of the same people who were not counted, and the other fractions of the sentence."""
    yield of - count, of
    for share in proportions(sentence):
        if share.events is not None and share.of is not None and share.events.whole != count:
            yield share.events.whole, share.of.whole
