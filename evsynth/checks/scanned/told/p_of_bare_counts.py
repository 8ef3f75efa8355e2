"""The P of two counts told without percentages, "9 patients on A and 3 on B (P = 0.13)", of groups of told sizes.

Only where the paper tells one pair of sizes as those of its groups, and the sentence names the test of the counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.group_sizes import sizes_told
from evsynth.checks.scanned.facts.marked import marked, spot
from evsynth.checks.scanned.numbers.methods_said import tests
from evsynth.checks.scanned.numbers.p_of_counts import distance, least
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.tables import table_tests
from evsynth.text.expressions import Expression

CODES = ("P_OF_COUNTS",)

_TEST = r"(?:Fisher(?:'s)?|[Cc]hi-? ?squared?|χ2|χ²|exact)(?: (?:exact|test))*"
_PAIR = Expression(
    r"⟨c(?P<a>\d+)⟩(?: (?!of\b|and\b|out\b)[A-Za-z-]+){0,6},? (?:and|v|vs|versus|against|compared with) ⟨c(?P<b>\d+)⟩"
    r"(?:,? (?!of\b|and\b|out\b)[A-Za-z-]+,?){0,8} "
    rf"\((?:(?P<before>{_TEST}),? ?)?[Pp] ?(?P<bound>[=<>≤≥]) ?⟨[dc](?P<p>\d+)⟩"
    rf"(?:(?:,| by| from| in)? ?(?P<after>{_TEST}))?"
)
_OTHER = Expression(
    r"\b(?:days?|weeks?|months?|years?|hours?|points?|median|mean|score|paired|mcnemar|trend|one-sided|adjusted|matched|"
    r"episodes?|events|visits|lesions|eyes|of whom|of these|among (?:them|these)|subgroup|died of|rates?)\b", re.I,
)  # fmt: skip
FAR = 0.5
"""Least distance in Z from the usual tests, for either order of the sizes."""


def p_of_bare_counts(reading: Reading) -> Iterator[Finding]:
    """Recompute the P of two bare counts by the sizes of the two groups of the paper."""
    said = tests(reading)
    pairs = {s.sizes for s in sizes_told(reading) if s.groups and len(s.sizes) == 2}
    if len(pairs) != 1 or said.paired:
        return
    sizes = next(iter(pairs))
    for line in lines(reading, ("abstract", "results", "body")):
        if not re.search(r"[Pp] ?[=<>]", line.words):
            continue
        sentence = marked(line.words)
        for match in _PAIR.finditer(sentence.text):
            if not (match["before"] or match["after"]):
                continue
            before = re.split(r"[;.]\s", sentence.text[max(0, match.start() - 90) : match.start()])[-1]
            one, two, number = (sentence.numbers[int(match[k])] for k in ("a", "b", "p"))
            if _OTHER.search(before + match[0]) or one.whole > min(sizes) or two.whole > min(sizes):
                continue
            p = Printed.parse((match["bound"] if match["bound"] != "=" else "") + number.printed.text)
            tried: dict[str, float] = {}
            for n, m in {sizes, sizes[::-1]}:
                made = table_tests([(one.whole, two.whole), (n - one.whole, m - two.whole)])
                tried |= {f"{name}, {one.whole} of {n} and {two.whole} of {m}": v for name, v in made.items()}
            if not tried or distance(p, tried) < FAR or (least(p) and min(tried.values()) < float(p.value)):
                continue
            given = ", ".join(f"{v:.2g}" for v in sorted({float(f"{v:.2g}") for v in tried.values()})[:5])
            yield reading.finding(
                "P_OF_COUNTS", "inconsistent",
                f"P {p} is inconsistent with {one.whole} and {two.whole} in groups of {sizes[0]} and {sizes[1]}: the "
                f"usual tests give {given}", "the counts may be of other patients than all of both groups",
                quotes=(spot(line, one, two), spot(line, number)),
                computed=tuple((name, f"{v:.4g}") for name, v in list(tried.items())[:5]),
            )  # fmt: skip
