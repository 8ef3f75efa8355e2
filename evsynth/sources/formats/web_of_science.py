"""Read the tagged text of Web of Science (`.ciw`, `.isi`): records from `PT` to `ER`, tags of two letters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.model.record import Author, Book, Dates, Grant, Identifier, Issn, Journal, Keyword, Record, Reference
from evsynth.sources.abstracts import sections
from evsynth.sources.formats.decoding import beginning, unfit
from evsynth.sources.formats.fieldset import Fieldset
from evsynth.sources.formats.names import author
from evsynth.sources.formats.ris import LINES
from evsynth.sources.formats.ris_fields import doi, pmid
from evsynth.sources.reading import Doubt, Failure, shown
from evsynth.sources.tags import one_line

_TAG = re.compile(r"([A-Z][A-Z0-9])(?: (.*)|)", re.S)
#: Tags whose every line is a value of its own; the lines of all others are one running text.
_LISTS = {"AU", "AF", "BA", "BF", "BE", "ED", "GP", "CA", "C1", "CR", "BN", "SN", "EI", "EM"}
_HINT = "Export the records again from Web of Science; a record begins with `PT` and ends with `ER`."


def read_web_of_science(text: str) -> Iterator[Record | Failure | Doubt]:
    """Return the records of a Web of Science text, those that cannot be read, and doubts."""
    fields: list[tuple[str, list[str]]] = []
    first = start = end = 0
    for number, found in enumerate(LINES.finditer(text), 1):
        line = found[1].removeprefix("\ufeff")
        tagged = _TAG.fullmatch(line)
        tag = tagged[1] if tagged else ""
        if tag == "PT" or (not fields and tag not in {"", "FN", "VR", "EF", "ER"}):
            if fields:
                yield Doubt(first, "the record has no ER; it ends where the next one begins")
                yield _record(fields, text[start:end], first)
            fields, first, start = [], number, found.start()
        if fields or tag == "PT" or first == number:
            if tag == "ER":
                yield _record(fields, text[start : found.end(1)], first)
                fields = []
            elif tagged:
                fields.append((tag, [(tagged[2] or "").strip()]))
            elif line.strip():
                fields[-1][1].append(line.strip())
        elif line.strip() and tag not in {"FN", "VR", "EF", "ER"}:
            yield Doubt(number, f"{shown(line.strip())} stands outside all records; it was passed over")
        if line.strip():
            end = found.end(1)
    if fields:
        yield Doubt(first, "the last record has no ER; the file may be cut")
        yield _record(fields, text[start:end], first)


def _record(fields: list[tuple[str, list[str]]], raw: str, line: int) -> Record | Failure:
    trouble = unfit(raw)
    if trouble:
        return Failure(line, trouble, "Export the records again, as UTF-8.", beginning(raw))
    pairs: list[tuple[str, str]] = []
    for tag, values in fields:
        if tag in _LISTS:
            pairs += [(tag, one_line(value)) for value in values]
        else:
            pairs.append((tag, one_line(" ".join(values))))
    if not any(value for tag, value in pairs if tag != "PT"):
        return Failure(line, "a record that prints nothing but its type", _HINT, raw)
    return _assembled(Fieldset(pairs), raw)


def _assembled(found: Fieldset, raw: str) -> Record:
    kind = found.one("PT")
    short, full = found.each("AU", "BA"), found.each("AF", "BF")
    orcids = dict(_pair(one) for one in found.one("OI").split(";") if "/" in one)
    persons = [author(name) for name in (full if len(full) == len(short) else short or full)]
    authors = [
        one.model_copy(update={"identifiers": (f"ORCID: {orcids[one.full_name]}",)}) if one.full_name in orcids else one
        for one in persons
    ]
    authors += [Author(collective=name.rstrip(",")) for name in found.each("CA", "GP")]
    pages = "-".join(filter(None, (found.one("BP"), found.one("EP"))))
    unique = found.one("UT")
    in_book = kind in {"B", "S"}
    host = found.one("SO")
    return Record(
        kind={"J": "article-journal", "B": "book", "S": "chapter", "P": "patent"}.get(kind, kind),
        database="Web of Science" if unique.startswith("WOS") else "",
        pmid=found.one("PM") or pmid(unique),
        title=found.one("TI"),
        abstract=sections(found.one("AB")),
        authors=tuple(authors),
        editors=tuple(author(name) for name in found.each("BE", "ED")),
        affiliations=found.each("C1"),
        journal=Journal(
            title="" if in_book else host,
            abbreviation=found.one("JI", "J9"),
            place=found.one("PI"),
            issns=(
                *(Issn(number=number, kind="Print") for number in found.each("SN")),
                *(Issn(number=number, kind="Electronic") for number in found.each("EI")),
            ),
        ),
        book=Book(title=host if in_book else "", publisher=found.one("PU"), isbns=found.each("BN")),
        volume=found.one("VL"),
        issue=found.one("IS"),
        pages=pages or found.one("PS") or found.one("AR"),
        dates=Dates(published=" ".join(filter(None, (found.one("PY"), found.one("PD"))))),
        languages=found.each("LA"),
        publication_types=tuple(part.strip() for part in found.one("DT").split(";") if part.strip()),
        article_ids=tuple(Identifier(value=doi(v) or v, kind="doi") for v in found.each("DI")),
        other_ids=(unique,) if unique else (),
        keywords=tuple(
            Keyword(text=word.strip(), owner=owner)
            for tag, owner in (("DE", "NOTNLM"), ("ID", "KeyWords Plus"))
            for word in found.one(tag).split(";")
            if word.strip()
        ),
        grants=tuple(Grant(printed=one.strip()) for one in found.one("FU").split(";") if one.strip()),
        references=tuple(Reference(citation=one) for one in found.each("CR")),
        references_count=found.one("NR"),
        unknown=found.left(),
        raw=raw,
    )


def _pair(printed: str) -> tuple[str, str]:
    name, _, identifier = printed.rpartition("/")
    return name.strip(), identifier.strip()
