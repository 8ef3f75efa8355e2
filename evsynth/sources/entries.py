"""The small grammars inside MEDLINE values, each reader beside the writer that gives back what was read.

`write(read(value)) == value` holds for every value: what does not fit the grammar is kept whole in the first
part.
"""

from __future__ import annotations

import re

from evsynth.model.record import (
    DatabankId,
    Event,
    Grant,
    Identifier,
    Issn,
    Link,
    MeshHeading,
    Qualifier,
    Substance,
)

_BRACKETS = re.compile(r"(.+) \[([^\[\]]+)\]", re.S)
_PARENTHESES = re.compile(r"([^()]+?) \((.+)\)", re.S)
_PMID = re.compile(r"\bPMID: ?(\d+)")


def identifier(value: str) -> Identifier:
    """Read `10.1000/x [doi]`; a value without brackets has no kind."""
    found = _BRACKETS.fullmatch(value)
    return Identifier(value=found[1], kind=found[2]) if found else Identifier(value=value)


def write_identifier(this: Identifier) -> str:
    return f"{this.value} [{this.kind}]" if this.kind else this.value


def event(value: str) -> Event:
    """Read `2022/06/26 00:00 [received]`."""
    found = _BRACKETS.fullmatch(value)
    return Event(when=found[1], status=found[2]) if found else Event(when=value)


def write_event(this: Event) -> str:
    return f"{this.when} [{this.status}]" if this.status else this.when


def issn(value: str) -> Issn:
    """Read `1664-3224 (Electronic)`."""
    found = _PARENTHESES.fullmatch(value)
    return Issn(number=found[1], kind=found[2]) if found else Issn(number=value)


def write_issn(this: Issn) -> str:
    return f"{this.number} ({this.kind})" if this.kind else this.number


def substance(value: str) -> Substance:
    """Read `WM0HAQ4WNM (Tacrolimus)`."""
    found = _PARENTHESES.fullmatch(value)
    return Substance(registry=found[1], name=found[2]) if found else Substance(registry=value)


def write_substance(this: Substance) -> str:
    return f"{this.registry} ({this.name})" if this.name else this.registry


def databank_id(value: str) -> DatabankId:
    """Read `ClinicalTrials.gov/NCT00000000`; a value without databank is an accession."""
    databank, slash, accession = value.partition("/")
    if slash and databank and accession:
        return DatabankId(databank=databank, accession=accession)
    return DatabankId(accession=value)


def write_databank_id(this: DatabankId) -> str:
    return f"{this.databank}/{this.accession}" if this.databank else this.accession


def heading(value: str) -> MeshHeading:
    """Read `*Lung Diseases, Interstitial/drug therapy/*mortality`.

    >>> heading("Lung/*pathology").major, heading("Lung/*pathology").major_topic
    (False, True)
    """
    name, *qualifiers = value.split("/")
    return MeshHeading(
        name=name.removeprefix("*"),
        major=name.startswith("*"),
        qualifiers=tuple(Qualifier(name=q.removeprefix("*"), major=q.startswith("*")) for q in qualifiers),
    )


def write_heading(this: MeshHeading) -> str:
    parts = [(this.name, this.major), *((qualifier.name, qualifier.major) for qualifier in this.qualifiers)]
    return "/".join(f"{'*' if major else ''}{name}" for name, major in parts)


def link(tag: str, value: str) -> Link:
    """Read a comment, correction or retraction with the PMID it names."""
    found = _PMID.search(value)
    return Link(tag=tag, citation=value, pmid=found[1] if found else "")


def grant(value: str) -> Grant:
    """Read a grant; in parts (`number/acronym/agency/country`) only where a two-letter acronym shows them."""
    number, *rest = value.split("/")
    if len(rest) == 3 and re.fullmatch(r"[A-Z]{2}", rest[0]) and all(rest):
        return Grant(printed=value, number=number, acronym=rest[0], agency=rest[1], country=rest[2])
    return Grant(printed=value)
