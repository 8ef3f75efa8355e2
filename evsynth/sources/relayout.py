"""Lay out again a MEDLINE record whose line breaks were lost; each field comes out as from the proper layout.

Without line breaks, `AB -` may begin the abstract or stand in a sentence (`95% CI - 0.5`, `AD - a dementia`).
A place where a known tag stands in tag columns is a *candidate*. Each way of taking some candidates as tags
and leaving the others as text is a *reading*, and the reading that costs least is taken:

- a candidate left as text costs 1 in free text, 2 in an author's keyword, and 3.5 in any other short value (a
  date, a name) or when a whole date, number or identifier follows it up to the next candidate;
- a value that is not of its tag's form (`sources.tags`) costs 3: a date that is no date, a name that is a
  sentence;
- a step back in PubMed's order of fields costs 3, and so does a second title, abstract …, a full name without
  its short name, an address without a name before it;
- a tag whose value could be anything costs 2 where the text before it is not finished: an abstract that does
  not end in a full stop, an address that ends in `of`. Where a title merely lacks its full stop it costs a
  half;
- an address before the first author costs a half, and is refused where authors carry addresses (PubMed
  printed it so only before 2014); a tag that is not in the list is taken only after a value that is complete
  (a date, a code), at a half.

Limits, which no rule can lift: a *finished* sentence of the abstract followed by a tag, in order, with a
value of its form (`… was seen. CI - Copyright law …`) reads as that tag; an unknown tag after free text stays
in that text; what was several blanks is one blank. A candidate left as text, a value that is not of its form
and a step back in the order are reported as doubts.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from evsynth.sources.reading import shown
from evsynth.sources.tags import TAGS, one_line

_LEFT, _LEFT_IN_KEYWORD, _LEFT_IN_LINE = 1.0, 2.0, 3.5
_LEFT_AT_END = 2.5
_FORM, _BACK, _UNFINISHED, _HALF = 3.0, 3.0, 2.0, 0.5
_REACH, _FURTHEST = 60, 240
"""So many candidates, of the list and at all, are left as text of one value at most."""

MOST = 20_000
"""A record of more candidates is not laid out: where they are made to mislead, weighing them would take minutes."""

_CANDIDATE = re.compile(r"(?<!\S)(?P<tag>[A-Z][A-Z0-9]{1,3})(?P<pad> {0,2})-(?=\s|$)")
_BEGIN = re.compile(r"(?<!\S)(?:PMC {1,2}-\s+PMC\d+\s+)?PMID-[ \t]+\d+[ \t]+(?P<next>[A-Z]{2,4}) {0,2}-[ \t]")
_DIGITS = re.compile(r"\d{4}")
_FINISHED = re.compile(r"[.?!)\]\"'”’»>*]$")
_DANGLING = re.compile(r"(?:[,;:(/–—-]|\b(?:a|an|and|at|by|de|der|et|for|from|in|of|or|the|to|und|with|versus|vs))$")
_PEOPLE, _TEAM = TAGS["AU"].place, TAGS["IR"].place
_PAIRS = {("FAU", "AU"), ("FED", "ED"), ("FIR", "IR"), ("IR", "FIR"), ("FPS", "PS")}
_SENTENCES = {"AB", "OAB", "TT", "GN", "COIS"}


class Candidate(NamedTuple):
    """A place where a tag may begin, where its value begins, and what it costs to leave it in prose."""

    tag: str
    start: int
    value: int
    left: float = 0.0

    @property
    def known(self) -> bool:
        return self.tag in TAGS


class Laid(NamedTuple):
    """One record laid out again, one line for each field; its text as it was; what was not beyond doubt.

    `trouble` says why it was not laid out.
    """

    text: str
    raw: str
    doubts: tuple[str, ...]
    trouble: str = ""


def is_flattened(text: str) -> bool:
    """Tell whether a record's line breaks were lost: other tags stand in the line of its PMID.

    >>> is_flattened("PMID- 1 OWN - NLM STAT- MEDLINE"), is_flattened("PMID- 1\\nOWN - NLM")
    (True, False)
    """
    return bool(_begins(text)) and not text[: _begins(text)[0]].strip()


def relayout(text: str) -> tuple[Laid, ...]:
    """Return the records of a text without line breaks, laid out again.

    >>> print(relayout("PMID- 1 TI - Types I and II - a trial. AB - Yes. LA - eng")[0].text)
    PMID- 1
    TI  - Types I and II - a trial.
    AB  - Yes.
    LA  - eng
    """
    begins = _begins(text)
    return tuple(_laid(text[a:b]) for a, b in zip(begins, [*begins[1:], len(text)], strict=True))


def _begins(text: str) -> list[int]:
    """Return where records begin: a PMID with its number and then a known tag, all in one line."""
    return [found.start() for found in _BEGIN.finditer(text) if found["next"] in TAGS]


def _candidates(text: str) -> list[Candidate]:
    """Return the places where a tag stands in tag columns: one of the list, or three or four capitals."""
    found = []
    for match in _CANDIDATE.finditer(text):
        tag, pad = match["tag"], len(match["pad"])
        if pad in {4 - len(tag), min(1, 4 - len(tag))} and (tag in TAGS or (len(tag) > 2 and tag.isalpha())):
            found.append(Candidate(tag, match.start(), match.end()))
    stops = [*(c.start for c in found[1:]), len(text)]
    return [c._replace(left=_left_cost(text, c, stop)) for c, stop in zip(found, stops, strict=True)]


def _left_cost(text: str, candidate: Candidate, stop: int) -> float:
    """Return what it costs to leave a candidate in prose; `stop` is where the next candidate stands."""
    if not candidate.known:
        return 0.0
    strict = TAGS[candidate.tag].kind == "closed" and _DIGITS.search(text, candidate.value, stop)
    if strict and not _value_cost(text, candidate, stop):
        return _LEFT_IN_LINE
    before = text[max(0, candidate.start - 20) : candidate.start].rstrip()
    return _LEFT_AT_END if before.endswith((".", "?", "!")) else _LEFT


def _early_and_late(tags: list[str]) -> bool:
    first = tags.index("AU") if "AU" in tags else 0
    return "AD" in tags[:first] and "AD" in tags[first:]


def _cheapest(text: str, candidates: list[Candidate], *, early_address: bool) -> list[Candidate]:
    """Return the candidates that the cheapest reading takes as tags, in order; the first is always taken."""
    end = len(candidates)
    cost, back, known = [0.0] * (end + 1), [-1] * (end + 1), [candidates[0].tag]
    for j in range(1, end + 1):
        tag = candidates[j] if j < end else None
        best, left, number = float("inf"), 0.0, 0
        for i in range(j - 1, -1, -1):
            last = candidates[i]
            prose = last.known and TAGS[last.tag].kind == "prose"
            step = cost[i] + (left if prose else (_LEFT_IN_KEYWORD if last.tag == "OT" else _LEFT_IN_LINE) * number)
            if step < best:
                step += _value_cost(text, last, tag.start if tag else len(text))
                step += _tag_cost(text, last, tag, known[i], early_address=early_address) if tag else 0.0
            if step < best:
                best, back[j] = step, i
            left += last.left
            number += last.known
            if number >= min(best, _REACH) or j - i >= _FURTHEST:
                break
        cost[j] = best
        known.append(tag.tag if tag and tag.known else known[back[j]])
    reading, at = [], back[end]
    while at >= 0:
        reading.append(candidates[at])
        at = back[at]
    return reading[::-1]


def _value_cost(text: str, candidate: Candidate, stop: int) -> float:
    if not candidate.known:
        return _HALF
    tag = TAGS[candidate.tag]
    value = one_line(text[candidate.value : min(stop, candidate.value + 1000)])
    return 0.0 if not value or tag.form.fullmatch(value) else _FORM


def _tag_cost(text: str, last: Candidate, tag: Candidate, known: str, *, early_address: bool) -> float:
    """Return what it costs that `tag` follows the tag `last`; `known` is the last one of the list."""
    if tag.known:
        order = _order_cost(known, tag.tag, early_address=early_address)
        return order + (_belief_cost(text, last, tag) if last.known else 0.0)
    complete = last.known and TAGS[last.tag].kind == "closed" and not _value_cost(text, last, tag.start)
    return 0.0 if complete else _BACK + _FORM


def _order_cost(last: str, tag: str, *, early_address: bool) -> float:
    before, after = TAGS[last].place, TAGS[tag].place
    if last in {"FAU", "FED", "FIR", "FPS"} and tag != last[1:] and (last, tag) != ("FIR", "AUID"):
        return 0.0 if (last, tag) in {("FIR", "IR"), ("FIR", "EDAT"), ("FIR", "IRAD")} else _BACK
    if last == "PMC" and tag == "PMID":
        return 0.0
    if tag == "AUID" and before in {_TEAM, _PEOPLE}:
        return 0.0
    if last == "AUID" and after == _TEAM:
        return 0.0
    if tag == "OABL" and last != "OAB":
        return _BACK
    if after == _PEOPLE and before < _PEOPLE:
        if tag == "AD":
            return _HALF if early_address else _BACK + _FORM
        return {"AUID": _BACK + _FORM, "AU": _HALF, "ED": _HALF}.get(tag, 0.0)
    if after < before or (last == tag and not TAGS[tag].many):
        return _BACK
    return 0.0


def _belief_cost(text: str, last: Candidate, tag: Candidate) -> float:
    """Return what it costs to believe that a tag begins here, given the text before and after it."""
    before, known = TAGS[last.tag], TAGS[tag.tag]
    sure = known.sure is not None and known.sure.match(text[tag.value : tag.value + 400].lstrip()) is not None
    if not sure and known.kind == "name" and (last.tag, tag.tag) not in _PAIRS:
        return _FORM
    if not sure and tag.tag == "AD" and before.place < known.place:
        return _FORM
    if known.kind in {"closed", "name"} or before.kind == "closed" or (sure and tag.tag != "AD"):
        return 0.0
    value = text[max(last.value, tag.start - 80) : tag.start].rstrip()
    if not value.strip() or _FINISHED.search(value):
        return 0.0
    if last.tag in _SENTENCES or (before.kind == "prose" and _DANGLING.search(value)):
        return _UNFINISHED
    return _HALF if last.tag in {"TI", "BTI", "CTI", "VTI"} else 0.0


def _laid(text: str) -> Laid:
    candidates = _candidates(text)
    if len(candidates) > MOST:
        return Laid("", text, (), f"its line breaks were lost, and more than {MOST} signs in it may begin a field")
    taken = _cheapest(text, candidates, early_address=True)
    if _early_and_late([c.tag for c in taken]):
        taken = _cheapest(text, candidates, early_address=False)
    lines, doubts, starts = [], [], [candidate.start for candidate in candidates]
    for last, c, stop in zip([None, *taken], taken, [*(c.start for c in taken[1:]), len(text)], strict=False):
        value = one_line(text[c.value : stop])
        lines.append(f"{c.tag:<4}- {value}".rstrip())
        if c.known and _value_cost(text, c, stop):
            doubts.append(f"{c.tag} reads {shown(value)}, which is not the form of that field")
        if last and last.known and c.known and _order_cost(last.tag, c.tag, early_address=True) >= _BACK:
            doubts.append(f"{c.tag} stands after {last.tag}")
        between = candidates[bisect_right(starts, c.start) : bisect_left(starts, stop)]
        if inside := [f"{x.tag} -" for x in between if x.known]:
            doubts.append(f"left as text of {c.tag}: {', '.join(inside)}")
    return Laid("\n".join(lines), text, tuple(doubts))
