"""Read JATS, the XML of PubMed Central and of publishers: the record of each article, and the article for its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from evsynth.model.record import Record
from evsynth.sources.formats.elements import Malformed, marked, parse, text
from evsynth.sources.formats.jats_text import inline, reference_text
from evsynth.sources.formats.pieces import pieces
from evsynth.sources.formats.pubmed_xml import broken, character_doubts
from evsynth.sources.reading import Doubt, Failure, ReadError

_HEAD = 8192
_ERROR = re.compile(rb"<(?:ERROR|error)\b[^>]*>(.*?)</(?:ERROR|error)>|<Reply[^>]*\serror=\"([^\"]*)\"", re.S)
_IDS = {"pmid": "pubmed", "pmc": "pmc", "pmcid": "pmc"}


class Article(NamedTuple):
    """One article: its line, its bytes, its element, and names of characters that XML does not know."""

    line: int
    raw: bytes
    element: Element
    names: tuple[str, ...]


def articles(chunks: Iterable[bytes]) -> Iterator[Article | Failure]:
    """Return the articles of a JATS file, or of a set of them, and those that cannot be read. Raises `ReadError`."""
    head = b""

    def kept() -> Iterator[bytes]:
        nonlocal head
        for chunk in chunks:
            if len(head) < _HEAD:
                head += chunk[:_HEAD]
            yield chunk

    nothing = True
    for piece in pieces(kept(), ("article",)):
        if nothing and not piece.name:
            _refuse(head)
        nothing = False
        if piece.trouble:
            yield broken(piece)
            continue
        try:
            element, names = parse(piece.raw, head)
        except Malformed as error:
            yield Failure(piece.line + error.line - 1, error.message, error.hint, piece.raw.decode("utf-8", "replace"))
            continue
        yield Article(piece.line, piece.raw, element, names)
    if nothing:
        _refuse(head)


def _refuse(head: bytes) -> None:
    """Raise the error that stands where articles should."""
    said = _ERROR.search(head)
    if said:
        words = (said[1] or said[2]).decode("utf-8", "replace").strip()
        raise ReadError(1, f"PubMed Central answered with an error: {words}", "Check what was asked for.")


def read_jats(chunks: Iterable[bytes]) -> Iterator[Record | Failure | Doubt]:
    """Return the record of each article, those that cannot be read, and doubts."""
    for found in articles(chunks):
        if isinstance(found, Failure):
            yield found
            continue
        record = article_record(found.element, found.raw.decode())
        if not (record.title or record.article_ids or record.pmid):
            yield Failure(found.line, "an article without title and identifier", "Fetch the article again.", record.raw)
            continue
        yield record
        yield from character_doubts(found.line, found.names)


def article_record(article: Element, raw: str = "") -> Record:
    """Return what the front matter and the reference list of an article print."""
    meta = article.find("./front/article-meta")
    journal = article.find("./front/journal-meta")
    if meta is None:
        return Record(raw=raw)
    title = meta.find("./title-group/article-title")
    ids = [(one.get("pub-id-type", ""), text(one)) for one in meta.findall("article-id")]
    kinds = {_IDS.get(kind, kind): value for kind, value in reversed(ids)}
    pmc = kinds.get("pmc", "")
    places = {one.get("id", ""): _address(one) for one in meta.iter("aff")}
    first, last = text(meta.find("fpage")), text(meta.find("lpage"))
    abstract = meta.find("abstract")
    styled = marked(title)
    return Record.model_validate(
        {
            "kind": article.get("article-type", ""),
            "pmid": kinds.get("pubmed", ""),
            "pmcid": f"PMC{pmc}" if pmc.isdigit() else pmc,
            "article_ids": [
                {"value": v, "kind": "pii" if k == "publisher-id" else k} for k, v in ids if k not in _IDS and v
            ],
            "title": text(title),
            "markup": [{"field": "title", "text": styled}] if styled else [],
            "abstract": _sections(abstract) if abstract is not None else [],
            "authors": [_author(one, places) for one in meta.findall("./contrib-group/contrib") if _is_author(one)],
            "journal": _journal(journal) if journal is not None else {},
            "volume": text(meta.find("volume")),
            "issue": text(meta.find("issue")),
            "pages": "-".join(filter(None, (first, last if last != first else ""))) or text(meta.find("elocation-id")),
            "dates": _dates(meta),
            "copyright": text(meta.find("./permissions/copyright-statement")),
            "publication_types": [text(one) for one in meta.findall("./article-categories//subject")][:1],
            "keywords": [{"text": text(one)} for one in meta.findall("./kwd-group/kwd")],
            "references": [_reference(one) for one in article.findall("./back//ref")],
            "conflict_of_interest": _conflict(article),
            "raw": raw,
        }
    )


def _is_author(element: Element) -> bool:
    return element.get("contrib-type", "author") == "author"


def _author(element: Element, places: dict[str, str]) -> dict[str, object]:
    here = [places[one.get("rid", "")] for one in element.findall("xref") if one.get("rid", "") in places]
    here += [_address(one) for one in element.findall("aff")]
    group = element.find("collab")
    ids = [one for one in element.findall("contrib-id") if text(one)]
    found: dict[str, object] = {
        "affiliations": list(dict.fromkeys(filter(None, here))),
        "identifiers": [f"{one.get('contrib-id-type', '').upper()}: {text(one)}" for one in ids],
    }
    if group is not None:
        return found | {"collective": inline(group)}
    name = element.find(".//name")
    if name is None:
        whole = text(element.find(".//string-name"))
        return found | {"full_name": whole}
    family, given, suffix = (text(name.find(part)) for part in ("surname", "given-names", "suffix"))
    full = ", ".join(filter(None, (family, given)))
    equal = element.get("equal-contrib") == "yes"
    return found | {
        "family": family,
        "given": given,
        "suffix": suffix,
        "full_name": f"{full} {suffix}".strip(),
        "equal": equal,
    }


def _address(element: Element) -> str:
    parts = [element.text or ""]
    for child in element:
        parts += [] if child.tag in {"label", "institution-id", "sup"} else ["".join(child.itertext())]
        parts.append(child.tail or "")
    return " ".join("".join(parts).split()).strip(" ,;")


def _sections(abstract: Element) -> list[dict[str, str]]:
    sections = []
    for child in abstract:
        if child.tag == "sec":
            label = text(child.find("title")).rstrip(":.")
            sections.append({"label": label, "text": " ".join(inline(one) for one in child.iter("p"))})
        elif child.tag == "p":
            sections.append({"text": inline(child)})
    return [section for section in sections if section["text"]]


def _journal(element: Element) -> dict[str, object]:
    kinds = {"epub": "Electronic", "ppub": "Print"}
    short = [
        text(one) for one in element.findall("journal-id") if one.get("journal-id-type") in {"nlm-ta", "iso-abbrev"}
    ]
    return {
        "title": text(element.find(".//journal-title")),
        "abbreviation": short[0] if short else "",
        "place": text(element.find("./publisher/publisher-loc")),
        "issns": [
            {"number": text(one), "kind": kinds.get(one.get("pub-type", ""), one.get("publication-format", ""))}
            for one in element.findall("issn")
        ],
    }


def _dates(meta: Element) -> dict[str, str]:
    months = ["", *"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()]
    printed: dict[str, str] = {}
    for one in meta.findall("pub-date"):
        kind = one.get("pub-type", "") or one.get("date-type", "")
        month, day = text(one.find("month")), text(one.find("day")).lstrip("0")
        name = months[int(month)] if month.isdecimal() and len(month) < 3 and 1 <= int(month) <= 12 else month
        words = " ".join(filter(None, (text(one.find("year")), text(one.find("season")) or name, day)))
        printed.setdefault(kind, words)
    order = ("ppub", "collection", "epub", "pub")
    best = next((printed[kind] for kind in order if kind in printed), next(iter(printed.values()), ""))
    return {"published": best, "electronic": printed.get("epub", "")}


def _reference(element: Element) -> dict[str, object]:
    ids = [
        {"value": text(one), "kind": _IDS.get(one.get("pub-id-type", ""), one.get("pub-id-type", ""))}
        for one in element.iter("pub-id")
    ]
    return {"citation": reference_text(element), "identifiers": ids}


def _conflict(article: Element) -> str:
    for one in article.iter("fn"):
        if one.get("fn-type") in {"conflict", "COI-statement", "coi-statement"}:
            return " ".join(inline(part) for part in one.iter("p"))
    return ""
