"""A conclusion without numbers, "associated with a higher rate of X", against the ratio in the row of a model's table.

The row is the one all of whose words the clause has; the column is the one whose head names the outcome, by a word or
by its initials ("AE" for acute exacerbations), or the only one with a ratio.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.clauses import clauses
from evsynth.checks.scanned.facts.named_rows import row_key
from evsynth.checks.scanned.identity import key, table_lines
from evsynth.checks.scanned.numbers.ratios import RATIOS
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("RATIO_DIRECTION",)

_CLAIM = Expression(
    r"\b(?:is|was|were|are|been)?\s?(?:\w+ly )?associated with (?:an? )?(?:\w+ly )?"
    r"(?:(?P<up>higher|increased|greater|elevated|raised)|(?P<down>lower|reduced|decreased|diminished)) "
    r"(?:hazards?|rates?|risks?|odds|incidence|likelihood|probability) (?:of|for)\s"
    r"(?P<of>(?:(?!\b(?:in|among|with|without|than|and|but|at|after|during|within|as|compared)\b)[^,.;:()]){3,60})",
    re.I,
)
_SKIP = Expression(
    r"\b(?:not|no|neither|whether|if|may|might|could|per|previous\w*|earlier|other|others|trials?|studies|et al|"
    r"literature|subgroups?|lower (?:level|score|value|dose|baseline)\w*|low|reduced (?:dose|function)|unadjusted|"
    r"univari\w*|crude|interaction)\b|\[\d|\d", re.I,
)  # fmt: skip
_WORD = Expression(r"[A-Za-z]{2,}")
_EMPTY = frozenset(
    "first new any all the of for incident hazard odds risk ratio events event adjusted model ci".split()
)
_RATIO = Expression(r"\b(?:hazard|odds|risk) ratios?\b|\b(?:HR|OR)s?\b")


def ratio_concluded(reading: Reading) -> Iterator[Finding]:
    """Compare a claim of direction without numbers with the one ratio of its row that the outcome names.

    Judged only where the whole interval lies on the other side of 1, and no other table has the row on the side said.
    """
    rows = [(x, own) for x in table_lines(reading) if (own := row_key(x))]
    if not rows:
        return
    for line in lines(reading, ("abstract", "results", "body", "discussion", "conclusion")):
        if "associated with" not in line.words:
            continue
        for clause in clauses(line):
            match = _CLAIM.search(clause.words)
            if match is None or _SKIP.search(clause.words):
                continue
            subject = key(clause.words[: match.start()])
            named = [x for x, own in rows if own <= subject]
            named = [x for x in named if not any(row_key(x) < row_key(y) for y in named)]
            ratios = [r for x in named for r in _ratios(reading, x.table.index, x.row.index, match["of"])]
            wrong = [(spot, text) for low, high, spot, text in ratios if (high < 1 if match["up"] else low > 1)]
            if wrong and len(wrong) == len(ratios):
                yield reading.finding(
                    "RATIO_DIRECTION", "inconsistent",
                    f"'{' '.join(match[0].split())}' is inconsistent with {wrong[0][1]}, printed for it in a table",
                    "the ratio may be printed for the other group as reference, or for survival rather than death",
                    quotes=(clause.piece(match), *(spot for spot, _ in wrong)),
                )  # fmt: skip


def _ratios(reading: Reading, table: int, row: int, outcome: str) -> list[tuple[float, float, Spot, str]]:
    """Give limits, place and text of the ratios of a row whose column the outcome names, else of the only one."""
    printed = reading.document.tables[table]
    said = bool(printed.caption and _RATIO.search(printed.caption.text))
    items = [
        r for r in reading.reported
        if r.spot.table == table and r.spot.row == row and r.spot.column is not None
        and (r.measure in RATIOS or (r.measure is None and said and r.figure("lower") is not None))
    ]  # fmt: skip
    asked = _words(outcome)
    columns = printed.columns
    own = [r for r in items if r.spot.column is not None and asked & _words(columns[r.spot.column].label)]
    if not own:
        caption = printed.caption
        own = items if len(items) == 1 and caption is not None and asked & _words(caption.text) else []
    found: list[tuple[float, float, Spot, str]] = []
    for r in own:
        low, high = r.figure("lower"), r.figure("upper")
        if low is not None and high is not None:
            text = " ".join(r.text.split())
            found.append((float(low.printed.value), float(high.printed.value), (r.start, r.end), text))
    return found if len(found) == len(own) == 1 else []


def _words(text: str) -> frozenset[str]:
    """Give the words of an outcome, without endings, and the initials of two or three that follow each other."""
    words = [w for w in _WORD.findall(text) if w.lower() not in _EMPTY]
    found = {w.lower()[:7].rstrip("s") for w in words}
    for size in (2, 3):
        found |= {"".join(w[0] for w in words[i : i + size]).lower() for i in range(len(words) - size + 1)}
    return frozenset(found)
