"""Parts of many articles at once: people, days, headings, references, in the shapes of `model.record`.

Each function says for all elements of a kind what `sources.formats.pubmed_article` and its siblings say for one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from evsynth.sources.corpus.many.articles import Articles
from evsynth.sources.corpus.many.shapes import filled, given, joined, lists, reaches, struct, together, where

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    Numbers = NDArray[np.integer[Any]]

_MONTHS = dict(enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1))
_DIGITS = 9


class Part(NamedTuple):
    """Elements, the numbers of what they belong to, which rise, and a value for each."""

    elements: Numbers
    owners: Numbers
    values: pa.Array


def child(articles: Articles, parents: Numbers, *paths: str) -> Part:
    """Return the texts of the one child of a kind that a parent may have."""
    found = articles.at(*paths)
    owners = np.searchsorted(parents, found, "right") - 1
    articles.once(found, owners)
    return Part(found, owners, articles.text(found))


def children(articles: Articles, parents: Numbers, *paths: str) -> Part:
    """Return the texts of the children of a kind, of which a parent may have many."""
    found = articles.at(*paths)
    return Part(found, np.searchsorted(parents, found, "right") - 1, articles.text(found))


def words(articles: Articles, parents: Numbers, *paths: str) -> pa.StringArray:
    """Return for each parent the text of its child of a kind; an empty text where it has none."""
    found = child(articles, parents, *paths)
    return given(found.values, found.owners, len(parents), empty=True)


def people(articles: Articles, path: str, kind: pa.StructType) -> Part:
    """Return the people of a list as authors (see `sources.formats.pubmed_people`)."""
    import pyarrow as pa

    found = articles.at(path)
    count = len(found)
    names = {
        field: words(articles, found, f"{path}/{name}")
        for field, name in (
            ("family", "LastName"),
            ("given", "ForeName"),
            ("initials", "Initials"),
            ("suffix", "Suffix"),
            ("collective", "CollectiveName"),
        )
    }
    suffix = (where(filled(names["suffix"]), " "), names["suffix"])
    for field, separator, part in (("full_name", ", ", "given"), ("short_name", " ", "initials")):
        names[field] = together(names["family"], where(filled(names[part]), separator), names[part], *suffix)
    columns: dict[str, pa.Array] = dict(names)
    for field, name in (("affiliations", "AffiliationInfo/Affiliation"), ("identifiers", "Identifier")):
        columns[field] = _identified(articles, found, f"{path}/{name}", sources=field == "identifiers")
    columns["affiliation_ids"] = _identified(articles, found, f"{path}/AffiliationInfo/Identifier", sources=True)
    for field, name, said in (("equal", "EqualContrib", "Y"), ("current", "ValidYN", "N")):
        true = articles.says(found, lambda about, name=name, said=said: about.get(name) == said)  # type: ignore[misc]
        columns[field] = pa.array(np.full(count, field == "equal"), mask=~true)
    return Part(found, articles.record(found), struct(kind, columns, count))


def _identified(articles: Articles, people_: Numbers, path: str, *, sources: bool) -> pa.ListArray:
    """Return a list of texts for each person, with the source of an identifier before it."""
    found = children(articles, people_, path)
    values = found.values
    articles.blame(articles.record(found.elements[~filled(values)]))
    if sources:
        source = articles.attribute(found.elements, "Source")
        values = together(source, where(filled(source), ": "), values)
    return lists(values, found.owners, len(people_))


def day(articles: Articles, path: str) -> Part:
    """Return dates as `20220926`."""
    found = articles.at(path)
    parts = _numbers(articles, found, path, ("Year", "Month", "Day"))
    return Part(found, articles.record(found), together(*parts))


def moment(articles: Articles, path: str) -> Part:
    """Return dates of the history as `2022/06/26 00:00`; those without an hour as `2022/06/26`."""
    found = articles.at(path)
    year, month, day_, hour, minute = _numbers(articles, found, path, ("Year", "Month", "Day", "Hour", "Minute"))
    usual = [np.diff(reaches(one)) == width for one, width in ((year, 4), (month, 2), (day_, 2))]
    timed = filled(hour)
    articles.blame(articles.record(found[~(np.logical_and.reduce(usual) & (timed == filled(minute)))]))
    values = together(year, "/", month, "/", day_, where(timed, " "), hour, where(timed, ":"), minute)
    return Part(found, articles.record(found), values)


def _numbers(articles: Articles, parents: Numbers, path: str, names: tuple[str, ...]) -> list[pa.StringArray]:
    """Return the numbers of dates in their order, each with two digits at least; an empty text where one is missing."""
    import pyarrow.compute as pc

    parts = []
    before = np.zeros(len(parents), np.int64)
    for name in names:
        found = child(articles, parents, f"{path}/{name}")
        values = found.values
        digits = pc.string_is_ascii(values).to_numpy(zero_copy_only=False) & pc.utf8_is_digit(values).to_numpy(
            zero_copy_only=False
        )
        ordered = found.elements > before[found.owners]
        before[found.owners] = found.elements
        articles.blame(articles.record(found.elements[~(digits & ordered)]))
        short = np.diff(reaches(values)) < 2
        if short.any():
            values = pc.ascii_lpad(values, 2, "0")
        parts.append(given(values, found.owners, len(parents), empty=True))
    return parts


def published(articles: Articles, path: str) -> Part:
    """Return dates of publication as they are printed: `2019 Apr-Jun`, `2022 Sep 2`, `2031 Winter`."""
    import pyarrow as pa
    import pyarrow.compute as pc

    found = articles.at(path)
    year, month, season, day_, whole = (
        words(articles, found, f"{path}/{name}") for name in ("Year", "Month", "Season", "Day", "MedlineDate")
    )
    spelled = month.dictionary_encode()
    months = [_month(one) for one in spelled.dictionary.to_pylist()]
    month = pa.array(months, pa.string()).take(spelled.indices)
    day_ = pc.ascii_ltrim(day_, "0")
    parted = joined([year, month, season, day_], " ")
    full = np.zeros(len(found), np.bool_)
    full[np.searchsorted(found, articles.at(f"{path}/MedlineDate"), "right") - 1] = True
    return Part(found, articles.record(found), pc.if_else(pa.array(full), whole, parted) if full.any() else parted)


def _month(printed: str) -> str:
    return _MONTHS.get(int(printed), printed) if printed.isdecimal() and len(printed) < _DIGITS else printed
