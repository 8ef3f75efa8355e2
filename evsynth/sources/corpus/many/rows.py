"""Rows of a corpus from many articles at once, and which articles are left to the reader of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from evsynth.sources.corpus.many.articles import Articles
from evsynth.sources.corpus.many.fields import fields
from evsynth.sources.corpus.many.looked_up import looked_up
from evsynth.sources.corpus.many.tokens import cut

if TYPE_CHECKING:
    import pyarrow as pa


class Rows(NamedTuple):
    """The columns of those articles that are plain, their numbers among all, and which rows count for nothing.

    `lines` counts the line ends of each article, plain or not.
    """

    columns: pa.RecordBatch
    plain: list[int]
    wrong: set[int]
    lines: list[int]


def rows(raws: Sequence[bytes], file: int, schema: pa.Schema) -> Rows | None:
    """Read articles, each from `<PubmedArticle>` to its end; `row` and `line` are left at 0.

    None if none of them is plain. Rows whose number in the columns is in `wrong` are no rows of the corpus.
    """
    import pyarrow as pa

    tokens, plain, counted = cut(raws)
    if tokens is None:
        return None
    count = len(plain)
    articles = Articles(tokens, count)
    found = fields(articles, schema)
    found |= looked_up(found, count) | {
        "file": pa.array(np.full(count, file, np.int32)),
        "row": pa.array(np.zeros(count, np.int32)),
        "line": pa.array(np.zeros(count, np.int32)),
        "entry": pa.array(["record"]).take(pa.array(np.zeros(count, np.int8))),
    }
    arrays = [found[one.name] if one.name in found else pa.nulls(count, one.type) for one in schema]
    known = dict(zip(plain, counted, strict=True))
    lines = [known[number] if number in known else raw.count(b"\n") for number, raw in enumerate(raws)]
    return Rows(pa.RecordBatch.from_arrays(arrays, schema=schema), plain, articles.wrong, lines)
