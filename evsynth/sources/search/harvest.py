"""Take in everything that a search finds: search, divide, fetch in batches, and check every record against the list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from evsynth.model.search import Search
from evsynth.sources.citations.links import Link, linked, neighbours
from evsynth.sources.search.articles import Article, among, checked, listed
from evsynth.sources.search.asking import Ask
from evsynth.sources.search.divide import ROUNDS, Divided, divide
from evsynth.sources.search.eutilities import LINKS, History, efetch, efetch_history, elink
from evsynth.sources.search.faults import HistoryExpired, Missing, NotWhole, PubMedError
from evsynth.sources.search.term import Days, term

BATCH = 200
"""Records in one request; NCBI asks for batches of a few hundred."""

STUDIES = 50
"""Studies in one request for links."""

Progress = Callable[[int, int], None]
"""Told how many records are in, and how many there will be."""


class Row(NamedTuple):
    """A record of a snapshot: where it is kept, and what an update compares."""

    pmid: str
    response: str
    sha256: str
    revised: str
    retracted: bool
    concern: bool


class Harvest(NamedTuple):
    """All that a search gave. `parts` says by which days it was divided; `links` is empty unless it is of citations."""

    term: str
    translation: str
    notes: tuple[str, ...]
    parts: tuple[tuple[tuple[Days, ...], int], ...]
    rows: tuple[Row, ...]
    links: tuple[Link, ...] = ()


def harvest(search: Search, ask: Ask, address: str, progress: Progress, studies: Sequence[str] = ()) -> Harvest:
    """Take in what a search finds, every record once; `studies` are where a search of citations starts.

    Raises `PubMedError` if anything is missing, doubled or unreadable; what was answered before is kept by `ask`.
    """
    if search.source == "PubMed citations":
        return _citations(search, ask, address, progress, studies)
    lost: list[str] = []
    for left in range(ROUNDS - 1, -1, -1):
        divided = divide(search, ask, address)
        try:
            rows = _rows(divided, ask, address, progress)
        except Missing as missing:
            ask.forget(divided.names)  # the list is not kept: this run, or the next, searches anew
            if not left:
                raise PubMedError(_STAYS.format(pmids=listed(list(missing.pmids)), first=missing.pmids[0])) from None
            lost += missing.pmids
        else:
            break
    gone = sorted(set(lost).difference(row.pmid for row in rows), key=int)
    notes = (*divided.whole.notes, *([f"it listed PMID {listed(gone)}, and took it off the list"] if gone else []))
    ranges = tuple((part.within, part.found.total) for part in divided.parts)
    return Harvest(term(search), divided.whole.translation, notes, ranges, rows)


_STAYS = (
    "PubMed lists records but did not send PMID {pmids}, although it was searched anew. Run it again later; if it "
    "stays so, leave the record out openly, with the limit 'NOT {first}[uid]' and the reason."
)


def _rows(divided: Divided, ask: Ask, address: str, progress: Progress) -> tuple[Row, ...]:
    """Fetch the records of all parts. Raises `Missing` if one that is listed does not come."""
    total = divided.whole.total
    rows: list[Row] = []
    progress(0, total)
    for part in divided.parts:
        for row in _fetch(part.found.ids, part.found.history, ask, address, len(rows)):
            rows.append(row)
            if len(rows) % BATCH == 0 or len(rows) == total:
                progress(len(rows), total)
    return tuple(rows)


def _citations(search: Search, ask: Ask, address: str, progress: Progress, studies: Sequence[str]) -> Harvest:
    links: list[Link] = []
    for direction in search.directions:
        for start in range(0, len(studies), STUDIES):
            some = tuple(studies[start : start + STUDIES])
            name = f"links-{direction.replace(' ', '-')}-{start // STUDIES + 1:04}"
            links += ask(name, elink(address, some, LINKS[direction]), linked(some, direction))
    pmids = neighbours(links, studies)
    rows: list[Row] = []
    missing: list[str] = []
    progress(0, len(pmids))
    for start in range(0, len(pmids), BATCH):
        name = f"records-{start + 1:08}"
        got, none = _known(pmids[start : start + BATCH], name, ask, address)
        if set(none).intersection(studies):
            ask.forget([name, f"{name}-again"])  # the next run asks for them again
        rows += got
        missing += none
        progress(len(rows), len(pmids))
    if lost := [pmid for pmid in studies if pmid in set(missing)]:
        raise PubMedError(f"PubMed has no record of PMID {listed(lost)}, where the search starts. Check the numbers.")
    notes = (f"it links PMID {', '.join(missing)} but has no record of it",) if missing else ()
    described = f"{' and '.join(search.directions)}: {', '.join(studies)}"
    return Harvest(described, "", notes, (), tuple(rows), tuple(sorted(set(links))))


def _known(wanted: Sequence[str], name: str, ask: Ask, address: str) -> tuple[list[Row], list[str]]:
    """Fetch linked records, and name those that PubMed does not have although it links them, after asking twice."""
    found: list[Row] = []
    left = list(wanted)
    for asked in (name, f"{name}-again"):
        if left:
            got = ask(asked, efetch(address, left), partial(among, wanted=tuple(left)))
            found += [_row(article, asked) for article in got]
            left = [pmid for pmid in left if pmid not in {article.pmid for article in got}]
    return found, left


def _fetch(pmids: Sequence[str], history: History | None, ask: Ask, address: str, before: int) -> Iterator[Row]:
    """Fetch records in batches: from the history, and by their numbers where NCBI does not keep it (any more)."""
    for start in range(0, len(pmids), BATCH):
        wanted = tuple(pmids[start : start + BATCH])
        name = f"records-{before + start + 1:08}"
        by_number = efetch(address, wanted)
        request = by_number if history is None else efetch_history(address, history, start, len(wanted))
        try:
            found = ask(name, request, partial(checked, wanted=wanted))
        except (HistoryExpired, NotWhole):
            if history is None:
                raise
            history = None
            found = ask(name, by_number, partial(checked, wanted=wanted))
        yield from (_row(article, name) for article in found)


def _row(article: Article, response: str) -> Row:
    record = article.record
    return Row(article.pmid, response, article.sha256, record.dates.revised, record.retracted, article.concern)
