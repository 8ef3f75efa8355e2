"""Intervals of a percentage whose number of people stands elsewhere: "of the sample (n = 2417), 8.5% (2.4 to 14.6%)".

None of the numbers that the text prints gives the interval by Wald, Wilson, Agresti-Coull or Clopper-Pearson, and the
number that the sentence tells gives one of less than half or more than twice the width. Of nobody, or of all, the one
limit is that of exact intervals, or about three through the number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.denominators import printed_numbers
from evsynth.checks.scanned.facts.marked import Marked, Number, marked, spot
from evsynth.checks.scanned.facts.proportions import prints, proportions
from evsynth.checks.scanned.numbers.proportion_intervals import Limits, limits_of
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.proportion_intervals import one_proportion
from evsynth.reanalyse.spans import span
from evsynth.text.expressions import Expression

CODES = ("PROPORTION_INTERVAL",)

_INTERVAL = Expression(
    r"⟨l\d+⟩ ?\(?(?:C\.?I\.?|confidence (?:interval|limits|bounds)|limits)?\)?[,:=]*(?: ?(?:of|from|was|=|:))? ?\(?"
    r"⟨[cdprx](?P<a>\d+)⟩ ?(?:to|-|--|,|;|and) ?⟨[cdprx](?P<b>\d+)⟩"
    r"|⟨p(?P<p>\d+)⟩ ?\((?:C\.?I\.?,? )?⟨[dprc](?P<c>\d+)⟩ ?(?:to|-|--) ?⟨p(?P<d>\d+)⟩\)"
)
_NOBODY = Expression(
    r"\b(?:[Nn]one|[Nn]either|[Nn]ot one|[Nn]o one)\b(?: of)?(?: the| these| our| those)* ⟨c(?P<n>\d+)⟩|"
    r"⟨c(?P<z>\d+)⟩ ?(?:/|of|out of)(?: the)? ⟨c(?P<m>\d+)⟩"
)
_OTHER = Expression(
    r"adjust|weight|kaplan|cumulative|surviv|pooled|bootstrap|cluster|imput|model|predict|credible|bayes|design|meta-|"
    r"median|quartile|IQR|\brange|reduc|efficac|effective|differ|chang|increas|decreas|relative|ratio|odds|hazard|"
    r"heterogen|I2|I²|sensitiv|specific|accura|mean\b|per\b|multilevel|random effects|standardi[sz]|points|average|"
    r"stratif|survey|capture|estimat|improve|lower|higher|agreement|fraction|explain|variance|heritab", re.I,
)  # fmt: skip
_LEVELS = Expression(r"\b(?:80|90|97\.5|98|99(?:\.\d)?) ?%|one-sided|credible|bayes", re.I)
NARROW, WIDE = 0.5, 1.9
"""An interval of less than this share of the width, or of more than so many times of it, is of another number."""


def intervals_by_size(reading: Reading) -> Iterator[Finding]:
    """Check percentages with an interval against the number of people told in their sentence or before it."""
    if _LEVELS.search(reading.document.prose):
        return
    every = list(lines(reading, ("abstract", "results", "body")))
    for index, line in enumerate(every):
        if (
            _OTHER.search(line.words)
            or not re.search(r"%|cent", line.words)
            or not re.search(r"9[05]|CI|limits", line.words)
        ):
            continue
        sentence = marked(line.words)
        for match in _INTERVAL.finditer(sentence.text):
            yield from _judged(reading, every, index, sentence, match)


def _judged(
    reading: Reading, every: list[Line], index: int, sentence: Marked, match: re.Match[str]
) -> Iterator[Finding]:
    line = every[index]
    low, high = (sentence.numbers[int(match[a] or match[b])] for a, b in (("a", "c"), ("b", "d")))
    ends = span(low.printed).middle, span(high.printed).middle
    if not 0 <= ends[0] < ends[1] <= 100 or (
        match["p"] is None and not {low.kind, high.kind} & set("p") and not _percent_before(sentence, match)
    ):
        return
    percent = sentence.numbers[int(match["p"])] if match["p"] else _percent_before(sentence, match)
    if percent is not None and _BESIDE.search(sentence.text[: match.start()]) and not percent.printed.bound:
        own = span(percent.printed)
        if own.high < span(low.printed).low or own.low > span(high.printed).high:
            yield _outside(reading, line, percent, (low, high))
            return
    zero = _nobody(sentence, match.start())
    if zero is not None and (percent is None or float(percent.printed) == 0):
        yield from _of_nobody(reading, line, zero, (low, high))
        return
    if percent is None or not ends[0] < float(percent.printed) < ends[1] or percent.printed.bound:
        return
    share = next((s for s in proportions(sentence) if s.percent == percent), None)
    if share is not None and share.of is not None:
        return  # another check compares it with its own number
    bases = _bases(every, index, sentence)
    if share is not None and share.events is not None:
        count = share.events.whole
        bases = [n for n in bases if n[1].whole >= count and prints(count, n[1].whole, percent.printed)]
    if not bases or any(_gives(n, float(percent.printed), ends) for n in printed_numbers(reading) if n >= 5):
        return
    where, of = max(bases, key=lambda b: b[1].whole)
    usual = _limits(round(of.whole * float(percent.printed) / 100), of.whole)
    width, wide, thin = ends[1] - ends[0], usual.high[1] - usual.low[0], usual.high[0] - usual.low[1]
    half = sum(10.0**-n.printed.decimals for n in (low, high)) / 2
    most = max((n for n in printed_numbers(reading) if n < 10_000_000), default=of.whole)
    narrowest = _limits(round(most * float(percent.printed) / 100), most)
    narrow = width + half < NARROW * thin and width + half < 0.9 * (narrowest.high[0] - narrowest.low[1])
    single = len({n.whole for _, n in bases if _ is line}) == 1 and where is line
    if narrow or (single and width - half > WIDE * wide):
        yield _finding(reading, line, (percent, low, high), (where, of), usual)


_BESIDE = Expression(
    r"\b(?:prevalence|proportion|rate|incidence|share|percentage|frequency|uptake|coverage|seroprevalence|"
    r"sensitivity|specificity)\b"
    r"[^⟨.;]{0,40}⟨p\d+⟩(?: (?:was|were|being) [a-z]+)?,? ?[(,;]? ?$"
)


def _outside(reading: Reading, line: Line, percent: Number, limits: tuple[Number, Number]) -> Finding:
    return reading.finding(
        "PROPORTION_INTERVAL", "inconsistent",
        f"{percent.printed}% lies outside its own interval, {limits[0].printed} to {limits[1].printed}",
        "a digit of the share or of a limit is misprinted", quotes=(spot(line, percent), spot(line, *limits)),
    )  # fmt: skip


def _percent_before(sentence: Marked, match: re.Match[str]) -> Number | None:
    found = re.search(r"⟨p(\d+)⟩[^⟨;.]{0,40}$", sentence.text[: match.start()])
    return sentence.numbers[int(found[1])] if found else None


def _nobody(sentence: Marked, end: int) -> Number | None:
    """Give the number of people of whom none had it, told last before a place."""
    found = None
    for m in _NOBODY.finditer(sentence.text, 0, end):
        if m["n"]:
            found = sentence.numbers[int(m["n"])]
        elif sentence.numbers[int(m["z"])].whole == 0:
            found = sentence.numbers[int(m["m"])]
        else:
            found = None
    return found


def _of_nobody(reading: Reading, line: Line, of: Number, limits: tuple[Number, Number]) -> Iterator[Finding]:
    upper = float(limits[1].printed)
    half = 0.5 * 10.0 ** -limits[1].printed.decimals
    if float(limits[0].printed) > 0 or of.whole < 5 or upper >= 100:
        return

    def gives(n: int) -> bool:
        return bool(100 * (1 - 0.1 ** (1 / n)) - half - 0.2 <= upper <= 100 * min(1.0, 5.6 / (n + 2)) + half + 0.2)

    if any(gives(n) for n in printed_numbers(reading) if n >= 5):
        return
    usual = Limits((0.0, 0.0), (100 * (1 - 0.05 ** (1 / of.whole)), 100 * (1 - 0.025 ** (1 / of.whole))))
    yield _finding(reading, line, (limits[0], limits[1]), (line, of), usual)


def _bases(every: list[Line], index: int, sentence: Marked) -> list[tuple[Line, Number]]:
    """Give the counts of the sentence; where it has none, those of the sentence before."""
    for x in every[index : max(0, index - 2) : -1] if index else every[:1]:
        if x.section == every[index].section:
            found = [(x, n) for n in marked(x.words).numbers if n.kind == "c" and n.whole >= 10]
            if found:
                return found
    return []


def _limits(count: int, of: int) -> Limits:
    if of <= 1000:
        return limits_of(count, of)
    wilson = one_proportion(count, of)
    return Limits((100 * wilson.low - 0.2, 100 * wilson.low + 0.2), (100 * wilson.high - 0.2, 100 * wilson.high + 0.2))


def _gives(of: int, percent: float, ends: tuple[float, float]) -> bool:
    """Say whether a number of people gives an interval that lies nearly so."""
    if of > 10_000_000:
        return False
    usual = _limits(round(of * percent / 100), of)
    width = ends[1] - ends[0]
    return 0.75 * (usual.high[0] - usual.low[1]) <= width <= 1.35 * (usual.high[1] - usual.low[0])


def _finding(
    reading: Reading, line: Line, numbers: tuple[Number, ...], of: tuple[Line, Number], usual: Limits
) -> Finding:
    low, high = numbers[-2:]
    return reading.finding(
        "PROPORTION_INTERVAL", "inconsistent",
        f"{low.printed} to {high.printed} is inconsistent with {of[1].printed} people, of whom the interval is about "
        f"{usual.low[0]:.1f} to {usual.high[1]:.1f}",
        "an interval that allows for clusters is wider, one of another number differs; otherwise a limit is misprinted",
        quotes=(spot(line, *numbers), spot(of[0], of[1])),
        computed=(("limits", f"{usual.low[0]:.2f} to {usual.high[1]:.2f}"),),
    )  # fmt: skip
