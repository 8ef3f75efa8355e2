"""Rates of response, participation or completion told beside a count, against the number that was asked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.denominators import MISSING, share_finding
from evsynth.checks.scanned.facts.marked import Number, marked, spot
from evsynth.checks.scanned.facts.proportions import prints
from evsynth.checks.scanned.facts.slips import swapped
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("COUNT_PERCENT",)

_RATE = Expression(
    r"\b(?:respon(?:se|ding)|return|participation|completion|uptake|recruitment|retention|follow-up|reply|"
    r"attendance|"
    r"inclusion|consent|acceptance|coverage|enrol+ment)(?: rate| proportion| frequency)?"
    r"(?: (?:was|of|being|is|amounted to|came to|stood at|reached|therefore|thus|hence|rate|=)|[:,=(]| "
    r"\()* ?⟨p(\d+)⟩"
    r"|⟨p(\d+)⟩(?: ?\))? (?:of (?:those (?:invited|asked|approached|eligible|contacted|sampled|addressed)|them) )?"
    r"(?:response|return|participation|completion|uptake|recruitment|retention|replied|responded|took part|"
    r"participated|"
    r"returned|came back|answered|accepted|consented|completed)|"
    r"⟨c\d+⟩ (?:[a-z]+ ){0,4}?(?:replied|responded|answered|took part|participated|returned (?:it|them|the \w+)|"
    r"completed (?:it|the \w+)|sent (?:it|them) back|came back|were returned) ?\(⟨p(\d+)⟩\)",
    re.I,
)
_ASKED = Expression(
    r"\b(?:all|sent|mailed|e-mailed|emailed|posted|invit\w+|ask\w+|approach\w+|eligible|distribut\w+|"
    r"contact\w+|offered|"
    r"sampl\w+|address\w+|handed out|identified|selected|drawn|random\w*|questionnaires?|members|target|issued|"
    r"registered|questionnaire|reach\w*)\b", re.I,
)  # fmt: skip
_REPLY = Expression(
    r"\b(?:repl\w+|respon\w+|return\w*|came back|complet\w+|participat\w+|took part|agreed|consent\w+|"
    r"accept\w+|answer\w+|"
    r"usable|filled|receiv\w+|back|attend\w+|enrol+\w*|recruit\w+|retain\w*|includ\w+|stayed)\b", re.I,
)  # fmt: skip
_UNREACHED = Expression(
    r"\b(?:undeliver\w+|no (?:longer|valid|address)|wrong|bounced|moved|unopened|ineligible|not eligible|exclud\w+|"
    r"left|retired|duplicates?|died|invalid|could not|never reached|blank|on leave)\b", re.I,
)  # fmt: skip
_RANGE = Expression(r"(?:\bto|-|and) ?⟨p")
_OF_THEM = Expression(
    r"\b(?:of|among|amongst) (?:the |all |these |those |our )*(?:[a-z]+ )?(?:respond\w+|repl\w+|participants|"
    r"completers|"
    r"who (?:responded|replied|answered))[^⟨.;]{0,40}$", re.I,
)  # fmt: skip
_OTHER = Expression(
    r"objective|placebo|attack|pain|tumou?r|partial|complete response|complete remission|RECIST|immun|"
    r"antibod|virolog",
    re.I,
)


def response_rates(reading: Reading) -> Iterator[Finding]:
    """Check "all 640 nurses were asked; 287 came back, a response rate of 54.8%".

    Found: no number that is printed gives the rate, and one number before is told as asked. Left alone: responses to
    treatment, and rates that people without an address or an answer would explain.
    """
    every = list(lines(reading, ("abstract", "methods", "results", "body")))
    for index, line in enumerate(every):
        if ("%" not in line.words and "cent" not in line.words) or _OTHER.search(line.words):
            continue
        sentence = marked(line.words)
        for match in _RATE.finditer(sentence.text):
            percent = sentence.numbers[int(match[1] or match[2] or match[3])]
            if not 0 < percent.printed.value < 100 or percent.printed.bound or _RANGE.search(match[0]):
                continue
            if _OF_THEM.search(sentence.text[: sentence.text.index(f"⟨p{sentence.numbers.index(percent)}⟩")]):
                continue  # a share of those who responded
            found = _replied(every, index, percent)
            asked = _asked(every, index, found[1].whole) if found else []
            if found is None or len({n.whole for _, n in asked}) != 1:
                continue
            count, (where, of) = found[1], asked[0]
            known = {
                n.whole for x in every for n in marked(x.words).numbers if n.kind in "cmx" and not n.printed.decimals
            }
            near = [x for x in every[max(0, index - 8) : index + 2] if not match[3] or _UNREACHED.search(x.words)]
            less = known if not match[3] else {n.whole for x in near for n in marked(x.words).numbers if n.kind == "c"}
            fewer = {a - b for a in known for b in less if of.whole / 2 < a <= of.whole}
            if any(prints(count.whole, m, percent.printed) for m in known | fewer if m >= count.whole):
                continue
            beside = [n for x in every[max(0, index - 1) : index + 1] for n in marked(x.words).numbers if n.kind == "c"]
            if any(prints(n.whole, of.whole, percent.printed) for n in beside):
                continue
            scale = 10**percent.printed.decimals
            slip = swapped(round(float(percent.printed.value) * scale), round(100 * count.whole / of.whole * scale))
            if match[3] and abs(float(percent.printed.value) - 100 * count.whole / of.whole) > 15:
                continue  # of others than those asked
            if slip or not MISSING * of.whole <= 100 * count.whole / float(percent.printed.value) <= of.whole:
                yield share_finding(
                    reading, line, count, percent, of.whole,
                    (spot(line, percent), spot(where, of), spot(found[0], count)),
                )  # fmt: skip
            return


def _replied(every: list[Line], index: int, percent: Number) -> tuple[Line, Number] | None:
    """Give the count of those who replied: the last in the sentence before the rate, or that of the sentence before."""
    own = [n for n in marked(every[index].words).numbers if n.kind == "c" and n.start < percent.start and n.whole > 9]
    if own and _REPLY.search(every[index].words):
        return every[index], own[-1]
    if index and every[index - 1].section == every[index].section:
        before = [n for n in marked(every[index - 1].words).numbers if n.kind == "c" and n.whole > 9]
        if before and _REPLY.search(every[index - 1].words):
            return every[index - 1], before[-1]
    return None


def _asked(every: list[Line], index: int, least: int) -> list[tuple[Line, Number]]:
    """Give the numbers of people told as asked in the sentences before."""
    return [
        (x, n) for x in every[max(0, index - 8) : index + 1] if _ASKED.search(x.words)
        for n in marked(x.words).numbers if n.kind == "c" and n.whole > least
    ]  # fmt: skip
