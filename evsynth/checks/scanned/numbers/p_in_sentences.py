"""The P value of two proportions in a sentence: "12/40 vs 5/41 (P = 0.03)", "8 cases (6.7%) and 6 controls (2.5%)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.identity import heads_of_all, spot, whole_number
from evsynth.checks.scanned.numbers.methods_said import tests
from evsynth.checks.scanned.numbers.p_of_counts import FAR, agrees, distance
from evsynth.checks.scanned.numbers.percentages import prints
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.tables import table_tests
from evsynth.scan.parts import Figure
from evsynth.scan.statistics import Reported

CODES = ("P_OF_COUNTS",)

_OTHER_TEST = re.compile(
    r"log-?rank|adjust|weighted|trend|interaction|non-?inferior|hazard|\bHR\b|\bOR\b|\bRR\b|odds|regression|mcnemar|paired|"
    r"one-sided|one-tailed|Kaplan|cumulative|surviv|matched|stratif|correct|before|after treatment|baseline|within|"
    r"compared with (?:the )?(?:general|expected)|median|mean", re.I,
)  # fmt: skip
_ROLES = ("abstract", "results", "body")


def p_in_sentences(reading: Reading) -> Iterator[Finding]:
    """Recompute the P after two proportions of one sentence; another test that the sentence names is left alone."""
    by_sentence: dict[int, list[Reported]] = {}
    for r in reading.reported:
        if r.spot.table is None and r.spot.sentence is not None and r.spot.role in _ROLES:
            by_sentence.setdefault(r.spot.sentence, []).append(r)
    heads = heads_of_all(reading)
    sizes = [int(f.printed.value) for f in heads] if heads is not None and len(heads) == 2 else []
    said = tests(reading)
    for index, members in by_sentence.items():
        items = sorted(members, key=lambda r: r.start)
        sentence = reading.document.sentences[index]
        words = reading.document.prose[sentence.start : sentence.end]
        if _OTHER_TEST.search(words):
            continue
        for at in range(2, len(items)):
            p = items[at].figure("p")
            if p is None or len(items[at].figures) != 1 or any(r.sort == "p" for r in items[at - 2 : at]):
                continue
            pair = items[at - 2 : at]
            table = _table(pair, sizes)
            if table is not None and _near(reading, pair, p):
                yield from _judged(reading, pair, table, p, adjusted=said.adjusted or said.paired or said.survival,
                                   multiple=said.multiple)  # fmt: skip


def _near(reading: Reading, pair: list[Reported], p: Figure) -> bool:
    prose = reading.document.prose
    before = prose[max(0, pair[0].start - 90) : pair[0].start]
    if re.search(r"\d\s?%|\bof \d+|\d/\d|none of|\bone of", before[max(before.rfind(";"), before.rfind(". ")) + 1 :]):
        return False  # a third group stands before the two
    first = prose[pair[0].end : pair[1].start]
    then = prose[pair[1].end : p.start]
    return len(first) < 80 and len(then) < 45 and not re.search(r"[.;]\s", first) and not re.search(r"\.\s", then)


def _table(pair: list[Reported], sizes: list[int]) -> list[tuple[int, int]] | None:
    """Give events and others of two groups, by printed denominators or by the sizes of the two groups of the paper."""
    found = []
    for position, r in enumerate(pair):
        if r.sort not in ("count percent", "fraction"):
            return None
        count, of, percent = r.figure("count"), r.figure("of"), r.figure("percent")
        number = whole_number(count.printed) if count is not None else None
        if count is None or number is None:
            return None
        total = whole_number(of.printed) if of is not None else sizes[position] if sizes else None
        if total is None or number > total or total < 4:
            return None
        if percent is not None and not prints(count.printed, percent.printed, total):
            return None
        if percent is None and of is None:
            return None
        found.append((number, total - number))
    return found


def _judged(
    reading: Reading, pair: list[Reported], table: list[tuple[int, int]], p: Figure, *, adjusted: bool, multiple: bool
) -> Iterator[Finding]:
    tried = table_tests(list(zip(*table, strict=True)))
    if not tried or agrees(p.printed, tried):
        return
    far = distance(p.printed, tried)
    if far < 2 * FAR or (adjusted and far < 1) or (multiple and min(tried.values()) < float(p.printed.value)):
        return
    given = ", ".join(f"{k} of {k + rest}" for k, rest in table)
    said = "; ".join(f"{name} {value:.3g}" for name, value in tried.items())
    figures = [f for r in pair for f in r.figures if f.statistic in ("count", "of", "percent")]
    yield reading.finding(
        "P_OF_COUNTS", "inconsistent", f"P {p.printed} is inconsistent with {given}: {said}",
        "patients with missing values, or a test that is not named, may explain it",
        quotes=(spot(*figures), (p.start, p.end)),
        computed=tuple((name, f"{value:.4g}") for name, value in tried.items()),
    )  # fmt: skip
