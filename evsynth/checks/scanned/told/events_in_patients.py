"""Events and the patients who had them: six infections cannot have occurred in eight patients."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.marked import marked, spot
from evsynth.checks.scanned.numbers.totals import sizes_said
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("COUNT_EXCEEDS",)

_EVENTS = (
    r"(?:infections|episodes|events|pneumonias|relapses|exacerbations|flares|fractures|falls|attacks|seizures|"
    r"bleeds|h(?:a)?emorrhages|complications|reactions|hospitali[sz]ations|admissions|readmissions|deaths|strokes|"
    r"thromboses|crises|bouts|injuries|procedures|operations|transfusions|biopsies|lesions|tumou?rs|malignancies|"
    r"cancers|recurrences|rejections|ulcers|abscesses|fistulas|leaks|perforations|re-?operations|revisions)"
)
_PEOPLE = (
    r"(?:patients|participants|people|women|men|children|infants|adults|subjects|individuals|recipients|residents)"
)
_IN = Expression(
    rf"⟨c(?P<k>\d+)⟩ (?:(?!of\b|patients\b|and\b)[a-z-]+ ){{0,3}}?{_EVENTS}(?: \([^()⟨]*\))?,? (?:(?:had |"
    rf"were |was |all |that |which )*(?:occurred|seen|recorded|observed|reported|documented|noted|diagnosed|"
    rf"developed|arose|happened|counted|affected|affecting|involving|"
    rf"were found)? ?)(?:in|among|affecting|involving|affected|suffered by) "
    rf"(?:only |a total of |just )?⟨c(?P<m>\d+)⟩ (?:different |individual |separate )?(?P<who>{_PEOPLE})\b"
    rf"(?P<more>[^.;,]{{0,40}})",
    re.I,
)
_HAD = Expression(
    rf"⟨c(?P<m>\d+)⟩ (?P<who>{_PEOPLE})(?: \(⟨p\d+⟩\))? (?:had|experienced|suffered|developed|accounted for|"
    rf"contributed|sustained) (?:a total of |between them |together |altogether )?⟨c(?P<k>\d+)⟩ (?:[a-z-]+ ){{0,3}}?"
    rf"{_EVENTS}\b(?P<more>)",
    re.I,
)
_TOGETHER = Expression(r"\b(?:total|between them|together|altogether|accounted|contributed)\b", re.I)
_SINGLE = Expression(r"\b(?:each|or more|at least|more than|per|mean|median|vs|versus|respectively|none|no)\b", re.I)


def events_in_patients(reading: Reading) -> Iterator[Finding]:
    """Find more patients than events that they had.

    Left alone: patients who are a group or all of the study ("12 deaths in 240 patients"): their number is told
    elsewhere as a size, or is the larger number of the study.
    """
    sizes = sizes_said(reading)
    largest = max(sizes, default=0)
    for line in lines(reading, ("abstract", "results", "body")):
        if not re.search(r"\b(?:in|among|had|affect\w+|involving|experienced|suffered)\b", line.words):
            continue
        sentence = marked(line.words)
        for match in (*_IN.finditer(sentence.text), *_HAD.finditer(sentence.text)):
            events, people = sentence.numbers[int(match["k"])], sentence.numbers[int(match["m"])]
            if not 1 < events.whole < people.whole <= 3 * events.whole or people.whole in sizes:
                continue
            if _SINGLE.search(match[0]) or re.search(r"\b(?:who|treated|with|on|given|receiving)\b", match["more"]):
                continue
            if _HAD.gave(match) and events.whole < 5 and not _TOGETHER.search(match[0]):
                continue  # "three patients had two lesions": each had two
            if largest < 1.5 * people.whole or _base(reading, people.whole):
                continue
            yield reading.finding(
                "COUNT_EXCEEDS", "error",
                f"{events.printed} events cannot have occurred in {people.printed} {match['who'].lower()}",
                "the patients may be all of a group; otherwise the numbers are exchanged or one is misprinted",
                quotes=(spot(line, events, people), spot(line, events), spot(line, people)),
            )  # fmt: skip


def _base(reading: Reading, number: int) -> bool:
    """Say whether a number is printed as a denominator or size: "of 38", "/38", "n = 38", "38 patients were"."""
    return re.search(
        rf"(?:\bof (?:the |all |these )|/|[nN]\s?=\s?|\ball |\bthe |\d of ){number}(?![\d%]|[.,]\d)|"
        rf"(?<![\d.,]){number} (?:[a-z-]+ )?{_PEOPLE} (?:were|was|with|who|underwent|received|completed|on)\b",
        reading.document.plain,
    ) is not None  # fmt: skip
