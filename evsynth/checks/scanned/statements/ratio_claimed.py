"""'Was associated with more bleeding', where every ratio of the results lies below 1, and 'less often (PR 1.38)'.

In the sentence of a ratio the words before its bracket are held against it. A conclusion without numbers is held
against all ratios of the results whose interval excludes 1, if these lie on one side of 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.clauses import clauses
from evsynth.checks.scanned.facts.compared import compared
from evsynth.checks.scanned.facts.concluding import before_conclusion, concluding, stems
from evsynth.checks.scanned.facts.effects import Effect, effects
from evsynth.checks.scanned.facts.frequency_words import Frequency, frequency_words
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding, Severity
from evsynth.text.expressions import Expression

CODES = ("RATIO_DIRECTION",)

_GOOD = Expression(
    r"\b(?:surviv\w*|remission\w*|free\w*|recover\w*|cure[ds]?|success\w*|respon\w*|heal\w*|complet\w*|discharge\w*|"
    r"improv\w*|benefit\w*|event-free|weaned|alive)\b", re.I,
)  # fmt: skip
_HEDGED = Expression(
    r"\b(?:not|no|nor|neither|may|might|could|would|whether|if|previous\w*|earlier|others|et al|literature|trials|"
    r"studies|interaction|reference|referent|inverse\w*|per|each|every|subgroups?|except|unadjusted|crude|"
    r"without|absence|never|untreated|unexposed|lack|low|lowest|highest|high|non-?\w+|decreasing|increasing|"
    r"(?:lower|higher|reduced|older|younger|longer|shorter|fewer) (?!risks?|rates?|odds|hazards?|likelihood|chance|"
    r"probabilit|incidence|prevalence|mortality|deaths?|frequency|\w+ (?:risks?|rates?|mortality)\b)\w+ (?:was|"
    r"were|is|are|had)\b)"
    r"(?![\w-])", re.I,
)  # fmt: skip
_LACKING = Expression(
    r"\b(?:low|lower|lowest|poor|insufficient|inadequate|absence|lack|deficien\w+|without|non-?users?|untreated)\s"
    r"(?!risk|odds|rate|hazard|mortality|incidence|prevalence|likelihood|probability)[a-z]+", re.I,
)  # fmt: skip
_TURNED = Expression(r"\b(?:reference|referent|per|each|every|lowest|inverse\w*|interaction)\b", re.I)
_EMPTY = stems("but and thus associated linked related conclusion conclusions study cohort who these our")
_THAN = Expression(r"\b(?:than|compared (?:with|to)|versus|vs|relative to)\b", re.I)
_REFERENCE = Expression(
    r"\b(?:than|compared (?:with|to)|versus|vs|relative to|reference(?: group)?(?:,| was|:)?|against)\s+"
    r"(?:(?:the|those|that|patients|people|treatment|users|with|on|given|taking|receiving|in|of|for|under)\s+)*"
    r"(?P<what>[A-Za-z-]+(?:\s(?!the\b|was\b|were\b|had\b|is\b|are\b|and\b|in\b|on\b|rate|risk|odds|hazard)[a-z-]+){0,1})",
    re.I,
)
"""The group to which a ratio compares another: "compared with abatacept"."""
_GENERAL = stems("drug drugs group groups patients treatment treatments therapy other others control controls")
_GAP = 60
"""Characters between the words and the bracket of their ratio, at most."""


def ratio_claimed(reading: Reading) -> Iterator[Finding]:
    """Compare words for more or less often with the ratio in brackets behind them, or with all ratios of the results.

    Judged only where the whole interval lies on the other side of 1. Left alone: outcomes that are good (their hazard
    ratio may be that of death), denials, hedges, exposures that are told by their absence or by a low value.
    """
    for line in lines(reading, ("abstract", "results", "body", "discussion", "conclusion")):
        found = [e for e in effects(line) if e.kind == "ratio" and e.value is not None]
        for one in found:
            yield from _beside(reading, line, one)
    yield from _concluded(reading)


def _excludes(e: Effect) -> bool | None:
    """Say whether an interval lies above 1 (else below); None where it holds 1."""
    low, high = float(e.low), float(e.high)
    return None if low <= 1 <= high or low <= 0 or low > high else low > 1


def _beside(reading: Reading, line: Line, one: Effect) -> Iterator[Finding]:
    side = _excludes(one)
    at = one.start - line.start
    if side is None:
        return
    opened = max(line.words.rfind("(", 0, at), line.words.rfind("[", 0, at))
    if opened < 0 or ")" in line.words[opened:at]:
        return
    start = max(line.words.rfind(x, 0, opened) for x in (";", ". ", ") ", "whereas", "while", " but ", " although "))
    words = line.words[start + 1 : opened]
    said = list(frequency_words(words))
    last = said[-1] if said else None
    if last is None or len(words) - last.end > _GAP or len({s.up for s in said}) > 1 or last.up == side:
        return
    if (
        _GOOD.search(words)
        or _HEDGED.search(words[: last.end])
        or _TURNED.search(line.words[at : one.end - line.start + 30])
    ):
        return
    if re.search(r"\bthan\b.*\bthan\b", words) or re.search(r"\b(?:versus|vs)\b", words):
        return
    if _of_the_other(line.words[opened:at], one, up=last.up):
        return
    severity: Severity = "concern" if last.word.lower().startswith("protect") else "inconsistent"  # against what?
    yield _finding(reading, line._replace(start=line.start + start + 1), last, [one], severity)


def _of_the_other(words: str, one: Effect, *, up: bool) -> bool:
    """Say whether two shares in the bracket bear out the word, and the ratio is that of the second over the first."""
    shares = [float(m) for m in re.findall(r"(\d+(?:\.\d+)?)\s?%", words)]
    if len(shares) != 2 or not re.search(r"\b(?:vs?|versus)\b", words) or one.value is None:
        return False
    a, b = (min(max(x, 0.01), 99.99) for x in shares)
    tried = (b / a, b / (100 - b) / (a / (100 - a)))
    return (a > b) is up and any(0.87 < float(one.value) / x < 1.15 for x in tried)


def _concluded(reading: Reading) -> Iterator[Finding]:
    told: list[tuple[Effect, bool]] | None = None
    for line in concluding(reading):
        for clause in clauses(line):
            said = list(frequency_words(clause.words))
            if not said or len({s.up for s in frequency_words(line.words)}) > 1 or re.search(r"\d\s?%", clause.words):
                continue
            if _GOOD.search(clause.words) or _HEDGED.search(clause.words):
                continue
            if told is None:
                told = [(e, side) for e in _ratios(reading) if (side := _excludes(e)) is not None]
            if re.search(r"\bat (?:\w+ly )?(?:higher|lower|increased|reduced) rates?\b", clause.words):
                continue  # how often something is done, not an outcome of it
            if not told or any(side == said[0].up for _, side in told) or _nearly(reading, said[0].up):
                continue
            if _about(reading, clause, said[0], told[0][0]) and not _borne_out(reading, clause, said[0]):
                yield _finding(reading, clause, said[0], [e for e, _ in told][:3], "concern")
                return


def _ratios(reading: Reading) -> Iterator[Effect]:
    for line in before_conclusion(reading):
        for e in effects(line):
            if e.kind == "ratio" and e.value is not None and e.strict:
                yield e


def _nearly(reading: Reading, up: bool) -> bool:
    """Say whether a ratio lies on the claimed side, with 1 just at the end of its interval."""
    return any(float(e.low) > 0.9 if up else float(e.high) < 1.1 for e in _ratios(reading) if _excludes(e) is None)


def _about(reading: Reading, clause: Line, said: Frequency, first: Effect) -> bool:
    """Say whether the outcome of a claim stands near the first ratio, or in the title."""
    than = _THAN.search(clause.words, said.end)
    before, after = clause.words[: said.start], clause.words[said.end : than.start() if than else None]
    wanted = stems(after) or stems(before)
    near = [x.words for x in lines(reading) if x.start <= first.start][-3:]
    title = [x.words for x in lines(reading, ("title",))]
    known = stems(" ".join((*near, *title)))
    subject = stems(before) - _EMPTY
    linked = re.search(r"\b(?:associated|linked|related)\b", clause.words)
    return bool(wanted & known) and bool(linked or not subject or subject & known)


def _borne_out(reading: Reading, clause: Line, said: Frequency) -> bool:
    """Say whether something in the results fits the claim, or names the groups of a ratio the other way round."""
    than = _THAN.search(clause.words, said.end)
    mine = stems(clause.words[: said.start]) - _EMPTY
    theirs = stems(clause.words[than.end() :]) if than else frozenset[str]()
    for fact in compared(reading):
        for one, two in fact.pairs():
            for a, b in ((one, two), (two, one)):
                if a.stems & mine and not b.stems & mine and (a.value > b.value) == said.up:
                    return True
    noun = re.match(r"\s([a-z-]+)", clause.words[said.end :])
    if (
        said.word.lower() == "fewer"
        and noun is not None
        and any(
            stems(noun[1]) & stems(x.words) and re.search(r"\b(?:fewer|lower|less|reduced)\b", x.words)
            for x in before_conclusion(reading)
        )
    ):
        return True
    for line in before_conclusion(reading):
        ratios = [e for e in effects(line) if e.kind == "ratio"]
        if not ratios:
            continue
        reference = _REFERENCE.search(line.words)
        if reference is not None:
            after = stems(clause.words[said.end : than.start() if than else None])
            if (stems(reference["what"]) - _GENERAL) & ((mine | after) - theirs):
                return True  # the ratio is that of the others over the group of the claim
        words = stems(line.words)
        ahead = stems(line.words[: max(e.start for e in ratios) - line.start])
        if (theirs - mine) & ahead and not (mine - theirs) & stems(line.words[: ratios[0].start - line.start]):
            return True
        if _LACKING.search(line.words) and not _LACKING.search(clause.words):
            return True  # the ratio is that of those who have less of it
        if _TURNED.search(line.words) or (theirs & words and not mine & words) or _GOOD.search(line.words):
            return True
        for other in frequency_words(line.words):
            if not stems(line.words[: other.start]) & mine or other.up == said.up:
                return True
    return not mine


def _finding(
    reading: Reading, line: Line, said: Frequency, ratios: list[Effect], severity: Severity = "inconsistent"
) -> Finding:
    shown = ", ".join(f"{e.value} ({e.low} to {e.high})" for e in ratios)
    return reading.finding(
        "RATIO_DIRECTION", severity, f"'{' '.join(said.word.split())}' is inconsistent with {shown}",
        "the ratio may be printed for the other group as reference; otherwise more and less are exchanged",
        quotes=((line.start + said.start, line.start + said.end), *(e.spot for e in ratios)),
    )  # fmt: skip
