"""Scores and their scales: values inside the range stated, standard deviations that the range allows, sums of parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.identity import Line, key, size, spot, table_lines
from evsynth.checks.scanned.numbers.scales_said import linked, of_a_part, told
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.granularity import largest_sd
from evsynth.reanalyse.spans import span
from evsynth.scan.statistics import Reported

CODES = ("OUTSIDE_INSTRUMENT", "SD_IMPOSSIBLE", "COMPONENTS")

_LABEL = re.compile(r"[(\[](?:range,?:?\s*|scored?\s*)?(?P<low>\d+)\s*(?:-|to)\s*(?P<high>\d+)(?:\s*points?)?[)\]]")
_NAMED = re.compile(
    r"(?P<name>[A-Za-z][A-Za-z0-9/'-]*(?: "
    r"[A-Za-z0-9/'-]+){0,5}?),?\s*[(\[]\s*(?P<short>[A-Z][A-Za-z0-9-]*,\s*)?(?:[a-z]+ items?,\s*)?"
    r"(?:range:?\s*)?(?P<low>\d+)\s*(?:-|to)\s*(?P<high>\d+)(?:\s*points?)?\s*[)\]]"
)
_TOTAL = re.compile(r"\btotal (?:score )?(?:of |from |ranging from )(?P<low>\d+)\s*(?:-|to)\s*(?P<high>\d+)\b")
_VERB = re.compile(
    r"\b(?:of|is|are|was|were|and|with|by|a|an|the|into|has|have|using|than|for|in|on|or|rated|completed)\b", re.I
)
_ACRONYM = re.compile(r"\b(?=[A-Za-z0-9-]*[A-Z][A-Za-z0-9-]*[A-Z0-9])[A-Za-z][A-Za-z0-9-]{1,11}\b")
_GRADED = re.compile(
    r"\b(?:from|between|range[sd]?(?: from)?|of|scored|graded)\s+(?P<low>\d+)\s*(?:-|to|and)\s*(?P<high>\d+)\b"
)
_SCORED = re.compile(
    r"score|scale|index|grade|questionnaire|inventory|points|\bVAS\b|\bNRS\b|pain|satisfaction|severity|quality|"
    r"symptom|function|"
    r"dyspn|fatigue|rating|total", re.I,
)  # fmt: skip
_VAGUE = frozenset(
    "scale total score range item change death cause most other both their which added add up were was".split()
)
_DIGITS = re.compile(r"\d\D{0,50}\d")
_CHANGE = re.compile(
    r"\b(?:changes?|changed|differences?|delta|reductions?|improvements?|decreases?|increases?|declines?|gains?|"
    r"loss)\b|[Δ∆]",
    re.I,
)  # fmt: skip
_VALUES = ("mean", "median", "q1", "q3", "minimum", "maximum", "centre")
_QUARTILES = re.compile(r"\b(?:IQR|interquartile|quartiles?|ranges?|percentiles?)\b", re.I)
_SUMMARY = re.compile(
    r"\b(?:mean|median|average)s?\s*(?:$|[(,;/±\[]|and\b|with\b|value)|\b(?:SD|IQR|quartiles?|interquartile)\b", re.I
)
_COEFFICIENT = re.compile(
    r"(?i:\b(?:rho|tau|coefficients?|correlat\w+|regress\w+|standardi[sz]ed|betas?|effect sizes?|cohen\w*|hedges\w*|"
    r"spearman\w*|pearson\w*|slopes?|odds|hazards?|z[- ]?scores?|loadings?|kappa|univari\w+|multivari\w+|"
    r"associations? (?:of|with|between)|responsiveness)\b)|\b(?:[ac]?OR|[as]?HR|[ac]?RR|SMD|SRM|ICC|AUC)\b|[βρητ]|"
    r"(?:^|/)\s*(?i:partial )?(?:[rRBbtUFdgZz]|R2|ES)\s*(?:$|[(,±])"
)
"""What heads and captions call numbers that are no values of a score."""
_LIMITS = re.compile(r"\bCI\b|confidence|estimate|adjusted", re.I)


class Scale(NamedTuple):
    """The range of a score, the words it is called by, and where it is stated."""

    words: frozenset[str]
    low: int
    high: int
    start: int
    end: int


def scales(reading: Reading) -> Iterator[Finding]:
    """Check the scores of tables against the scales that labels, or sentences of the methods, state."""
    known = stated(reading)
    lines = list(table_lines(reading))
    bad: set[int] = set()
    for line in lines:
        if _CHANGE.search(line.label) or _of_changes(line):
            continue
        scale = scale_of(line, known)
        if scale is None:
            continue
        for cell in line.cells:
            if _coefficient(lines, line, cell):
                continue
            if cell.figure("p") is None and not _CHANGE.search(_heads(line, cell)) and cell.sort in (
                "mean sd", "median quartiles", "median range", "mean", "median", "range", "centre spread", "mean se"
            ):  # fmt: skip
                found = list(_value(reading, line, cell, scale))
                bad |= {cell.start for _ in found}
                yield from found
    for table in reading.document.tables:
        yield from components(reading, [x for x in lines if x.table == table], known)


def _of_changes(line: Line) -> bool:
    """Say whether caption, or the head of the labels, says that the table prints changes: these may be negative."""
    caption = line.table.caption.text if line.table.caption is not None else ""
    return bool(_CHANGE.search(caption) or _CHANGE.search(line.table.columns[0].label))


def _coefficient(lines: list[Line], line: Line, cell: Reported) -> bool:
    """Say whether a cell prints a coefficient, by head or caption, or as its whole column stays within -1 to 1."""
    caption = line.table.caption.text if line.table.caption is not None else ""
    head = _heads(line, cell)
    if _COEFFICIENT.search(head) and not _SUMMARY.search(head):
        return True
    if _SUMMARY.search(head) or _SUMMARY.search(line.label):
        return False
    said = f"{caption} / {line.table.columns[0].label}"
    if _COEFFICIENT.search(said) and not _SUMMARY.search(said):
        return True
    values = [
        float(f.printed.value) for x in lines if x.table == line.table for c in x.cells
        if c.spot.column == cell.spot.column and c.sort != "p" for f in c.figures[:1]
    ]  # fmt: skip
    return any(v < 0 for v in values) and all(-1 <= v <= 1 for v in values)


def _heads(line: Line, cell: Reported) -> str:
    column = cell.spot.column
    return line.table.columns[column].label if column is not None else ""


def stated(reading: Reading) -> tuple[Scale, ...]:
    """Give the scales that sentences of abstract and methods name: "PHQ-9 (0-27)", "mMRC scale from 0 to 4"."""
    document, found = reading.document, []
    for sentence in document.sentences:
        if document.sections[sentence.section].role not in ("abstract", "methods", "body"):
            continue
        words = document.prose[sentence.start : sentence.end]
        if not _DIGITS.search(words):
            continue
        for match in _NAMED.finditer(words):
            low, high = int(match["low"]), int(match["high"])
            if of_a_part(words[: match.start("low")], words[match.end() :]):
                continue
            if high > low and high <= 1000 and low in (0, 1, 5, 6, 7, 10, 14, 18, 20):
                name = f"{_VERB.split(match['name'])[-1]} {match['short'] or ''}"
                found.append(
                    Scale(key(name), low, high, sentence.start + match.start("low"), sentence.start + match.end("high"))
                )
        for match in _TOTAL.finditer(words):
            first = _ACRONYM.search(words)
            name = (
                f"total {first[0]}"
                if first
                else f"total {words[: match.start()].rpartition(' score')[0].rpartition(' ')[2]}"
            )
            found.append(Scale(key(name) | {"total"}, int(match["low"]), int(match["high"]),
                               sentence.start + match.start("low"), sentence.start + match.end("high")))  # fmt: skip
        for match in re.finditer(r"\b(?:scale|score|grade|graded|index|assessment|questionnaire|test)\b", words):
            ranged = _GRADED.search(words, match.end())
            names = list(_ACRONYM.finditer(words[: match.end() + 12]))
            between = words[match.end() : ranged.start()] if ranged else ""
            if ranged and of_a_part(words[: ranged.start("low")], words[ranged.end() :]):
                continue
            tied = ranged and names and linked(words[names[-1].end() : ranged.start("low")])
            if ranged and tied and len(between) < 40 and int(ranged["high"]) > int(ranged["low"]):
                spotted = (sentence.start + ranged.start("low"), sentence.start + ranged.end("high"))
                found.append(Scale(key(names[-1][0]), int(ranged["low"]), int(ranged["high"]), *spotted))
        for scale in told(words):
            first = _ACRONYM.search(words)
            name = first[0] if scale.total and first is not None else scale.name
            words_ = frozenset(w for w in key(name) if w not in _VAGUE)
            shorts = frozenset(w for short in _ACRONYM.findall(name) for w in key(short))
            place = (scale.low, scale.high, sentence.start + scale.start, sentence.start + scale.end)
            if words_:
                found.append(Scale(words_ | ({"total"} if scale.total else frozenset()), *place))
            if shorts and shorts != words_:
                found.append(Scale(shorts, *place))
    return tuple(found)


def scale_of(line: Line, known: tuple[Scale, ...]) -> Scale | None:
    """Give the scale of a row: in brackets in its label, or by the one name in it that a sentence explains."""
    text, label = line.row.label.text, line.row.label
    match = _LABEL.search(text)
    words = key(line.name)
    bounds = (int(match["low"]), int(match["high"])) if match else (0, 0)
    scored = line.row.unit is None and (_SCORED.search(text) or any((s.low, s.high) == bounds for s in known))
    if match and bounds[1] > bounds[0] and bounds[0] in (0, 1) and scored:
        return Scale(key(line.name), int(match["low"]), int(match["high"]), label.start, label.end)
    fits = [s for s in known if s.words and (words <= s.words or _named(words, s))]
    fits = (
        [s for s in fits if "total" in s.words]
        if "total" in words
        else [s for s in fits if "total" not in s.words] or fits
    )
    ranges = {(s.low, s.high) for s in fits}
    return fits[0] if len(ranges) == 1 else None


def _named(words: frozenset[str], scale: Scale) -> bool:
    """Say whether a label shares an acronym-like word (with a digit, or short) and nothing speaks for another scale."""
    shared = words & scale.words
    odd = {w for w in shared if any(c.isdigit() for c in w) or (len(w) <= 5 and w.isalpha() and not _vowelled(w))}
    return bool(odd) and words <= scale.words | {
        "baseline",
        "week",
        "month",
        "grade",
        "total",
        "dyspnea",
        "dyspnoea",
        "range",
        "both",
    }


def _vowelled(word: str) -> bool:
    return len(re.findall(r"[aeiou]", word)) >= 2


def _value(reading: Reading, line: Line, cell: Reported, scale: Scale) -> Iterator[Finding]:
    more = ("lower", "upper") if cell.sort == "centre spread" and _quartiles(reading, line) else ()
    for figure in cell.figures:
        if figure.statistic not in (*_VALUES, *more):
            continue
        values = span(figure.printed)
        if values.high < scale.low or values.low > scale.high:
            yield reading.finding(
                "OUTSIDE_INSTRUMENT", "error",
                f"{line.name}: {figure.statistic} {figure.printed} lies outside the scale, {scale.low} to {scale.high}",
                "it may be a change or a percentage; otherwise a sign or digit is misprinted",
                quotes=((figure.start, figure.end), (scale.start, scale.end)),
            )  # fmt: skip
            return
    mean, sd = cell.figure("mean"), cell.figure("sd")
    if mean is None or sd is None or not scale.low < float(mean.printed) < scale.high:
        return
    found = size(reading, cell)
    n = found.patients if found is not None and found.patients > 1 else 5
    most = max(
        largest_sd(m, scale.low, scale.high, n, n - 1)
        for m in (*span(mean.printed), float(mean.printed))
        if scale.low <= m <= scale.high
    )
    if span(sd.printed).low > most + 1e-9:
        yield reading.finding(
            "SD_IMPOSSIBLE", "error",
            f"{line.name}: SD {sd.printed} is inconsistent with a mean of {mean.printed} on a scale from "
            f"{scale.low} to "
            f"{scale.high}; at most {most:.3g} is possible",
            "the scale may be another one; otherwise a digit is misprinted", quotes=(spot(mean, sd),),
            computed=(("largest SD", f"{most:.4g}"),),
        )  # fmt: skip


def _quartiles(reading: Reading, line: Line) -> bool:
    """Say whether the numbers around a centre are data, by the words of table or paper, and not confidence limits."""
    said = [p.text for p in (line.table.caption, *line.table.notes) if p is not None]
    said += [line.row.label.text, *(c.label for c in line.table.columns)]
    if any(_LIMITS.search(x) for x in said):
        return any(_QUARTILES.search(x) for x in said) and not _LIMITS.search(line.row.label.text)
    return bool(_QUARTILES.search(reading.document.plain))


def components(reading: Reading, lines: list[Line], known: tuple[Scale, ...]) -> Iterator[Finding]:
    """Compare the mean of a total score with the sum of the means of its parts, whose ranges add up to its range."""
    ranged = [(x, s) for x in lines if not _CHANGE.search(x.label) and (s := scale_of(x, known)) is not None]
    totals = [(x, s) for x, s in ranged if "total" in x.label.lower() or "sum" in key(x.label)]
    for total, scale in totals:
        parts = [(x, s) for x, s in ranged if x is not total and abs(x.row.index - total.row.index) <= 8]
        near = _adding(parts, scale, total)
        if near is None:
            continue
        for cell in total.cells:
            whole = cell.figure("mean")
            same = [next((c.figure("mean") for c in x.cells if c.spot.column == cell.spot.column), None) for x in near]
            means = [m for m in same if m is not None]
            if whole is None or len(means) != len(near):
                continue
            low, high = sum(span(m.printed).low for m in means), sum(span(m.printed).high for m in means)
            if not span(whole.printed).meets(type(span(whole.printed))(low - 1e-9, high + 1e-9)):
                said = " + ".join(m.printed.text for m in means)
                yield reading.finding(
                    "COMPONENTS", "error",
                    f"{total.name}: mean {whole.printed} is inconsistent with its parts, {said} = "
                    f"{(low + high) / 2:.4g}",
                    "a part may have been scored in fewer patients; otherwise one of the means is misprinted",
                    quotes=((whole.start, whole.end), *((m.start, m.end) for m in means)),
                    computed=(("sum", f"{(low + high) / 2:.6g}"),),
                )  # fmt: skip


def _adding(parts: list[tuple[Line, Scale]], scale: Scale, total: Line) -> list[Line] | None:
    """Give the rows right before (or after) a total whose scales add up to its scale."""
    for ordered in (
        sorted((p for p in parts if p[0].row.index < total.row.index), key=lambda p: -p[0].row.index),
        sorted((p for p in parts if p[0].row.index > total.row.index), key=lambda p: p[0].row.index),
    ):
        low = high = 0
        chosen: list[Line] = []
        for line, part in ordered:
            if abs(line.row.index - total.row.index) != len(chosen) + 1:
                break
            low, high = low + part.low, high + part.high
            chosen.append(line)
            if (low, high) == (scale.low, scale.high) and len(chosen) > 1:
                return chosen
    return None
