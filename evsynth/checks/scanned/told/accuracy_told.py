"""Sensitivity, specificity, predictive values, accuracy and likelihood ratios of one test, told in running text.

Sensitivity and specificity fix the share of the diseased that each predictive value, and the accuracy, needs: all must
need the same. Likelihood ratios follow from the two. The cases missed, and the false alarms, must give the rates as
shares of a number that the text prints.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.accuracy_read import rates_of_test
from evsynth.checks.scanned.facts.marked import Number, marked, spot
from evsynth.checks.scanned.facts.proportions import prints
from evsynth.checks.scanned.facts.reviews import is_review
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("ACCURACY",)

_MISSED = Expression(
    r"(?:missed|overlooked|(?:false(?:ly)?[- ]negatives?)[^⟨.;]{0,30}?(?:in|:|=|,|were|was)?) ?(?:in )?⟨c(\d+)⟩(?: "
    r"times| cases| patients| children|)"
    r"|⟨c(\d+)⟩ (?:of them )?(?:(?!and|or|with|but)[a-z]+ ){0,3}?(?:(?:were|was) (?:missed|overlooked)|"
    r"(?:were )?false[- ]negatives?\b)",
    re.I,
)  # fmt: skip
_ALARM = Expression(
    r"(?:false[- ](?:positives?|alarms?))[^⟨.;]{0,20}?(?:in|:|=|were|was) ?⟨c(\d+)⟩"
    r"|⟨c(\d+)⟩ (?:(?!and|or|with|but)[a-z]+ ){0,3}?(?:were )?false[- ](?:positives?|alarms?)\b", re.I,
)  # fmt: skip
ROOM = 1.12
"""Factor by which two odds of disease may differ: verified by different patients, or rounded on the way."""


def accuracy_told(reading: Reading) -> Iterator[Finding]:
    """Compare the rates of one test with each other, and with the cases missed and the false alarms."""
    if is_review(reading):
        return
    every = list(lines(reading, ("abstract", "results", "body")))
    whole = {n.whole for x in every for n in marked(x.words).numbers if n.kind in "cm" and not n.printed.decimals}
    for index, line in enumerate(every):
        if not re.search(r"sensitiv|specific|accura|PPV|NPV|predictive|likelihood|LR", line.words):
            continue
        told = rates_of_test(line)
        if {"LR+", "LR-"} & set(told) and not {"sensitivity", "specificity"} & set(told):
            yield from _ratios_alone(reading, line, told)
        if {"sensitivity", "specificity"} <= set(told):
            yield from _rates(reading, line, told)
            yield from _counts(reading, every, index, told, whole)


def _share(number: Number) -> Span:
    one = span(number.printed)
    return Span(one.low / 100, one.high / 100) if number.kind == "p" else one


def _odds(value: Span) -> Span | None:
    return (
        Span(value.low / (1 - value.low), value.high / (1 - value.high)) if value.low > 0 and value.high < 1 else None
    )


def _rates(reading: Reading, line: Line, told: dict[str, Number]) -> Iterator[Finding]:
    s, c = _share(told["sensitivity"]), _share(told["specificity"])
    if not (s.low > 0.02 and s.high < 1 and c.low > 0.02 and c.high < 1):
        return
    needs: dict[str, Span] = {}
    if "PPV" in told and (v := _odds(_share(told["PPV"]))) is not None:
        needs["PPV"] = Span(v.low * (1 - c.high) / s.high, v.high * (1 - c.low) / s.low)
    if "NPV" in told and (w := _odds(_share(told["NPV"]))) is not None:
        needs["NPV"] = Span(c.low / (1 - s.low) / w.high, c.high / (1 - s.high) / w.low)
    if "accuracy" in told:
        a = _share(told["accuracy"])
        if a.low > max(s.high, c.high) + 0.005 or a.high < min(s.low, c.low) - 0.005:
            yield _finding(reading, line, told, ("accuracy", "sensitivity", "specificity"),
                           f"an accuracy of {told['accuracy'].printed} does not lie between sensitivity "
                           f"{told['sensitivity'].printed} and specificity {told['specificity'].printed}")  # fmt: skip
            return
    if len(needs) == 2:
        one, two = needs["PPV"], needs["NPV"]
        if one.low > two.high * ROOM or two.low > one.high * ROOM:
            shares = {
                k: f"{100 * v.low / (1 + v.low):.0f} to {100 * v.high / (1 + v.high):.0f}%" for k, v in needs.items()
            }
            yield _finding(reading, line, told, ("PPV", "NPV", "sensitivity", "specificity"),
                           f"with sensitivity {told['sensitivity'].printed} and specificity "
                           f"{told['specificity'].printed}, "
                           f"PPV {told['PPV'].printed} needs {shares['PPV']} diseased and NPV {told['NPV'].printed} "
                           f"{shares['NPV']}")  # fmt: skip
    ratios = {
        "LR+": Span(s.low / (1 - c.low), s.high / (1 - c.high)),
        "LR-": Span((1 - s.high) / c.high, (1 - s.low) / c.low),
    }
    for name, follows in ratios.items():
        if name in told and told[name].kind == "d":
            own = span(told[name].printed)
            if own.low > follows.high * 1.03 or follows.low > own.high * 1.03:
                yield _finding(reading, line, told, (name, "sensitivity", "specificity"),
                               f"a likelihood ratio of {told[name].printed} is inconsistent with sensitivity "
                               f"{told['sensitivity'].printed} and specificity {told['specificity'].printed}, which "
                               f"give "
                               f"{follows.low:.3g} to {follows.high:.3g}")  # fmt: skip


def _ratios_alone(reading: Reading, line: Line, told: dict[str, Number]) -> Iterator[Finding]:
    """Compare likelihood ratios with every sensitivity and specificity that the paper tells elsewhere."""
    sens, spec = (list(_told_anywhere(reading, word)) for word in ("sensitiv", "specific"))
    if not sens or not spec or len(sens) * len(spec) > 80:
        return
    for name in ("LR+", "LR-"):
        number = told.get(name)
        if number is None or number.kind != "d":
            continue
        own = span(number.printed)
        made = [
            Span(s.low / max(1 - c.low, 1e-9), s.high / max(1 - c.high, 1e-9)) if name == "LR+"
            else Span((1 - s.high) / c.high, (1 - s.low) / c.low) for s in sens for c in spec
        ]  # fmt: skip
        if any(own.low <= m.high * 1.03 and m.low <= own.high * 1.03 for m in made):
            continue
        yield reading.finding(
            "ACCURACY", "inconsistent",
            f"a likelihood ratio of {number.printed} ({name}) is inconsistent with every sensitivity and specificity "
            "told",
            "the ratio may be of another cut-off or of patients whose rates are not told", quotes=(spot(line, number),),
            computed=(("nearest", f"{min((m.middle for m in made), key=lambda x: abs(x - own.middle)):.3g}"),),
        )  # fmt: skip


def _told_anywhere(reading: Reading, word: str) -> Iterator[Span]:
    """Give every percentage of the sentences with a word, and of the columns headed by it."""
    for line in lines(reading, ("abstract", "results", "body", "discussion")):
        if word in line.words.lower():
            for n in marked(line.words).numbers:
                if n.kind == "p" and 5 < float(n.printed) < 100:
                    yield _share(n)
    for table in reading.document.tables:
        for column in table.columns[1:]:
            rows = [r for r in table.rows if word in column.label.lower() or word in r.label.text.lower()]
            for row in rows:
                for match in re.finditer(r"(?<![\d.·/])\d{2}[.·]\d+", table.cell(row.index, column.index).text):
                    yield Span(*(x / 100 for x in span(Printed.parse(match[0].replace("·", ".")))))


def _counts(
    reading: Reading, every: list[Line], index: int, told: dict[str, Number], whole: set[int]
) -> Iterator[Finding]:
    """Compare the cases missed, and the false alarms, with the rate that they are the rest of."""
    near = [x for x in every[max(0, index - 3) : index + 2] if x.section == every[index].section]
    sizes = {a - b for a in whole for b in whole if a > b} | whole if len(whole) < 120 else set()
    for name, pattern in (("sensitivity", _MISSED), ("specificity", _ALARM)):
        found = [
            (x, marked(x.words).numbers[int(m[1] or m[2])])
            for x in near
            if x is every[index] or name not in marked(x.words).text.lower()  # otherwise they are of that rate
            for m in pattern.finditer(marked(x.words).text)
        ]
        of = whole if name == "sensitivity" else sizes
        if len({n.whole for _, n in found}) != 1 or told[name].kind != "p" or told[name].printed.decimals < 1 or not of:
            continue
        line, number = found[0]
        if any(prints(n - number.whole, n, told[name].printed) for n in of if n > number.whole):
            continue
        yield reading.finding(
            "ACCURACY", "inconsistent",
            f"{number.printed} {'missed' if name == 'sensitivity' else 'false alarms'} are inconsistent with a "
            f"{name} of "
            f"{told[name].printed}%, of any number told",
            "the two may be of other patients or another cut-off",
            quotes=(spot(line, number), spot(every[index], told[name])),
        )  # fmt: skip


def _finding(reading: Reading, line: Line, told: dict[str, Number], names: tuple[str, ...], message: str) -> Finding:
    return reading.finding(
        "ACCURACY", "inconsistent", message,
        "the rates may be of other patients, another cut-off, or corrected for a prevalence elsewhere",
        quotes=tuple(spot(line, told[name]) for name in names),
    )  # fmt: skip
