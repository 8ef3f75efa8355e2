"""Data that the methods list as collected, and of which nothing is told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("COLLECTED_NOT_REPORTED",)

_LIST = Expression(
    r"\b(?:data|parameters|variables|characteristics|tests|investigations|measurements|findings)\b[^.;:]{0,50}?"
    r"\b(?:collected|extracted|recorded|measured|obtained|assessed|analy[sz]ed|tested|gathered|retrieved)\b"
    r"[^.;:,]{0,40}?(?:consist(?:ed|ing) of|includ(?:ed|ing)|compris(?:ed|ing)|were(?: as follows)?|:)\s*:?\s*"
    r"(?P<list>[^.;:]{40,900})",
    re.I,
)
_CUT = Expression(r",\s*(?:and |or )?|\s+and\s+")
_PLAIN = frozenset(
    "level levels serum count counts data status results test tests values value total other date dates time duration "
    "number medical history baseline information blood positive positivity antibody antibodies type types score scores "
    "clinical laboratory complete relevant standard routine use including index patient patients".split()
)
_TOLD_AS = {
    "creatini": ("renal", "kidney", "nephro"), "urea": ("renal", "kidney"), "transami": ("hepat", "liver"),
    "glucose": ("glyc", "diabet"), "haemoglo": ("anaemi",), "hemoglob": ("anemi",), "platelet": ("thrombocyt",),
    "leukocyt": ("leuk", "white cell", "neutrop"), "leucocyt": ("leuc", "white cell", "neutrop"),
    "neutroph": ("neutrop",), "lymphocy": ("lymphop",), "gender": ("female", "male", "women"),
    "sex": ("female", "male", "women"), "weight": ("bmi", "body mass", "obes"), "spiromet": ("fvc", "fev"),
    "ejection": ("lvef",), "potassiu": ("kalemi", "kalaemi"), "sodium": ("natremi", "natraemi"),
    "magnesiu": ("magnesemi", "magnesaemi"), "calcium": ("calcemi", "calcaemi"),
}  # fmt: skip
"""Other words by which an item is told: creatinine by a sentence on renal insufficiency."""
LEAST = 6
"""A list of fewer items is no list in which one is missed."""


def collected(reading: Reading) -> Iterator[Finding]:
    """Find items of a list of collected data whose words stand nowhere outside the methods.

    A note, in full texts, with all that is missed of one list. Left alone: short lists, items told by another word
    (creatinine by "renal insufficiency"), and lists of which less than half is found again (their words are told
    otherwise, or stand in a supplement).
    """
    if reading.document.kind != "full text":
        return
    text: str | None = None
    for line in lines(reading, ("methods",)):
        match = _LIST.search(line.words)
        if match is None:
            continue
        items = list(_items(match["list"], line.start + match.start("list")))
        if len(items) < LEAST:
            continue
        text = _told(reading) if text is None else text
        missed = [(words, spot) for words, stems, spot in items if not any(_is_told(s, text) for s in stems)]
        if missed and len(missed) * 2 <= len(items):
            yield reading.finding(
                "COLLECTED_NOT_REPORTED", "note",
                f"{', '.join(words for words, _ in missed)}: collected, and nothing of it is told",
                "it may stand in a supplement, or have been used only to choose the patients",
                quotes=tuple(spot for _, spot in missed),
                computed=(("collected", str(len(items))), ("told", str(len(items) - len(missed)))),
            )  # fmt: skip


def _items(listed: str, at: int) -> Iterator[tuple[str, tuple[str, ...], Spot]]:
    """Give the items of a list that have words of their own: the words, the stems of these, and where they stand."""
    start = 0
    for cut in (*_CUT.finditer(listed), None):
        end = cut.start() if cut else len(listed)
        words = listed[start:end]
        own = [w.lower() for w in re.findall(r"[A-Za-z][A-Za-z0-9-]{2,}", re.sub(r"\([^)]*\)?", "", words))]
        stems = tuple(_stem(w) for w in own if w not in _PLAIN)
        if stems and len(own) <= 5 and "(" not in words:
            yield " ".join(words.split()), stems, (at + start, at + start + len(words.rstrip()))
        start = cut.end() if cut else end


def _is_told(stem: str, text: str) -> bool:
    return any(said in text for said in (stem, *_TOLD_AS.get(stem, ())))


def _stem(word: str) -> str:
    """Give the letters by which a word is found again: "anti-Jo1" is told as "Jo-1"."""
    return word.replace("-", "").removeprefix("anti")[:8].rstrip("s")


def _told(reading: Reading) -> str:
    """Give all that the paper tells outside methods, background and references, in small letters, hyphens left out."""
    document = reading.document
    left = ("methods", "background", "references", "keywords", "back matter", "front matter")
    parts = [document.plain[s.start : s.end] for s in document.sections if s.role not in left]
    parts += [document.plain[t.start : t.end] for t in document.tables]
    parts += [document.plain[legend.start : legend.end] for legend in document.legends]
    return " ".join(parts).lower().replace("-", "")
