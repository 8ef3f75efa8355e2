"""Names of measurements and tests that do not exist, beside the one that is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.scan.parts import Role
from evsynth.text.expressions import Expression

CODES = ("TERM_MISNAMED",)

_MEANT: tuple[tuple[str, str], ...] = (
    (r"functional vital capacity|force(?:d)? volume capacity|forced vital volume", "forced vital capacity"),
    (r"forced vital volume in (?:1|one) s\w*|functional expiratory volume", "forced expiratory volume"),
    (
        r"diffus(?:ing|ion) capacity (?:of|for) (?:the lungs? (?:of|for) )?carbon dioxide|"
        r"carbon dioxide diffus\w+ capacity",
        "diffusing capacity for carbon monoxide",
    ),
    (r"erythrocyte segmentation rate", "erythrocyte sedimentation rate"),
    (r"C-?reactive peptide", "C-reactive protein"),
    (r"creatin(?:in)e clearance rate of kinase|creatinine (?:phospho)?kinase", "creatine kinase"),
    (r"creatine clearance|serum creatine(?! kinase| phosphokinase)", "creatinine"),
    (r"lactate dehydrogenate|lactic dehydrogenate", "lactate dehydrogenase"),
    (r"glomerular infiltration rate", "glomerular filtration rate"),
    (r"interquartile rage|inter-?quartile ratio", "interquartile range"),
    (r"Wilcoxon(?: signed[- ]rank)? t[- ]test|Mann[- –]Whitney t[- ]test", "a rank test (a t-test is another test)"),
    (r"chi-?squared? t[- ]test", "the chi-square test (a t-test is another test)"),
    (r"Kaplan[- –]M(?:ey|ay|ai)er", "Kaplan-Meier"),
    (r"Fischer(?:['’]s)? exact", "Fisher's exact test"),
    (r"standard division", "standard deviation"),
    (r"cox[- ]progression", "Cox regression"),
)  # fmt: skip
_TERMS = tuple((Expression(rf"\b(?:{wrong})\b", re.I), meant) for wrong, meant in _MEANT)
_ANY = Expression("|".join(f"(?:{wrong})" for wrong, _ in _MEANT), re.I)


def misnamed(reading: Reading) -> Iterator[Finding]:
    """Find a name that no measurement or test has, once for each name.

    Only names that are close to a usual one and stand for nothing else; a note, because the number beside it may be
    right. Left alone: the usual names, and reference lists.
    """
    seen: set[str] = set()
    roles: tuple[Role, ...] = (
        "title",
        "abstract",
        "methods",
        "results",
        "body",
        "discussion",
        "conclusion",
        "figure legend",
    )
    for line in lines(reading, roles):
        if not _ANY.search(line.words):
            continue
        for pattern, meant in _TERMS:
            match = pattern.search(line.words)
            if match and meant not in seen:
                seen.add(meant)
                yield reading.finding(
                    "TERM_MISNAMED", "note", f"'{' '.join(match[0].split())}' is no usual name; {meant} may be meant",
                    "a slip of the pen or of a translation; look whether the number beside it is that of the usual one",
                    quotes=(line.piece(match),),
                )  # fmt: skip
