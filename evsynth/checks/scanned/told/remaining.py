"""Those left after some were taken out: the number before, less those out, is the number told to remain."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.told.counts import NUMBER, Count, counts, value
from evsynth.model.finding import Finding

CODES = ("FLOW",)

_LEFT = re.compile(
    rf"(?:\bleaving|\bwhich left|\bthis left|\bso that|\bresulting in|\bthe remaining|\band the other|,? hence|\bthus|"
    rf"\band)\s(?:a (?:final )?(?:sample|total|cohort|group|population) of\s|us with\s|only\s|the\s)?(?P<left>{NUMBER})"
    rf"(?=\s(?:[a-z-]+\s){{0,4}}?(?:for |in the |were (?:\w+ )?(?:analy|studied|included|randomi|eligible|enrol|evalua|"
    rf"assessed|examined|available|retained)|completed|entered|remained|constituted|formed|underwent|eligible|"
    rf"evaluable)|\s?[.,;(]|\s(?:patients|participants|children|women|men|adults|infants|subjects|cases|people)\b)",
    re.I,
)  # fmt: skip
_OUT = re.compile(
    rf"(?P<out>{NUMBER})(?:\s?\([^()%]*\)|\s?\(\d+(?:\.\d+)?%\))?\s(?:[a-z-]+\s){{0,5}}?"
    rf""
    rf"(?:(?:were|was|had been|had|who)\s)?(?:[a-z]+ly\s|then\s|not\s|later\s)?"
    rf"(?:excluded|withdr(?:ew|awn)|lost|dropped out|"
    rf"discontinued|insufficient|haemolysed|hemolyzed|unusable|ineligible|removed|"
    rf"left out|omitted|missing|declined|refused|unreadable|"
    rf"did not (?:attend|return|meet|consent|complete)|incomplete)", re.I,
)  # fmt: skip
_FREE = re.compile(
    r"\b(?:per[- ]protocol|imput|intention|samples from|eyes|respectively|pairs?|matched|studies|articles|records|"
    r"trials|about|approximately|also|another|additional\w*|further|replac\w+|added|lesions|specimens?)\b", re.I,
)  # fmt: skip
_TOLD = re.compile(rf"{NUMBER}|(?<![\w.,])\d{{1,3}}(?:[, ]\d{{3}})*")


def remaining(reading: Reading) -> Iterator[Finding]:
    """Check "k were withdrawn, leaving m" against every number told before."""
    every = list(lines(reading, ("abstract", "methods", "results", "body")))
    for index, line in enumerate(every):
        before = every[index - 1] if index and every[index - 1].section == line.section else None
        for match in _LEFT.finditer(line.words):
            strict = re.match(r"(?:and|thus|,? hence)\b", match[0].strip(), re.I)
            yield from _one(reading, line, before, match, bool(strict))


def _one(reading: Reading, line: Line, before: Line | None, match: re.Match[str], strict: bool) -> Iterator[Finding]:
    words = line.words
    outs = [m for m in _OUT.finditer(words[: match.start()]) if match.start() - m.end() < 160]
    if len(outs) != 1 or (strict and match.start() - outs[0].end() > 60):
        return
    out, left = value(outs[0]["out"]), value(match["left"])
    told_before = list(counts(words[: outs[0].start()], line.start))
    bases = told_before or (list(counts(before.words, before.start)) if before is not None else [])
    text = (before.words if before is not None and not told_before else "") + words
    base = next((c for c in reversed(bases) if c.value > left and out < c.value), None)
    if base is None or _FREE.search(text) or left <= out:
        return
    everything = {value(m[0]) for m in _TOLD.finditer(reading.document.prose[: line.end]) if m[0].strip()}
    between = sum(c.value for c in counts(words[outs[0].end() : match.start()]) if c.value < base.value)
    missing = base.value - out - left
    if any(n - out == left or n - out - between == left for n in everything) or missing == 0:
        return
    if abs(missing) > max(3, 0.6 * out, 0.02 * base.value) or _explained(words, missing, line, base, match):
        return
    spot = (line.start + outs[0].start("out"), line.start + outs[0].end("out"))
    yield reading.finding(
        "FLOW", "inconsistent", f"flow of patients: {base.value} - {out} = {base.value - out}, not {left}",
        "a step of the flow may not be mentioned",
        quotes=(base.spot, spot, (line.start + match.start("left"), line.start + match.end("left"))),
    )  # fmt: skip


def _explained(words: str, missing: int, line: Line, base: Count, match: re.Match[str]) -> bool:
    """Say whether another number of the sentence is what is missing."""
    own = {c.value for c in counts(words[: match.start()], line.start) if c != base}
    return missing in own or -missing in own
