"""Standardised differences after weighting or matching that lie beyond the limit which the paper calls balance."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.identity import table_lines
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.text.expressions import Expression

CODES = ("BALANCE_NOT_SHOWN",)

_SMD = Expression(r"\b(?:standardi[sz]ed (?:mean )?differences?|SMDs?|ASMDs?|ASDs?)\b", re.I)
_LIMIT = Expression(
    r"(?:\b(?:below|under|less than|smaller than|not (?:above|exceeding|more than)|at most|within|up to|no more"
    r" than)\s|"
    r"[<≤]\s?|\b(?:limit|threshold|cut-?off|criterion|maximum)\s(?:was |of |at |set at |being )+|\bwith\s(?:an? "
    r")?(?=[\d.]+ "
    r"(?:as|being) (?:the|a|an|our) ))(?P<n>0?\.\d{1,2}|\d{1,2}\s?%)|(?P<m>0?\.\d{1,2}|\d{1,2}\s?%)\s(?:or (?:less|"
    r"below|under|smaller"
    r"|lower)|at most)\b", re.I,
)  # fmt: skip
_CALLED = Expression(
    r"\b(?:balance[ds]?|negligible|acceptable|adequate|satisfactory|sufficient|good|regarded|considered|taken|accepted|"
    r"indicat\w*|threshold|limit|acceptab\w+|judged|target|required|defined|judged|deemed)\b", re.I,
)  # fmt: skip
_AFTER = Expression(r"\b(?:after|weighted|matched|IPTW|IPW|adjusted|post-?(?:weighting|matching)|following)\b", re.I)
_BEFORE = Expression(r"\b(?:before|crude|un-?weighted|un-?matched|pre-?)\b", re.I)
_NUMBER = Expression(r"(?<![\w.,<>≤≥=-])(?:-\s?)?0?\.\d{1,3}(?![\d%])")
_KEPT = Expression(
    r"\b(?:well[- ]balanced|(?:was|were|became|is|are) (?:\w+ )?balanced|remov\w+|achiev\w+|eliminat\w+|all (?:were"
    r" )?(?:below|under|"
    r"less)|no (?:important |relevant |material )?(?:difference|imbalance)s?|good balance|comparable|similar"
    r"|balanced)\b", re.I,
)  # fmt: skip
_DEALT = Expression(
    r"\b(?:additional\w*|further|therefore|also|thus) (?:\w+ )?(?:adjust\w+|includ\w+|enter\w+|add\w+)|doubly robust|"
    r"added to the (?:outcome )?model|adjusted for (?:it|them|this|these)|outcome model\b", re.I,
)  # fmt: skip
_EXCEPT = Expression(
    r"\b(?:except|apart from|but|although|remained|residual|persist\w*|still|not (?:fully|all|completely)|imbalance)\b",
    re.I,
)


def balance_limit(reading: Reading) -> Iterator[Finding]:
    """Compare each standardised difference after weighting, in tables and sentences, with the limit told for balance.

    Left alone: differences before weighting, and papers that adjusted further for what stayed out of balance. Where a
    paper tells openly what did, that is a concern.
    """
    told = list(lines(reading, ("abstract", "methods", "results", "body")))
    limit = next((x for line in told if (x := _limit(line)) is not None), None)
    if limit is None or any(_SMD.search(x.words) and _DEALT.search(x.words) for x in told):
        return
    open_ = any(_SMD.search(x.words) and _EXCEPT.search(x.words) and _NUMBER.search(x.words) for x in told)
    most, spot = limit
    claims = [x for x in told if _KEPT.search(x.words) and (_AFTER.search(x.words) or "eighting" in x.words)
              and not _EXCEPT.search(x.words)]  # fmt: skip
    wrong = next(_beyond(reading, told, most, spot), None)
    if wrong is None:
        return
    text, where = wrong
    yield reading.finding(
        "BALANCE_NOT_SHOWN", "inconsistent" if claims and not open_ else "concern",
        f"a standardised difference of {text} after weighting or matching is inconsistent with the limit of the paper, "
        f"{most:g}, so that the groups were not balanced",
        "the column may be that before weighting; otherwise the difference may still confound the result",
        quotes=(where, spot, *(x.whole for x in claims[:1] if x.whole != where)),
    )  # fmt: skip


def _limit(line: Line) -> tuple[float, Spot] | None:
    found = _SMD.search(line.words)
    if found is None:
        return None
    match = _LIMIT.search(line.words, found.start()) or _LIMIT.search(line.words)
    if match is None or not _CALLED.search(line.words):
        return None
    text = (match["n"] or match["m"]).replace(" ", "")
    return (float(text[:-1]) / 100 if text.endswith("%") else float(text)), line.piece(match)


def _beyond(reading: Reading, told: list[Line], most: float, limit: Spot) -> Iterator[tuple[str, Spot]]:
    for row in table_lines(reading):
        caption = row.table.caption.text if row.table.caption is not None else ""
        for index, cell in enumerate(row.row.cells[1 : len(row.table.columns)], start=1):
            head = row.table.columns[index].label
            heads = " ".join(c.label for c in row.table.columns)
            after = _AFTER.search(head) or (_AFTER.search(caption) and not _BEFORE.search(f"{caption} {heads}"))
            if not _SMD.search(f"{caption} {head}") or not after or _BEFORE.search(head):
                continue
            if re.fullmatch(r"-?\s?0?\.\d{1,3}", cell.text.strip()) and _large(cell.text, most):
                yield cell.text.strip(), (cell.start, cell.end)
    for before, line in zip([None, *told], told, strict=False):
        spoken = _SMD.search(line.words) or (
            before is not None
            and _SMD.search(before.words)
            and re.search(r"\b(?:they|these|the largest|differences)\b", line.words)
        )
        if not spoken or not _AFTER.search(line.words):
            continue
        for match in _NUMBER.finditer(line.words):
            start, end = line.piece(match)
            lead = re.split(r"[;,(]|\bthan\b", line.words[: match.start()])[-1]
            if (
                limit[0] <= start < limit[1]
                or _BEFORE.search(lead)
                or _still_before(line.words[: match.start()])
                or not _large(match[0], most)
            ):
                continue
            since = line.words[max(0, match.start() - 60) : match.start()]
            if re.search(
                r"\b(?:below|under|less than|within|before|from|cal[il]+per|threshold|limit|P\s?=?|width)\s*(?:of )?$",
                since,
            ):
                continue
            if _AFTER.search(line.words[: match.start()]) or _AFTER.search(line.words[match.end() : match.end() + 30]):
                yield match[0].strip(), (start, end)


def _still_before(words: str) -> bool:
    """Say whether the last word on weighting before a number says that it had not been done yet."""
    before = max((m.end() for m in _BEFORE.finditer(words)), default=0)
    return before > max((m.end() for m in re.finditer(r"\bafter\b|;", words, re.I)), default=0)


def _large(text: str, most: float) -> bool:
    number = Printed.parse(text.strip().replace(" ", "")).interval()
    least = min(abs(float(number.low or 0)), abs(float(number.high or 0)))
    return most * 1.2 < least <= 3
