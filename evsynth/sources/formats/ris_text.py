"""Write records as RIS. What RIS cannot hold is what `held` leaves out: grants, links, whose address is whose …"""

from __future__ import annotations

import re

from evsynth.model.record import Record
from evsynth.sources import entries
from evsynth.sources.formats.held import plain, year
from evsynth.sources.formats.names import author_text
from evsynth.sources.formats.ris import NOTHING
from evsynth.sources.formats.ris_fields import doi, is_isbn, kind_of, pmid
from evsynth.sources.tags import one_line

_TAKEN = frozenset(
    "TY DB AN C5 DO L3 C2 TI T1 BT T2 AB N2 AU A1 ED A2 AD JF JO J2 JA J1 CY ET PB SN VL IS CP SP EP PY Y1 DA LA M3 KW"
    " N1 UR L1 L2 LK ER".split()
)
_IN_BOOK = {"CHAP", "CONF"}


def held(record: Record) -> Record:
    """Return what RIS can hold of a record: reading what is written gives this."""
    kind = record.kind if re.fullmatch("[A-Z]{3,6}", record.kind) else kind_of(record).ris
    addresses = (*record.affiliations, *(a for one in record.authors for a in one.affiliations))
    in_book = kind in _IN_BOOK
    serials = [entries.write_issn(one) for one in record.journal.issns]
    whole = plain(
        record,
        kind,
        database=record.database,
        affiliations=tuple(dict.fromkeys(addresses)),
        publication_types=tuple(one for one in record.publication_types if not doi(one)),
        other_ids=tuple(one for one in record.other_ids if not pmid(one)),
        unknown=tuple(
            t for t in record.unknown if t.value and re.fullmatch("[A-Z][A-Z0-9]", t.tag) and t.tag not in _TAKEN
        ),
    )
    return whole.model_copy(
        update={
            "journal": whole.journal.model_copy(
                update={"issns": tuple(entries.issn(one) for one in serials if not is_isbn(one))}
            ),
            "book": whole.book.model_copy(
                update={
                    "title": record.book.title if in_book else "",
                    "isbns": tuple(one for one in record.book.isbns if is_isbn(one)),
                }
            ),
            "title": record.title or ("" if in_book else record.book.title),
        }
    )


def ris_record(record: Record) -> str:
    """Return the RIS text of one record, with an empty line after it."""
    r = held(record)
    first, last = _ends(r.pages)
    date = r.dates.published
    pairs = [
        ("TY", r.kind),
        ("TI", r.title),
        *(("AU", author_text(one)) for one in r.authors),
        *(("ED", author_text(one)) for one in r.editors),
        ("PY", year(r) or date),
        ("DA", date if year(r) and date != year(r) else ""),
        ("T2", r.book.title),
        ("JF", r.journal.title),
        ("J2", r.journal.abbreviation),
        ("VL", r.volume),
        ("IS", r.issue),
        ("SP", first),
        ("EP", last),
        ("AB", r.abstract_text),
        *(("KW", f"{'*' if one.major else ''}{one.text}") for one in r.keywords),
        *(("DO", one) for one in r.dois),
        ("AN", f"PMID:{r.pmid}" if r.pmid else ""),
        *(("AN", one) for one in r.other_ids),
        ("C2", r.pmcid),
        ("DB", r.database),
        *(("AD", one) for one in r.affiliations),
        *(("LA", one) for one in r.languages),
        *(("M3", one) for one in r.publication_types),
        *(("SN", entries.write_issn(one)) for one in r.journal.issns),
        *(("SN", one) for one in r.book.isbns),
        ("PB", r.book.publisher),
        ("ET", r.book.edition),
        ("CY", r.journal.place),
        *(("UR", one) for one in r.urls),
        *(("N1", one) for one in r.general_notes),
        *((one.tag, one.value) for one in r.unknown),
    ]
    lines = [f"{tag}  - {one_line(value)}\n" for tag, value in pairs if value]
    if len(lines) == 1:
        lines.append("{}  - {}\n".format(*NOTHING))
    return "".join(lines) + "ER  - \n\n"


def _ends(pages: str) -> tuple[str, str]:
    first, dash, last = pages.partition("-")
    return (first, last) if dash and first and last and "-" not in last else (pages, "")
