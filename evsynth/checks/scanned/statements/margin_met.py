"""A margin of non-inferiority, the limits of the interval it is held against, and what is concluded from both."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.concluding import stems
from evsynth.checks.scanned.facts.effects import NUMBER, Effect, effects, number
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("MARGIN_CONTRADICTS",)

_NI = Expression(r"\bnon-?\s?inferior", re.I)
_MARGIN = Expression(
    rf"(?:margin|delta|threshold|limit|bound|boundary|(?:upper|"
    rf"lower) end)[^.;\d]{{0,150}}?(?P<m>-?\s?{NUMBER})\s?(?P<u>%|"
    rf"percentage points?|"
    rf"points?|pp|mm\s?Hg|[a-zA-Z/]{{1,8}})?|"
    rf"(?P<m2>-?\s?{NUMBER})[- ]?(?P<u2>%|percentage[- ]points?|points?)?[- ](?:non-?inferiority )?margin",
    re.I,
)
_LEVEL = Expression(
    r"\b\d\d(?:\.\d)?\s?% ?(?:CIs?\b|confidence[ -](?:intervals?|limits?))(?: [(]CI[)])?|(?:one|two|1|2)-sided|"
    r"\b\d+ (?:days|weeks|months) minus \d+ (?:days|weeks|months)|\(\d+ minus \d+ [a-z]+\)", re.I
)  # fmt: skip
"""Numbers of a sentence about a margin that are none."""

_MET = Expression(
    r"\b(?:was|were|is|are) not inferior\b|\b(?:was|were|is|are|be|proved|shown to be|found to be|"
    r"judged)\s(?:\w+\s){0,2}?non-?\s?inferior\b|"
    r"\bnon-?\s?inferiority (?:\w+ ){0,3}?(?:was|were|is|being)? ?(?:\w+ )?(?:shown|met|established|"
    r"demonstrated|confirmed|proven|reached|concluded|achieved)|\b(?:met|showed|established|demonstrated|"
    r"confirmed|satisfied|fulfilled)\b"
    r"[^.;]{0,40}\bnon-?\s?inferior|"
    r"\b(?:criteri(?:on|a)|requirements?|conditions?|hypothesis)\s(?:for|of)\s(?:\w+ )?non-?\s?inferiority "
    r"(?:was|were|is) (?:thus |therefore |thereby )?"
    r"(?:met|fulfilled|satisfied|reached|confirmed|accepted)|\b(?:demonstrating|establishing|confirming|showing|"
    r"indicating|meeting|"
    r"concluded|supporting|proving) (?:the )?(?:criteri(?:on|a) (?:for|of) )?non-?\s?inferior",
    re.I,
)
_MISSED = Expression(
    r"(?<!non)(?<!non-)(?<!non )(?<!not )\binferior\b|\bnot (?:\w+ )?non-?\s?inferior|"
    r"\bnon-?\s?inferiority (?:\w+ ){0,3}?"
    r"(?:was|could|is) ?not\b|\b(?:fail\w*|not)\b[^.;]{0,40}\b(?:show|meet|establish|demonstrat|confirm|"
    r"prov)\w*[^.;]{0,30}\bnon-?\s?inferior|"
    r"\bnon-?\s?inferiority [^.;]{0,60}?\b(?:was|were|is|could|can|has|had)(?: \w+){0,2} (?:not|never)\b|"
    r"\b(?:not|never|cannot)(?: \w+){0,3}? (?:be|been|as)(?: \w+){0,2} non-?\s?inferior|"
    r"\bnon-?\s?inferiority (?:\w+ ){0,6}?(?:was|were|is) (?:\w+ )?(?:rejected|missed|refuted)|"
    r"\bfailed to (?:show|meet|establish|demonstrate|reach)[^.;]{0,30}non-?\s?inferior",
    re.I,
)
_DESIGN = Expression(
    r"would|will be|to be considered|considered|defined|if\b|when\b|provided|set at|specified|assum|power|"
    r"designed|aim|"
    r"whether|hypothes|sample size", re.I,
)  # fmt: skip
_LIMIT_SAID = (
    r"(?:(?:upper|lower) )(?:\w+ ){0,3}?(?:limit|bound|boundary|end)\b(?: of [^.;()\d]{0,40}?(?:\d\d "
    r"?% [A-Za-z ]{2,20})?)?"
)
_KEPT = Expression(
    rf"\b{_LIMIT_SAID}[^.;()]{{0,25}}?\b(?:did not (?:cross|exceed|reach|go beyond|extend beyond)|(?:was|lay|"
    rf"remained|stayed|fell|being|were|is) "
    r"(?:well |still |clearly |just |safely )?(?:below|under|within|less than|inside|smaller than|lower than)|"
    r"excluded)\b[^.;]{0,40}\bmargin",
    re.I,
)
_LOST = Expression(
    rf"\b{_LIMIT_SAID}[^.;()]{{0,25}}?\b(?:crossed|exceeded|went beyond|extended beyond|"
    rf"surpassed)\b[^.;]{{0,40}}\bmargin",
    re.I,
)
_PRIMARY = Expression(
    r"\bprimary (?:\w+ )?(?:end ?-?points?|outcomes?)(?: measures?| variables?)? ?(?:was|were|is|:|,)"
    r"(?P<what>[^.;,()]{4,120})", re.I,
)  # fmt: skip
_ASIDE = Expression(r"per[- ]protocol|subgroup|secondary|sensitivity|superior|safety|adverse", re.I)


def margin_met(reading: Reading) -> Iterator[Finding]:
    """Compare a conclusion about non-inferiority with the margin and the interval of the main result.

    Judged only where one margin is told, and every interval of a sentence with its unit says the same; a sign of the
    margin that nothing tells may be either.
    """
    if "margin" not in reading.document.prose and not _NI.search(reading.document.prose):
        return
    every = list(lines(reading, ("abstract", "methods", "results", "body", "conclusion", "discussion", "title")))
    own = [e for line in every if line.role != "discussion" for e in effects(line)]
    margin = _margin(every, any(e.kind == "difference" for e in own))
    if margin is None:
        return
    size, ratio, said = margin
    main = [e for e in own if _main(e, size, ratio=ratio)]
    aside = not any(not _ASIDE.search(e.line.words) for e in main)
    main = main if aside else [e for e in main if not _ASIDE.search(e.line.words)]
    if not main:
        return
    sides = {_side(e, size, said[0].words, ratio=ratio) for e in main}
    if len(sides) > 1 and (first := _of_primary(every, main)):
        main, sides = first, {_side(e, size, said[0].words, ratio=ratio) for e in first}
    if len(sides) != 1 or None in sides:
        return
    held = sides.pop()
    for line in every:
        words = line.words
        if _DESIGN.search(words) and not re.search(r"prespecified|pre-specified", words):
            continue
        missed, met = _MISSED.search(words) or _LOST.search(words), _MET.search(words) or _KEPT.search(words)
        word = missed if held else met if not missed else None
        if word is None or (not aside and _ASIDE.search(words[: word.end()])) or (missed is None) == held:
            continue
        e = main[0]
        yield reading.finding(
            "MARGIN_CONTRADICTS", "error",
            f"'{' '.join(word[0].split())}' contradicts the interval {e.low} to {e.high}, which "
            f"{'lies within' if held else 'crosses'} the margin of {said[1]}",
            "another analysis, or another margin, may be meant; otherwise the conclusion is turned round",
            quotes=(line.piece(word), e.spot, said[0].piece(said[2])),
        )  # fmt: skip
        return


def _margin(every: list[Line], differences: bool) -> tuple[float, bool, tuple[Line, str, re.Match[str]]] | None:
    """Give the size of the margin, whether it is a ratio, and where it is told; None where several differ."""
    found = {}
    for line in every:
        if not _NI.search(line.words) and "margin" not in line.words:
            continue
        quiet = _LEVEL.sub(lambda m: "x" * len(m[0]), line.words)
        for match in _MARGIN.finditer(quiet):
            text = match["m"] or match["m2"]
            unit = (match["u"] or match["u2"] or "").lower()
            if re.match(r"\s?(?:%|-)?\s?(?:CI|confidence)|\s?(?:to|-)\s?\+?\d", line.words[match.end() :]):
                continue
            if unit == "%" and re.match(r"\s?(?:CI|confidence|power)", line.words[match.end() :]):
                continue
            value = abs(float(number(text)))
            plain = not unit.startswith(("%", "p", "mm")) and 1.0 < value <= 3.0
            ratio = plain and ("ratio" in line.words or (not differences and "." in text))
            if value:
                found[(value, ratio)] = (line, text.strip(), match)
    if len(found) != 1:
        return None
    ((size, ratio),) = found
    return size, ratio, found[(size, ratio)]


def _of_primary(every: list[Line], found: list[Effect]) -> list[Effect]:
    """Give the effects whose sentence shares most words with the definition of the primary outcome."""
    wanted = frozenset[str]().union(*(stems(m["what"]) for x in every for m in _PRIMARY.finditer(x.words)))
    shared = [len(wanted & stems(e.line.words)) for e in found]
    most = max(shared, default=0)
    return [e for e, n in zip(found, shared, strict=True) if n == most] if most else []


def _main(e: Effect, size: float, *, ratio: bool) -> bool:
    if e.low.value >= e.high.value or e.level < 0.89:
        return False
    if ratio:
        return e.kind == "ratio" and float(e.low) > 0
    share = size < 1 and abs(float(e.high)) > 1
    return e.kind == "difference" and e.strict and not share and abs(float(e.high) - float(e.low)) < 6 * size


def _side(e: Effect, size: float, words: str, *, ratio: bool) -> bool | None:
    """Say whether an interval lies on the good side of the margin; None where that depends on its direction."""
    low, high = float(e.low), float(e.high)
    if ratio:
        return high < size if high != size else None
    above, below = low > -size, high < size
    if re.search(r"\blower (?:\w+ ){0,4}?(?:limit|bound|boundary|confidence|end)\b", words, re.I):
        return above
    if re.search(r"\bupper (?:\w+ ){0,4}?(?:limit|bound|boundary|confidence|end)\b", words, re.I):
        return below
    return above if above == below else None
