"""The paragraph that reports a search as PRISMA-S asks (Rethlefsen et al. 2021, doi:10.1186/s13643-020-01542-z)."""

from __future__ import annotations

from typing import NamedTuple

from evsynth.model.search import Search
from evsynth.sources.search.exports import Run
from evsynth.sources.search.snapshot import Manifest
from evsynth.sources.search.term import term

_MISSING = "not reported"


class Told(NamedTuple):
    """A search and what came of it: its snapshots, or the runs of a search by hand."""

    search: Search
    taken: tuple[Manifest, ...] = ()
    by_hand: tuple[Run, ...] = ()

    @property
    def runs(self) -> tuple[Run, ...]:
        """When it was run and how many records came, in order."""
        return self.by_hand or tuple(Run(m.date, m.records) for m in self.taken)


class Item(NamedTuple):
    """One item of the PRISMA-S checklist as far as one search can answer it; `answer` is empty where it does not."""

    number: int
    name: str
    answer: str


NAMES = (
    "Database name",
    "Multi-database searching",
    "Study registries",
    "Online resources and browsing",
    "Citation searching",
    "Contacts",
    "Other methods",
    "Full search strategies",
    "Limits and restrictions",
    "Search filters",
    "Prior work",
    "Updates",
    "Dates of searches",
    "Peer review",
    "Total records",
    "Deduplication",
)
"""The sixteen items, in order."""

_OF_METHOD = {"database": 1, "registry": 3, "website": 4, "citations": 5, "contact": 6, "other": 7}


def items(told: Told) -> tuple[Item, ...]:
    """Answer the items of PRISMA-S that concern one search; `""` is not recorded. Item 16 is of the whole review."""
    search, runs = told.search, told.runs
    kind = _kind(search)
    answers = {kind: _source(told)}
    if kind == 1:
        together = (
            f"{search.platform or 'platform not recorded'}: {', '.join((*_resource(search), *search.together_with))}"
        )
        answers[2] = f"searched together on {together}" if search.together_with else "searched on its own"
    answers |= {
        8: strategy(search),
        9: "; ".join(f"{x.limit} ({x.because})" for x in search.limits) or _none(search),
        10: "; ".join(f"{f.filter} ({f.citation})" for f in search.filters) or _none(search),
        11: search.adapted_from or "",
        12: search.updates or (f"{len(runs) - 1} so far" if len(runs) > 1 else ""),
        13: "; ".join(f"{run.date} ({_count(run.records)})" for run in runs),
        14: search.peer_review or "",
        15: _total(runs[-1]) if runs else "",
    }
    return tuple(Item(number, NAMES[number - 1], answers[number]) for number in sorted(answers))


def strategy(search: Search) -> str:
    """Give the strategy as it was run; empty where there is none or it is not recorded."""
    if search.source == "PubMed":
        return term(search)
    return "\n".join(line.rstrip() for line in (search.query or "").splitlines())


def paragraph(told: Told) -> str:
    """Write the paragraph. What the file does not say is said to be not reported, never left out."""
    search = told.search
    if search.source == "PubMed citations":
        sentences = [_citations(told)]
    else:
        sentences = [
            _searched(told),
            f"The strategy was designed by {search.by} ({search.date}) and is given in full below."
            if search.query
            else f"It was done by {search.by} ({search.date}); a strategy is {_MISSING}.",
            _restrictions(search),
            f"Prior work: {search.adapted_from.rstrip('.')}."
            if search.adapted_from
            else "It was not adapted from other work.",
            *(f"PubMed reported: {'; '.join(m.notes)}." for m in told.taken[-1:] if m.notes),
        ]
    sentences += [
        f"Peer review of the strategy: {(search.peer_review or _MISSING).rstrip('.')}.",
        f"Updates: {(search.updates or _MISSING).rstrip('.')}.",
    ]
    text = " ".join(sentences)
    if search.source == "PubMed citations" or not search.query:
        return text + "\n"
    translated = (
        f"\nAs PubMed understood it:\n\n    {told.taken[-1].translation}\n"
        if told.taken and told.taken[-1].translation
        else ""
    )
    shown = "\n".join(f"    {line}".rstrip() for line in strategy(search).splitlines())
    return f"{text}\n\nSearch strategy, {search.resource or 'PubMed'}:\n\n{shown}\n{translated}"


