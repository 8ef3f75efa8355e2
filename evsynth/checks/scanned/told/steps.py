"""The steps of a study: no more enter than were screened; by group, those left are those before less those out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.counts import NUMBER, value
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("FLOW", "GROUP_EXCEEDS")

_PEOPLE = (
    r"(?:patients|participants|children|adults|subjects|women|men|infants|people|persons|individuals|volunteers|"
    r"students|"
    r"adolescents|recipients|residents)"
)
_BE = r"(?:were|was|had been|are)\s(?:[a-z]+ly\s|then\s|thus\s|eventually\s)?"
_FIRST = Expression(
    rf"(?P<n>{NUMBER})\s(?:[a-z-]+\s){{0,2}}?(?P<noun>{_PEOPLE})\s(?:\([^()]*\)\s)?(?:{_BE})?(?P<verb>screened|"
    rf"invited|"
    r"approached|assessed for eligibility|referred|contacted)\b", re.I,
)  # fmt: skip
_THEN = Expression(
    rf"(?P<n>{NUMBER})\s(?:(?P<noun>{_PEOPLE})\s)?(?:\([^()]*\)\s)?(?:{_BE}(?P<verb>randomi[sz]ed|enrol+ed|"
    rf"included|"
    r"recruited|eligible|allocated|randomly assigned)|(?:consented|entered the (?:study|trial)|agreed|"
    r"took part))\b", re.I,
)  # fmt: skip
_MORE = Expression(
    r"\b(?:another|additional\w*|further|more|each|per|later|controls?|healthy|siblings?|also|respectively|"
    r"second|new|"
    r"from (?:other|another))\b", re.I,
)  # fmt: skip
_EACH = Expression(
    rf"(?P<a>{NUMBER})\s(?:{_PEOPLE}\s)?(?:were\s\w+\s)?(?:(?:to|in|per|for|on)\s(?:each|either)\b(?:\s(?:group|"
    rf"arm))?|per\s(?:group|arm)|each\b)",
    re.I,
)
_TWO = rf"(?P<a>{NUMBER})\s(?:{_PEOPLE}\s)?(?:and|vs\.?|versus|v)\s(?P<b>{NUMBER})"
_SIZES = Expression(
    rf"\b(?:randomi[sz]ed|assigned|allocated|enrol+ed|included|groups? of|groups? \()[^.;\d]{{0,40}}{_TWO}(?!\d|"
    rf"\.\d|%)",
    re.I,
)
_LEFT_TWO = _TWO.replace("(?:and|", r"(?:(?:in|to|on|with|for)\s(?:the\s)?(?:[A-Za-z-]+\s){1,4}?)?(?:and|", 1)
_OUTS = Expression(
    rf"(?<![\d.]){_LEFT_TWO},?\s(?:{_PEOPLE},?\s)?(?:(?:in|on|"
    rf"with)\s(?:the\s)?(?:[A-Za-z-]+\s){{1,4}}?)?(?:respectively,?\s)?(?:{_BE})?(?:withdr[ae]w\w*|dropped "
    rf"out|lost|died|discontinued|"
    rf"excluded|left the|"
    r"stopped|did not (?:complete|return|finish))\b", re.I,
)  # fmt: skip
_LEFT = Expression(
    rf"\b(?:leaving|which left|so that|thus|hence|so)\s(?:only\s)?{_LEFT_TWO}(?!\d|\.\d|%)|"
    rf"(?<![\d.])(?P<c>{NUMBER})\sand\s(?P<d>{NUMBER})\s(?:{_PEOPLE}\s)?(?:{_BE}analy[sz]ed|completed|"
    rf"remained)\b", re.I,
)  # fmt: skip


def steps(reading: Reading) -> Iterator[Finding]:
    """Compare those who entered with those screened, and by group those left with those before and those out.

    Left alone: other people than those screened, additional ones, and groups of which neither fits.
    """
    every = list(lines(reading, ("abstract", "methods", "results", "body")))
    for index, line in enumerate(every):
        following = every[index + 1] if index + 1 < len(every) and every[index + 1].section == line.section else None
        yield from _entered(reading, line, following)
        before = every[index - 1] if index and every[index - 1].section == line.section else None
        yield from _by_group(reading, before, line, following)


def _entered(reading: Reading, line: Line, following: Line | None) -> Iterator[Finding]:
    first = _FIRST.search(line.words)
    if first is None:
        return
    for other in (line, following):
        if other is None or _MORE.search(other.words) or _MORE.search(line.words):
            return
        then = _THEN.search(other.words, first.end() if other is line else 0)
        if then is None:
            continue
        one, two = value(first["n"]), value(then["n"])
        same = then["noun"] is None or then["noun"].lower() == first["noun"].lower()
        if same and one < two <= 1.6 * one:
            spots = ((line.start + first.start("n"), line.start + first.end()),
                     (other.start + then.start("n"), other.start + then.end()))  # fmt: skip
            yield reading.finding(
                "GROUP_EXCEEDS", "error", f"{two} who entered are more than the {one} {first['verb'].lower()}",
                "the numbers may be exchanged, or others entered who are not told", quotes=spots,
            )  # fmt: skip
        return


def _by_group(reading: Reading, earlier: Line | None, line: Line, following: Line | None) -> Iterator[Finding]:
    out = _OUTS.search(line.words)
    if out is None:
        return
    where = line
    size = _EACH.search(line.words, 0, out.start()) or _SIZES.search(line.words, 0, out.start())
    if size is None and earlier is not None and not line.words[: out.start()].strip():
        where, size = earlier, _EACH.search(earlier.words) or _SIZES.search(earlier.words)
    if size is None or re.search(r"\b(?:further|then another|later)\b", line.words):
        return
    sizes = (value(size["a"]), value(size["b"]) if "b" in size.groupdict() else value(size["a"]))
    gone = (value(out["a"]), value(out["b"]))
    for other in (line, following):
        left = _LEFT.search(other.words, out.end() if other is line else 0) if other is not None else None
        if left is None or other is None:
            continue
        names = ("a", "b") if left["a"] else ("c", "d")
        stay = tuple(value(left[n]) for n in names)
        fits = [s - g == r for s, g, r in zip(sizes, gone, stay, strict=True)]
        if sum(fits) == 1 and sum(sizes) - sum(gone) != sum(stay):
            at = fits.index(False)
            yield reading.finding(
                "FLOW", "inconsistent", f"flow of patients: {sizes[at]} - {gone[at]} = {sizes[at] - gone[at]}, "
                f"not {stay[at]}", "a patient may be missing for another reason that is not told",
                quotes=((other.start + left.start(names[at]), other.start + left.end(names[at])),
                        (where.start + size.start("a"), where.start + size.end()), line.piece(out)),
            )  # fmt: skip
        return
