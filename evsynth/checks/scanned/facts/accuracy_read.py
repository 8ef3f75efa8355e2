"""The rates of a diagnostic test as a sentence tells them: one of each name, singly or in lists."""

from __future__ import annotations

import re

from evsynth.checks.scanned.facts.effects_told import intervals_of
from evsynth.checks.scanned.facts.marked import Marked, Number, marked
from evsynth.checks.scanned.prose import Line
from evsynth.text.expressions import Expression

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
_FORWARD = {k: Expression(rf"(?:{v}){_VALUE}", re.I if len(v) > 12 else 0) for k, v in _NAMES.items()}
_BACKWARD = {k: Expression(rf"⟨p(\d+)⟩ (?:{v})\b", re.I) for k, v in _NAMES.items() if k[:2] != "LR"}
_CORRECT = Expression(
    r"correctly classif[a-z]+(?: in)? ⟨p(\d+)⟩(?: of (?:the |all )*(?:patients|cases|participants|samples|"
    r"subjects|them))?"
    r"(?! (?:of|with|without|who|in)\b)"
    r"|classif[a-z]+ ⟨p(\d+)⟩ of (?:the |all )*(?:patients|cases|participants|samples|subjects|them) correctly"
    r"|⟨p(\d+)⟩ of (?:the |all )*(?:patients|cases|participants|samples|subjects|them) (?:were |was )?"
    r"(?:correctly classified|classified correctly)"
)
_ANY = rf"(?:{'|'.join(_NAMES.values())})"
_NAMED = Expression(rf"{_ANY}|correctly|positive|negative", re.I)
_SHORT = (
    (
        Expression(
            r"positive(?: predictive values?)?(?: \(PPV\))?,? and (?:the )?negative predictive values?(?: \(NPV\))?",
            re.I,
        ),
        "PPV and NPV",
    ),
    (Expression(r"positive and negative likelihood ratios?", re.I), "LR+ and LR-"),
    (
        Expression(
            r"likelihood ratios?(?: (?:was|were|of|being|is|are))* (⟨[pd]\d+⟩) \(positive\),? (?:and )?"
            r"(⟨[pd]\d+⟩) \(negative\)",
            re.I,
        ),
        r"LR+ and LR- were \1 and \2",
    ),
    (
        Expression(
            r"likelihood ratios? (?:for|of) a positive(?: test)?(?: result)? (?:was|of|is|were) (⟨[pd]\d+⟩),? "
            r"and "
            r"(?:that |the one )?(?:for|of) a negative(?: test)?(?: result)? (?:was |of |is )?(⟨[pd]\d+⟩)",
            re.I,
        ),
        r"LR+ and LR- were \1 and \2",
    ),
    (Expression(r" \((?:PPV|NPV|LR\+|LR-|Se|Sp)\)"), ""),
)
_LIST = Expression(
    rf"(?P<names>{_ANY}(?:,? (?:and )?(?:the )?{_ANY})+)(?: [a-z]+){{0,8}}?,? ?(?:were|was|of|:|=) ?"
    r"(?P<values>⟨[pd]\d+⟩(?:(?:,|;|/| and|, and) ?⟨[pd]\d+⟩)+)", re.I,
)  # fmt: skip
_SEVERAL = Expression(
    r"respectively|\bvs\.?\b|versus|compared|pooled|adjusted|either|combin|both|each|"
    r"per[- ](?:lesion|patient|segment|vessel|node|eye|person|sample)|assum|prevalence of|training|validation|"
    r"derivation|test set|external|internal|pre-?test|increase|rose|fell",
    re.I,
)


def rates_of_test(line: Line) -> dict[str, Number]:
    """Give the rates of a sentence, each told once; none where it speaks of several tests."""
    if not _NAMED.search(line.words):
        return {}
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
    for match in _CORRECT.finditer(sentence.text):
        found.setdefault("accuracy", sentence.numbers[int(match[1] or match[2] or match[3])])
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
