"""What is searched of many records at once: the columns that `sources.corpus.searched` makes of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from evsynth.sources.corpus.many.folding import folded_rows
from evsynth.sources.corpus.many.shapes import filled, lists, together
from evsynth.sources.corpus.searched import printed_year

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    Numbers = NDArray[np.integer[Any]]


def looked_up(columns: dict[str, pa.Array], count: int) -> dict[str, pa.Array]:
    """Return what is searched of the fields of records."""
    return {
        "year": _years(columns["dates"]),
        "title_words": _titles(columns, count),
        "abstract_words": _abstracts(columns["abstract"], count),
        "headings": _headings(columns["mesh"]),
        "names": _names(columns["authors"]),
    }


def _texts(parts: list[pa.StringArray], owners: Sequence[Numbers]) -> tuple[pa.StringArray, Numbers]:
    """Return the texts of some kinds that are not empty, and their owners; those of one in the order of the kinds."""
    import pyarrow as pa

    texts = pa.concat_arrays(parts)
    full = filled(texts)
    owner = np.concatenate(owners)
    order = np.argsort(owner, kind="stable")
    order = order[full[order]]
    if len(order) != len(texts) or len(parts) > 1:
        texts = texts.take(pa.array(order))
    return texts, owner[order]


def _sizes(made: pa.ListArray) -> NDArray[np.int32]:
    """Return how many values each row has."""
    reach = np.frombuffer(made.buffers()[1], np.int32, len(made) + 1)
    return reach[1:] - reach[:-1]


def _titles(columns: dict[str, pa.Array], count: int) -> pa.StringArray:
    parts, owners = [], []
    for name in ("title", "vernacular_title"):
        there = columns[name].is_valid().to_numpy(zero_copy_only=False)
        parts.append(columns[name].drop_null())
        owners.append(np.flatnonzero(there))
    return folded_rows(*_texts(parts, owners), count)


def _abstracts(abstract: pa.ListArray, count: int) -> pa.StringArray:
    sections = abstract.values
    label, text = sections.field("label").fill_null(""), sections.field("text")
    texts, at = _texts([label, text], [np.arange(len(text))] * 2)
    rows = np.repeat(np.arange(count), _sizes(abstract))
    return folded_rows(texts, rows[at], count)


def _years(dates: pa.StructArray) -> pa.Array:
    import pyarrow as pa
    import pyarrow.compute as pc

    found = []
    for name, most in (("published", None), ("electronic", 4)):
        spelled = dates.field(name).dictionary_encode()
        years = pa.array([printed_year((one or "")[:most]) for one in spelled.dictionary.to_pylist()], pa.int16())
        found.append(years.take(spelled.indices))
    return pc.coalesce(*found)


def _headings(mesh: pa.ListArray) -> pa.StringArray:
    import pyarrow as pa

    found = mesh.values
    count = len(found)
    names, under = found.field("name"), found.field("qualifiers")
    each = _sizes(under)
    owner = np.repeat(np.arange(count), each)
    qualified = together(names.take(pa.array(owner)), "/", under.values.field("name"))
    major = under.values.field("major").to_numpy(zero_copy_only=False)
    starred = found.field("major").to_numpy(zero_copy_only=False).copy()
    starred[owner[major]] = True
    stars = np.bincount(owner[major], minlength=count) if count else np.zeros(0, np.int64)
    size = 1 + each + stars + starred
    first = np.cumsum(size) - size
    majors = np.cumsum(major)
    before = (
        np.arange(len(owner)) - (np.cumsum(each) - each)[owner] + (majors - major) - (np.cumsum(stars) - stars)[owner]
    )
    place = first[owner] + 1 + before
    pool = pa.concat_arrays(
        [
            names,
            qualified,
            together("*", qualified.filter(pa.array(major))),
            together("*", names.filter(pa.array(starred))),
        ]
    )
    order = np.empty(len(pool), np.int64)
    order[np.concatenate([first, place, place[major] + 1, (first + size - 1)[starred]])] = np.arange(len(pool))
    rows = np.repeat(np.arange(len(mesh)), _sizes(mesh))
    return _barred(pool.take(pa.array(order)), np.repeat(rows, size), len(mesh))


def _names(authors: pa.ListArray) -> pa.StringArray:
    import pyarrow as pa

    found = authors.values
    count = len(found)
    kinds = [found.field(name) for name in ("short_name", "full_name", "family", "collective")]
    pool = pa.concat_arrays(kinds)
    order = np.arange(len(pool)).reshape(len(kinds), count).T.ravel()
    order = order[filled(pool)[order]]
    rows = np.repeat(np.arange(len(authors)), _sizes(authors))
    return _barred(pool.take(pa.array(order)), rows[order % count] if count else rows, len(authors))


def _barred(values: pa.StringArray, rows: Numbers, count: int) -> pa.StringArray:
    """Return the values of each row in small letters between bars."""
    import pyarrow as pa
    import pyarrow.compute as pc

    joined = together("|", pc.binary_join(lists(values, rows, count), "|"), "|")
    if pc.all(pc.string_is_ascii(joined)).as_py() is not False:
        return pc.ascii_lower(joined)
    beyond = np.flatnonzero(~pc.string_is_ascii(joined).fill_null(True).to_numpy(zero_copy_only=False))
    lower = np.arange(count)
    lower[beyond] = count + np.arange(len(beyond))
    changed = pa.array([joined[one].as_py().lower() for one in beyond.tolist()], pa.string())
    return pa.concat_arrays([pc.ascii_lower(joined), changed]).take(pa.array(lower))
