"""A treatment of the full text has another name, or is given by another route, in a record or summary."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.elsewhere.aligned import of_others
from evsynth.checks.scanned.elsewhere.counterpart import counterpart
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.scan.parts import Role
from evsynth.text.expressions import Expression

CODES = ("DRUG_RETOLD",)

_ENDING = (
    r"(?:mab|nib|ciclib|parib|prazole|sartan|pril|[aeio]lol|statin|gliptin|flozin|glutide|conazole|nidazole|"
    r"cillin|mycin|"
    r"micin|floxacin|cycline|[aeiou]vir|azepam|zolam|azepine|oxetine|ipramine|triptyline|alopram|idone|apine|"
    r"piprazole|"
    r"xaban|atran|grel(?:or)?|parin|warfarin|aspirin|setron|profen|coxib|imus|imod|mast|cept|tide|relin|trexate|"
    r"prine|"
    r"phenolate|nisone|nisolone|methasone|lone|onide|phosphamide|formin|glitazone|thiazide|semide|dipine|lukast|"
    r"terol|"
    r"tropium|phylline|salazine|ralazine|flunomide|lidomide|damide|quine|dronate|caine|fentanil|orphine|codone|"
    r"triptan|"
    r"cetamol|minophen|osin|steride|lutamide|rozole|oxifene|platin|taxel|rubicin|abine|uracil|gliclazide|pyridine|"
    r"fenidone|clovir|darone|xamide|ketamine|zumab|kinra|ferol)"
)
_NO_DRUG = (
    r"(?:[Aa]lone|[Cc]y?clone|[Ee]xcept|[Aa]ccept|[Cc]oncept|[Pp]recept|[Ii]ntercept|April|"
    r"[A-Za-z]*peptide|[A-Za-z]*nucleotide)\b"
)
_DRUG = Expression(rf"\b(?!{_NO_DRUG})(?P<drug>[A-Za-z]*{_ENDING})\b")
_GIVEN = Expression(
    r"\b(?:assigned|randomi[sz]\w*|allocat\w+|treated|receiv\w+|given|took|taking|compar\w+|versus|vs\.?|against|"
    r"started on|"
    r"administered|on|with|to|or|than|of|plus)\s(?:either |oral |matching |intravenous |subcutaneous |standard |"
    r"high-dose |low-dose |weekly |daily |continued |inhaled )*$", re.I,
)  # fmt: skip
_ROUTE = Expression(
    r"\b(?P<iv>intravenous(?:ly)?)|(?P<sc>subcutaneous(?:ly)?)|\b(?P<im>intramuscular(?:ly)?)|"
    r"\b(?P<oral>oral(?:ly)?|by mouth|"
    r"tablets?|capsules?)\b|\b(?P<inhaled>inhaled|nebuli[sz]ed)|\b(?P<topical>topical(?:ly)?)|"
    r"\b(?P<nasal>intranasal(?:ly)?)|"
    r"\b(?P<rectal>rectal(?:ly)?)|\b(?P<vaginal>vaginal(?:ly)?)", re.I,
)  # fmt: skip
_OWN: tuple[Role, ...] = ("title", "abstract", "body", "methods", "results")
NEAR = 45
"""Characters between a drug and the route it is given by."""


def drugs_retold(reading: Reading) -> Iterator[Finding]:
    """Compare the treatments that a document says were given or compared with those of the full text.

    Found where a drug of the one stands nowhere in the other and one of the other nowhere in this, in sentences that
    share a third treatment or a word for allocation; and where one drug has two routes, each told in one document only.
    Left alone: other studies, brands, classes, and drugs that the full text names anywhere.
    """
    other = counterpart(reading)
    if other is None:
        return
    here, there = _given(reading), _given(other)
    mine, yours = (r.document.plain.lower() for r in (reading, other))
    new = {d: v for d, v in here.items() if _root(d) not in yours}
    gone = {d: v for d, v in there.items() if _root(d) not in mine}
    for drug, (line, spot) in new.items():
        fits = [(d, s) for d, (x, s) in gone.items() if _alike(line, x, d, drug)]
        if fits:
            name, place = fits[0]
            yield reading.finding(
                "DRUG_RETOLD", "inconsistent",
                f"'{drug}' is named as the treatment here, and '{name}' in {other.document.id}",
                "they may be two names of one drug, or two of several treatments allowed",
                quotes=(spot,), others=(other.quoted(*place),),
            )  # fmt: skip
            return
    yield from _routes(reading, other)


def _root(drug: str) -> str:
    return drug.lower().rstrip("e")


def _given(reading: Reading) -> dict[str, tuple[Line, Spot]]:
    found: dict[str, tuple[Line, Spot]] = {}
    for line in lines(reading, _OWN):
        if of_others(line.words):
            continue
        for match in _DRUG.finditer(line.words):
            if _GIVEN.search(re.sub(r"\s+", " ", line.words[: match.start()])):
                found.setdefault(match["drug"].lower(), (line, line.piece(match)))
    return found


def _alike(one: Line, two: Line, theirs: str, mine: str) -> bool:
    """Say whether two sentences are about one comparison: a shared drug or placebo, or names but one slip apart."""
    shared = {m["drug"].lower() for m in _DRUG.finditer(one.words)} & {
        m["drug"].lower() for m in _DRUG.finditer(two.words)
    }
    both = all(re.search(r"\b(?:assigned|randomi|allocat|compar|versus|vs)\w*", x.words, re.I) for x in (one, two))
    placebo = all(re.search(r"\bplacebo\b", x.words, re.I) for x in (one, two))
    return (both and bool(shared or placebo)) or (theirs[:4] == mine[:4] and theirs[-3:] == mine[-3:])


def _routes(reading: Reading, other: Reading) -> Iterator[Finding]:
    mine, yours = _routed(reading), _routed(other)
    for drug, routes in mine.items():
        theirs = yours.get(drug, {})
        everywhere = {m.lastgroup for m in _ROUTE.finditer(other.document.plain)}
        at_home = {m.lastgroup for m in _ROUTE.finditer(reading.document.plain)}
        for route, spot in routes.items():
            against = [(r, s) for r, s in theirs.items() if r not in at_home]
            if route in everywhere or not against:
                continue
            yield reading.finding(
                "DRUG_RETOLD", "inconsistent",
                f"{drug} is told with another route here ('{reading.document.plain[slice(*spot)]}') than in "
                f"{other.document.id}",
                "the drug may have been given in both ways",
                quotes=(spot,), others=(other.quoted(*against[0][1]),),
            )  # fmt: skip
            return


def _routed(reading: Reading) -> dict[str, dict[str, Spot]]:
    found: dict[str, dict[str, Spot]] = {}
    for line in lines(reading, _OWN):
        if of_others(line.words):
            continue
        for drug in _DRUG.finditer(line.words):
            for route in _ROUTE.finditer(line.words, max(0, drug.start() - NEAR), drug.end() + NEAR):
                found.setdefault(drug["drug"].lower(), {}).setdefault(route.lastgroup or "", line.piece(route))
    return found
