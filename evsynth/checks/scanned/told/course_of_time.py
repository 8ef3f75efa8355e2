"""Person-time against people and their mean time: 1204 nurses for a mean of 3.5 years are 4214 person-years."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.passages import passages
from evsynth.checks.scanned.facts.products import Product, slipped
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("RATE",)

_TIME = Expression(r"(?<![\w.,-])(?P<t>\d{1,3}(?:[ ,]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s(?:total\s)?(?:person|"
                   r"patient|woman|child|participant|subject)s?[- '](?P<u>year|month|day)s?\b|"
                   r"\b(?:person|patient|woman|child)-(?P<u2>year|month|day)s(?: of (?:follow-up|observation))?(?: "
                   r"was| were|:| of| totalled| amounted to)* (?P<t2>\d{1,3}(?:,\d{3})+|\d+)")  # fmt: skip
_MEAN = Expression(
    r"\b(?:mean|average|averaged|averaging)\b[^.;\d]{0,40}?(?P<m>\d+(?:\.\d+)?)(?:\s?(?:±|"
    r"\(SD)\s?\d+(?:\.\d+)?\)?)?[\s-](?P<u>year|month|week|day)s?\b",
    re.I,
)
_FOLLOWED = Expression(r"\bfollow|\bobserv|\bperson-|\bpatient-|\bcontribut|\baccru|\btime at risk|\bexposure", re.I)
_PEOPLE = Expression(
    r"(?<![\w.,/-])(?P<n>\d{1,3}(?:[ ,]\d{3})+|\d{2,6})(?![\w%/]|\.\d|,\d|\s?%|-)(?!\s(?:years?|"
    r"months?|days?|weeks?|person|patient-|per\b))"
)
_PER = Expression(r"\b(?:per|/)\s?$")
_DAYS = {"year": 365.25, "month": 30.4375, "week": 7.0, "day": 1.0}


def course_of_time(reading: Reading) -> Iterator[Finding]:
    """Compare person-time with every number of people times the one mean follow-up told beside it.

    Found: no number told gives the time, and one does with a slip of the pen. Left alone: bases of rates, and medians.
    """
    for _, near in passages(reading, _TIME, 1, 0):
        times = [m for m in _TIME.finditer(near.words) if not _PER.search(near.words[: m.start()])]
        means = [
            m
            for m in _MEAN.finditer(near.words)
            if re.search(
                r"follow|observ|for a|risk|exposure|"
                r"contribut",
                near.words[max(0, m.start() - 60) : m.end() + 40],
                re.I,
            )
        ]
        if (
            len(times) != 1
            or len(means) != 1
            or not _FOLLOWED.search(near.words)
            or re.search(r"\bage[ds]?\b", means[0][0])
        ):
            continue
        time, mean = times[0], means[0]
        name = "t" if time["t"] else "t2"
        told = Printed.parse(time[name].replace(" ", ","))
        factor = _DAYS[mean["u"].lower()] / _DAYS[(time["u"] or time["u2"]).lower()]
        each = span(Printed.parse(mean["m"]))
        people = [
            (int(m["n"].replace(",", "").replace(" ", "")), m) for m in _PEOPLE.finditer(near.words)
            if not time.start() <= m.start() < time.end() and not mean.start() <= m.start() < mean.end()
            and not re.fullmatch(r"(?:19|20)\d\d", m["n"])
        ]  # fmt: skip
        made = [
            (Product(n * float(mean["m"]) * factor, Span(n * each.low * factor, n * each.high * factor)), m)
            for n, m in people
        ]
        wrong = slipped(told, [p for p, _ in made])
        if wrong is None:
            continue
        of = next(m for p, m in made if p == wrong)
        yield reading.finding(
            "RATE", "inconsistent",
            f"{time[0]} are inconsistent with {of['n']} followed for a mean of {mean['m']} {mean['u']}s, which "
            f"make {wrong.value:.0f}",
            "the mean may be of other patients; otherwise a digit is misprinted",
            quotes=(near.spot(*time.span()), near.spot(*mean.span("m")), near.spot(*of.span("n"))),
            computed=(("person-time", f"{wrong.value:.0f}"),),
        )  # fmt: skip
        return
