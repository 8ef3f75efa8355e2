"""The P value told of two or three shares, by the usual tests; the sizes of the groups may stand anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.comparisons import Comparison, Table, comparisons, tables
from evsynth.checks.scanned.facts.effects_told import Effect
from evsynth.checks.scanned.facts.group_sizes import sizes_told
from evsynth.checks.scanned.facts.marked import spot
from evsynth.checks.scanned.facts.modelled import MODEL_NAMED
from evsynth.checks.scanned.facts.proportions import prints
from evsynth.checks.scanned.numbers.methods_said import Tests, tests
from evsynth.checks.scanned.numbers.p_of_counts import distance, least
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.tables import table_tests
from evsynth.text.expressions import Expression

CODES = ("P_OF_COUNTS",)

_OTHER = Expression(
    r"\b(?:trend|one-sided|one-tailed|inferior\w*|superiority|log-?rank|adjusted|weighted|mcnemar|paired|within[- "
    r"]group|"
    r"interaction|heterogeneity|cox|regression|logistic|ancova|mixed|gee|stratif\w+|univaria\w+|multivaria\w+|"
    r"bonferroni|corrected|hazard\w*|propensity|match\w+|survival|kaplan|cumulative|cluster\w*|"
    r"estimated (?:rates?|probab\w+|risks?|incidence|proportions?)|"
    r"overall p|all groups|SEM?|standard errors?|wilcoxon|rank|before and after|of them, respectively|"
    r"attacks|none|no patients?|dose[- ]response|rates? per|per ⟨|incidence rates?|yearly|annual\w*|poisson)\b", re.I,
)  # fmt: skip
_MEASURED = Expression(r"\b(?:median|mean|estimat\w+|surviv\w+)\b", re.I)
_GRADED = Expression(r"\b(?:strength|grades?|MRC|scores?)\b", re.I)
"""Words of percentages, and of fractions, that may be of no count."""
_UNITS = Expression(
    r"\b(?:episodes?|events|samples|eyes|lesions|sites|sessions|procedures|admissions|cycles|specimens|isolates|teeth|"
    r"nodes|implants|knees|hips|kidneys|biopsies|grafts|snellen)\b", re.I,
)  # fmt: skip
"""What a patient can have several of: a count told with its percentage is still tested as they are."""
_CHANGED = Expression(r"\b(?:increased|decreased|fell|rose|changed|from ⟨)", re.I)
_TIMES = Expression(
    r"\b(?:baseline|pre-?(?:treatment|intervention|test|operative\w*|implementation|procedur\w+)|"
    r"post-?(?:treatment|intervention|test|implementation)|initial\w*|final\w*)\b", re.I,
)  # fmt: skip
"""Words of two times of the same people; two groups that print unlike denominators are other people."""
_NAMED = Expression(r"chi-? ?squared?|χ2|χ²|chi2|x2 test|fisher", re.I)
_LISTED = Expression(
    r" ?(?:,|and|;) ?(?:and )?(?:[Pp] ?)?[=<>]? ?⟨[dcx]\d+⟩[^.⟨]{0,12}(?:⟨[dcx]\d+⟩[^.⟨]{0,12})*respectively"
)
"""After the first P of a list: which shares it belongs to is told elsewhere."""
_ANOTHER_PAIR = Expression(r"⟨c\d+⟩(?: \(⟨p\d+⟩\))? (?:and|v|vs\.?|versus|or|against) ⟨c\d+⟩")
"""Between shares and a P: two counts that it is told of."""
UNCOUNTED, MOST = 1.0, 500
"""Least distance in Z where no counts are told, and the size from which every percentage would fit a group."""
UNLIKE = 1.1
"""Sizes as unlike as this are those of two groups, not of the same people seen again."""
NEAR, KNOWN, COUNTED, MODELLED, CRUDE, ADJUSTED = 0.35, 0.2, 0.5, 1.2, 0.85, 1.8
"""Least distance in Z from every usual test; where sizes are known; where counts, percentages and sizes are told in a
paper that also models; where it models; where it adjusts, and names the test of shares or not."""


def p_of_shares(reading: Reading) -> Iterator[Finding]:
    """Recompute the P told of shares."""
    said = tests(reading)
    named = bool(_NAMED.search(reading.document.prose))
    modelled = bool(MODEL_NAMED.search(reading.document.prose))
    for told in comparisons(reading):
        p = next((e for e in told.effects if e.name == "P"), None)
        if p is None or not _directly(told, p):
            continue
        uncounted = any(s.events is None for s in told.shares)
        if uncounted and not _of_groups(reading, told):
            continue
        if _LISTED.match(told.sentence.text[p.end :]):
            continue
        about, full = _about(told, p), all(s.events is not None and s.percent is not None for s in told.shares)
        if _OTHER.search(about) or ((_TIMES.search(about) or _same_again(told, about)) and not _others(told)):
            continue
        if uncounted and _MEASURED.search(about):
            continue
        if not full and (_UNITS.search(about) or _GRADED.search(about)):
            continue
        known, sure = tables(reading, told)
        known = [table for table in known if all(0 <= count <= of for count, of in table)]
        if known and not (said.paired and not (sure and _apart(told, known))):
            if not sure and _parts_of_one(told):
                continue
            near = _least(said, named, modelled, sure, full)
            yield from _judged(reading, told, p, known, max(near, UNCOUNTED) if uncounted else near)


def left_to_other_tests(told: Comparison, p: Effect) -> bool:
    """Say whether a P may be of another test than that of counts in two groups, by the words around it."""
    about = _about(told, p)
    return (
        not _directly(told, p)
        or any(e.search(about) for e in (_OTHER, _TIMES, _MEASURED, _UNITS, _GRADED))
        or (bool(_LISTED.match(told.sentence.text[p.end :])) or _same_again(told, about))
    )


def _apart(told: Comparison, known: list[Table]) -> bool:
    """Say whether two groups are other people, in a paper that also pairs: their sizes, told as such, are unlike."""
    sizes = [sorted(n for _, n in table) for table in known]
    return all(s.of is None for s in told.shares) and all(n[-1] > UNLIKE * n[0] for n in sizes)


def _parts_of_one(told: Comparison) -> bool:
    """Say whether two counts are the two parts of one group: "128 (90.1%) vs 14 (9.9%)"."""
    if len(told.shares) != 2 or any(s.events is None or s.percent is None or s.of is not None for s in told.shares):
        return False
    counts = [s.events.whole for s in told.shares if s.events is not None]
    percents = [s.percent.printed for s in told.shares if s.percent is not None]
    return all(prints(k, sum(counts), p) for k, p in zip(counts, percents, strict=True))


def _others(told: Comparison) -> bool:
    """Say whether the shares print denominators so unlike that they are of other people."""
    sizes = sorted(s.of.whole for s in told.shares if s.of is not None)
    return len(sizes) == len(told.shares) and sizes[-1] > UNLIKE * sizes[0]


def _of_groups(reading: Reading, told: Comparison) -> bool:
    """Say whether percentages with decimals, told without counts, are of the only groups whose sizes are told."""
    sizes = {s.sizes for s in sizes_told(reading) if s.groups and len(s.sizes) == len(told.shares)}
    return len(sizes) == 1 and max(next(iter(sizes))) < MOST and all(
        s.percent is not None and s.percent.printed.decimals and s.events is None
        for s in told.shares
    )  # fmt: skip


def _about(told: Comparison, p: Effect) -> str:
    text = told.sentence.text
    before = text[max(0, told.one.start - 120) : told.one.start]
    before = before[max(before.rfind(";"), before.rfind(". ")) + 1 :]
    return before + text[told.one.start : p.end + 30]


def _directly(told: Comparison, p: Effect) -> bool:
    """Say whether only effects of the two shares stand between them and the P."""
    between = told.sentence.text[told.shares[-1].end : p.start]
    if _ANOTHER_PAIR.search(between):
        return False
    room = 4 * sum(e.end <= p.start for e in told.effects) + (3 if _NAMED.search(between) else 1)
    return between.count("⟨") <= room and len(between) < 220


def _same_again(told: Comparison, about: str) -> bool:
    """Say whether the second share is that of the same people later: "fell from 12 (24%) to 5 (10%)"."""
    between = told.sentence.text[told.one.end : told.two.start]
    return bool(_CHANGED.search(about) and re.search(r"\bto\b", between))


def _least(said: Tests, named: bool, modelled: bool, sure: bool, full: bool) -> float:
    if full and sure and not said.multiple:
        return COUNTED if said.survival or said.adjusted or modelled else KNOWN
    if said.survival or said.adjusted or said.multiple:
        return CRUDE if named and sure and not said.multiple else ADJUSTED
    if modelled:
        return 0.6 if named and sure else MODELLED
    return KNOWN if sure else NEAR


def _judged(reading: Reading, told: Comparison, p: Effect, known: list[Table], near: float) -> Iterator[Finding]:
    printed = Printed.parse((p.bound if p.bound in "<>≤≥" else "") + p.number.printed.text)
    if not 0 <= float(printed.value) <= 1:
        return
    tried: dict[str, float] = {}
    for table in known:
        made = table_tests([tuple(k for k, _ in table), tuple(n - k for k, n in table)])
        tried |= {f"{name}, {' and '.join(f'{k} of {n}' for k, n in table)}": value for name, value in made.items()}
    if not tried or distance(printed, tried | {f"half {k}": v / 2 for k, v in tried.items()}) < near:
        return
    if least(printed) and min(tried.values()) < float(printed.value):
        return
    if not printed.bound and min(tried.values()) <= float(printed.value) <= max(tried.values()):
        return
    given = ", ".join(f"{v:.2g}" for v in sorted({float(f"{v:.2g}") for v in tried.values()})[:5])
    said = " and ".join(f"{k} of {n}" for k, n in known[0])
    yield reading.finding(
        "P_OF_COUNTS", "inconsistent", f"P {printed} is inconsistent with {said}: the usual tests give {given}",
        "an adjusted or paired test that is not named may explain it",
        quotes=(*(spot(told.line, *s.numbers) for s in told.shares), spot(told.line, p.number)),
        computed=tuple((name, f"{v:.4g}") for name, v in list(tried.items())[:5]),
    )  # fmt: skip
