"""Means of whole numbers told in sentences: can the patients told have this mean (GRIM)?

Only scales that the paper says are rated in whole numbers (or whose items it says are), in studies whose only number of
patients is small; the mean must be named with the scale, or refer to it ("its mean was 38.28").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.effects import NUMBER, number
from evsynth.checks.scanned.facts.marked import marked
from evsynth.checks.scanned.identity import key
from evsynth.checks.scanned.numbers.totals import study_size
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.granularity import chance, decides, sums
from evsynth.text.expressions import Expression

CODES = ("GRIM",)

LEAST = 0.2
"""A test that would fail fewer random values than this says too little."""

_WHOLE = Expression(r"\b(?:whole|integer) (?:numbers?|points?|values?|scores?)\b|\bintegers?\b", re.I)
_RATED = Expression(
    r"\b(?P<what>(?:[A-Za-z][\w'-]*\s){0,6}?)(?:was|were|is|are|being)?\s?(?:rated|scored|graded|recorded|"
    r"assessed|measured|"
    r"given|marked|ranked)\b|\brated (?:the |their |its )?(?P<object>[a-z-]+(?: [a-z-]+)?)", re.I,
)  # fmt: skip
_MEAN = Expression(
    rf"\b(?:mean|average|averaged)\b(?P<of>[^.;:()\d]{{0,60}}?)(?:\s(?:was|were|of|is|being|rose from|"
    rf"fell from|changed from)|[=:,])?"
    rf"\s?(?P<v>{NUMBER})(?!\s?%|\d|[.]\d)(?P<more>(?:\s?\([^()]{{1,40}}\))?[^.;\d]{{0,40}}?(?:\bto|\band|,|"
    rf"versus|vs\.?)\s(?P<w>{NUMBER})(?!\s?%|\d|[.]\d))?", re.I,
)  # fmt: skip
_NOT = Expression(
    r"\b(?:adjusted|estimated|imput\w+|least|weighted|average(?:d)? over|index|ratio|rate|years?|age|aged|"
    r"dose|mg|score per|"
    r"difference|change|changes|reduction|log|percent\w*|baseline-corrected|least-squares|per (?:day|week|"
    r"month|year))\b", re.I,
)  # fmt: skip
_SMALL = Expression(r"^(?:patient|participant|people|adult|children|women|men|volunteer|subject)", re.I)
_EMPTY = frozenset({"score", "scale", "rating", "item", "patient", "all", "each", "total", "point", "mean"})


def whole_means_told(reading: Reading) -> Iterator[Finding]:
    """Try GRIM on means told in sentences about a scale of whole numbers, with the number of patients of the study."""
    told = [x for x in lines(reading, ("abstract", "methods", "results", "body")) if _WHOLE.search(x.words)]
    if not told or re.search(r"imput|last observation|missing|halves|half points", reading.document.prose, re.I):
        return
    named = frozenset[str]().union(*(_names(x) for x in told))
    patients = study_size(reading) or _only(reading)
    if patients is None or patients < 2:
        return
    for line in lines(reading, ("abstract", "results", "body")):
        about = {w for w in named if re.search(rf"\b{re.escape(w)}", line.words, re.I)} - _EMPTY
        smaller = {n.whole for n in marked(line.words).numbers if n.kind == "c"} - {patients}
        for match in _MEAN.finditer(line.words) if about else ():
            if _NOT.search(match["of"]) or not _of(line, match, about):
                continue
            for group in ("v", "w"):
                if match[group] is None:
                    continue
                mean = number(match[group])
                if not decides(mean, patients) or chance(mean, patients) < LEAST or sums(mean, patients):
                    continue
                if any(1 < n < patients and sums(mean, n) for n in smaller):
                    continue
                yield reading.finding(
                    "GRIM", "inconsistent",
                    f"a mean of {mean} is inconsistent with whole numbers of {patients} patients",
                    "missing values, halves or imputed values would explain it",
                    quotes=((line.start + match.start(group), line.start + match.end(group)),),
                    computed=(("probability that a random mean fails", f"{chance(mean, patients):.2f}"),),
                )  # fmt: skip


def _names(line: Line) -> frozenset[str]:
    """Give the words by which a sentence names what is rated in whole numbers."""
    found = set[str]()
    for match in _RATED.finditer(line.words):
        found |= key(match["what"] or match["object"] or "")
    found |= {
        w.lower()
        for w in re.findall(
            r"\b([A-Z][A-Za-z-]+)(?: [A-Z][a-z]+){0,3} (?:[Ss]cale|[Ss]core|[Ii]ndex|[Qq]uestionnaire)", line.words
        )
    }
    found |= set(re.findall(r"\band ([a-z]{4,}) (?:on|by|with) the\b", line.words))
    return frozenset(w for w in found if len(w) > 2) - _EMPTY


def _of(line: Line, match: re.Match[str], about: set[str]) -> bool:
    """Say whether a mean is named with the scale, or refers to the only one its clause names."""
    if any(w in match["of"].lower() for w in about):
        return True
    before = re.split(r"\.\s", line.words[: match.start()])[-1]
    lead = re.search(r"\b(?:its|the|whose|with an?|a)\s$", line.words[: match.start()])
    return (lead is not None and not match["of"].strip(" ,") and any(w in before.lower() for w in about)) or (
        lead is not None and re.fullmatch(r"\s?(?:ratings?|scores?|values?|grades?)?\s?", match["of"]) is not None
        and any(w in before.lower() for w in about)
    )  # fmt: skip


def _only(reading: Reading) -> int | None:
    """Give the only number of people that the study tells at its start."""
    for line in lines(reading, ("abstract", "results", "body")):
        for n in marked(line.words).numbers:
            after = line.words[n.end : n.end + 30].lstrip()
            if n.kind == "c" and _SMALL.match(re.sub(r"^(?:consecutive|healthy|adult|eligible) ", "", after)):
                return n.whole
    return None
