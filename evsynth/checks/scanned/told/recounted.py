"""A number told once more by its parts without a mark between them: sexes, results after "hence", as many per group."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.counts import NUMBER, value
from evsynth.checks.scanned.facts.exclusive import LOOSE, SEXES
from evsynth.checks.scanned.facts.lists import Entry, Tally, entries, tallies
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.told.sums import adds_up_to, sum_finding
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("FLOW", "GROUPS")

UNKNOWN = 0.005
"""A sum short of all people by at most this share of them leaves out a few whose sex is not known, or neither."""
_WHOM = Expression(r"\b(?:of|among) (?:whom|which|them|these)\b", re.I)
_HENCE = Expression(r"[;,]\s(?:hence|thus|so that|so|that is|i\.e\.|therefore|which means that)\b,?", re.I)
_GROUPED = Expression(
    rf"\s[^.;:()\[\]\d]{{3,60}}?\((?P<each>{NUMBER})\s(?:patients? |women |men |children )?"
    r"(?:per|in each|in either|from each|of each)\s(?:group|arm)\)", re.I,
)  # fmt: skip


def recounted(reading: Reading) -> Iterator[Finding]:
    """Check two sexes against the number before them, results told again after "hence", and as many in each group."""
    for line in lines(reading, ("abstract", "methods", "results", "body")):
        told = entries(line.words)
        yield from _per_group(reading, line, told)
        if len(told) > 2:
            yield from _hence(reading, line, told)
            yield from _sexes(reading, line, told)


def _per_group(reading: Reading, line: Line, told: tuple[Entry, ...]) -> Iterator[Finding]:
    """Check "9 were withdrawn (2 per group)": as many in each group cannot give a number that they do not divide."""
    for total in told:
        match = _GROUPED.match(line.words, total.last)
        if (
            match is None
            or total.of
            or not 2 <= (each := value(match["each"])) < total.value
            or total.value % each == 0
        ):
            continue
        yield reading.finding(
            "FLOW", "inconsistent", f"{total.value} is inconsistent with {each} in each group",
            "the groups may differ in "
            "size", quotes=(total.spot(line.start), (line.start + match.start("each"), line.start + match.end("each"))),
        )  # fmt: skip


def _sexes(reading: Reading, line: Line, told: tuple[Entry, ...]) -> Iterator[Finding]:
    """Check "1,020 responded; 620 were women and 420 men": two sexes are the number told before them."""
    words = line.words
    for index, (one, two) in enumerate(itertools.pairwise(told)):
        first, second = words[one.last : two.first], re.split(r"[.;,()]", words[two.last :])[0][:40]
        sexes = [m[0].lower()[0] in "wfg" for x in (first, second) if (m := SEXES.search(x))]
        before = [e for e in told[:index] if not e.bracketed]
        if len(sexes) != 2 or sexes[0] == sexes[1] or not before or len(first) > 40 or one.base or one.of or two.of:
            continue
        total, made = before[-1], one.value + two.value
        if not re.fullmatch(r"\s?(?:were |was )?(?:[a-z]+\s)?(?:and|or|,|;)?[^\d]*", first) or re.search(
            r"\b(?:group|arm|controls?|respectively)\b", words[total.last : two.last] + second, re.I
        ):
            continue
        if len(before) > 1 and before[-2].value == total.value + made:
            continue  # all three are parts
        if 0 < total.value - made <= UNKNOWN * total.value:
            continue
        if made in {e.value for e in told[: index + 2]} or not max(one.value, two.value) < total.value:
            continue
        apart = abs(made - total.value)
        if any(e.value == total.value - made for e in told[index + 2 :]):
            continue
        if (apart > 0.1 * total.value and not (apart in (10, 20, 100) and apart <= 0.2 * total.value)) or LOOSE.search(
            _WHOM.sub("", words[total.last : two.last])
        ):
            continue
        tally = Tally((one, two), (first, ""), second)
        yield sum_finding(reading, line, total, tally, False)
        return


def _hence(reading: Reading, line: Line, told: tuple[Entry, ...]) -> Iterator[Finding]:
    """Check "cure in 548, completion in 223, death in 117; hence success in 771 and failure in 116"."""
    mark = _HENCE.search(line.words)
    if mark is None or re.search(r"[.]\s|\b(?:vs|versus|respectively|group|arm)\b", line.words):
        return
    before = [t for t in tallies(line.words, told, 0, mark.start()) if len(t.parts) > 2]
    after = [t for t in tallies(line.words, told, mark.end()) if len(t.parts) == 2]
    if len(before) != 1 or len(after) != 1 or len(before[0].parts) > 10 or before[0].sum == after[0].sum:
        return
    fits = [adds_up_to(list(before[0].parts), p.value) for p in after[0].parts]
    if sum(fits) != 1 or abs(before[0].sum - after[0].sum) > 0.1 * before[0].sum:
        return
    wrong = after[0].parts[fits.index(False)]
    yield reading.finding(
        "GROUPS", "inconsistent",
        f"the parts, {before[0].shown} = {before[0].sum}, are inconsistent with {after[0].shown} = {after[0].sum}",
        "a part may not be told, or belong to neither", quotes=(
            wrong.spot(line.start), *(p.spot(line.start) for t in (before[0], after[0]) for p in t.parts if p != wrong)
        ), computed=(("sum", str(before[0].sum)),),
    )  # fmt: skip
