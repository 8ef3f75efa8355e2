"""Laws of reading and writing: write then read, flatten then read, and what no input may do."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evsynth.model.record import (
    Author,
    Book,
    DatabankId,
    Dates,
    Event,
    Identifier,
    Issn,
    Journal,
    Keyword,
    Link,
    MeshHeading,
    OtherAbstract,
    Qualifier,
    Record,
    Substance,
    Tagged,
)
from evsynth.sources import entries
from evsynth.sources.abstracts import sections
from evsynth.sources.formats.decoding import decoded
from evsynth.sources.medline import read_medline, read_one
from evsynth.sources.nbib import write_nbib
from evsynth.sources.reading import ReadError
from evsynth.sources.tags import TAGS, one_line

# Building a whole record takes a while on a busy machine; that is no fault of the record.
LAW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

# ---- records of any text

ANY = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=200).map(one_line).filter(bool)


def several(each, most=3):
    return st.lists(each, max_size=most).map(tuple)


def maybe(each):
    return st.just("") | each


@st.composite
def authors(draw, names, addresses, identifiers):
    """Names as `people` would read them, from their printed forms."""
    family, given = draw(names), draw(names)
    initials = "".join(part[0].upper() for part in given.split())[:3]
    return Author(
        family=family,
        given=given,
        initials=initials,
        full_name=f"{family}, {given}",
        short_name=f"{family} {initials}",
        affiliations=draw(several(addresses, 2)),
        identifiers=draw(several(identifiers, 1)),
    )


NAME = st.from_regex(r"[A-Z][a-z]{1,9}(-[A-Z][a-z]{2,5})?", fullmatch=True)
ORCID = st.from_regex(r"ORCID: \d{4}-\d{4}-\d{4}-\d{3}[0-9X]", fullmatch=True)


def owned(keywords):
    """Keywords of no owner come first: the format cannot say that an owner ends."""
    return tuple(sorted(keywords, key=lambda keyword: keyword.owner))


@st.composite
def records(draw):
    """Records with any text wherever a record takes text."""
    people = authors(NAME, ANY, ORCID | ANY)
    group = st.builds(Author, collective=ANY, affiliations=several(ANY, 2))
    return Record(
        pmid=str(draw(st.integers(1, 10**9))),
        status=draw(maybe(st.just("MEDLINE"))),
        title=draw(maybe(ANY)),
        vernacular_title=draw(maybe(ANY)),
        abstract=sections(draw(maybe(ANY))),
        other_abstracts=draw(several(st.builds(OtherAbstract, text=ANY, language=maybe(ANY)), 2)),
        copyright=draw(maybe(ANY)),
        other_copyright=draw(several(ANY, 1)),
        authors=draw(several(people | group)),
        editors=draw(several(people, 1)),
        investigators=draw(several(people, 2)),
        persons_as_subject=draw(several(people, 1)),
        journal=Journal(title=draw(maybe(ANY)), issns=draw(several(ANY.map(entries.issn)))),
        book=draw(st.builds(Book, title=maybe(ANY), isbns=several(ANY, 1))),
        volume=draw(maybe(ANY)),
        dates=Dates(published=draw(maybe(ANY)), entrez=draw(maybe(ANY))),
        history=draw(several(ANY.map(entries.event))),
        languages=draw(several(ANY, 2)),
        subsets=draw(several(ANY, 2)),
        article_ids=draw(several(ANY.map(entries.identifier))),
        location_ids=draw(several(ANY.map(entries.identifier))),
        mesh=draw(several(ANY.map(entries.heading))),
        keywords=owned(
            draw(
                several(
                    st.builds(Keyword, text=ANY.filter(lambda t: t[0] != "*"), major=st.booleans(), owner=maybe(ANY))
                )
            )
        ),
        substances=draw(several(ANY.map(entries.substance)))
        + draw(several(ANY.map(lambda name: Substance(name=name)), 1)),
        databank_ids=draw(several(ANY.map(entries.databank_id))),
        grants=draw(several(ANY.map(entries.grant))),
        links=draw(several(ANY.map(lambda citation: entries.link("CIN", citation)))),
        general_notes=draw(several(ANY, 2)),
        conflict_of_interest=draw(maybe(ANY)),
        source=draw(ANY),
        unknown=draw(several(st.builds(Tagged, tag=st.sampled_from(["XYZ", "QQ", "NEW1"]), value=maybe(ANY)))),
    )


@LAW
@given(records())
def test_what_is_written_is_read_back(record):
    text = write_nbib([record])
    assert read_one(text).without_raw() == record
    assert write_nbib([read_one(text)]) == text


@settings(LAW, max_examples=15)
@given(st.lists(records(), min_size=1, max_size=3))
def test_several_records_come_back_in_order(many):
    read = read_medline(write_nbib(many))
    assert [r.without_raw() for r in read.records] == many
    assert read.failures == ()


@LAW
@given(records())
def test_line_ends_and_the_mark_do_not_matter(record):
    text = write_nbib([record])
    assert read_one("\ufeff" + text.replace("\n", "\r\n")).without_raw() == record
    assert read_one(decoded(b"\xef\xbb\xbf" + text.encode()).text).without_raw() == record


@LAW
@given(records())
def test_written_lines_are_short_unless_a_word_is_long(record):
    for line in write_nbib([record]).split("\n"):
        assert len(line) <= 87 or " " not in line[6:]
        assert re.match(r"[A-Z0-9]{2,4} {0,2}-( |$)| {6}\S|$", line)


# ---- flattened records

WORD = st.from_regex(r"[a-z]{2,9}", fullmatch=True)
TRAP = st.sampled_from([*TAGS, "II", "III", "HR", "XYZ"]).map(lambda tag: f"{tag}{' ' * (len(tag) < 4)}-")


@st.composite
def sentences(draw, most=3):
    """Prose that ends in a full stop; tags stand inside its sentences, never right after one."""
    found = []
    for _ in range(draw(st.integers(1, most))):
        words = draw(st.lists(WORD, min_size=1, max_size=4))
        for trap in draw(st.lists(TRAP, max_size=2)):
            words += [trap, *draw(st.lists(WORD, min_size=1, max_size=3))]
        found.append(" ".join(words).capitalize() if words[0].isalpha() else " ".join(words))
    return ". ".join(found) + "."


@st.composite
def labelled(draw):
    labels = draw(st.sampled_from([(), ("OBJECTIVE", "METHODS", "RESULTS", "CONCLUSION", "TRIAL REGISTRATION")]))
    return sections(" ".join(f"{label}: {draw(sentences())}" for label in labels) or draw(sentences()))


DAY = st.dates().map(lambda day: f"{day.year:04}{day.month:02}{day.day:02}")
MOMENT = st.dates().map(lambda day: f"{day.year:04}/{day.month:02}/{day.day:02} 06:00")
DOI = st.from_regex(r"10\.[0-9]{4}/[a-z]{2,6}\.[0-9]{1,4}", fullmatch=True)
TERM = st.lists(WORD, min_size=1, max_size=3).map(" ".join)
ADDRESS = st.tuples(TERM, TERM).map(lambda t: f"Department of {t[0]}, {t[1]}.")


@st.composite
def pubmed_records(draw):
    """Records as PubMed prints them, with tags standing in the prose."""
    people = authors(NAME, ADDRESS, ORCID)
    doi = draw(DOI)
    pubmed = draw(MOMENT)
    return Record(
        pmid=str(draw(st.integers(1, 10**8))),
        owner="NLM",
        status="MEDLINE",
        subsets=draw(several(st.sampled_from(["IM", "AIM"]), 1)),
        title=draw(sentences(1)),
        abstract=draw(st.just(()) | labelled()),
        copyright=draw(maybe(TERM.map(lambda who: f"Copyright (c) 2031 {who}."))),
        authors=draw(several(people, 4)),
        investigators=draw(several(authors(NAME, ADDRESS, ORCID), 2)),
        journal=Journal(
            title=draw(TERM),
            abbreviation=draw(TERM),
            nlm_id="999999999",
            place="Freedonia",
            issns=(Issn(number="9990-0011", kind="Electronic"), Issn(number="9990-001X", kind="Linking")),
        ),
        volume=draw(maybe(st.sampled_from(["13", "Suppl", "31 Pt 2"]))),
        issue=draw(maybe(st.just("4"))),
        pages=draw(maybe(st.sampled_from(["978429", "1-9", "E174; discussion E174", "mbcE22"]))),
        dates=Dates(
            published=draw(st.sampled_from(["2031", "2031 Apr-Jun", "2031 Winter", "2031 Sep 2"])),
            electronic=draw(maybe(DAY)),
            completed=draw(maybe(DAY)),
            revised=draw(DAY),
            entrez=pubmed,
            mesh=draw(MOMENT),
            created=draw(MOMENT),
            pmc_release=draw(maybe(MOMENT)),
        ),
        history=(Event(when=pubmed, status="pubmed"), Event(when=draw(MOMENT), status="pmc-release")),
        languages=("eng",),
        publication_types=draw(several(st.sampled_from(["Journal Article", "Review", "Letter"]), 2)),
        publication_status="ppublish",
        article_ids=(Identifier(value=doi, kind="doi"), Identifier(value="S1-2(31)4-5", kind="pii")),
        location_ids=draw(several(st.just(Identifier(value=doi, kind="doi")), 1)),
        pmcid=draw(maybe(st.just("PMC99"))),
        mesh=draw(
            several(
                st.builds(
                    MeshHeading,
                    name=TERM,
                    major=st.booleans(),
                    qualifiers=several(st.builds(Qualifier, name=TERM, major=st.booleans()), 2),
                )
            )
        ),
        keywords=draw(several(st.builds(Keyword, text=TERM, major=st.booleans(), owner=st.just("NOTNLM")))),
        substances=draw(several(st.builds(Substance, registry=st.sampled_from(["0", "WM0HAQ0OTR"]), name=TERM))),
        databank_ids=draw(several(st.just(DatabankId(databank="OtterReg", accession="OTT1")), 1)),
        grants=draw(several(TERM.map(entries.grant), 1)),
        links=draw(several(st.just(Link(tag="CIN", citation="J. 2031;1:5. PMID: 12", pmid="12")), 1)),
        conflict_of_interest=draw(maybe(sentences())),
        source=f"{draw(TERM)}. 2031;13:978. doi: {doi}.",
    )


@settings(LAW, max_examples=100)
@given(pubmed_records())
def test_a_flattened_record_reads_as_the_proper_one(record):
    text = write_nbib([record])
    assert read_one(text).without_raw() == record
    assert read_one(one_line(text)).without_raw() == record


@settings(LAW, max_examples=10)
@given(st.lists(pubmed_records(), min_size=2, max_size=3))
def test_several_flattened_records(many):
    assert [r.without_raw() for r in read_medline(one_line(write_nbib(many))).records] == many


# ---- any input

LINES = st.lists(
    st.sampled_from(
        [
            "PMID- 1",
            "OWN - NLM",
            "TI  - A",
            "      more",
            "bad line",
            "",
            " ",
            "XY  - z",
            "SO  - A.",
            "AD  - x",
        ]
    )
    | st.text(max_size=20),
    max_size=12,
)


@given(LINES.map("\n".join) | st.text(max_size=300) | TRAP.map(lambda tag: f"PMID- 1 {tag} x {tag}"))
def test_any_text_is_read_or_refused(text):
    try:
        read = read_medline(text)
    except ReadError:
        return
    assert read.records
    assert all(record.raw in text for record in read.records)
    again = read_medline(write_nbib(read.records))
    assert [r.without_raw() for r in again.records] == [r.without_raw() for r in read.records]


@given(st.binary(max_size=200))
def test_any_bytes_give_text(data):
    assert isinstance(decoded(data).text, str)
