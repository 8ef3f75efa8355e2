"""Which format some bytes are in, told by their content and never by a file's name."""

from __future__ import annotations

import re
from typing import Literal

from evsynth.sources.formats.columns import NEEDED, NUMBERED, QUERY, meaning
from evsynth.sources.formats.decoding import decoded, is_wide
from evsynth.sources.formats.embase_text import is_embase_text
from evsynth.sources.formats.ovid import FRAME, OWN
from evsynth.sources.formats.own_json import is_own_json
from evsynth.sources.formats.pieces import after_markup
from evsynth.sources.formats.table_rows import delimiter, rows, without_sign
from evsynth.sources.reading import ReadError, shown
from evsynth.sources.tags import TAGS, tag_line

Format = Literal[
    "PubMed XML",
    "JATS",
    "EndNote XML",
    "MEDLINE",
    "RIS",
    "Web of Science",
    "Ovid",
    "Embase",
    "table",
    "BibTeX",
    "CSL-JSON",
    "JSON",
    "PDF",
]
_ENOUGH = 1 << 16
_EXPORT = "Export the records in a format that is read: PubMed (.nbib), PubMed XML, RIS, EndNote XML, CSV or BibTeX."
_HEADINGS = "Name the columns in the first line in English: Title, Authors, Year, Journal, DOI, PMID, Abstract."
_OFFICE = "Save the sheet as CSV UTF-8 in the spreadsheet, or unpack the ZIP file and give what is in it."
_ROOT = re.compile(rb"<([A-Za-z][\w:.-]*)")
_ROOTS: dict[str, Format] = {
    "PubmedArticleSet": "PubMed XML",
    "PubmedBookArticleSet": "PubMed XML",
    "PubmedArticle": "PubMed XML",
    "PubmedBookArticle": "PubMed XML",
    "MedlineCitationSet": "PubMed XML",
    "DeleteCitation": "PubMed XML",
    "eFetchResult": "PubMed XML",
    "article": "JATS",
    "pmc-articleset": "JATS",
}
_OTHER_ROOTS = {
    "eSearchResult": "an answer of PubMed's search: it holds identifiers, not records",
    "eSummaryResult": "PubMed's summaries: they hold no abstracts",
    "eLinkResult": "PubMed's links between records",
    "ePostResult": "PubMed's note of a list of identifiers",
    "eSpellResult": "PubMed's spelling of a query",
    "html": "an HTML page",
    "modsCollection": "MODS",
    "mods": "MODS",
    "zs:searchRetrieveResponse": "a library's answer in MARC XML",
    "b:Sources": "the source list of Microsoft Word",
}
_BEGINS = (
    (re.compile(r"--[A-Z]{2}-- "), "Biblioscape"),
    (re.compile(r"(?i)<(?:!doctype )?html|<pre"), "an HTML page"),
    (re.compile(r"%0 |%A "), "Refer"),
    (re.compile(r"(?s)Record[ .].{0,40}INSPEC"), "Inspec"),
)


def detect(head: bytes) -> Format:
    """Return the format of a file that begins with these bytes (64 KiB are enough). Raises `ReadError`."""
    head = head[:_ENOUGH]
    if head.startswith(b"%PDF-") or b"%PDF-" in head[:1024]:
        return "PDF"
    text = decoded(head).text.lstrip("\ufeff \t\r\n\0")
    if not text.strip():
        raise ReadError(1, "the file is empty", _EXPORT)
    if head.count(b"\0") * 10 > len(head) and not is_wide(head):
        raise ReadError(1, "the bytes are not text", _EXPORT)
    if text.startswith("<") and (found := _xml(text)):
        return found
    if text.startswith("PK\x03\x04"):
        raise ReadError(1, "this is a ZIP file, or a document of an office program, which is not read", _OFFICE)
    for form, name in _BEGINS:
        if form.match(text):
            raise ReadError(1, f"this is {name}, which is not read", _EXPORT)
    return _plain(text)


def _xml(text: str) -> Format | None:
    """Tell XML by its root; None for what only begins as XML does."""
    head = text.encode("utf-8", "replace")
    root = _ROOT.match(head, after_markup(head, tags=False))
    if root is None:
        return None
    name = root[1].decode()
    if name in _ROOTS:
        return _ROOTS[name]
    if name in {"xml", "records", "record"} and re.search(rb"<record[\s>]", head):
        return "EndNote XML"
    what = _OTHER_ROOTS.get(name, f"XML of another kind (it begins <{name}>)")
    raise ReadError(1, f"this is {what}", _EXPORT)


def _plain(text: str) -> Format:
    lines = [line for line in without_sign(text).splitlines() if line.strip()] or [text]
    if any(re.match(r"\s*TY {1,2}- ?\S", line) for line in lines):
        return "RIS"
    if FRAME.fullmatch(lines[0]) or OWN.match(lines[0]):
        return "Ovid"
    if is_embase_text(lines):
        return "Embase"
    if re.match(r"FN |PT [A-Z]\b|VR 1", lines[0]) or any(re.match(r"PT [A-Z]$", line) for line in lines[:5]):
        return "Web of Science"
    if re.search(r"(?<![^\r\n])[ \t]*@\s*[A-Za-z]+\s*[{(]", text) and not re.match(r"PMID *-", text):
        return "BibTeX"
    if re.match(r"[\[{]", text) and re.match(r"[\[{]\s*(?:[\[{\"\]}]|$)", text):
        return "JSON" if is_own_json(text) else "CSL-JSON"
    if _is_medline(lines):
        return "MEDLINE"
    first = next(rows(lines[0], delimiter(lines[0])), None)
    if (
        first is not None
        and not first.trouble
        and (first.cells[0] == QUERY or NUMBERED.fullmatch(first.cells[0]) or NEEDED & set(map(meaning, first.cells)))
    ):
        return "table"
    if first is not None and not first.trouble and len(first.cells) > 1 and len(first.cells[0]) < 60:
        raise ReadError(1, f"this is a table without a column of a title, PMID or DOI: {shown(lines[0])}", _HEADINGS)
    raise ReadError(1, f"this is none of the formats that are read; it begins {shown(lines[0])}", _EXPORT)


def _is_medline(lines: list[str]) -> bool:
    """Tell MEDLINE by a PMID or by most lines being its tags; Copac and others share some of them."""
    if any(re.match(r"(?:PMC *- PMC\d+\s+)?PMID *-", line) for line in lines):
        return True
    tagged = [found[0] for line in lines if (found := tag_line(line)) is not None and found[0] in TAGS]
    return bool(tagged) and tagged[0] in TAGS and not {"PY", "DE", "PU"} & {line[:2] for line in lines}
