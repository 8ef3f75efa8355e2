from __future__ import annotations

import pytest

from evsynth.sources.people import people
from evsynth.sources.tags import Field


def read(*pairs):
    return people([Field(tag, value, n) for n, (tag, value) in enumerate(pairs, 1)])


@pytest.mark.parametrize(
    ("full", "short", "parts"),
    [
        ("Chen, Yuxue", "Chen Y", ("Chen", "Yuxue", "Y", "")),
        ("van der Berg, Jan-Peter", "van der Berg JP", ("van der Berg", "Jan-Peter", "JP", "")),
        ("Mathies, A W Jr", "Mathies AW Jr", ("Mathies", "A W", "AW", "Jr")),
        ("Given, Curtis A 2nd", "Given CA 2nd", ("Given", "Curtis A", "CA", "2nd")),
        ("Selvamani", "Selvamani", ("Selvamani", "", "", "")),
        ("", "de Hoon MJ", ("de Hoon", "", "MJ", "")),
        ("", "Mathies AW Jr", ("Mathies", "", "AW", "Jr")),
        ("", "et al.", ("et al.", "", "", "")),
        ("Müller, Jürgen", "Mueller J", ("Müller", "Jürgen", "", "")),
        ("Goldberg, Susan G.", "", ("Goldberg", "Susan G.", "", "")),
    ],
)
def test_the_parts_of_a_name(full, short, parts):
    (author,) = read(("FAU", full), ("AU", short)).authors
    assert (author.family, author.given, author.initials, author.suffix) == parts
    assert (author.full_name, author.short_name) == (full, short)


def test_addresses_and_identifiers_follow_their_name():
    found = read(
        ("FAU", "A, B"), ("AU", "A B"), ("AD", "one"), ("AD", "two"), ("AUID", "ORCID: 0000000123456789"),
        ("CN", "Group"), ("AD", "three"), ("FAU", "C, D"), ("AU", "C D"),
    )  # fmt: skip
    assert [a.affiliations for a in found.authors] == [("one", "two"), ("three",), ()]
    assert found.authors[0].orcid == "0000-0001-2345-6789"
    assert found.left == found.addresses == ()


def test_roles_do_not_mix():
    found = read(
        ("FED", "E, D"), ("ED", "E D"), ("FAU", "A, U"), ("AU", "A U"), ("LA", "eng"),
        ("FPS", "P, S"), ("PS", "P S"),
        ("IR", "I R"), ("FIR", "I, R"), ("IRAD", "there"), ("IR", "J R"),
    )  # fmt: skip
    assert [[a.name for a in group] for group in found[:4]] == [["A, U"], ["E, D"], ["I, R", "J R"], ["P, S"]]
    assert found.investigators[0].short_name == "I R"
    assert found.investigators[0].affiliations == ("there",)


def test_an_address_after_another_field_is_nobodys():
    found = read(("AD", "early"), ("FAU", "A, U"), ("AU", "A U"), ("LA", "eng"), ("AD", "late"), ("AUID", "x"))
    assert found.addresses == ("early",)
    assert found.authors[0].affiliations == ()
    assert [f.value for f in found.left] == ["late", "x"]


def test_names_without_full_names_are_separate():
    assert [a.name for a in read(("AU", "A B"), ("AU", "C D"), ("FAU", "A, E"), ("AU", "A E")).authors] == [
        "A B",
        "C D",
        "A, E",
    ]


def test_empty_fields_name_nobody():
    assert read(("FAU", ""), ("AU", ""), ("AD", ""))[:4] == ((), (), (), ())
