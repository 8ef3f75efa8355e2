"""Read records from tables: the CSV of PubMed, Embase, Cochrane, Scopus, ASReview, and the one that evsynth writes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.model.record import Book, DatabankId, Dates, Identifier, Journal, Keyword, Record, Tagged
from evsynth.sources import entries
from evsynth.sources.abstracts import sections
from evsynth.sources.formats.columns import NEEDED, NUMBERED, QUERY, meaning
from evsynth.sources.formats.decoding import beginning, damage, unfit
from evsynth.sources.formats.fieldset import Fieldset
from evsynth.sources.formats.names import author
from evsynth.sources.formats.own_table import HEADINGS, record_of_own
from evsynth.sources.formats.ris_fields import doi
from evsynth.sources.formats.table_rows import Row, delimiter, rows, without_sign
from evsynth.sources.reading import Doubt, Failure, ReadError, shown
from evsynth.sources.tags import one_line

_PMID = re.compile(r"(?:(?:PMID|PubMed ID)?:? ?([0-9]+)(?:\.0)?)?", re.IGNORECASE)
_HINT = "A table of records has a heading such as Title, PMID or DOI in its first line."
_ROW = "Correct the row, or export the table again."


def read_table(text: str) -> Iterator[Record | Failure | Doubt]:
    """Return the records of a delimited text, rows that cannot be read, and doubts.

    Raises `ReadError` for a table whose first line names no column of records.
    """
    text = without_sign(text).removeprefix("\ufeff")
    first = next((line for line in text.splitlines() if line.strip()), "")
    sign = delimiter(first)
    found = rows(text, sign)
    heading = next(found, None)
    if heading is None or heading.trouble or damage(heading.raw):
        said = shown(re.sub("[\ud800-\udfff]", "\ufffd", first))
        raise ReadError(1, f"the first line cannot be read as headings: {said}", _HINT)
    first_name = heading.cells[0].lstrip("\ufeff").strip()
    if first_name == QUERY or NUMBERED.fullmatch(first_name):
        yield from _stacked(list(found))
        return
    if meaning(first_name) == "title" and len(heading.cells) == 2 and first_name.isupper():
        yield from _stacked([heading, *found])
        return
    names = [cell.strip().removeprefix("\ufeff") for cell in heading.cells]
    meanings = [meaning(name) for name in names]
    if not NEEDED & set(meanings):
        raise ReadError(
            heading.line, f"no column of a title, PMID or DOI; the headings are {shown(', '.join(names), 120)}", _HINT
        )
    own = names == list(HEADINGS)
    for row in found:
        trouble = row.trouble or unfit(row.raw) or _width(row.cells, names)
        if trouble:
            yield Failure(row.line, trouble, _ROW, beginning(row.raw))
            continue
        if [cell.strip().removeprefix("\ufeff") for cell in row.cells] == names:
            yield Doubt(row.line, "the headings stand here again; they were passed over")
            continue
        cells = row.cells[: len(names)]
        if own:
            yield record_of_own(cells, row.raw)
            continue
        values = [(what or name, cell.strip()) for what, name, cell in zip(meanings, names, cells, strict=True)]
        if not any(value for what, value in values if what in NEEDED | {"authors", "abstract", "citation"}):
            yield Failure(
                row.line, f"a row without title, author and identifier: {shown(row.raw.strip())}", _ROW, row.raw
            )
            continue
        if number := next((value for what, value in values if what == "pmid" and not _PMID.fullmatch(value)), ""):
            yield Doubt(row.line, f"the PMID {shown(number)} is no number; a spreadsheet may have shortened it")
        yield record_of(Fieldset((what, one_line(value)) for what, value in values), row.raw)


def _width(cells: list[str], names: list[str]) -> str:
    if any(cell.strip() for cell in cells[len(names) :]):
        return f"the row has {len(cells)} cells, and there are {len(names)} headings"
    return "" if len(cells) >= len(names) else f"the row has only {len(cells)} cells of {len(names)}"


def _stacked(found: list[Row]) -> Iterator[Record | Failure]:
    """Read Embase's other layout: one field a row, its name in capitals first; a record begins at its title."""
    block: list[Row] = []
    for row in [*found, Row(0, ["TITLE"], "")]:
        if row.cells[:1] == ["TITLE"] and block:
            raw = "\n".join(one.raw for one in block)
            bad = next((one for one in block if one.trouble or unfit(one.raw)), None)
            if bad:
                yield Failure(bad.line, bad.trouble or unfit(bad.raw), _ROW, beginning(raw))
            else:
                pairs = [(meaning(r.cells[0]) or r.cells[0], one_line("; ".join(r.cells[1:]))) for r in block]
                yield record_of(Fieldset(pairs), raw)
            block = []
        block.append(row)


