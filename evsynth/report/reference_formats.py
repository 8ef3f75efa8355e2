"""References as text, BibTeX, RIS and CSL-JSON."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from evsynth.report.methods_references import Reference

Style = Literal["text", "bibtex", "csl-json", "ris"]

_INITIALS = re.compile(r"(.+?)\s+((?:[A-ZÀ-Þ]\.?[-\s]?){1,4})")
_BIBTEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "#": r"\#", "$": r"\$", "%": r"\%", "&": r"\&", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


class Name(NamedTuple):
    """A name in parts; `whole` where it cannot be divided without guessing."""

    family: str
    given: str
    whole: str


def name(text: str) -> Name:
    """Divide a name where its form says how: 'Chen, Yuxue' and 'Chen Y'; other names stay whole.

    >>> name("van Houwelingen HC")
    Name(family='van Houwelingen', given='HC', whole='')
    >>> name("Yuxue Chen").whole
    'Yuxue Chen'
    """
    text = " ".join(text.split())
    if text.startswith("{"):
        return Name("", "", text.strip("{}"))
    if "," in text:
        family, _, given = text.partition(",")
        return Name(family.strip(), given.strip(), "")
    match = _INITIALS.fullmatch(text)
    return Name(match[1], match[2].strip(), "") if match else Name("", "", text)


def as_text(reference: Reference) -> str:
    """Write a reference as journals in medicine do."""
    authors = ", ".join("et al" if a == "others" else a.strip("{}") for a in reference.authors)
    parts = [authors, reference.title, reference.journal]
    text = " ".join(f"{part.rstrip('.')}." if part[-1] not in "?!" else part for part in parts if part)
    issue = f"({reference.issue})" if reference.issue else ""
    where = f"{reference.volume}{issue}" + (f":{reference.pages}" if reference.pages else "")
    dated = ";".join(part for part in (reference.year, where) if part)
    ends = [f"{dated}." if dated else "", f"doi:{reference.doi}" if reference.doi else reference.url]
    return " ".join(part for part in (text, *ends, reference.note) if part)


def as_bibtex(references: Sequence[Reference]) -> str:
    """Write BibTeX entries with unique keys; special characters are escaped, capitals of titles kept."""
    kinds = {"article-journal": "article", "software": "software", "dataset": "misc"}
    entries = []
    for key, r in zip(unique_keys(references), references, strict=True):
        authors = " and ".join("others" if a == "others" else _bibtex_name(name(a)) for a in r.authors)
        fields = {
            "author": authors,
            "title": f"{{{_tex(r.title)}}}",
            "journal": _tex(r.journal) if r.type == "article-journal" else "",
            "howpublished": _tex(r.journal) if r.type == "dataset" else "",
            "publisher": _tex(r.publisher),
            "year": r.year,
            "volume": _tex(r.volume),
            "number": _tex(r.issue),
            "pages": _tex(r.pages).replace("-", "--"),
            "doi": _verbatim(r.doi),
            "url": _verbatim(r.url),
            "note": _tex(r.note),
        }
        lines = [f"  {field} = {{{value}}}," for field, value in fields.items() if value.strip("{}")]
        entries.append("\n".join([f"@{kinds[r.type]}{{{key},", *lines, "}"]))
    return "\n\n".join(entries) + "\n"


def as_ris(references: Sequence[Reference]) -> str:
    """Write RIS records; lines end as the format asks, with carriage return and line feed."""
    kinds = {"article-journal": "JOUR", "software": "COMP", "dataset": "DATA"}
    lines = []
    for key, r in zip(unique_keys(references), references, strict=True):
        first, _, last = r.pages.partition("-")
        tags = [("TY", kinds[r.type]), ("ID", key)]
        tags += [("AU", _ris_name(name(a))) for a in r.authors if a != "others"]
        tags += [
            ("TI", r.title), ("JO" if r.type == "article-journal" else "T2", r.journal), ("PB", r.publisher),
            ("PY", r.year), ("VL", r.volume), ("IS", r.issue), ("SP", first), ("EP", last), ("DO", r.doi),
            ("UR", r.url), ("AN", r.pmid), ("N1", r.note),
        ]  # fmt: skip
        lines += [f"{tag}  - {_one_line(value)}" for tag, value in tags if value] + ["ER  - ", ""]
    return "\r\n".join(lines)


def as_csl(references: Sequence[Reference]) -> str:
    """Write CSL-JSON."""
    items = [_csl(key, r) for key, r in zip(unique_keys(references), references, strict=True)]
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


def unique_keys(references: Sequence[Reference]) -> tuple[str, ...]:
    """Give each reference a key of plain letters, digits and hyphens; a repeated one gets a letter."""
    seen: dict[str, int] = {}
    keys = []
    for r in references:
        plain = unicodedata.normalize("NFKD", r.key).encode("ascii", "ignore").decode()
        key = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-") or "reference"
        seen[key] = seen.get(key, 0) + 1
        suffix = f"-{seen[key]}" if seen[key] > 1 else ""
        keys.append(key + suffix)
    return tuple(keys)


def _csl(key: str, r: Reference) -> dict[str, Any]:
    item: dict[str, Any] = {"id": key, "type": r.type}
    authors = [_csl_name(name(a)) for a in r.authors if a != "others"]
    if authors:
        item["author"] = authors
    fields = {
        "title": r.title, "container-title": r.journal, "publisher": r.publisher, "volume": r.volume, "issue": r.issue,
        "page": r.pages, "DOI": r.doi, "PMID": r.pmid, "URL": r.url, "note": r.note,
    }  # fmt: skip
    item |= {field: value for field, value in fields.items() if value}
    if r.year.isdigit():
        item["issued"] = {"date-parts": [[int(r.year)]]}
    return item


def _csl_name(n: Name) -> dict[str, str]:
    return {"literal": n.whole} if n.whole else {"family": n.family, "given": n.given}


def _bibtex_name(n: Name) -> str:
    return f"{{{_tex(n.whole)}}}" if n.whole else f"{_tex(n.family)}, {_tex(n.given)}"


def _ris_name(n: Name) -> str:
    return n.whole or f"{n.family}, {n.given}"


def _tex(text: str) -> str:
    return "".join(_BIBTEX.get(character, character) for character in " ".join(text.split()))


def _verbatim(text: str) -> str:
    """Addresses stay as they are; only what would break the entry is percent-encoded."""
    return "".join({"{": "%7B", "}": "%7D", "\\": "%5C"}.get(c, c) for c in text.strip())


def _one_line(text: str) -> str:
    return " ".join(text.split())
