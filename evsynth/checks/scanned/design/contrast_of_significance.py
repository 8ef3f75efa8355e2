"""Two groups are contrasted because one changed significantly and the other did not, without a test between them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.clauses import clauses
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("CONTRAST_OF_SIGNIFICANCE",)

_YES = Expression(r"(?<!no )(?<!not )(?<!non-)\bsignifican(?:t|tly)\b", re.I)
_SMALL = Expression(r"\b[Pp]\s*(?:=|<)\s*0?\.0(?:[0-4]|5\b(?<=<))")
_NO = Expression(
    r"\b(?:no|not|without|nor|neither|non-?)\s?(?:statistically )?(?:significan\w*|change[ds]?|improve\w*)\b|"
    r"\bdid not\b|\bonly in\b|\bbut not\b",
    re.I,
)
_CONTRAST = Expression(r"\bin contrast\b|\bwhereas\b|\bwhile\b|\bbut not\b|\bhowever\b", re.I)
_BETWEEN = Expression(
    r"\bbetween (?:the )?(?:two |both )?(?:groups|arms|subgroups)\b|\binteraction\b|\bgroup[- ]by[- ]time\b|"
    r"\bbetween-group\b|\bcompared (?:with|to)\b|\bthan\b",
    re.I,
)
_TESTED = Expression(
    r"\b(?:differ\w*|interaction)\b[^.;]{0,60}\bbetween (?:the )?(?:two |both )?(?:groups|arms|subgroups)|"
    r"\bbetween-group\b|\binteraction\b",
    re.I,
)
_DRAWN = Expression(
    r"\bsub-?group (?:results|findings|differences|analys[ie]s)\b[^.;]{0,20}\b(?:strongly |clearly )?"
    r"(?:suggest|indicat|show|demonstrat|support)\w*\b[^.;]{0,60}\b(?:heterogen\w+|differ\w*|distinct)\b|"
    r"\bmore (?:comprehensive|pronounced|extensive|favou?rable) responses?\b[^.;]{0,40}\bcompared (?:with|to)\b",
    re.I,
)
_GROUP = Expression(r"\b(?:(?:the|in)\s+)?(?P<name>[A-Za-z][\w+/-]*(?:\s+[\w+/-]+)?)\s+(?:sub)?(?:group|arm)\b", re.I)
_CHANGE = Expression(r"\b(?:improv|chang|decreas|reduc|increas|declin|fell|rose|aggravat|wors)\w*", re.I)


def contrast_of_significance(reading: Reading) -> Iterator[Finding]:
    """Find 'A improved significantly, whereas B did not' in one sentence or two, once for a paper.

    Left alone: sentences with a comparison between the groups or followed by one, and contrasts within one group.
    """
    before: Line | None = None
    told = list(lines(reading, ("results", "abstract", "discussion", "conclusion")))
    for index, line in enumerate(told):
        joined = [
            *(clauses(before) if before is not None and re.match(r"\s*in contrast\b", line.words, re.I) else ()),
            *clauses(line),
        ]
        before = line
        if not _CONTRAST.search(line.words) or _BETWEEN.search(line.words):
            continue
        if any(x.section == line.section and _TESTED.search(x.words) for x in told[index + 1 : index + 3]):
            continue
        yes = [
            (c, g)
            for c in joined
            if (_YES.search(c.words) or _SMALL.search(c.words)) and not _NO.search(c.words) and _CHANGE.search(c.words)
            for g in _names(c)
        ]
        no = [(c, g) for c in joined if _NO.search(c.words) or re.search(r"\bonly\b", c.words) for g in _names(c)]
        pair = next(((a, b) for a, x in yes for b, y in no if x != y and a.start != b.start), None)
        if pair is not None:
            first, second = pair
            yield reading.finding(
                "CONTRAST_OF_SIGNIFICANCE", "concern",
                "a change that is significant in one group and not in the other is presented as a "
                    "difference between the groups",
                "a test between the groups may stand elsewhere; a difference in significance need not be a "
                    "significant difference, and the smaller "
                "group has less power",
                quotes=((first.start, first.end), (second.start, second.end), *_concluded(told)),
            )  # fmt: skip
            return


def _concluded(told: list[Line]) -> list[tuple[int, int]]:
    """Give where the contrast is drawn upon: 'these subgroup results suggest heterogeneity'."""
    return [x.piece(m) for x in told if x.role in ("discussion", "conclusion") for m in [_DRAWN.search(x.words)] if m]


def _names(clause: Line) -> list[str]:
    return [m["name"].lower().split()[-1] for m in _GROUP.finditer(clause.words)]
