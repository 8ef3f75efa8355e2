"""The share of women or men told with the counts of both: "45 men and 30 women (60% women)", "male to female 1:2".

Any two kinds that share out everybody will do where their words are those of the share.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.denominators import printed_numbers
from evsynth.checks.scanned.facts.marked import Marked, Number, marked, spot
from evsynth.checks.scanned.facts.proportions import prints
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.counting import last_digit
from evsynth.text.expressions import Expression

CODES = ("COUNT_PERCENT", "RATIO_OF_COUNTS", "GROUPS")

_HER = r"(?:women|woman|females?|girls?)"
_HIM = r"(?:men|man|males?|boys?)"
_KINDS = (_HER, _HIM)
_SHARE = tuple(
    Expression(
        rf"⟨p(?P<p>\d+)⟩ (?:(?:of (?:them|the \w+|patients|participants|whom) )?(?:were |was |being )?)?{kind}\b(?! "
        rf"(?:had|with|who|"
        rf"and|or|in)\b)|\b{kind}(?: sex| gender| patients)?:? ?(?:share|proportion|percentage|fraction|predominance)"
        rf"(?: (?:of|was|being|made up|accounted for|constituted))? ?\(?⟨p(?P<q>\d+)⟩(?! of\b)|(?:share|proportion|"
        rf"percentage) of {kind}"
        rf"(?: (?:of|was|being))? ?\(?⟨p(?P<r>\d+)⟩"
    )
    for kind in _KINDS
)  # fmt: skip
_COUNT = tuple(
    Expression(
        rf"⟨c(\d+)⟩(?: ?\(⟨p\d+⟩\))? (?:(?:of (?:them|whom|these) )?(?:were |was )|(?:of|from) )?(?:adult |young |"
        rf"elderly |"
        rf"pregnant |healthy )?{kind}\b(?! (?:had|with|who)\b)|\b{kind} ?\(?(?:[nN] ?= ?)⟨c(\d+)⟩"
    )
    for kind in _KINDS
)  # fmt: skip
_RATIO = Expression(
    r"(?P<a>women|females?|men|males?|boys?|girls?|[MF])(?: ?[-–]?(?:to|/|:|versus)[-–]? ?)(?P<b>women|females?|men|"
    r"males?|"
    r"boys?|girls?|[MF])\b(?: sex)?(?: ratio)?(?: of| was|,|:| =| being)* ?\(?(?P<x>\d+(?:[.·]\d+)?) ?(?::|to|/) "
    r"?(?P<y>\d+(?:[.·]\d+)?)"
    r"(?![\d]|[.·]\d)"
)
_ANY_RATIO = Expression(
    r"\bratio[^.;⟨()]{0,50}⟨[cd](?P<x>\d+)⟩ ?(?::|to) ?⟨[cd](?P<y>\d+)⟩ ?\((?:[nN] ?= ?)?(?:[a-z "
    r"]{0,25})⟨c(?P<a>\d+)⟩[^()⟨]{0,40}⟨c(?P<b>\d+)⟩[^()⟨]{0,25}\)"
)
_TOTAL = Expression(r"⟨c(\d+)⟩ (?:[a-z-]+ ){0,2}?(?:patients|participants|subjects|children|adults|people|infants|"
                    r"cases|"
                    r"volunteers|records|respondents|students|individuals|persons|records|residents)\b")  # fmt: skip


def sexes_told(reading: Reading) -> Iterator[Finding]:
    """Compare the share of one sex, or the ratio of both, with the counts in the same sentence.

    Left alone: sentences that count a sex twice; shares that another printed number gives.
    """
    for line in lines(reading, ("abstract", "methods", "results", "body")):
        if not re.search(_HER, line.words) and not re.search(_HIM, line.words):
            continue
        sentence = marked(line.words)
        told = [_only(sentence, pattern) for pattern in _COUNT]
        yield from _too_many(reading, line, sentence, told)
        yield from _shares(reading, line, sentence, told)
        yield from _ratio(reading, line, told)


def _too_many(reading: Reading, line: Line, sentence: Marked, told: list[Number | None]) -> Iterator[Finding]:
    """Check "sex was recorded for 98 cases: 51 male, 57 female": both are no more than all."""
    totals = [sentence.numbers[int(m[1])] for m in _TOTAL.finditer(sentence.text)]
    women, men = told
    if women is None or men is None or len(totals) != 1 or totals[0] in told:
        return
    made = women.whole + men.whole
    if totals[0].whole < made and max(women.whole, men.whole) < totals[0].whole and totals[0].start < women.start:
        if made in printed_numbers(reading):
            return
        yield reading.finding(
            "GROUPS", "inconsistent",
            f"{women.printed} + {men.printed} = {made} is inconsistent with {totals[0].printed}",
            "the sexes may be counted among other people; otherwise a digit is misprinted",
            quotes=(spot(line, totals[0]), spot(line, women), spot(line, men)), computed=(("sum", str(made)),),
        )  # fmt: skip


def _only(sentence: Marked, pattern: Expression) -> Number | None:
    """Give the only count of a sex, None where there are none or several."""
    found = [
        sentence.numbers[int(m[1] or m[2])] for m in pattern.finditer(sentence.text)
        if not re.search(r"(?:\bof(?: the| these| all)?|/|\bamong|\bin) ?$", sentence.text[: m.start()])
    ]  # fmt: skip
    return found[0] if len(found) == 1 else None


def _shares(reading: Reading, line: Line, sentence: Marked, told: list[Number | None]) -> Iterator[Finding]:
    totals = [sentence.numbers[int(m[1])] for m in _TOTAL.finditer(sentence.text)]
    for at, pattern in enumerate(_SHARE):
        shares = list(pattern.finditer(sentence.text))
        mine, other = told[at], told[1 - at]
        if len(shares) != 1 or (mine is None and other is None):
            continue
        percent = sentence.numbers[int(shares[0]["p"] or shares[0]["q"] or shares[0]["r"])]
        if percent.printed.bound:
            continue
        if mine is not None and other is not None:
            count, of = mine.whole, mine.whole + other.whole
        elif len(totals) == 1 and mine is not None and totals[0] != mine and totals[0].whole > mine.whole:
            count, of = mine.whole, totals[0].whole
        elif len(totals) == 1 and other is not None and totals[0] != other and totals[0].whole > other.whole:
            count, of = totals[0].whole - other.whole, totals[0].whole
        else:
            continue
        if count < 2 or prints(count, of, percent.printed) or last_digit(percent.printed, count, of):
            continue
        if abs(100 * count / of - float(percent.printed)) < 1.5 or re.search(
            r"about|approximately|nearly|almost|roughly|around|some|over|more than", line.words[: percent.start][-16:]
        ):  # fmt: skip
            continue
        if any(prints(count, n, percent.printed) for n in printed_numbers(reading) if n >= count):
            continue
        numbers = [n for n in (mine, other) if n is not None]
        yield reading.finding(
            "COUNT_PERCENT", "inconsistent",
            f"{percent.printed}% is inconsistent with {count} of {of}, which are {100 * count / of:.1f}%",
            "the share may be that of the other sex, or of other people",
            quotes=(spot(line, percent), *(spot(line, n) for n in numbers)),
            computed=(("percent", f"{100 * count / of:.4f}"),),
        )  # fmt: skip


def _ratio(reading: Reading, line: Line, told: list[Number | None]) -> Iterator[Finding]:
    """Check "30 women and 60 men, a male to female ratio of 1:2"."""
    women, men = told
    if women is None or men is None or not women.whole or not men.whole:
        return
    found = list(_RATIO.finditer(line.words))
    if len(found) != 1 or found[0]["a"][0].lower() == found[0]["b"][0].lower():
        return
    match = found[0]
    x, y = (float(match[name].replace("·", ".")) for name in ("x", "y"))
    first, second = (men, women) if match["a"][0].lower() in "mb" else (women, men)
    if not x or not y:
        return
    real = first.whole / second.whole
    decimals = "." in match["x"] + match["y"] or "·" in match["x"] + match["y"]
    room = 0.12 if decimals else 0.3
    if abs(real / (x / y) - 1) <= room:
        return
    yield reading.finding(
        "RATIO_OF_COUNTS", "inconsistent",
        f"a ratio of {match['x']} to {match['y']} is inconsistent with {first.printed} and {second.printed}, whose "
        f"ratio "
        f"is {real:.2f}",
        "the ratio may be that of the other sex to this, or of other people",
        quotes=(line.piece(match), spot(line, first), spot(line, second)), computed=(("ratio", f"{real:.4g}"),),
    )  # fmt: skip
