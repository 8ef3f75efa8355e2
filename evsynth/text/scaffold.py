"""The text of new files: a study made from a record, the sidecar of its source, an empty review."""

from __future__ import annotations

import json
import re
import unicodedata

from evsynth.model.record import Record


def study_id(record: Record) -> str:
    """Make an identifier from the first author's family name and the year: `chen-2022`."""
    family = record.authors[0].family or record.authors[0].name if record.authors else "unnamed"
    plain = unicodedata.normalize("NFKD", family).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "unnamed"
    return f"{name}-{year(record)}" if year(record) else name


def year(record: Record) -> str:
    """Give the year of publication, or nothing."""
    found = re.search(r"\b(?:19|20)\d\d\b", record.dates.published or record.source)
    return found.group() if found else ""


def study_file(record: Record, study: str, source: str) -> str:
    """Write a study file whose bibliographic part comes from the record; the rest says what to fill in."""
    family = record.authors[0].family or record.authors[0].name if record.authors else study
    authors = ", ".join(_text(_author(a.family, a.initials) or a.name) for a in record.authors)
    optional = [
        ("journal", record.journal.title or record.journal.abbreviation),
        ("volume", record.volume),
        ("pages", record.pages),
        ("doi", record.doi),
        ("pmid", record.pmid),
        ("pmcid", record.pmcid),
        ("registration", "; ".join(d.accession for d in record.databank_ids)),
    ]
    lines = [
        "# yaml-language-server: $schema=../schema/study.json",
        f"study: {study}",
        f"label: {_text(f'{family} {year(record)}'.strip())}",
        f"title: {_text(record.title)}",
        f"authors: [{authors or _text('unknown')}]",
        f"year: {_text(year(record) or 'unknown')}",
        *(f"{key}: {_text(value)}" for key, value in optional if value),
        "",
        "reports:",
        f"  - {{source: {source}}}",
        "",
        "# Next: describe cohorts, arms, timepoints and variables, then add passages. A passage is a verbatim quote",
        "# and the numbers printed in it, left to right. `evsynth check` says what is missing. For example:",
        "#",
        "# cohorts:",
        "#   - cohort: main",
        "#     label: All patients",
        "#     design: single-arm series",
        "#     condition: interstitial lung disease",
        "#     arms: [{arm: all, label: All patients, role: whole, patients: 48}]",
        "# timepoints: [{at: baseline, label: Baseline}]",
        "# variables: [{variable: female, label: Female, kind: count, integer: true}]",
        "# passages:",
        f"#   - source: {source}",
        "#     where: Table 1",
        "#     quote: Female, n (%) 34 (71)",
        "#     values:",
        '#       - {printed: "34 (71)", arm: all, variable: female, at: baseline, count: 34, percent: 71}',
    ]
    return "\n".join(lines) + "\n"


def sidecar_file(record: Record, study: str, source: str, sha256: str, *, origin: str) -> str:
    """Write the sidecar of a record that is kept as a source; `origin` says in which format, and how it came."""
    licence = "not stated; the abstract of a record may be under copyright"
    lines = [
        "# yaml-language-server: $schema=../../extractions/schema/source.json",
        f"source: {source}",
        "kind: record",
        "grade: record",
        f"study: {study}",
        f"title: {_text(record.title)}",
        *([f"year: {_text(year(record))}"] if year(record) else []),
        *([f"doi: {_text(record.doi)}"] if record.doi else []),
        *([f"pmid: {_text(record.pmid)}"] if record.pmid else []),
        f"licence: {_text(licence)}",
        f"attribution: {_text(record.copyright or record.source or record.title)}",
        f"origin: {_text(origin)}",
        f"file: {source}.txt",
        f"sha256: {sha256}",
    ]
    return "\n".join(lines) + "\n"


def full_text_sidecar(
    record: Record, study: str, source: str, sha256: str, *, licence: str, credit: str, origin: str
) -> str:
    """Write the sidecar of a full text, with the licence and the copyright line that the article states."""
    authors = ", ".join(_text(_author(a.family, a.initials or a.given) or a.name) for a in record.authors)
    cited = f"{record.title} {record.journal.title} {year(record)}".strip()
    optional = [
        ("year", year(record)),
        ("journal", record.journal.title or record.journal.abbreviation),
        ("doi", record.doi),
        ("pmid", record.pmid),
        ("pmcid", record.pmcid),
        ("url", f"https://doi.org/{record.doi}" if record.doi else ""),
    ]
    lines = [
        "# yaml-language-server: $schema=../../extractions/schema/source.json",
        f"source: {source}",
        "kind: full text",
        "grade: primary",
        f"study: {study}",
        f"title: {_text(record.title)}",
        *([f"authors: [{authors}]"] if authors else []),
        *(f"{key}: {_text(value)}" for key, value in optional if value),
        f"licence: {_text(licence)}",
        f"attribution: {_text(credit or cited)}",
        f"origin: {_text(origin)}",
        f"file: {source}.txt",
        f"sha256: {sha256}",
    ]
    return "\n".join(lines) + "\n"


def review_file(name: str) -> str:
    """Write the review.yaml of a new review."""
    lines = [
        "# yaml-language-server: $schema=schema/review.json",
        f"review: {name}",
        "title: Title of the review",
        "licence: CC BY 4.0",
        "question:",
        "  population: Who",
        "  intervention: What",
        "  comparator: Compared with what",
        "  outcomes: Which outcomes",
        "  designs: Which designs",
        "eligibility:",
        "  - First criterion",
        "# What may be pooled under one name. A word that papers define differently has one outcome per definition.",
        "outcomes: []",
        "# Scales with their range and direction.",
        "instruments: []",
    ]
    return "\n".join(lines) + "\n"


def _author(family: str, initials: str) -> str:
    return f"{family} {initials}".strip()


def _text(value: str) -> str:
    """Quote text so that YAML reads it back as text."""
    return json.dumps(" ".join(value.split()), ensure_ascii=False)
