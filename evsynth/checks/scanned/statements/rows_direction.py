"""'Urate was lower on the drug', 'had higher phosphate and lower albumin' against the rows of two groups."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.identity import key
from evsynth.checks.scanned.places.two_columns import Pair, Side, sides
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.text.expressions import Expression

CODES = ("DIRECTION_CONTRADICTS",)

_UP = (
    r"more (?:common|frequent|prevalent)|more often|commoner|higher|greater|larger|longer|older|heavier|raised|elevated"
)
_DOWN = r"less (?:common|frequent|prevalent)|less often|rarer|lower|smaller|shorter|fewer|younger|reduced"
_WAS = Expression(
    rf"\b(?:was|were|remained|being)\s+(?:\w+ly\s+|also\s+|much\s+|somewhat\s+)*(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\s+"
    r"(?:in|with|on|under|for|among|after)\s+(?:the\s+)?(?P<group>[^.;:,()\d]{2,40})"
)
_BY = Expression(
    rf"(?<![\w.,-])(?P<n>\d+(?:\.\d+)?)\s?(?:%|(?:percentage )?points|[A-Za-zµ/]{{1,8}})?\s(?:(?P<up>{_UP}|later|more)|"
    rf"(?P<down>{_DOWN}|earlier|less))\s(?:(?P<than>than)|in|with|on|under|for|among|after)\s"
    r"(?:(?:the|those|infants|patients|children|women|men)\s)*(?:(?:in|given|on|with|of)\s)?(?:the\s)?"
    r"(?P<group>[^.;:,()\d]{2,40})"
)
_MOVED = Expression(
    r"\b(?:lower(?:s|ed|ing)|reduc\w+|decreas\w+|fell|fall\w*|dropp?\w*|increas\w+|rose|rais\w+|gain\w*|los[est]\w*|"
    r"improv\w+|declin\w+|chang\w+|shorten\w*|prolong\w*|by(?: about)?$)", re.I,
)  # fmt: skip
"""What is more of a fall is no higher level: "lowered pressure by about 5 mmHg more than B"."""
_HAD = Expression(
    rf"\b(?:had|showed|have)\s+(?:an?\s+)?(?:\w+ly\s+)?(?P<list>(?:{_UP}|{_DOWN})\b[^.;:()]{{2,120}})", re.I
)
_THAN = Expression(r"\b(?:than|compared|versus|vs|relative)\b", re.I)
_BREAK = Expression(r"[.;:,()]|\n(?=[A-Z])")
_ITEM = Expression(
    rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\s+(?P<what>[A-Za-z0-9][^,;.()]*?)(?=,|\s+and\b|\s+but\b|\s+than\b|\s*$|"
    rf"[.;(])",
    re.I,
)
_NOT = Expression(
    r"\b(?:not|no|nor|neither|never|adjusted|after adjustment|subgroup|among|change|changes|reduction|decline|"
    r"increase|decrease|rise|fall|drop|gain|per|"
    r"dose[- ]depend\w*|than expected|than in (?:the )?(?:previous|other)|reported|studies|trial of|et al|may|might|"
    r"could|would|"
    r"than (?:baseline|before)|at least|or (?:higher|lower)|risk|odds|grade)\b", re.I,
)  # fmt: skip
_SCOPE = Expression(r"(?:^|[.;]\s)\s*(?:Among|In|For|Of)\s[^,;.]{3,60},[^,;.]*$")
"""The claim is of some patients: "Among women, headache was less frequent"."""
_WITHOUT = Expression(r"\b(?:without|no|non|not|never|other|untreated|neither|both)\b", re.I)
_VISIT = Expression(
    r"\b(?:change|Δ|difference|delta|reduction|improvement|decrease|increase|gain|decline)\b|[Δ∆]", re.I
)
_CITED = Expression(r"\btables?\s*(?P<n>S?\d+)", re.I)


class Row(NamedTuple):
    """A row whose label is named, and whether its first group has the larger number."""

    side: Side
    pair: Pair
    first: bool


def rows_direction(reading: Reading) -> Iterator[Finding]:
    """Compare which group is said to have more with every row of that label; all of them must say the opposite.

    In a list ("higher A and lower B") whose group no head names, both must at least be of one group; then the paragraph
    must cite the table. Left alone: changes, denials, adjusted results, some of the patients, other studies, equal
    numbers.
    """
    rows = [
        s
        for s in sides(reading, unnamed=True)
        if s.words and not _VISIT.search(s.row.label.text) and not _of_changes(s)
    ]
    if not rows:
        return
    for line in lines(reading, ("abstract", "results", "body", "discussion", "conclusion")):
        for pattern, judged in ((_WAS, _plain), (_HAD, _listed), (_BY, _sized)):
            for match in pattern.finditer(line.words):
                before = _BREAK.split(line.words[max(0, match.start() - 80) : match.start()])[-1]
                if not _NOT.search(before + match[0]) and not _SCOPE.search(line.words[: match.start()]):
                    yield from judged(reading, line, match, before.strip(), rows)


def _sized(reading: Reading, line: Line, match: re.Match[str], _: str, rows: list[Side]) -> Iterator[Finding]:
    """Check "9.3 h longer than controls" against the rows whose two values differ by so much."""
    told = Printed.parse(match["n"])
    lead = line.words[max(0, match.start() - 110) : match.start()]
    if told.significant_digits < 2 or _NOT.search(lead[-60:]) or _MOVED.search(lead):
        return
    words, room = key(line.words), 0.5 * 10.0**-told.decimals
    found: list[tuple[Row, bool]] = []
    for side in rows:
        if not {w for w in side.words if not w.isdigit() and len(w) > 3} & words:
            continue
        held = [bool(p.search(match["group"])) for p in side.patterns]
        pair = next((p for p in side.pairs if p.kind in ("percent", "centre")), None)
        if sum(held) != 1 or pair is None or pair.one.value == pair.two.value:
            continue
        apart = abs(pair.one.value - pair.two.value)
        if abs(apart - float(told)) <= room + 10.0**-pair.one.printed.decimals + 1e-9:
            subject = held.index(True) if not match["than"] else 1 - held.index(True)
            more = (pair.one.value > pair.two.value) == (subject == 0)
            found.append((Row(side, pair, pair.one.value > pair.two.value), more == bool(match["up"])))
    if found and not any(fits for _, fits in found):
        yield _finding(reading, line, match, "", [r for r, _ in found][:2])


def _of_changes(side: Side) -> bool:
    return side.table.caption is not None and bool(_VISIT.search(side.table.caption.text))


def _named(what: str, rows: list[Side]) -> list[Row]:
    """Give the rows whose whole label stands in some words, and nothing else of weight."""
    words = key(what)
    found = []
    for side in rows:
        own = frozenset(w for w in side.words if not w.isdigit())
        if own and own <= words and len(words - side.words) <= 2:
            pair = next((p for p in side.pairs if p.kind in ("percent", "centre")), None)
            if pair is not None and pair.one.value != pair.two.value:
                found.append(Row(side, pair, pair.one.value > pair.two.value))
    return found


def _group(words: str, side: Side) -> int | None:
    own = _THAN.split(words)[0]
    if _WITHOUT.search(own):
        return None
    held = [bool(p.search(own)) for p in side.patterns]
    return held.index(True) if sum(held) == 1 else None


def _plain(reading: Reading, line: Line, match: re.Match[str], what: str, rows: list[Side]) -> Iterator[Finding]:
    named = [(r, g) for r in _named(what, rows) if (g := _group(match["group"], r.side)) is not None]
    if named and all((r.first == (g == 0)) != bool(match["up"]) for r, g in named):
        yield _finding(reading, line, match, what, [r for r, _ in named][:2])


def _listed(reading: Reading, line: Line, match: re.Match[str], who: str, rows: list[Side]) -> Iterator[Finding]:
    items = [(bool(m["up"]), _named(m["what"], rows)) for m in _ITEM.finditer(match["list"])]
    items = [(up, named) for up, named in items if named]
    sided = [(up, named, g) for up, named in items if (g := _group(who, named[0].side)) is not None]
    for up, named, g in sided:
        if all((r.first == (g == 0)) != up for r in named):
            yield _finding(reading, line, match, who, named[:2])
    if sided or len(items) < 2 or not _tied(reading, line, who, items[0][1][0].side):
        return
    ways = {(r.first == up) for up, named in items for r in named}
    tables = {r.side.table.index for _, named in items for r in named}
    if len(ways) == 2 and len(tables) == 1 and len({r.side.names for _, named in items for r in named}) == 1:
        yield _finding(reading, line, match, who, [named[0] for _, named in items])


def _tied(reading: Reading, line: Line, group: str, side: Side) -> bool:
    """Say whether the paragraph cites the table, and the subject shares a word with its caption or heads."""
    text = reading.document.plain
    start = text.rfind("\n", 0, line.start) + 1
    cited = {m["n"] for m in _CITED.finditer(text, start, line.end)}
    caption = side.table.caption.text if side.table.caption is not None else ""
    return side.table.number in cited and bool(key(group) & key(f"{caption} {' '.join(side.names)}"))


def _finding(reading: Reading, line: Line, match: re.Match[str], before: str, rows: list[Row]) -> Finding:
    start, end = line.piece(match)
    place, said = (start - len(before) - 1, end), f"{before} {match[0]}"
    shown = "; ".join(
        f"{r.side.name} {r.pair.one.printed} ({r.side.names[0]}) and {r.pair.two.printed} ({r.side.names[1]})"
        for r in rows
    )
    numbers = [n for r in rows for n in (r.pair.one, r.pair.two)]
    return reading.finding(
        "DIRECTION_CONTRADICTS", "inconsistent", f"'{' '.join(said.split())}' is inconsistent with the table: {shown}",
        "the groups may be exchanged in the sentence or in the row",
        quotes=(place, *((n.start, n.end) for n in numbers)),
    )  # fmt: skip