def record_of(found: Fieldset, raw: str) -> Record:
    """Return the record that the cells of a row print, by what their columns mean."""
    given = found.one("pmid")
    number = _PMID.fullmatch(given)
    printed = found.one("doi")
    ends = "-".join(filter(None, (found.one("first_page"), found.one("last_page"))))
    year, date = found.one("year"), found.one("published")
    host = found.one("booktitle")
    cited = found.one("citation")
    journal = found.one("journal")
    if journal:  # Embase prints both: there `Source` is the whole citation, elsewhere it is the journal
        cited = cited or found.one("journal_or_source")
    else:
        journal = found.one("journal_or_source")
    keywords = [Keyword(text=word) for cell in found.each("keywords") for word in _words(cell)]
    terms = [Keyword(text=word, owner="index") for cell in found.each("index_terms") for word in _words(cell)]
    return Record(
        kind=found.one("kind"),
        database=found.one("database"),
        pmid=(number[1] or "") if number else "",
        pmcid=found.one("pmcid"),
        title=found.one("title", "original_title"),
        vernacular_title=found.one("vernacular_title", "original_title"),
        abstract=sections(found.one("abstract")),
        authors=tuple(author(name) for name in people(found.one("authors"))),
        editors=tuple(author(name) for name in people(found.one("editors"))),
        affiliations=found.each("affiliations"),
        journal=Journal(
            title=journal,
            abbreviation=found.one("abbreviation"),
            issns=tuple(entries.issn(one) for cell in found.each("issn") for one in _words(cell)),
        ),
        book=Book(title=host, publisher=found.one("publisher"), isbns=tuple(_words(found.one("isbn")))),
        volume=found.one("volume"),
        issue=found.one("issue"),
        pages=found.one("pages") or ends or found.one("article_number"),
        dates=Dates(published=date if year and year in date else year or date),
        languages=tuple(_words(found.one("language"))),
        publication_types=tuple(_words(found.one("type"))),
        article_ids=(Identifier(value=doi(printed) or printed, kind="doi" if doi(printed) else ""),) if printed else (),
        other_ids=found.each("accession"),
        keywords=tuple(keywords + terms),
        databank_ids=tuple(DatabankId(accession=one) for one in _words(found.one("registration"))),
        general_notes=found.each("notes"),
        urls=found.each("urls"),
        source=cited,
        copyright=found.one("copyright"),
        unknown=found.left() + (() if number else (Tagged(tag="pmid", value=given),)),
        raw=raw,
    )


def people(cell: str) -> list[str]:
    """Divide a cell of names: at ` and `, at semicolons, or at the commas of `Chen Y, Bai Z`."""
    cell = cell.rstrip(".") if cell.count(".") == 1 else cell
    if " and " in cell and ";" not in cell and re.search(r",.* and ", cell):
        parts = cell.split(" and ")
    elif ";" in cell:
        parts = cell.split(";")
    elif re.search(r"[^\W\d_]{2,} [A-Z]{1,4},", cell) or re.fullmatch(
        r"[^,]+ [A-Z.-]{1,6}(?:, [^,]+ [A-Z.-]{1,6})+", cell
    ):
        parts = cell.split(",")
    elif " and " in cell:
        parts = cell.split(" and ")
    else:
        parts = [cell]
    return [part.strip() for part in parts if part.strip()]


def _words(cell: str) -> list[str]:
    """Divide a cell of several values at its semicolons, or at the line that Embase draws between them."""
    return [part.strip() for part in re.split(r"[;|]", cell) if part.strip()]
