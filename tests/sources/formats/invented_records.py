"""Invented records and files with the troubles that real exports have."""

from __future__ import annotations

from hypothesis import strategies as st

from evsynth.model.record import (
    Author,
    Book,
    Dates,
    Identifier,
    Issn,
    Journal,
    Keyword,
    MeshHeading,
    Qualifier,
    Record,
)
from evsynth.sources.abstracts import sections
from evsynth.sources.tags import one_line

ANY = (
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn")), min_size=1, max_size=80)
    .map(one_line)
    .filter(bool)
)
NAME = st.from_regex(r"[A-ZÄØ][a-zéß]{1,9}(-[A-Z][a-z]{2,5})?", fullmatch=True)
DOI = st.from_regex(r"10\.[0-9]{4}/[a-z]{2,6}[._][0-9]{1,4}", fullmatch=True)


def several(each, most=3):
    """Return tuples of up to `most` of these."""
    return st.lists(each, max_size=most, unique=True).map(tuple)


def maybe(each):
    """Return one of these, or nothing."""
    return st.just("") | each


@st.composite
def persons(draw):
    """People with a family name, a given name, and some with a suffix and an address."""
    family, given, suffix = draw(NAME), draw(NAME), draw(st.sampled_from(["", "", "Jr", "3rd"]))
    full = f"{family}, {given} {suffix}".strip()
    return Author(family=family, given=given, suffix=suffix, full_name=full, affiliations=draw(several(ANY, 1)))


GROUPS = NAME.map(lambda name: Author(collective=f"{name} Otter Friends"))
WORDS = st.lists(st.from_regex(r"[a-zA-Z;\\*&%{}$#_~^\"'-]{1,9}", fullmatch=True), min_size=1, max_size=4).map(" ".join)


@st.composite
def records(draw):
    """Records of journal articles, with any text wherever a format takes any."""
    return Record(
        pmid=draw(maybe(st.integers(1, 10**8).map(str))),
        pmcid=draw(maybe(st.integers(1, 10**7).map("PMC{}".format))),
        title=draw(ANY),
        abstract=sections(draw(maybe(ANY))),
        authors=tuple(draw(st.lists(persons() | GROUPS, max_size=3))),
        editors=tuple(draw(st.lists(persons(), max_size=1))),
        journal=Journal(
            title=draw(maybe(ANY)),
            abbreviation=draw(maybe(ANY)),
            issns=draw(st.sampled_from([(), (Issn(number="9990-0011", kind="Print"), Issn(number="9990-001X"))])),
        ),
        book=Book(publisher=draw(maybe(NAME)), edition=draw(maybe(NAME))),
        volume=draw(maybe(st.integers(1, 99).map(str))),
        issue=draw(maybe(st.sampled_from(["4", "Suppl 1", "2-3"]))),
        pages=draw(maybe(st.sampled_from(["1-9", "978429", "E174; discussion E175", "S1-S5", "1-2, 5-6"]))),
        dates=Dates(published=draw(st.sampled_from(["", "2031", "2031 Apr-Jun", "2031 Sep 2", "2031/09/02"]))),
        languages=draw(several(st.sampled_from(["eng", "fre", "chi"]), 2)),
        article_ids=tuple(Identifier(value=one, kind="doi") for one in draw(several(DOI, 2))),
        keywords=draw(several(st.builds(Keyword, text=WORDS.filter(lambda w: w[0] != "*"), major=st.booleans()))),
        mesh=draw(
            several(
                st.builds(
                    MeshHeading,
                    name=NAME,
                    qualifiers=several(st.builds(Qualifier, name=NAME, major=st.booleans()), 1),
                ),
                2,
            )
        ),
        general_notes=draw(several(ANY, 2)),
        urls=draw(several(NAME.map("https://otters.example/?q={}&r=1".format), 2)),
    )
