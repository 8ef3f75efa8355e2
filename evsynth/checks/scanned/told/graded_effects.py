"""Grades of effect (markedly effective, effective, ineffective): they make the group."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.group_sizes import sizes_told
from evsynth.checks.scanned.facts.marked import COUNT_MARK, Marked, Number, marked, spot
from evsynth.checks.scanned.facts.proportions import prints
from evsynth.checks.scanned.numbers.totals import sizes_said
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("PARTS_EXCEED", "PARTS_FALL_SHORT")

_GOOD = (
    r"(?:(?:completely |clinically |basically |almost )?cured|clinical cure|cure|recovered|recovery|"
    r"(?:markedly|significantly|obviously|remarkably|very|highly|moderately|partially|generally) "
    r"(?:effective|improved)|"
    r"(?:marked|significant|remarkable|obvious|complete|partial|moderate) (?:effect|effectiveness|"
    r"improvement|response|"
    r"remission|relief)|excellent|good|effective|improved|improvement|better|relieved|remission)"
)
_BAD = (
    r"(?:ineffective|not effective|invalid|no effect|no response|no improvement|not improved|unchanged|"
    r"failed|failure|"
    r"uncured|poor|non-?response|no change|deteriorated|worsened|worse|no remission|no relief)"
)
_WORD = Expression(rf"\b(?P<bad>{_BAD})\b|\b(?P<good>{_GOOD})\b", re.I)
_LIST = Expression(
    r"(?:⟨c\d+⟩(?: \(⟨p\d+⟩\))?(?: ?(?:cases?|patients?|of them|children|eyes|were|was|had|showed|with|in|"
    r"as|an?|who|got|obtained))*"
    rf" (?:{_BAD}|{_GOOD})(?: (?:cases?|patients|in|result|results))*|"
    rf"\b(?:{_BAD}|{_GOOD})(?: (?:cases?|patients|was|were|in|for|effect|seen|found|achieved|obtained|of|"
    rf"rate))* ?[:,(=]? ?(?:[nN] ?= ?)?⟨c\d+⟩"
    r"(?: (?:cases?|patients|children|eyes))*(?: ?\(⟨p\d+⟩\)| ?,? ⟨p\d+⟩)?\)?)",
    re.I,
)
_EQUALLY = Expression(
    r"\b(?:equally|evenly|equal (?:groups|halves)|averagely)\b[^.;]{0,40}\b(?:two|2)\b|two equal", re.I
)
_RATE = Expression(
    r"\b(?:(?:total|overall|clinical|general) )?(?:effective|efficacy|effectiveness|response|cure|"
    r"improvement|remission|"
    r"success) (?:rate )?(?:\([^()]{0,20}\) )?(?:in [a-z ]{0,40}? )?(?:rate )?(?:was|of|is|being|reached|=|"
    r":|,)? ?⟨p(\d+)⟩", re.I,
)  # fmt: skip


def graded_effects(reading: Reading) -> Iterator[Finding]:
    """Add up lists of three or more grades of effect of which one is bad, against the size of a group.

    Found: the sum is of no group and no number of people, but the rate printed next, the other list of the sentence or
    a misprint shows which group is meant. Left alone: sums that any size told, or a sum of two, gives.
    """
    groups = {n for s in sizes_told(reading) for n in s.sizes}
    every = list(lines(reading, ("abstract", "methods", "results", "body")))
    known = set(sizes_said(reading))
    if not groups and any(_EQUALLY.search(x.words) for x in every):
        groups = {n // 2 for n in known if n % 2 == 0}
    for index, line in enumerate(every):
        found = list(_lists(marked(line.words))) if re.search(_BAD, line.words, re.I) else []
        for run in found:
            made = sum(n.whole for n, _ in run)
            before = {n.whole for n in marked(line.words).numbers if n.kind == "c" and n.start < run[0][0].start}
            if made in groups | known | before or any(made == a + b for a in groups for b in groups):
                continue
            good = sum(n.whole for n, well in run if well)
            rates = _rates(every[index : index + 2])
            earlier = {
                n.whole for x in every[max(0, index - 3) : index] for n in marked(x.words).numbers if n.kind == "c"
            }
            likely = {
                n for n in groups | before | earlier if n > good and any(prints(good, n, r.printed) for r in rates)
            }
            others = {sum(n.whole for n, _ in other) for other in found if other is not run} & groups
            wanted = likely or {n for n in others if abs(n - made) <= 0.25 * n}
            if not wanted:
                wanted = {n for n in groups if abs(n - made) == 10 or (len(groups) == 1 and abs(n - made) <= 3)}
            wanted -= {n for n in wanted if abs(n - made) > 0.25 * n}
            if len(wanted) != 1:
                continue
            yield _finding(reading, line, run, made, wanted.pop())
            break


def _lists(sentence: Marked) -> Iterator[list[tuple[Number, bool]]]:
    """Give the lists of grades with whether each is good: neighbours that are at most a joint apart."""
    run: list[tuple[Number, bool]] = []
    last = -100
    for match in _LIST.finditer(sentence.text):
        word, count = _WORD.search(match[0]), COUNT_MARK.search(match[0])
        if word is None or count is None:
            continue
        gap = sentence.text[last : match.start()] if last >= 0 else ""
        if run and not re.fullmatch(
            r" ?[,;]? ?(?:and|while|the other|or)? ?(?:there were |the |were |was |only )*", gap
        ):
            yield from [run] if _whole(run) else []
            run = []
        run.append((sentence.numbers[int(count[1])], word["good"] is not None))
        last = match.end()
    yield from [run] if _whole(run) else []


def _whole(run: list[tuple[Number, bool]]) -> bool:
    return len(run) > 2 and any(not well for _, well in run) and any(well for _, well in run)


def _rates(near: list[Line]) -> list[Number]:
    return [
        sentence.numbers[int(m[1])]
        for x in near
        for sentence in [marked(x.words)]
        for m in _RATE.finditer(sentence.text)
    ]


def _finding(reading: Reading, line: Line, run: list[tuple[Number, bool]], made: int, wanted: int) -> Finding:
    shown = " + ".join(n.printed.text for n, _ in run)
    return reading.finding(
        "PARTS_EXCEED" if made > wanted else "PARTS_FALL_SHORT", "inconsistent",
        f"the grades of effect, {shown} = {made}, are inconsistent with {wanted} in the group",
        "some may not have been assessed; otherwise a digit is misprinted",
        quotes=(spot(line, *(n for n, _ in run)), *(spot(line, n) for n, _ in run)), computed=(("sum", str(made)),),
    )  # fmt: skip