def _kind(search: Search) -> int:
    """Give the item under which the source of a search is reported."""
    if search.source == "by hand":
        return _OF_METHOD[search.method or "other"]
    return 5 if search.source == "PubMed citations" else 1


def _source(told: Told) -> str:
    """Name the source of a search, with its platform and years."""
    search = told.search
    if search.source == "PubMed":
        return "PubMed (National Library of Medicine)"
    if search.source == "PubMed citations":
        started = told.taken[-1].studies if told.taken else search.studies
        return f"{_directions(search)} of PMID {', '.join(started)}, through PubMed"
    platform = search.platform or ("platform not recorded" if search.method == "database" else "")
    more = ", ".join(part for part in (platform, search.coverage) if part)
    return f"{search.resource} ({more})" if more else search.resource or ""


def _none(search: Search) -> str:
    return "none beside what the strategy says" if search.source == "by hand" and search.query else "none"


def _resource(search: Search) -> tuple[str, ...]:
    return (search.resource,) if search.resource else ()


def _searched(told: Told) -> str:
    search = told.search
    if search.source == "PubMed":
        return f"PubMed (National Library of Medicine) was searched through the E-utilities{_when(told)}."
    together = f" together with {', '.join(search.together_with)}" if search.together_with else ""
    verbs = {
        "contact": "was contacted",
        "website": "was searched or browsed",
        "citations": "was searched for citations",
    }
    verb = verbs.get(search.method or "", "was searched")
    return f"{_source(told)} {verb} by hand{together}{_when(told)}."


def _when(told: Told) -> str:
    if not told.runs:
        by_hand = told.search.source == "by hand"
        return f", but {'no export has been entered' if by_hand else 'no snapshot has been taken'} yet"
    first, *later = told.runs
    again = "".join(f", again on {run.date} ({_total(run)})" for run in later)
    return f" on {first.date} ({_total(first)}){again}"


def _total(run: Run) -> str:
    """Count the records of a run, and say where the source showed another number or some could not be read."""
    said = [_count(run.records)]
    if run.unread:
        said.append(f"{run.unread} more that could not be read")
    if run.hits is not None and run.hits != run.records + run.unread:
        said.append(f"the source showed {run.hits}: {run.note or 'why, is not recorded'}")
    return "; ".join(said)


def _restrictions(search: Search) -> str:
    limits = "; ".join(f"{limit.limit} ({limit.because.rstrip('.')})" for limit in search.limits)
    filters = "; ".join(f"{f.filter} ({f.citation.rstrip('.')})" for f in search.filters)
    beside = " beside what the strategy says" if search.source == "by hand" and search.query else ""
    said = f"Limits: {limits}." if limits else f"No limits were applied{beside}."
    return f"{said} Search filters: {filters}." if filters else f"{said} No search filter was used{beside}."


def _citations(told: Told) -> str:
    search = told.search
    studies = told.taken[-1].studies if told.taken else search.studies
    start = f"{len(studies)} included studies" if len(studies) != 1 else "1 included study"
    listed = f" (PMID {', '.join(studies)})" if studies else ""
    return f"{_directions(search)} of {start}{listed} were taken from PubMed's links{_when(told)}, by {search.by}."


def _directions(search: Search) -> str:
    words = {"cited by": "citing records", "cites": "cited references"}
    said = " and ".join(words[direction] for direction in search.directions)
    return said[0].upper() + said[1:]


def _count(records: int) -> str:
    return f"{records} record{'' if records == 1 else 's'}"
