"""Arrow arrays made of positions: values put to their owners without a copy, lists, structures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    Numbers = NDArray[np.integer[Any]]


def reaches(strings: pa.StringArray) -> NDArray[np.int32]:
    """Return where each text of an array begins and the last one ends in its bytes."""
    where = strings.buffers()[1] if len(strings) else None
    return (
        np.zeros(1, np.int32) if where is None else np.frombuffer(where, np.int32, len(strings) + 1, strings.offset * 4)
    )


def content(strings: pa.StringArray) -> NDArray[np.uint8]:
    """Return the bytes of an array of texts, from the first text on."""
    places = reaches(strings)
    data = strings.buffers()[2]
    return np.frombuffer(data, np.uint8, int(places[-1])) if data is not None else np.zeros(0, np.uint8)


def strings(
    data: pa.Buffer | None, where: NDArray[np.integer], there: NDArray[np.bool_] | None = None
) -> pa.StringArray:
    """Return texts that stand in some bytes one after the other; those that are not `there` are null."""
    import pyarrow as pa

    valid = None if there is None else bits(there)
    places = pa.py_buffer(np.ascontiguousarray(where, np.int32))
    return pa.Array.from_buffers(pa.string(), len(where) - 1, [valid, places, data or pa.py_buffer(b"")])


def bits(there: NDArray[np.bool_]) -> pa.Buffer:
    """Return which entries are there as Arrow keeps it."""
    import pyarrow as pa

    return pa.py_buffer(np.packbits(there, bitorder="little"))


def given(values: pa.StringArray, owners: Numbers, count: int, *, empty: bool = False) -> pa.StringArray:
    """Give each of `count` owners its text, the last one if it has several; the others have none, or an empty one.

    Owners do not fall.
    """
    import pyarrow as pa

    if (owners[1:] == owners[:-1]).any():
        last = np.append(owners[1:] != owners[:-1], True)
        values, owners = values.filter(pa.array(last)), owners[last]
    if len(values) == count:
        return values
    lengths = np.zeros(count + 1, np.int32)
    places = reaches(values)
    lengths[owners + 1] = places[1:] - places[:-1]
    lengths[0] = places[0]
    places = np.cumsum(lengths, dtype=np.int32)
    there = None
    if not empty:
        there = np.zeros(count, np.bool_)
        there[owners] = True
    return strings(values.buffers()[2], places, there)


def unless_empty(values: pa.StringArray) -> pa.StringArray:
    """Return texts with null for each empty one."""
    places = reaches(values)
    there = places[1:] > places[:-1]
    return values if there.all() else strings(values.buffers()[2], places, there)


def empty_is_null(values: pa.StringArray, records: Numbers, count: int) -> pa.StringArray:
    """Give each of `count` records its text; one without any, or with an empty one, has null."""
    return unless_empty(given(values, records, count, empty=True))


def among(count: int, *records: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Say which of `count` records are among these."""
    found = np.zeros(count, np.bool_)
    for one in records:
        found[one] = True
    return found


def filled(values: pa.StringArray) -> NDArray[np.bool_]:
    """Say which texts are not empty."""
    return np.diff(reaches(values)) > 0


def where(there: NDArray[np.bool_], mark: str) -> pa.StringArray:
    """Return a mark where it is wanted, and an empty text elsewhere."""
    import pyarrow as pa

    return pa.array(["", mark]).take(pa.array(there.view(np.int8)))


def together(*parts: pa.StringArray | str) -> pa.StringArray:
    """Return texts put together; none of them is null."""
    import pyarrow.compute as pc

    return pc.binary_join_element_wise(*parts, "")


def joined(parts: list[pa.StringArray], separator: str) -> pa.StringArray:
    """Join the parts that are not empty."""
    pieces = [parts[0]]
    before = filled(parts[0])
    for one in parts[1:]:
        there = filled(one)
        pieces += [where(before & there, separator), one]
        before |= there
    return together(*pieces)


def lists(values: pa.Array, owners: Numbers, count: int, *, empty: bool = False) -> pa.ListArray:
    """Give each of `count` owners the list of its values; one without any has null, or an empty list. Owners rise."""
    import pyarrow as pa

    each = np.bincount(owners, minlength=count) if len(owners) else np.zeros(count, np.int64)
    places = np.zeros(count + 1, np.int32)
    np.cumsum(each, out=places[1:])
    valid = None if empty else bits(each > 0)
    return pa.Array.from_buffers(pa.list_(values.type), count, [valid, pa.py_buffer(places)], children=[values])


def struct(
    kind: pa.StructType, columns: Mapping[str, pa.Array], count: int, there: NDArray[np.bool_] | None = None
) -> pa.StructArray:
    """Return structures with these columns; a field without a column is null."""
    import pyarrow as pa

    children = [columns[field.name] if field.name in columns else pa.nulls(count, field.type) for field in kind]
    return pa.Array.from_buffers(kind, count, [None if there is None else bits(there)], children=children)
