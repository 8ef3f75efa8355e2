"""Complete and partial responses against the rate of response, with stable disease against the rate of control."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.marked import marked, spot
from evsynth.checks.scanned.facts.ordered_conditions import Condition
from evsynth.checks.scanned.facts.paired_conditions import Value, paired_up, values
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("COUNT_PERCENT",)

_NAMES = tuple(
    (name, Expression(rf"(?<![\w-])(?:{words})(?![\w-])", 0 if short else re.I))
    for name, words, short in (
        ("complete", r"complete(?:(?: or)? (?:responses?|remissions?|responders?))?|CRs?", False),
        ("partial", r"partial(?: (?:responses?|remissions?|responders?))?|PRs?", False),
        ("stable", r"stable disease|disease stabili[sz]ation|SDs?", False),
        ("progressive", r"progressive disease|disease progression|progressed|PDs?", False),
        ("response", r"(?:objective|overall|total)(?: tumou?r| radiological)? (?:responses?|remissions?)(?: "
            r"rates?)?|ORR|response rate|responders", False),
        ("control", r"(?:disease|tumou?r) control(?: rate)?|DCR", False),
    )
)  # fmt: skip
_ALIAS = Expression(r" ?\((?:[A-Z]{2,4})\)")
_FREE = Expression(
    r"\b(?:versus|vs|arms?|groups?|respectively|cohorts?|compared|unconfirmed|confirmed|durable|lasting|at least|"
    r"≥|stringent|very good|"
    r"minor|near[- ]complete|hematolog\w+|molecular|pathologic\w*|metabolic|incomplete|weeks? or|median|"
    r"durations?|prolonged|best overall|"
    r"intracranial|lesions?|subgroup|CRi|MRD)\b", re.I,
)  # fmt: skip
_SUMS = (
    ("response", ("complete", "partial")),
    ("control", ("complete", "partial", "stable")),
    ("control", ("response", "stable")),
)


def response_sums(reading: Reading) -> Iterator[Finding]:
    """Compare rates of response and of disease control with the sums of the responses told in one or two sentences.

    Counts are compared with counts, percentages with percentages, and counts with a percentage through the number of
    patients. Left alone: groups, confirmed and durable responses.
    """
    every = list(lines(reading, ("abstract", "results", "body")))
    for index, line in enumerate(every):
        if not re.search(r"[Pp]artial|\bPRs?\b", line.words) or _FREE.search(line.words):
            continue
        told = _told(line)
        if (
            index + 1 < len(every)
            and every[index + 1].section == line.section
            and not _FREE.search(every[index + 1].words)
        ):
            told = {**_told(every[index + 1]), **told}
        if "partial" not in told:
            continue
        sizes = {v.of.whole for _, v in told.values() if v.of is not None} | {
            n.whole for n in marked(line.words).numbers if n.kind == "c" and n.whole > 9
        }
        for name, parts in _SUMS:
            if (
                name in told
                and all(p in told for p in parts)
                and not _fits(told[name][1], [told[p][1] for p in parts], sizes)
            ):
                where, whole = told[name]
                some = [told[p] for p in parts]
                yield reading.finding(
                    "COUNT_PERCENT", "inconsistent",
                    f"the rate of {name} is not the sum of {' and '.join(parts)} told with it",
                    "some responses may not have been confirmed; otherwise a digit is misprinted",
                    quotes=(spot(where, *whole.numbers), *(spot(x, *v.numbers) for x, v in some)),
                )  # fmt: skip
                return


def _told(line: Line) -> dict[str, tuple[Line, Value]]:
    """Give the count or percentage of each response that a sentence names."""
    sentence = marked(line.words)
    text = sentence.text
    own: list[Condition] = []
    for rung, (_, pattern) in enumerate(reversed(_NAMES)):
        for match in pattern.finditer(text):
            if not any(
                c.start < match.end() + 7 and match.start() < c.end
                for c in own
                if c.rung == rung or c.start < match.end()
            ):
                alias = _ALIAS.match(text, match.end())
                own.append(Condition("response", float(rung), match.start(), alias.end() if alias else match.end()))
    own.sort(key=lambda c: c.start)
    found: dict[str, tuple[Line, Value]] = {}
    for pair in paired_up(text, own, values(sentence, frozenset())):
        name = _NAMES[len(_NAMES) - 1 - int(pair.condition.rung)][0]
        if len(pair.values) == 1 and name not in found:
            found[name] = (line, pair.values[0])
    return found


def _fits(whole: Value, parts: list[Value], sizes: set[int]) -> bool:
    """Say whether a rate can be the sum of its parts."""
    if whole.events is not None and all(p.events is not None for p in parts):
        return whole.events.whole == sum(p.events.whole for p in parts if p.events is not None)
    if whole.percent is None:
        return True
    percent, half = float(whole.percent.printed.value), 0.5 * 10.0**-whole.percent.printed.decimals
    if all(p.percent is not None for p in parts):
        room = half + sum(0.5 * 10.0**-p.percent.printed.decimals for p in parts if p.percent is not None) + 0.02
        return abs(percent - sum(float(p.percent.printed.value) for p in parts if p.percent is not None)) <= room
    if all(p.events is not None for p in parts):
        made = sum(p.events.whole for p in parts if p.events is not None)
        known = [n for n in sizes if n >= made]
        return not known or any(abs(100 * made / n - percent) <= half + 0.02 for n in known)
    return True
