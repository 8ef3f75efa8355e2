"""Words for two kinds that share out everybody: women and men, with and without, the intervention and the control."""

from __future__ import annotations

from evsynth.text.expressions import Expression

_PAIRS = (
    (r"women|woman|females?|girls?|mothers", r"men|man|males?|boys?|fathers"),
    (r"rural|villag\w+|countryside", r"urban|towns?|cit(?:y|ies)"),
    (r"alive|surviv\w+|discharged", r"dead|died|deaths?|non-?survivors"),
    (r"positiv\w+", r"negativ\w+"), (r"benign", r"malignant"), (r"public", r"private"),
    (r"married", r"single|unmarried"), (r"smok(?:ers?|ing)|current", r"non-?smok\w+|never|ex-?smok\w+"),
    (r"nullipar\w+|primipar\w+", r"(?:multi)?par(?:ous|ae|as)"), (r"vaginal\w*", r"c(?:a?)esarean\w*"),
    (r"in-?patients?", r"out-?patients?"), (r"emergency|urgent|acute", r"elective|planned|scheduled"),
    (r"with", r"without|no"), (r"unilateral", r"bilateral"), (r"open", r"laparoscopic\w*|endoscopic\w*|closed"),
    (r"intervention|treat(?:ed|ment)|active|experimental|drug|case|exposed|vaccinated|immuni[sz]ed|screened",
     r"controls?|placebo|untreated|usual|standard|sham|comparison|unexposed|un-?vaccinated|unimmuni[sz]ed|unscreened"),
    (r"early|immediate", r"late|delayed|deferred"), (r"day(?:time)?", r"night(?:-?time)?"),
    (r"first", r"second"), (r"former", r"latter"), (r"young(?:er)?|under", r"old(?:er)?|over|elderly"),
    (r"before", r"after"), (r"left", r"right"), (r"upper", r"lower"), (r"summer", r"winter"),
    (r"primary", r"secondary"), (r"low", r"high"), (r"in-hours|during", r"out-of-hours|outside"),
    (r"children|paediatric|pediatric", r"adults?"), (r"doctors|physicians", r"nurses"),
    (r"diabetic\w*", r"non-?diabetic\w*"), (r"term|full-term", r"pre-?term|premature"),
    (r"adherent|compliant", r"non-?adherent|non-?compliant"), (r"responders?", r"non-?responders?"),
    (r"(?:group|arm|ward|drug|cohort|period|phase|batch|centre|site|hospital) (?:A|I)",
     r"(?:(?:group|arm|ward|drug|cohort|period|phase|batch|centre|site|hospital) )?(?:B|II)"),
)  # fmt: skip
_BOTH = tuple(
    (
        Expression(rf"\b(?:{a})(?![\w-])", 0 if "A|I" in a else 2),
        Expression(rf"\b(?:{b})(?![\w-])", 0 if "A|I" in a else 2),
    )
    for a, b in _PAIRS
)


def opposite(one: str, two: str) -> bool:
    """Say whether two labels are the two kinds of one pair, in either order, and no label is both.

    >>> opposite("among urban", "among rural women"), opposite("cough", "fever")
    (True, False)
    """
    for a, b in _BOTH:
        first, second = (bool(a.search(one)), bool(b.search(one))), (bool(a.search(two)), bool(b.search(two)))
        if (first, second) in (((True, False), (False, True)), ((False, True), (True, False))):
            return True
    return False
