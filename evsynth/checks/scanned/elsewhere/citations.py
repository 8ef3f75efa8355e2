"""Year, volume, issue, pages or first author of a study are not those of another field or document."""

from __future__ import annotations

from collections.abc import Iterator

from evsynth.checks.scanned.elsewhere.cited import FRONT, Part, citation_parts, years
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("CITATION_DIFFERS",)

_ANCHORS = frozenset({"year", "volume", "first page"})
_FIRST = Expression(
    r"(?P<name>[A-Z][a-zà-ÿ'’]+(?:-[A-Z][a-zà-ÿ]+)?)(?:,? [A-Z]{1,3}\b)?(?:,? et al\b|,? and (?:colleagues|"
    r"co-?workers|others|"
    r"associates|co-?authors))"
)


def citations(reading: Reading) -> Iterator[Finding]:
    """Compare the citation of a record or summary part by part, within it and with that of the other documents.

    Two citations are of one paper where two of year, volume and first page, or one and the last page, are the same. A
    year may be that of the print or that of the publication online. Left alone: papers cited in a summary beside its
    own.
    """
    if reading.document.kind == "full text":
        return
    own = list(citation_parts(reading))
    others = [(other, list(citation_parts(other))) for other in reading.related]
    others.sort(key=lambda x: x[0].document.kind != "full text")
    told: set[str] = set()
    for part in own:
        if part.name in told:
            continue
        if (
            any(p.name == part.name and p.value == part.value for _, parts in others for p in parts)
            and part.source != "DP"
        ):
            continue  # another document prints it too: the fault is elsewhere
        within = next((p for p in own if p.name == part.name and p.value != part.value), None)
        beyond = next(((o, p) for o, parts in others for p in parts if _against(part, p, own, parts, o, reading)), None)
        if within is None and (beyond is None or (beyond[0].document.kind == "record" and part.source == "SO")):
            continue
        if within is None and beyond is not None and beyond[0].document.kind != "full text" \
                and beyond[0].document.id < reading.document.id and reading.document.kind == "record":  # fmt: skip
            continue
        told |= {part.name} | ({"first page", "last page"} if "page" in part.name else set())
        places = [part, *([within] if within else [])]
        also = [f"{p.value} ({p.source})" for p in places] + (
            [f"{beyond[1].value} in {beyond[0].document.id}"] if beyond else []
        )
        yield reading.finding(
            "CITATION_DIFFERS", "inconsistent", f"the {part.name} of the publication: {', '.join(also)}",
            "the paper may have appeared online and in print with different years or page numbers",
            quotes=tuple(p.spot for p in places), others=(beyond[0].quoted(*beyond[1].spot),) if beyond else (),
        )  # fmt: skip
    yield from _author(reading)


def _against(part: Part, other: Part, own: list[Part], theirs: list[Part], document: Reading, reading: Reading) -> bool:
    if part.name != other.name or part.value == other.value:
        return False
    if part.name == "year" and (part.value in years(document) or other.value in years(reading)):
        return False
    same = {p.name for p in own for q in theirs if p.name == q.name and p.value == q.value}
    return len(same & (_ANCHORS | {"last page"})) >= 2 or (
        part.name in ("first page", "last page") and "volume" in same
    )


def _author(reading: Reading) -> Iterator[Finding]:
    """Look for the first author that a summary names among the authors of the record and in the full text."""
    if reading.document.fields:
        return
    match = _FIRST.search(reading.document.plain, 0, FRONT)
    named = next((o for o in reading.related if any(f.tag in ("AU", "FAU") for f in o.document.fields)), None)
    if match is None or named is None:
        return
    authors = [f for f in named.document.fields if f.tag in ("AU", "FAU")]
    texts = [named.document.plain[f.start : f.end] for f in authors]
    if any(match["name"].lower() in t.lower() for t in (*texts, *(o.document.plain for o in reading.related))):
        return
    yield reading.finding(
        "CITATION_DIFFERS", "inconsistent",
        f"'{match['name']}' is named as the author, and '{texts[0].strip()}' is the first author in "
        f"{named.document.id}",
        "the sentence may be about another paper, or the name may be spelt in another way",
        quotes=(match.span("name"),), others=(named.quoted(authors[0].start, authors[0].end),),
    )  # fmt: skip
