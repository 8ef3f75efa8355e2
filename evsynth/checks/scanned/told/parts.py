"""A total and its parts in one sentence: reasons in brackets or after a colon, and how many in each group."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.told.counts import NUMBER, Count, counts, value
from evsynth.model.finding import Finding

CODES = ("FLOW", "GROUPS")

_PERCENT = r"(?:\s?[(\[]\s?\d+(?:[.·]\d+)?\s?%\s?[)\]]|,\s?\d+(?:[.·]\d+)?%,?)?"
_NAMED = r"[^.;:,()\[\]\d]{0,50}?"
_IN = r"(?:in|with|without|on|of|from|receiving|assigned to|allocated to|given|treated with)"


def _each(name: str) -> str:
    who = r"(?:(?:patients?|women|men|children|infants|were|was|died)\s)?"
    return rf"(?P<{name}>{NUMBER}){_PERCENT}\s{who}{_IN}\b{_NAMED}{_PERCENT}"


_SPLIT = re.compile(
    rf"(?P<total>{NUMBER}){_PERCENT}\s(?:[a-z]+\s?\(\d+(?:\.\d+)?%\)\s)?[^.;:()\[\]\d]{{3,70}}?{_PERCENT}\s?(?:,|\(|;|:|-)\s?"
    rf"(?:including\s|comprising\s|namely\s)?{_each('a')}(?:,|,? and|;|,? versus|,? vs\.?)\s"
    rf"{_each('b')}(?:,? and\s{_each('c')})?\s?(?=[.;)]|,?\s?\Z|\([Pp]\s?[=<>]|,\s?[Pp]\s?[=<>])",
    re.I,
)
_AFTER = r"\s?(?:\(|\[|:|\s-\s)"
_LIST = re.compile(rf"(?P<total>{NUMBER}){_PERCENT}(?P<words>\s[^.;:()\[\]\d]{{2,90}}?){_PERCENT}{_AFTER}")
_ITEM = re.compile(
    rf"(?:and\s|or\s|,\s?)?\s*(?:(?P<first>{NUMBER})\b{_PERCENT}(?=\s|$)[^\d]*|[^\d()]*?[,:=(\s]\s?(?:n\s?=\s?)?"
    rf"(?P<last>{NUMBER}){_PERCENT}\)?(?:\s(?:patients?|cases?|children|infants|women|men))?)\s*", re.I,
)  # fmt: skip
_OUT = re.compile(
    r"\b(?:exclu|withdr|lost|drop(?:ped)?[- ]?out|dropped|discontinu|declin|refus|ineligib|not (?:\w+ )?(?:examined|"
    r"randomi|included|analy|enrol|eligible|assessed|tested|available|treated|studied|evalua|complet|followed)|"
    r"did not|died|deaths?|missing|left)", re.I,
)  # fmt: skip
_NESTED = re.compile(r"\([^()]*\)")
_SUBSET = re.compile(rf"[,;]?\s*(?:and\s|including\s)?{NUMBER}\sof\s(?:them|whom|which|these|those)\b[^,;]*", re.I)
_PEOPLE = re.compile(
    r"\b(?:patients?|participants?|subjects?|children|infants|women|men|adults|people|persons|individuals|cases|"
    r"controls|neonates|mothers|students|volunteers|workers|boys|girls|died|deaths?|positive|negative)\b", re.I,
)  # fmt: skip
_LOOSE = re.compile(
    r"\b(?:more than one|several|both(?! (?:visits|times|arms|groups|occasions))|"
    r"multiple|each other|overlap\w*|including|includ(?:e|es|ed):|mainly|mostly|"
    r"most|e\.g|such as|main|common\w*|at least|also|mean|median|range|IQR|respectively|per|whom|concomitant\w*|"
    r"either|and/or|with or without|approximately|about|nearly|could|reasons? (?:were|was) not|predominant\w*|"
    r"especially|particularly|alone|combin\w+|additional\w*|another|further|age[ds]?|ratio|male|female|other than)\b",
    re.I,
)  # fmt: skip
_OF = re.compile(
    r"\b(?:of|among|amongst|from|in|between|for|with|to|versus|vs\.?)\s(?:the\s|these\s|all\s|a total of\s)*$", re.I
)
_GROUPED = re.compile(
    rf"(?P<total>{NUMBER}){_PERCENT}\s[^.;:()\[\]\d]{{3,60}}?\((?P<each>{NUMBER})\s"
    r"(?:patients? |women |men |children )?(?:per|in each|in either|from each|of each)\s(?:group|arm)\)", re.I,
)  # fmt: skip


class Parts(NamedTuple):
    """A total and the parts a sentence gives for it."""

    total: Count
    parts: tuple[Count, ...]
    out: bool
    sure: bool = False

    @property
    def found(self) -> int:
        """What the parts add up to."""
        return sum(part.value for part in self.parts)


def parts(reading: Reading) -> Iterator[Finding]:
    """Check totals against the parts told with them."""
    for line in lines(reading, ("abstract", "methods", "results", "body")):
        seen: set[int] = set()
        for told in (*_listed(line), *_split(line), *_per_group(line)):
            if told.total.start in seen or told.found == told.total.value or not (told.sure or _near(told)):
                continue
            seen.add(told.total.start)
            yield _finding(reading, told)


def _near(told: Parts) -> bool:
    """Say whether the parts miss the total by so little that they are meant to give it; more than all is plainer."""
    short = told.total.value - told.found
    if short > 0:
        return told.out and short <= max(1, 0.2 * told.total.value)
    return -short <= max(4, 0.5 * told.total.value)


def _listed(line: Line) -> Iterator[Parts]:
    for match in _LIST.finditer(line.words):
        total = _first(line, match)
        if total is None or _LOOSE.search(match["words"]) or counts(match["words"]):
            continue
        out, people = _OUT.search(match["words"]), _PEOPLE.search(match["words"])
        inner = _inner(line.words, match.end(), line.words[match.end() - 1])
        if inner is None or _LOOSE.search(inner) or not (out or people):
            continue
        inner = _NESTED.sub(
            lambda m: m[0] if re.fullmatch(r"\(\s?(?:n\s?=\s?)?[\d.%]+\s?\)", m[0]) else " " * len(m[0]), inner
        )
        inner = _SUBSET.sub(lambda m: " " * len(m[0]), inner)  # a part of a part
        items = _items(inner, line.start + match.end())
        if len(items) >= 2 and (out or len(items) == 2 or inner.count(";") or " true " in inner):
            yield Parts(total, items, bool(out))


def _first(line: Line, match: re.Match[str]) -> Count | None:
    """Give the total of a match, unless it is the base of a share ("of 60 patients") or no count at all."""
    start, end = match.span("total")
    if _OF.search(line.words[:start]) and not re.search(r"\ba total of\s*$|\bin total,?\s*$", line.words[:start], re.I):
        return None
    found = [c for c in counts(line.words) if (c.start, c.end) == (start, end)]
    return Count(found[0].value, line.start + start, line.start + end) if found else None


def _inner(words: str, start: int, mark: str) -> str | None:
    """Give what stands in the bracket, or after the colon to the end of the sentence."""
    if mark not in "([":
        stop = re.search(r"\.\s|\Z", words[start:])
        text = words[start : start + stop.start()] if stop else words[start:]
        return text.rstrip(" .")
    depth = 1
    for index in range(start, len(words)):
        depth += (words[index] in "([") - (words[index] in ")]")
        if depth == 0:
            return words[start:index]
    return None


def _items(inner: str, offset: int) -> tuple[Count, ...]:
    """Give the counts of a list in which every item has one, all before or all after their words; else nothing."""
    separator = r";" if ";" in inner else r",\s|\sand\s"
    found: list[Count] = []
    styles, begin = set(), 0
    pieces = [*((m.start(), m.end()) for m in re.finditer(separator, inner)), (len(inner), len(inner))]
    for stop, after in pieces:
        text = inner[begin:stop]
        if text.strip(" ,;.") and re.search(r"\d", text) is None and not counts(text):
            if stop == len(inner) and "last" in styles:
                return ()
            if "first" in styles:
                begin = after
            continue  # words of the item before, or of the item to come
        if text.strip(" ,;."):
            match = _ITEM.fullmatch(text.rstrip(" .,"))
            if match is None:
                return ()
            style = "first" if match["first"] else "last"
            start, end = match.span(style)
            styles.add(style)
            found.append(Count(value(match[style]), offset + begin + start, offset + begin + end))
        begin = after
    return tuple(found) if len(styles) == 1 else ()


def _split(line: Line) -> Iterator[Parts]:
    for match in _SPLIT.finditer(line.words):
        total = _first(line, match)
        if total is None or _LOOSE.search(match[0]) or line.words[: match.start()].rstrip().endswith(("(", "[")):
            continue
        if counts(line.words[match.end("total") : match.start("a")]) or re.search(
            r"\b(?:of|among) (?:whom|which|them)\b", match[0]
        ):
            continue
        shown = tuple(
            Count(value(match[n]), line.start + match.start(n), line.start + match.end(n)) for n in "abc" if match[n]
        )
        yield Parts(total, shown, bool(_OUT.search(match[0])))


def _per_group(line: Line) -> Iterator[Parts]:
    for match in _GROUPED.finditer(line.words):
        total, each = _first(line, match), value(match["each"])
        if (
            total is None
            or each == 0
            or total.value % each == 0
            or counts(match[0][match.end("total") - match.start() : match.start("each") - match.start()])
        ):
            continue
        one = Count(each, line.start + match.start("each"), line.start + match.end("each"))
        yield Parts(total, (one, one), out=True, sure=True)


def _finding(reading: Reading, told: Parts) -> Finding:
    shown = " + ".join(str(part.value) for part in told.parts)
    spots = tuple(dict.fromkeys(part.spot for part in told.parts))
    return reading.finding(
        "FLOW" if told.out else "GROUPS", "inconsistent",
        f"the parts, {shown} = {told.found}, are inconsistent with {told.total.value}",
        "a patient may belong to several parts, or a part is not told", quotes=(told.total.spot, *spots),
        computed=(("sum", str(told.found)),),
    )  # fmt: skip
