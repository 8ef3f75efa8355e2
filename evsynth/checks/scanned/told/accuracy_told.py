"""Sensitivity, specificity, predictive values, accuracy and likelihood ratios of one test, told in running text.

Sensitivity and specificity fix the share of the diseased that each predictive value, and the accuracy, needs: all must
need the same. Likelihood ratios follow from the two. The cases missed, and the false alarms, must give the rates as
shares of a number that the text prints.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.told.comparisons import is_review
from evsynth.checks.scanned.told.effects_told import intervals_of
from evsynth.checks.scanned.told.marked import Marked, Number, marked, spot
from evsynth.checks.scanned.told.proportions import prints
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import Span, span

CODES = ("ACCURACY",)

_NAMES = {
    "sensitivity": r"sensitivity|sensitive", "specificity": r"specificity|specific",
    "PPV": r"positive[- ]predictive[- ]values?|\bPPV", "NPV": r"negative[- ]predictive[- ]values?|\bNPV",
    "accuracy": r"(?:overall |diagnostic )?accuracy",
    "LR+": r"positive likelihood ratio|\bLR ?\+|likelihood ratio (?:of|for) a positive(?: (?:test|result))?|\bLR\+",
    "LR-": r"negative likelihood ratio|\bLR ?-|likelihood ratio (?:of|for) a negative(?: (?:test|result))?",
}  # fmt: skip
_VALUE = (
    r"(?: ?\([A-Z+-]{2,4}\))?(?: (?:rate|value)s?)?(?: (?:for|of|to|in) [a-z -]{1,40}?)?"
    r"(?:,? ?(?:=|:|,|\(|of|was|were|is|being|therefore|thus|reached|came to|amounted to|at) ?){0,3} ?⟨[pd](\d+)⟩"
)
_FORWARD = {k: re.compile(rf"(?:{v}){_VALUE}", re.I if len(v) > 12 else 0) for k, v in _NAMES.items()}
_BACKWARD = {k: re.compile(rf"⟨p(\d+)⟩ (?:{v})\b", re.I) for k, v in _NAMES.items() if k[:2] != "LR"}
_ANY = rf"(?:{'|'.join(_NAMES.values())})"
_SHORT = (
    (
        re.compile(
            r"positive(?: predictive values?)?(?: \(PPV\))?,? and (?:the )?negative predictive values?(?: \(NPV\))?",
            re.I,
        ),
        "PPV and NPV",
    ),
    (re.compile(r"positive and negative likelihood ratios?", re.I), "LR+ and LR-"),
    (re.compile(r" \((?:PPV|NPV|LR\+|LR-|Se|Sp)\)"), ""),
)
_LIST = re.compile(
    rf"(?P<names>{_ANY}(?:,? (?:and )?(?:the )?{_ANY})+)(?: [a-z]+){{0,8}}?,? ?(?:were|was|of|:|=) ?"
    r"(?P<values>⟨[pd]\d+⟩(?:(?:,|;|/| and|, and) ?⟨[pd]\d+⟩)+)", re.I,
)  # fmt: skip
_SEVERAL = re.compile(
    r"respectively|\bvs\.?\b|versus|compared|pooled|adjusted|either|combin|both|each|"
    r"per[- ](?:lesion|patient|segment|vessel|node|eye|person|sample)|assum|prevalence of|pre-?test|increase|rose|fell",
    re.I,
)
_MISSED = re.compile(
    r"(?:missed|overlooked|(?:false(?:ly)?[- ]negatives?)[^⟨.;]{0,30}?(?:in|:|=|,|were|was)?) ?(?:in )?⟨c(\d+)⟩(?: "
    r"times| cases| patients| children|)"
    r"|⟨c(\d+)⟩ (?:of them )?(?:[a-z]+ ){0,3}?(?:(?:were|was) (?:missed|overlooked)|(?:were )?false[- ]negatives?\b)",
    re.I,
)  # fmt: skip
_ALARM = re.compile(
    r"(?:false[- ](?:positives?|alarms?))[^⟨.;]{0,20}?(?:in|:|=|were|was) ?⟨c(\d+)⟩"
    r"|⟨c(\d+)⟩ (?:[a-z]+ ){0,3}?(?:were )?false[- ](?:positives?|alarms?)\b", re.I,
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
        if not re.search(r"sensitiv|specific|accura|PPV|NPV|predictive", line.words):
            continue
        told = _told(line)
        if {"sensitivity", "specificity"} <= set(told):
            yield from _rates(reading, line, told)
            yield from _counts(reading, every, index, told, whole)


def _told(line: Line) -> dict[str, Number]:
    """Give the rates of a sentence, each told once; none where it speaks of several tests."""
    sentence = marked(line.words)
    limits, found, listed = intervals_of(sentence), dict[str, Number](), _listed(sentence)
    for name in _NAMES:
        patterns = [p for p in (_BACKWARD.get(name), _FORWARD[name]) if p is not None]
        for pattern in patterns:
            own = [int(m[1]) for m in pattern.finditer(sentence.text) if int(m[1]) not in limits]
            if len(set(own)) == 1:
                found.setdefault(name, sentence.numbers[own[0]])
                break
            if own and name not in listed:
                return {}
    found = {k: n for k, n in found.items() if k not in listed and n not in listed.values()} | listed
    numbers = list(found.values())
    several = _SEVERAL.search(line.words) and not listed
    return {} if several or len({n.start for n in numbers}) < len(numbers) else found


def _listed(sentence: Marked) -> dict[str, Number]:
    """Give the rates of "sensitivity, specificity, PPV and NPV were 90%, 85%, 80% and 95%"."""
    text = sentence.text
    for pattern, short in _SHORT:
        text = pattern.sub(short, text)
    for match in _LIST.finditer(text):
        names = [
            next(k for k, v in _NAMES.items() if re.fullmatch(v, n, re.I))
            for n in re.findall(_ANY, match["names"], re.I)
        ]
        values = [sentence.numbers[int(i)] for i in re.findall(r"⟨[pd](\d+)⟩", match["values"])]
        if len(names) == len(values) == len(set(names)):
            return dict(zip(names, values, strict=True))
    return {}


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
