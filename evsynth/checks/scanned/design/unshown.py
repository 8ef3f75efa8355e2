"""What a paper leaves out although it rests on it: data not shown, agreement of readers, correction for many tests."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from evsynth.checks.scanned.prose import lines, says
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.scan.parts import Figure
from evsynth.text.expressions import Expression

CODES = ("DATA_NOT_SHOWN", "READER_AGREEMENT_MISSING", "MANY_TESTS")

MANY = 20
"""At this number of tests at 5 % one false positive is expected."""

_UNSHOWN = Expression(r"\b(?:data|results) (?:are |were )?not (?:shown|presented|reported)\b", re.I)
_AVERAGES = Expression(r"\([^()]*\d[^()]*\d[^()]*$")
"""Numbers in the same bracket: "(50 vs. 10 mg, data not shown)"."""
_READERS = Expression(
    r"\b(?:two|three|2|3) (?:\w+ ){0,3}(?:radiologists|observers|readers|reviewers|investigators|"
    r"pathologists|raters|examiners|physicians)\b[^.;]{0,80}?\b(?:independent\w*|blind\w*|separately|"
    r"interpret\w*|scored|read|graded|assess\w*|evaluat\w*)",
    re.I,
)
_AGREEMENT = Expression(
    r"\bkappa\b|κ|\bICC\b|intra-?class|inter-?(?:observer|reader|rater)|bland|"
    r"\b(?:agreement|concordance) (?:between|of|among) (?:the )?(?:two |both )?(?:observers|readers|raters|"
    r"radiologists|"
    r"reviewers|pathologists|examiners|readings)",
    re.I,
)
_CORRECTED = Expression(
    r"\bbonferroni|\bholm\b|false discovery|benjamini|\bFDR\b|multiplicity|multiple (?:comparison|testing|"
    r"test)|hierarchical(?:ly)? test|gatekeep|tukey|dunn|adjusted p|"
    r"exploratory (?:analys|outcome|endpoint)",
    re.I,
)
_LEVEL = Expression(r"(?:[*†‡§#]\s?,?|\ball|\beach|\bevery)\s*\(?\s?[Pp]\s?(?:[- ]?values?)?\s?[<>≤≥=]\s*$")
"""What stands before the level that a star means, or that all P values of a sentence keep."""


def _fullest(reading: Reading, told: list[Figure]) -> list[Spot]:
    """Give the sentence in which most of some P values stand, as a list of one, or none."""
    held = Counter(s for f in told if (s := reading.document.sentence_at(f.start)) is not None)
    return [(s.start, s.end) for s, _ in held.most_common(1)]


def _of_baseline_or_model(reading: Reading, index: int | None) -> bool:
    if index is None:
        return False
    table = reading.document.tables[index]
    caption = table.caption.text if table.caption else ""
    kinds = {c.statistic for c in table.columns}
    return bool(re.search(r"baseline|characteristic|demographic", caption, re.I)) or bool(
        kinds & {"hazard_ratio", "odds_ratio", "risk_ratio", "b", "beta"}
    )


def unshown(reading: Reading) -> Iterator[Finding]:
    """Find 'data not shown', readings by several people without their agreement, and many P values without correction.

    The last two need a full text, and are notes. Left alone: readings by consensus, corrections named anywhere.
    """
    for line in lines(reading, ("results", "abstract")):
        found = _UNSHOWN.search(line.words)
        if found:
            yield reading.finding(
                "DATA_NOT_SHOWN", "concern",
                "a result is told by single numbers, and its data are not shown"
                if _AVERAGES.search(line.words[: found.start()]) else "a result is stated without its data",
                "there may have been no room; a result without numbers cannot be checked or pooled",
                quotes=(line.piece(found),),
            )  # fmt: skip
    if reading.document.kind != "full text":
        return
    if not says(reading, _AGREEMENT):
        for line in lines(reading, ("methods", "body")):
            found = _READERS.search(line.words)
            if found and "consensus" not in line.words:
                yield reading.finding(
                    "READER_AGREEMENT_MISSING", "note",
                    "several readers scored independently, and their agreement is not reported",
                    "it may stand in a supplement; small changes of a score are hard to judge without it",
                    quotes=(line.piece(found),),
                )  # fmt: skip
                break
    tests = [
        (r.spot.table, f)
        for r in reading.reported
        if (f := r.figure("p")) is not None
        and not _of_baseline_or_model(reading, r.spot.table)
        and r.spot.role in ("table", "results")
        and not _in_picture(reading, f.start)
        and not _LEVEL.search(reading.document.prose[max(0, f.start - 12) : f.start])
    ]
    if len(tests) >= MANY and not says(reading, _CORRECTED):
        tables = Counter(index for index, _ in tests if index is not None)
        told = [f for index, f in tests if index is None]
        every = reading.document.tables
        counts = [f"{many} in Table {every[index].number}" for index, many in tables.items()]
        counts += [f"{len(told)} in the text of the results"] * bool(told)
        captions = [c for index in tables if (c := every[index].caption) is not None]
        places = [*((c.start, c.end) for c in captions), *_fullest(reading, told)]
        yield reading.finding(
            "MANY_TESTS", "note",
            f"P values are printed {len(tests)} times ({', '.join(counts)}; repeats are counted, tables of "
            "baseline and models are not), and no correction for many tests is mentioned",
            "baseline comparisons need none, and a single primary endpoint may have been chosen beforehand",
            quotes=tuple(places) or ((tests[0][1].start, tests[0][1].end),),
            computed=(("tests", str(len(tests))), ("expected by chance", f"{len(tests) * 0.05:.1f}")),
        )  # fmt: skip


def _in_picture(reading: Reading, at: int) -> bool:
    """Say whether a number stands in the words that describe a picture: "[image: ... (p = 0.3) ...]"."""
    before = reading.document.prose[max(0, at - 1500) : at]
    opened = before.rfind("[image")
    return opened >= 0 and "]" not in before[opened:]
