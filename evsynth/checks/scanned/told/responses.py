"""Best responses of tumours: complete, partial, stable, progressive and not evaluable make all patients."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.facts.counts import NUMBER, value
from evsynth.checks.scanned.facts.lists import Entry, entries
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.counting import percent_span
from evsynth.reanalyse.result import meets
from evsynth.text.expressions import Expression

CODES = ("PARTS_EXCEED", "PARTS_FALL_SHORT", "COUNT_PERCENT", "PRINTED_DIFFERENTLY")

_NAMES = {
    "complete": r"\bcomplete\b|\bCRs?\b",
    "partial": r"\bpartial\b|\bPRs?\b",
    "stable": r"\bstable diseases?\b|\bdisease stabili[sz]ation\b|\bSDs?\b|\bstable\b",
    "progressive": r"\bprogressive diseases?\b|\bprogress(?:ion|ed)\b|\bPDs?\b",
    "unknown": r"\bnot (?:be )?(?:evaluable|evaluated|assessable|assessed)\b|"
               r"\b(?:non-?|in)evaluable\b|\bunevaluable\b|\bunknown\b|"
               r"before (?:the )?(?:first|any) (?:scan|assessment|restaging|imaging|evaluation|tumou?r assessment)",
}  # fmt: skip
_ABOUT = Expression(
    r"\b(?:partial (?:responses?|remissions?|in)|stable disease|progressive disease|RECIST|"
    r"best (?:overall )?response)\b",
    re.I,
)
_CONTROL = Expression(r"\b(?:disease control|clinical benefit|tumou?r control)(?: rate)?\b", re.I)
_RATE = Expression(r"\b(?:objective|overall|response|responses)\b[^.;]{0,25}\b(?:response|rate|ORR)\b|\bORR\b", re.I)
_PERCENT = Expression(r"(?<![\w.])(\d{1,3}(?:\.\d+)?)\s?%")
_THRESHOLD = Expression(r"[<>≤≥]|\b(?:at least|less|more|below|above|of interest|assum\w*|target\w*|expect\w*)\b", re.I)
"""Before a rate that was planned or feared, not seen."""
_OF_CONTROL = Expression(r"\s?[(\[]\s?(?P<k>\d{1,4})(?:\s?(?:/|of|out of)\s?(?:the )?\d+)?(?:\spatients)?\s?[)\];,]")
_GROUPS = Expression(
    r"\b(?:versus|vs|arms?|groups?|respectively|cohorts? \w|compared|months?,? \d|"
    r"subgroups?)\b",
    re.I,
)


_RESPONDERS = Expression(
    rf"\b(?:all|the|of the|among the|these|both)\s(?:the\s)?(?P<n>{NUMBER})\s(?:(?:confirmed|objective|"
    rf"radiological)\s)?"
    r"(?:responders|(?:patients|participants|people) (?:who|that) responded|responding patients|"
    r"patients with (?:a|an objective) response)\b(?!\s(?:in|on|with|at|after|to|given|from)\b)", re.I,
)  # fmt: skip


class _Told(NamedTuple):
    entry: Entry
    line: Line

    @property
    def spot(self) -> tuple[int, int]:
        return self.entry.spot(self.line.start)


def responses(reading: Reading) -> Iterator[Finding]:
    """Add up the best responses told in one or two sentences, and recompute the rates of response and disease control.

    Found: categories that are more than all who could be evaluated, or fewer where those not evaluable are told too; a
    rate that is not of their counts. Left alone: several groups, and lists without stable or progressive disease.
    """
    every = list(lines(reading, ("abstract", "results", "body")))
    for index, line in enumerate(every):
        if not _ABOUT.search(line.words) or _GROUPS.search(line.words):
            continue
        following = every[index + 1] if index + 1 < len(every) and every[index + 1].section == line.section else None
        pair = [line]
        if following is not None and not _GROUPS.search(following.words) and _named(following):
            pair.append(following)
        told = _counted(pair)
        if "partial" in told and "stable" in told:
            yield from _judged(reading, pair, every, told)
            yield from _responders(reading, every, told)
            return


def _responders(reading: Reading, every: list[Line], told: dict[str, _Told]) -> Iterator[Finding]:
    """Compare "all nine responders" with the complete and partial responses told."""
    complete, partial = (told[n].entry.value if n in told else 0 for n in ("complete", "partial"))
    for line in every:
        match = _RESPONDERS.search(line.words)
        if match is None or value(match["n"]) in (partial, complete, complete + partial, 0):
            continue
        yield reading.finding(
            "PRINTED_DIFFERENTLY", "inconsistent",
            f"{match['n']} responders are inconsistent with {complete + partial} complete and partial responses",
            "some responses may not have been confirmed, or be those of a group",
            quotes=(line.piece(match), *(t.spot for n, t in told.items() if n in ("complete", "partial"))),
        )  # fmt: skip
        return


def _named(line: Line) -> bool:
    return sum(re.search(pattern, line.words, re.I) is not None for pattern in _NAMES.values()) > 1 or bool(
        _CONTROL.search(line.words)
    )


def _counted(pair: list[Line]) -> dict[str, _Told]:
    """Give the count of each category: the number nearest to its name, in its own piece of the sentence."""
    found: dict[str, _Told] = {}
    for line in pair:
        told = entries(line.words)
        for index, entry in enumerate(told):
            if entry.of:
                continue
            end = told[index + 1].first if index + 1 < len(told) else len(line.words)
            begin = told[index - 1].last if index else 0
            after = re.split(r"[.;(]", line.words[entry.last : end])[0]
            before = re.split(r"[.;,]|\band\b", line.words[begin : entry.first])[-1]
            name = _name(before + " ") if re.search(r"\b(?:in|was|were|[=(:])\s*$", before) else None
            name = name or _name(re.split(r",|\band (?=(?:\w+\s){0,2}$)", after)[0])
            if name is not None and name not in found:
                found[name] = _Told(entry, line)
    return found


def _name(words: str) -> str | None:
    words = re.sub(r"^\s*[A-Z](?=[a-z])", lambda m: m[0].lower(), words)
    hits = {name: m.start() for name, pattern in _NAMES.items() if (m := re.search(pattern, words))}
    return min(hits, key=lambda n: hits[n]) if hits else None


def _judged(reading: Reading, pair: list[Line], every: list[Line], told: dict[str, _Told]) -> Iterator[Finding]:
    counts = {name: t.entry.value for name, t in told.items()}
    total = sum(counts.values())
    shares = [t.entry for t in told.values() if t.entry.percent is not None]
    spots = tuple(t.spot for t in told.values())
    known = {e.value for x in every for e in entries(x.words)} | {
        int(m[1]) for x in every for m in re.finditer(r"\bof (?:the )?(\d+)\b", x.words)
    }
    response = counts.get("complete", 0) + counts["partial"]
    rates = _rates(pair, every)
    wholes = [n for n in known if n >= max(counts.values()) and _is_whole(n, response, shares, rates)]
    shown = " + ".join(str(c) for c in counts.values())
    if wholes and "progressive" in counts and total > max(wholes):
        yield reading.finding(
            "PARTS_EXCEED", "inconsistent",
            f"the best responses, {shown} = {total}, are more than {max(wholes)} patients",
            "a patient may be counted in two categories", quotes=spots, computed=(("sum", str(total)),),
        )  # fmt: skip
        return
    if (
        wholes
        and {"progressive", "unknown"} <= counts.keys()
        and total < min(wholes)
        and min(wholes) - total <= 0.15 * total
    ):
        yield reading.finding(
            "PARTS_FALL_SHORT", "inconsistent",
            f"the best responses, {shown} = {total}, are fewer than {min(wholes)} patients",
            "a category may not be told", quotes=spots, computed=(("sum", str(total)),),
        )  # fmt: skip
        return
    control = response + counts["stable"]
    for line in pair:
        for match in _CONTROL.finditer(line.words):
            percent = _PERCENT.search(line.words, match.end())
            if percent is None or percent.start() - match.end() > 90:
                continue
            counted = _OF_CONTROL.match(line.words, percent.end())
            if counted is not None and int(counted["k"]) != control:
                yield reading.finding(
                    "COUNT_PERCENT", "inconsistent",
                    f"disease control in {counted['k']} is inconsistent with {control} responses and stable diseases",
                    "disease control may have been confirmed later, or be of another number",
                    quotes=(line.piece(counted), *spots),
                )  # fmt: skip
                return
            if not wholes:
                continue
            printed = Printed.parse(percent[1])
            if not any(meets(printed, percent_span(control, n)) for n in wholes if n >= control):
                yield reading.finding(
                    "COUNT_PERCENT", "inconsistent",
                    f"a disease control of {printed}% is inconsistent with {control} of {max(wholes)} patients, "
                    f"{100 * control / max(wholes):.1f}%",
                    "disease control may have been confirmed later, or be of another number",
                    quotes=(line.piece(percent), *spots), computed=(("percent", f"{100 * control / max(wholes):.2f}"),),
                )  # fmt: skip
                return


def _rates(pair: list[Line], every: list[Line]) -> list[Printed]:
    found = []
    for line in every:
        for match in _RATE.finditer(line.words):
            percent = _PERCENT.search(line.words, match.end())
            between = line.words[match.end() : percent.start()] if percent is not None else ""
            if percent is not None and len(between) < 40 and not _THRESHOLD.search(between):
                found.append(Printed.parse(percent[1]))
    return found[:1]


def _is_whole(n: int, response: int, shares: list[Entry], rates: list[Printed]) -> bool:
    """Say whether a number is that of all, by the percentages printed with the categories or the rate of response."""
    own = [e for e in shares if e.percent is not None]
    if own:
        return all(e.percent is not None and meets(e.percent, percent_span(e.value, n)) for e in own)
    return any(response <= n and meets(rate, percent_span(response, n)) for rate in rates)
