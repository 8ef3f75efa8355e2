"""Two groups, those taken out of each, and the denominators left: "231 and 378; excluding 21 and 17; 210 and 361"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.group_sizes import sizes_told
from evsynth.checks.scanned.facts.marked import Number, marked, spot
from evsynth.checks.scanned.facts.proportions import proportions
from evsynth.checks.scanned.facts.slips import one_digit, swapped
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("FLOW",)

_PAIR = r"⟨c(\d+)⟩(?: ?\(⟨p\d+⟩\))?(?: [a-z-]+){0,6}?,? (?:and|versus|vs|v) ⟨c(\d+)⟩(?! ?(?:/|of\b|\d))"
_OUT = Expression(
    rf"\b(?:exclu\w+|removal|removing|omit\w+|loss|losses|lost|drop-?outs?|withdrawals?|deaths?|missing)"
    rf"(?: (?:of|in|data|values?|for|from|the|after|were|was)){{0,4}} {_PAIR}|"
    rf"{_PAIR}(?: \(⟨p\d+⟩\))?(?:,? [a-z-]+){{0,6}}?,? (?:were |was |had |did )?(?:excluded|lost\b|withdr\w+|"
    r"declined|dropped out|discontinued|not (?:assessed|evaluable|analy[sz]ed|return|complete)|missing|"
    r"no (?:data|sample|blood))",
    re.I,
)
_STAYED = Expression(
    rf"{_PAIR}(?: [a-z]+){{0,2}} (?:were |was )?(?:analy[sz]ed|left|remained|included|evaluable|studied|assessed|"
    r"completed)",
    re.I,
)


def out_of_groups(reading: Reading) -> Iterator[Finding]:
    """Take those out of each group from its size, and compare the denominators told in the same or the next sentence.

    Found: one group fits exactly, and of the other more are left than can be, or digits are exchanged.
    """
    every = list(lines(reading, ("abstract", "methods", "results", "body")))
    for index, line in enumerate(every):
        if not re.search(r"exclu|remov|omit|los[st]|drop|withdr|death|missing|declined|discont|not |no ", line.words):
            continue
        sentence = marked(line.words)
        for match in _OUT.finditer(sentence.text):
            one, two = (sentence.numbers[int(g)] for g in match.groups() if g is not None)
            for at in (index, index + 1):
                if at < len(every) and every[at].section == line.section:
                    yield from _judged(reading, line, (one, two), every[at], match.end() if at == index else 0)


def _judged(reading: Reading, line: Line, out: tuple[Number, Number], after: Line, start: int) -> Iterator[Finding]:
    sentence = marked(after.words)
    left = [s.of for s in proportions(sentence) if s.of is not None and s.start >= start]
    stayed = _STAYED.search(sentence.text, start)
    if stayed is not None and len(left) < 2:
        left = [sentence.numbers[int(stayed[g])] for g in (1, 2)]
    if len(left) != 2:
        return
    pairs = {s.sizes for s in sizes_told(reading) if len(s.sizes) == 2}
    pairs = {p for p in pairs if all(n > o.whole for n, o in zip(p, out, strict=True))}
    stay = (left[0].whole, left[1].whole)
    if stay in pairs or any((p[0] - out[0].whole, p[1] - out[1].whole) == stay for p in pairs):
        return
    for sizes in sorted(pairs):
        made = [n - o.whole for n, o in zip(sizes, out, strict=True)]
        fits = [a == b for a, b in zip(made, stay, strict=True)]
        if sum(fits) != 1:
            continue
        at = fits.index(False)
        slip = swapped(stay[at], made[at]) or (one_digit(stay[at], made[at]) and abs(stay[at] - made[at]) in (10, 20))
        if made[at] < stay[at] < sizes[at] or slip:
            yield reading.finding(
                "FLOW", "inconsistent",
                f"{sizes[at]} less {out[at].printed} leave {made[at]}, not {stay[at]}; the other group fits",
                "another number may have been taken out; otherwise a digit is misprinted",
                quotes=(spot(line, *out), spot(after, left[at]), spot(after, *left)),
                computed=(("left", str(made[at])),),
            )  # fmt: skip
            return
