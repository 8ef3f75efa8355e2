"""A sentence on a panel of a figure against the legend of that panel: 'no difference (Figure 3D)', '(D) … higher'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.facts.clauses import clauses
from evsynth.checks.scanned.identity import key
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("LEGEND_CONTRADICTS",)

_CITED = Expression(
    r"\b(?P<extra>Supplement(?:ary|al) |Suppl\.? )?Fig(?:ure|s|ures|\.)?s?\.?\s*(?P<number>S?[0-9]{1,2})\s*"
    r"(?P<panels>[A-Ha-h](?:\s*(?:,|and|&|-)\s*[A-Ha-h])*)?(?![A-Za-z])"
)
_PANEL = Expression(r"\((?P<letters>[A-Ha-h](?:\s*(?:,|and|-)\s*[A-Ha-h])*)\)|(?<=[.;] )(?P<bare>[A-H])(?=[,:.] )")
_NO = Expression(
    r"\bnon-?significan\w*|\bnot significant|\bno (?:\w+ ){0,2}(?:significan\w*|difference\w*|change\w*|"
    r"improvement\w*)|"
    r"\b(?:did|does|do|was|were) not (?:\w+ )?(?:differ|change|improve|significan)\w*|\bunchanged\b|\bns means\b|"
    r"\bwithout (?:significant )?difference",
    re.I,
)
_YES = Expression(r"\bsignifican(?:t|tly)\b|\bmarked(?:ly)? (?:improve|decrease|increase|reduc|higher|lower)\w*", re.I)
_UP = Expression(r"\b(?:increas(?:e|es|ed|ing)|rose|rise|higher|elevated|longer)\b", re.I)
_DOWN = Expression(
    r"\b(?:decreas(?:e|es|ed|ing)|reduc(?:ed|tion|tions)|fell|fall|declin(?:e|es|ed|ing)|lower|shorter)\b", re.I
)
_BETWEEN = Expression(
    r"\bbetween\b|\bthan\b|\bversus\b|\bvs\b|\bcompared (?:with|to) (?!(?:the )?baseline)|\bother group\b|\bin favou?r",
    re.I,
)
_WITHIN = Expression(
    r"\b(?:from|to|with|versus|at) (?:the )?baseline\b|\bafter treatment\b|\bbefore and after\b|\bover time\b|\bin "
    r"both\b",
    re.I,
)
_EMPTY = frozenset(
    "group combination significant significantly difference change improvement show showed shown show improve "
    "higher lower "
    "increase increased decrease decreased reduction comparison compare compared result month week year month baseline "
    "treatment after before between both two over time was were had have panel figure kaplan meier curve plot rate "
    "overall cumulative did not all in change other observed seen found see it there this respectively median".split()
)


class Claim(NamedTuple):
    """What a clause or panel claims: significance (None where it says nothing), direction, and the comparison."""

    significant: bool | None
    direction: str
    between: bool
    within: bool
    words: frozenset[str]


def legend_claims(reading: Reading) -> Iterator[Finding]:
    """Compare what a clause says of a cited panel with what the legend says of it.

    Judged only where both name the same thing (a content word in common beyond groups), and both speak of a comparison
    between groups or both of a change in time. A legend without panels is judged as one. Left alone: clauses that cite
    several figures, and claims of a direction in opposite groups.
    """
    legends = {x.number: x for x in reading.document.legends}
    for line in lines(reading, ("results", "abstract", "body", "discussion")):
        for clause, cited in _cited(line):
            legend = legends.get(("S" if cited["extra"] else "") + cited["number"])
            claim = _claim(clause.words)
            if legend is None or (claim.significant is None and not claim.direction):
                continue
            panels = list(_panels(reading, legend.start, legend.end, _letters(cited["panels"] or "")))
            claims = {span: _claim(reading.document.plain[slice(*span)]) for span in panels}
            for span in [x for x in panels if _contradict(claim, claims[x])]:
                beside = [x for x in panels if x != span and _other_outcome(claim, claims[x])]
                yield reading.finding(
                    "LEGEND_CONTRADICTS", "inconsistent",
                    f"'{shortened(clause.words)}' is inconsistent with the legend of Figure {legend.number}: "
                    f"'{shortened(reading.document.plain[slice(*span)])}'"
                    + ("; another panel cited with it shows another outcome, which differs" if beside else ""),
                    "another time point, another test or another outcome of the same panel may be meant",
                    quotes=((clause.start, clause.end), span, *beside),
                )  # fmt: skip


def _other_outcome(claim: Claim, other: Claim) -> bool:
    """Say whether a panel calls groups different that a sentence citing it calls alike, of whatever outcome."""
    return claim.significant is False and other.significant is True and claim.between and other.between


def _cited(line: Line) -> Iterator[tuple[Line, re.Match[str]]]:
    """Give the stretch before each citation of a figure, back to the citation before it, cut to its last clause."""
    start = 0
    for match in _CITED.finditer(line.words):
        piece = line._replace(words=line.words[start : match.start()], start=line.start + start,
                              end=line.start + match.start())  # fmt: skip
        last = list(clauses(piece))[-1]
        words = last.words.rstrip(" (,")
        yield last._replace(words=words, end=last.start + len(words)), match
        start = match.end()


def _panels(reading: Reading, start: int, end: int, letters: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Give the stretches of a legend that are about some panels; the whole legend where it has none."""
    plain = reading.document.plain
    marks = list(_PANEL.finditer(plain, start, end))
    if not marks:
        yield start, end
        return
    for mark, after in zip(marks, [*marks[1:], None], strict=True):
        own = _letters(mark["letters"] or mark["bare"])
        stop = after.start() if after else end
        first = re.search(r"\.\s", plain[mark.end() : stop])
        stop = mark.end() + first.start() + 1 if first else stop
        if own & letters:
            begin = mark.end() + len(plain[mark.end() : stop]) - len(plain[mark.end() : stop].lstrip(" *:,.\n"))
            yield begin, begin + len(plain[begin:stop].rstrip(" *\n"))


def _letters(text: str) -> frozenset[str]:
    found = [m.upper() for m in re.findall(r"[A-Ha-h]", text.replace("and", ","))]
    if len(found) == 2 and "-" in text:
        return frozenset(chr(c) for c in range(ord(found[0]), ord(found[1]) + 1))
    return frozenset(found)


def _claim(words: str) -> Claim:
    no = _NO.search(words)
    yes = [m for m in _YES.finditer(words) if no is None or not no.start() <= m.start() < no.end()]
    significant = None if no and yes else False if no else True if yes else None
    up, down = _UP.search(words), _DOWN.search(words)
    direction = "up" if up and not down else "down" if down and not up else ""
    if no:
        direction = ""
    return Claim(significant, direction, bool(_BETWEEN.search(words)), bool(_WITHIN.search(words)), key(words) - _EMPTY)


def _contradict(one: Claim, two: Claim) -> bool:
    if not one.words & two.words or (one.between and two.within and not two.between):
        return False
    if one.within and two.between and not one.between:
        return False
    if one.significant is not None and two.significant is not None and one.significant != two.significant:
        return True
    same = len(one.words & two.words) * 2 >= min(len(one.words), len(two.words))
    return bool(one.direction and two.direction and one.direction != two.direction and same and not one.between)


def shortened(words: str) -> str:
    """Give at most 110 characters of a clause, its end."""
    text = " ".join(words.split())
    return text if len(text) <= 110 else "… " + text[-108:]
