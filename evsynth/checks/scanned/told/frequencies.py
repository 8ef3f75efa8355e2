"""A mean or median against the frequencies that a sentence tells: "none in 58 women, one in 25, two in 13, three in 4".

Read are "10 were grade 1, 16 grade 2", "0 in 40 women, 1 in 35", "one child (n = 20), two (n = 12)"; and a median
against the share of patients within a limit ("median of 84 minutes ... 26% within 90 minutes"), or with none at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.counts import WORD, value
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("DERIVED_VALUE",)

_C = rf"(?:\d{{1,4}}|{WORD}|none|no [a-z]+)"
_W = r"(?:\s(?!in\b|of\b|mean\b|median\b)[a-z]+){0,2}"
_FORMS = (
    Expression(rf"(?<![\w.,-])(?P<v>{_C}){_W}\s(?:in|for|by)\s(?P<n>\d{{1,5}}|{WORD})(?![\w%.]*\d|\s?%|"
        rf"\s(?:months|weeks|years|days))", re.I),
    Expression(
        rf"(?<![\w.,-])(?P<n>\d{{1,5}}|{WORD})(?:\s(?!grade|score|stage|level|"
        rf"class)[a-z]+){{0,3}}?\s(?:at |of |as |in )?(?:grades?|scores?|scored|stage|"
        rf"levels?|class|rated|had|reported)\s(?P<v>{_C})(?![\w%.]*\d|\s?%)", re.I,
    ),
    Expression(rf"(?<![\w.,-])(?P<v>{_C}){_W}\s[(\[](?:n\s?=\s?)?(?P<n>\d{{1,5}})(?:;[^()]*|"
        rf",\s?\d[\d.]*\s?%)?[)\]]", re.I),
)  # fmt: skip
_CENTRE = Expression(
    r"\b(?P<which>mean|average|averaging|median)\b(?:\s(?!of the|survival|follow|age\b|time|"
    r"duration)[a-z]+){0,4}?\s?(?:of|was|being|is|[:=,])?\s?(?P<v>\d+(?:\.\d+)?)"
    r"(?![\d%]|\.\d|\s?(?:years?|months?|weeks?|days?|hours?|%|-\d))",
    re.I,
)
_OPEN = Expression(
    r"\b(?:or more|and more|at least|more than|over|fewer|missing|unknown|≥|>|others?|rest)\b|[≥>]|\+\s", re.I
)
_MEDIAN = Expression(
    r"\bmedian\b(?:(?!\bmean\b)[^.;\d]){0,40}?(?P<m>\d+(?:\.\d+)?)\s?(?P<u>min(?:ute)?s?|h|hours?|"
    r"days?|weeks?|months?|years?|points?|mm ?Hg|kg|g|mL|cm|"
    r"mm|mg/dL|mmol/L|ng/mL)(?![\w/])",
    re.I,
)
_WITHIN = Expression(
    r"(?P<p>\d{1,3}(?:\.\d+)?)\s?(?:%|per cent)(?P<gap>[^.;,()]{0,70}?)\b(?P<way>within|in under|in "
    r"less than|under|below|less than|by|"
    r"after more than|more than|longer than|over|above|exceeding|"
    r"beyond)\s(?P<t>\d+(?:\.\d+)?)\s?(?P<u>min(?:ute)?s?|h|hours?|days?|weeks?|months?|"
    r"years?|points?|mm ?Hg|kg|g|mL|cm|mm|mg/dL|mmol/L|ng/mL)(?![\w/])", re.I,
)  # fmt: skip
_NONE = Expression(
    r"(?<![\w.,/-])(?P<k>\d{1,5})\s(?:out )?of (?:the )?(?P<n>\d{1,5})\s(?P<who>[a-z]+)\s(?:made|had|"
    r"reported|needed|required|received|experienced|"
    r"used|took|made use of)\s(?:none|no\b)", re.I,
)  # fmt: skip
_SUBGROUP = Expression(
    r"\b(?:among|in those|for those|night|of those|remaining|others|survivors|users|excluding)\b", re.I
)


def frequencies(reading: Reading) -> Iterator[Finding]:
    """Check means and medians told with the frequencies of the values."""
    for line in lines(reading, ("abstract", "results", "body")):
        if not re.search(r"\b(?:mean|median|average)", line.words, re.I):
            continue
        yield from _listed(reading, line)
        yield from _within(reading, line)
        yield from _none(reading, line)


def _listed(reading: Reading, line: Line) -> Iterator[Finding]:
    words = line.words
    if _OPEN.search(words):
        return
    centres = list(_CENTRE.finditer(words))
    for form in _FORMS if centres else ():
        cells = [(_value(m["v"]), value(m["n"]), m) for m in form.finditer(words)]
        cells = [c for c in cells if not any(a.start() <= c[2].start("v") < a.end() for a in centres)]
        values = [v for v, _, _ in cells]
        if (
            len(cells) < 3
            or values != sorted(set(values))
            or values[-1] > 12
            or values[-1] - values[0] != len(values) - 1
        ):
            continue
        total = sum(n for _, n, _ in cells)
        if not _whole(words, total, cells):
            continue
        for centre in centres:
            printed = Printed.parse(centre["v"])
            each = [v for v, n, _ in cells for _ in range(n)]
            if centre["which"].lower() == "median":
                low, high = each[(total - 1) // 2], each[total // 2]
                made = Span(min(low, high), max(low, high))
            else:
                made = Span(sum(each) / total, sum(each) / total)
            if made.meets(span(printed)) or (made.low <= float(printed) <= made.high):
                continue
            spot = line.start + centre.start("v"), line.start + centre.end("v")
            listed = line.start + cells[0][2].start(), line.start + cells[-1][2].end()
            yield _finding(
                reading,
                f"a {centre['which'].lower()} of {printed}",
                f"the {total} values listed, which have {made.middle:.3g}",
                spot,
                listed,
            )
        return


def _value(text: str) -> int:
    return 0 if text.lower().startswith("no") else value(text)


def _whole(words: str, total: int, cells: list[tuple[int, int, re.Match[str]]]) -> bool:
    """Say whether the frequencies make a number told as that of all, or nothing speaks against it."""
    other = {
        value(m[0]) for m in re.finditer(rf"(?<![\w.,-])(?:\d{{1,5}}|{WORD})(?![\w%.]*\d|\s?%)", words, re.I)
        if not any(c.start() <= m.start() < c.end() for _, _, c in cells)
    }  # fmt: skip
    return total in other or not any(n > max(c[1] for c in cells) and n < 5000 for n in other)


def _within(reading: Reading, line: Line) -> Iterator[Finding]:
    """Check a median against the share of patients below or above a limit."""
    if re.search(r"\b(?:group|arm|versus|vs|compared|respectively|survival|than with)\b", line.words):
        return
    medians, shares = list(_MEDIAN.finditer(line.words)), list(_WITHIN.finditer(line.words))
    if len(medians) != 1:
        return
    median = medians[0]
    for share in shares:
        if (
            share["u"].rstrip("s") != median["u"].rstrip("s")
            or _SUBGROUP.search(
                share["gap"] + re.split(r"[.]\s", line.words[max(0, share.start() - 45) : share.start()])[-1]
            )
            or re.search(r"\bby\b", share["way"])
        ):
            continue
        below = share["way"].lower() in ("within", "in under", "in less than", "under", "below", "less than")
        m, t, p = float(median["m"]), float(share["t"]), float(share["p"])
        least = p if below else 100 - p
        if (m < t and least < 49.4) or (m > t and least > 50.6):
            yield _finding(
                reading, f"a median of {median['m']} {median['u']}",
                f"{share['p']}% {share['way']} {share['t']} {share['u']}, which puts the median "
                f"{'above' if m < t else 'below'} that",
                (line.start + median.start("m"), line.start + median.end("m")), line.piece(share),
            )  # fmt: skip


def _none(reading: Reading, line: Line) -> Iterator[Finding]:
    """Check a median above nought where more than half had none."""
    medians = [m for m in _CENTRE.finditer(line.words) if m["which"].lower() == "median"]
    found = _NONE.search(line.words)
    if found is None or len(medians) != 1 or _SUBGROUP.search(line.words):
        return
    if 2 * int(found["k"]) > int(found["n"]) and float(medians[0]["v"]) > 0.5:
        yield _finding(
            reading, f"a median of {medians[0]['v']}", f"{found['k']} of {found['n']} who had none: the median is 0",
            (line.start + medians[0].start("v"), line.start + medians[0].end("v")), line.piece(found),
        )  # fmt: skip


def _finding(reading: Reading, what: str, than: str, spot: tuple[int, int], other: tuple[int, int]) -> Finding:
    return reading.finding(
        "DERIVED_VALUE", "inconsistent", f"{what} is inconsistent with {than}",
        "it may be of other patients than those listed; otherwise one of the numbers is misprinted",
        quotes=(spot, other),
    )  # fmt: skip
