"""Two kinds of one noun told in turn, "diffuse and limited disease in 118 and 106", against all patients."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.marked import Number, marked, spot
from evsynth.checks.scanned.facts.slips import one_digit, swapped
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.told.remainders import numbers_told
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("GROUPS",)

_TWO = Expression(
    r"\b(?P<a>[A-Za-z][a-z-]{2,}) (?:and|or) (?P<b>[a-z][a-z-]{2,})(?: [A-Za-z][\w-]*){0,3}"
    r"(?: (?:was|were)(?: [a-z]+)?)?(?: (?:in|for|by|of|at|from))?,? ?\(?"
    r"⟨c(?P<k>\d+)⟩(?: ?\(⟨p\d+⟩\))? (?:and|or|vs|versus) ⟨c(?P<n>\d+)⟩"
    r"(?: ?\(⟨p\d+⟩\))?(?: [a-z]+){0,2},? ?(?:respectively|\))"
)
_EACH = Expression(
    r"⟨c(?P<k>\d+)⟩(?: ?\(⟨p\d+⟩\))? (?P<a>[a-z][a-z-]{2,})(?: [A-Za-z-]+)? (?:and|or|,) ⟨c(?P<n>\d+)⟩"
    r"(?: ?\(⟨p\d+⟩\))? (?P<b>[a-z][a-z-]{2,})\b(?! ⟨)"
)
_OPPOSED = (
    ("diffuse", "limited"), ("acute", "chronic"), ("left", "right"), ("urban", "rural"), ("primary", "secondary"),
    ("males?", "females?"), ("men", "women"), ("boys", "girls"), ("benign", "malignant"), ("positive", "negative"),
    ("early", "late"), ("high", "low"), ("open", "laparoscopic"), ("elective", "emergency"), ("ischa?emic",
    "h(?:a)?emorrhagic"), ("unilateral", "bilateral"), ("proximal", "distal"), ("upper", "lower"), ("mild", "severe"),
    ("single", "multiple"), ("vaginal", "ca?esarean"), ("public", "private"), ("current", "former"), ("internal",
    "external"), ("anterior", "posterior"), ("paroxysmal", "persistent"), ("living", "deceased"),
    ("medical", "surgical"),
    ("viable", "necrotic"), ("superficial", "deep"), ("solitary", "multiple"), ("cemented", "(?:un|ce)?cementless"),
    ("localized", "metastatic"), ("localised", "metastatic"), ("major", "minor"), ("full", "partial"), ("inpatients?",
    "outpatients?"), ("symptomatic", "asymptomatic"), ("central", "peripheral"), ("monocular", "binocular"),
)  # fmt: skip
_ALL = Expression(
    r"(?:\b[Oo]f|\b[Aa]mong|\b[Ii]n|^|[.:;(] ?|\b[Ww]e \w+|total of)(?: the| all| our| a total of)? ?⟨c(\d+)⟩ "
    r"(?:[A-Za-z-]+ ){0,4}?(?:patients|participants|people|women|men|children|adults|subjects|infants|eyes|cases|"
    r"individuals|recipients|implants|teeth|hips|knees|lesions|tumou?rs)\b|"
    r"⟨c(\d+)⟩ (?:[a-z]+ )?(?:were|was) (?:[a-z]+ )?(?:analy|includ|studied|enrol|randomi|recruit)"
)


def kinds_in_turn(reading: Reading) -> Iterator[Finding]:
    """Add up two opposite kinds of one noun and compare them with the number they are told of, in the same sentence.

    Found: the sum is told nowhere, and exchanged digits or one digit of a ten or hundred mend it.
    """
    for line in lines(reading, ("abstract", "methods", "results", "body")):
        if len(re.findall(r"\d+", line.words)) < 3 or " and " not in line.words:
            continue
        sentence = marked(line.words)
        for match in (*_TWO.finditer(sentence.text), *_EACH.finditer(sentence.text)):
            one, two = match["a"].lower(), match["b"].lower()
            if not any(re.fullmatch(f"(?:{a})", x) and re.fullmatch(f"(?:{b})", y)
                       for a, b in _OPPOSED for x, y in ((one, two), (two, one))):  # fmt: skip
                continue
            parts = [sentence.numbers[int(match[g])] for g in ("k", "n")]
            wholes = [sentence.numbers[int(m[1] or m[2])] for m in _ALL.finditer(sentence.text, 0, match.start() + 1)]
            found = _missed(reading, parts, wholes)
            if found is not None:
                made = parts[0].whole + parts[1].whole
                yield reading.finding(
                    "GROUPS", "inconsistent",
                    f"{parts[0].printed} + {parts[1].printed} = {made} is inconsistent with {found.printed}",
                    "a kind may not be told; otherwise a digit is misprinted",
                    quotes=(spot(line, *parts), spot(line, found)), computed=(("sum", str(made)),),
                )  # fmt: skip


def _missed(reading: Reading, parts: list[Number], wholes: list[Number]) -> Number | None:
    """Give the number that two parts are meant to make and do not."""
    made = parts[0].whole + parts[1].whole
    if made in numbers_told(reading):
        return None
    for whole in reversed(wholes):
        if max(n.whole for n in parts) >= whole.whole or abs(made - whole.whole) > 0.15 * whole.whole:
            continue
        far = abs(made - whole.whole)
        slips = [(made, whole.whole), *((p.whole, p.whole - made + whole.whole) for p in parts)]
        if any(b > 0 and (swapped(a, b) or (one_digit(a, b) and far in (10, 20, 100))) for a, b in slips):
            return whole
    return None
