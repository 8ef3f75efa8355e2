"""Read MEDLINE text, the format that PubMed saves as `.nbib` or shows as "PubMed" format, into records.

Continuation lines are joined first, names keep their addresses, unknown tags keep their order, a record whose
line breaks were lost is laid out again (`sources.relayout`), and one bad record costs one record.
`sources.assembly` says what `Bio.Medline` does in this.
"""

from __future__ import annotations

from evsynth.model.record import Record
from evsynth.sources.assembly import record_of
from evsynth.sources.blocks import Block, blocks
from evsynth.sources.reading import Doubt, Failure, ReadError, Reading, shown
from evsynth.sources.relayout import is_flattened, relayout
from evsynth.sources.tags import TAGS, fields

_EXPORT = "Export it again from PubMed: Save, then format PubMed (.nbib)."


def read_medline(text: str) -> Reading:
    """Return the records of a MEDLINE text, those that could not be read, and what was not beyond doubt.

    Raises `ReadError` where there is nothing to read: an empty text, another format, bytes that are no text,
    or a file whose every record is bad (then the first failure is the error).
    """
    found: list[Record | Failure] = []
    doubts: list[Doubt] = []
    for block in blocks(text):
        if is_flattened(block.text):
            line = block.line
            for laid in relayout(block.text):
                raw = laid.raw.strip()
                read = (
                    Failure(line, laid.trouble, _EXPORT, raw) if laid.trouble else _record(Block(line, laid.text), raw)
                )
                doubts += [Doubt(line, f"line breaks were lost: {doubt}") for doubt in laid.doubts]
                found.append(read if isinstance(read, Record) else read._replace(line=line))
                line += len(Block(line, laid.raw).lines) - 1
        else:
            found.append(_record(block, block.text))
    records = tuple(read for read in found if isinstance(read, Record))
    failures = tuple(read for read in found if isinstance(read, Failure))
    if not records:
        first = failures[0]
        raise ReadError(first.line, first.message, first.hint)
    return Reading(records, failures, (*doubts, *_cut(text, records[-1])))


def read_one(text: str) -> Record:
    """Return the record of a text that holds exactly one; raises `ReadError` otherwise."""
    records, failures, *_ = read_medline(text)
    if failures:
        raise ReadError(failures[0].line, failures[0].message, failures[0].hint)
    if len(records) != 1:
        pmids = ", ".join(record.pmid for record in records[:5])
        raise ReadError(1, f"{len(records)} records where one is wanted ({pmids} …)", "Save the one record alone.")
    return records[0]


def _record(block: Block, raw: str) -> Record | Failure:
    found, bad = fields(block.lines, block.line)
    if bad is not None:
        message = f"{shown(bad.text)} is neither a field (TAG - value) nor the continuation of one"
        return Failure(bad.line, message, "Indent a continued line by six blanks, or remove the line.", raw)
    named = {field.tag: field.value for field in reversed(found)}
    pmid = named.get("PMID", "")
    if not any(named.get(tag) for tag in ("PMID", "PMC", "AID")) and not _converted(named, block.lines):
        return Failure(block.line, f"a record without PMID; it begins {shown(block.lines[0])}", _EXPORT, raw)
    if pmid and not TAGS["PMID"].form.fullmatch(pmid):
        return Failure(block.line, f"PMID {shown(pmid)} is not a number", "Correct the line `PMID- …`.", raw)
    if sum(field.tag == "PMID" for field in found) > 1:
        return Failure(block.line, f"PMID {pmid} and another PMID in one record", _EXPORT, raw)
    whole = {"SO", "AID"} if "BTI" in named else {"SO"}
    if {"OWN", "STAT"} & named.keys() and not whole & named.keys():
        message = f"the record of PMID {pmid or '(none)'} breaks off after {found[-1].tag}: no SO"
        return Failure(found[-1].line, message, f"The file was cut. {_EXPORT}", raw)
    return record_of(found, raw)


def _converted(named: dict[str, str], lines: list[str]) -> bool:
    """Tell a record of another database that was written in PubMed's six columns, as `evsynth read --to nbib` does."""
    laid = all(line[4:6] == "- " or line.startswith("      ") or not line.strip() for line in lines)
    pubmed = {"OWN", "STAT", "EDAT", "MHDA", "CRDT", "PST"} & named.keys()  # PubMed's own has a PMID, or is damaged
    return laid and not pubmed and any(named.get(tag) for tag in ("TI", "BTI", "SO", "AB", "AU", "FAU"))


def _cut(text: str, last: Record) -> list[Doubt]:
    """Doubt a file that ends inside the source line of its last record: PubMed ends it with a full stop."""
    if not last.owner or not last.source or last.source.endswith(".") or text.endswith(("\n", "\r")):
        return []
    words = f"PMID {last.pmid} ends {shown(last.source[-20:])} without a full stop; the file may be cut"
    return [Doubt(len(Block(1, text).lines), words)]
