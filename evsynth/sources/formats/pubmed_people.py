"""People and groups in PubMed's XML: authors, editors, investigators and persons as subject."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from evsynth.sources.formats.elements import text


def person(element: Element) -> dict[str, Any]:
    """Return an author in the shape of `model.record.Author`, with the names that a MEDLINE record prints.

    A group stands in `collective`, also where an author list holds both a group and a name.
    """
    family = given = initials = suffix = collective = ""
    affiliations: list[str] = []
    identifiers: list[str] = []
    places: list[str] = []
    for child in element:
        tag = child.tag
        if tag == "LastName":
            family = text(child)
        elif tag == "ForeName":
            given = text(child)
        elif tag == "Initials":
            initials = text(child)
        elif tag == "Suffix":
            suffix = text(child)
        elif tag == "CollectiveName":
            collective = text(child)
        elif tag == "Identifier":
            identifiers.append(_identifier(child))
        elif tag == "AffiliationInfo":
            affiliations += [text(one) for one in child.iter("Affiliation")]
            places += [_identifier(one) for one in child.iter("Identifier")]
        elif tag == "Affiliation":
            affiliations.append(text(child))
    full = f"{family}, {given}" if given else family
    short = f"{family} {initials}" if initials else family
    found: dict[str, Any] = {
        "family": family,
        "given": given,
        "initials": initials,
        "suffix": suffix,
        "full_name": f"{full} {suffix}" if suffix else full,
        "short_name": f"{short} {suffix}" if suffix else short,
        "collective": collective,
    }
    if affiliations:
        found["affiliations"] = tuple(filter(None, affiliations))
    if identifiers:
        found["identifiers"] = tuple(filter(None, identifiers))
    if places:
        found["affiliation_ids"] = tuple(filter(None, places))
    if element.get("EqualContrib") == "Y":
        found["equal"] = True
    if element.get("ValidYN") == "N":
        found["current"] = False
    return found


def people(found: Element | None) -> tuple[dict[str, Any], ...]:
    """Return everyone in a list of people, in order."""
    return tuple(person(one) for one in found) if found is not None else ()


def _identifier(element: Element) -> str:
    value, source = text(element), element.get("Source", "")
    return f"{source}: {value}" if source and value else value
