"""A share in words beside its own count: "just under half of the 27 alarms, 14 in number", "9 of 23, the majority".

The share of a count of a whole that the same sentence (or, for a noun counted once before, an earlier one) tells, and
of one part of a list whose parts are all counted: "nine were at low risk, ten raised concerns and four were at high
risk; thus the majority were at low risk".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.concluding import stems
from evsynth.checks.scanned.facts.counts import NUMBER, Count, counts, value
from evsynth.checks.scanned.facts.share_words import ShareWord, listed_with, share_words
from evsynth.checks.scanned.numbers.totals import sizes_said
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("SHARE_CONTRADICTS",)

_PERCENT = r"\d{1,3}(?:[.·]\d+)?\s?(?:%|per cent)"
_AFTER = Expression(
    rf"^(?P<gap>[^()\d;.,]{{0,60}}?)\s?[(\[]\s?(?:n\s?=\s?\d+\s?[,;:]\s?|(?P<n>\d+)\s?(?:of|/|out of)\s?(?:the "
    rf")?(?P<of>\d+)\s?"
    rf"(?:[,;:=]\s?|[(\[]\s?)?)?"
    rf"(?P<p>{_PERCENT})?\s?[)\],;]", re.I,
)  # fmt: skip
_BEFORE = Expression(
    rf"(?P<n>{NUMBER})\s?(?:of|/|out of)\s?(?:the |these |all )?(?P<of>{NUMBER})(?: [a-z-]+){{0,3}}?"
    rf"(?:\s?[(\[]\s?(?P<p>{_PERCENT})\s?[)\]])?\s?(?:[(,;:-]|or|that is)+\s?"
    r"(?:(?:or|that is|i\.e\.|thus|hence|so|which is|this is|just|and so)[\s,]*)*$", re.I,
)  # fmt: skip
_WHOLE = Expression(
    rf"^\s+of (?:the |these |our )?(?P<noun>[a-z][a-z -]{{3,40}}?)\s?[,(]\s?(?:n\s?=\s?)?(?P<n>{NUMBER})"
    r"(?:\s?(?:in number|in all|of them))?\s?[,)]", re.I,
)  # fmt: skip
_IN = Expression(
    r"\b(?:none|zero|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2})(?: or more)?\s+in\s+(?P<n>\d+)\s?"
    r"(?:(?:patients|women|men|children|cases|participants)\s?)?[(\[]\s?(?P<p>\d{1,3}(?:[.·]\d+)?)\s?%\s?[)\]]",
    re.I,
)
"""A number of something, and in how many patients it was: "two in 20 (43%)"."""
_GAP = Expression(
    r"^\s*$|^\s+of\b|^(?:\s+(?!as\b|more\b|less\b|higher\b|lower\b|that\b|longer\b|shorter\b)[a-z]+){1,2}$"
)
"""What may stand between a word for a share and its number in brackets; no "half as high"."""
_SUBSET = Expression(
    r"\b(?:dose|doses|by|fell|reduced|cut|risk|odds|compared|than|other|remaining|another|second|first|last)\b", re.I
)
_MOST = Expression(
    r"\b(?:thus|hence|so|therefore|that is),?\s(?:that )?(?:the |a )?(?P<word>majority|most|more than half|minority)\b"
    r"(?P<what>[^.;,]{0,90})", re.I,
)  # fmt: skip


def shares_beside(reading: Reading) -> Iterator[Finding]:
    """Compare words for shares with the count and whole, or the percentage, told right beside them.

    Left alone: "one in 15 (33%), two in 20 (43%)", where 15 patients had one of something.
    """
    for line in lines(reading, ("abstract", "results", "body", "conclusion", "discussion")):
        if not re.search(
            r"half|third|quarter|fifth|tenth|major|minor|most| in | out of | of every |(?:nearly|almost|"
            r"virtually|practically) all",
            line.words,
            re.I,
        ):
            continue
        for word in share_words(line.words):
            if re.search(r"\b(?:stage|grade|class|score|category|level)s?(?: (?:was|were|of))? $",
                         line.words[: word.match.start()]):  # fmt: skip
                continue  # "the stage was 1 in 30 patients"
            if _counts_of_a_number(reading, line.words, word.match.start()):
                continue
            found = _share(reading, line, word)
            if found is not None and not word.holds(found[0]) and not _together(line.words, word, found[0]):
                yield _finding(reading, line, word.match, found[0], found[1])
        for match in _MOST.finditer(line.words):
            yield from _of_list(reading, line, match)


def _counts_of_a_number(reading: Reading, words: str, at: int) -> bool:
    """Say whether "one in 15 (33%)" counts those with one: one whole gives it and its neighbours, or the study does."""
    told = list(_IN.finditer(words))
    own = next((m for m in told if m.start() == at), None)
    if own is None:
        return False
    bases = [_base(m) for m in told]
    low, high = max(b[0] for b in bases), min(b[1] for b in bases)
    return (len(told) > 1 and low <= high) or any(_base(own)[0] <= n <= _base(own)[1] for n in sizes_said(reading))


def _base(match: re.Match[str]) -> tuple[float, float]:
    """Give the least and the largest whole of which a count prints as its percentage."""
    percent = match["p"].replace("·", ".")
    half = 0.5 * 10.0 ** -len(percent.partition(".")[2])
    n = float(match["n"])
    return 100 * n / (float(percent) + half), 100 * n / max(float(percent) - half, 1e-9)


def _finding(reading: Reading, line: Line, match: re.Match[str], share: float, spots: tuple[Spot, ...]) -> Finding:
    return reading.finding(
        "SHARE_CONTRADICTS", "inconsistent",
        f"'{' '.join(match[0].split())}' is inconsistent with {100 * share:.3g}%",
        "the number may have another denominator, or be about a part of the group",
        quotes=(line.piece(match), *spots), computed=(("share", f"{share:.4g}"),),
    )  # fmt: skip


def _share(reading: Reading, line: Line, word: ShareWord) -> tuple[float, tuple[Spot, ...]] | None:
    """Give the share that is told right beside a word for one, and where."""
    end, words = word.match.end(), line.words
    if _SUBSET.search(words[max(0, word.match.start() - 12) : word.match.start()]):
        return None
    after = _AFTER.match(words[end:])
    if (
        after is not None
        and (after["p"] or after["of"])
        and _GAP.match(after["gap"])
        and not _SUBSET.search(after["gap"])
    ):
        spot = (line.start + end + after.start(), line.start + end + after.end())
        return _of(after, spot)
    before = _BEFORE.search(words[: word.match.start()])
    if before is not None and value(before["of"]) > value(before["n"]):
        if re.match(r"\s+(?:of|the|in|were|was|with|who)\s+(?:whom|which|these|them|the latter)\b", words[end:]):
            return None
        return _of(before, line.piece(before))
    whole = _WHOLE.match(words[end:])
    if whole is not None:
        total = _counted(reading, line.start + end, whole["noun"])
        n = value(whole["n"])
        if total is not None and 0 < n < total.value:
            spot = (line.start + end + whole.start("n"), line.start + end + whole.end("n"))
            return n / total.value, (spot, total.spot)
    return None


def _together(words: str, word: ShareWord, share: float) -> bool:
    """Say whether the word holds for a list of shares together."""
    first = _AFTER.match(words[word.match.end() :])
    end = word.match.end() + (first.end("p") if first and first["p"] else 0)
    return bool(first and first["p"]) and any(word.holds(share + more / 100) for more in listed_with(words, end))


def _of(match: re.Match[str], spot: Spot) -> tuple[float, tuple[Spot, ...]] | None:
    if match["of"] and value(match["of"]):
        return value(match["n"]) / value(match["of"]), (spot,)
    percent = re.match(r"[\d.·]+", match["p"]) if match["p"] else None
    return (float(percent[0].replace("·", ".")) / 100, (spot,)) if percent else None


def _counted(reading: Reading, before: int, noun: str) -> Count | None:
    """Give the only number that a noun is counted with before an offset: "27 alarms", "the other 27 were alarms"."""
    pattern = Expression(
        rf"(?P<n>{NUMBER})\s+(?:(?:were|was|proved to be)\s+)?{re.escape(noun.strip())}\b".replace(r"\ ", r"\s+"), re.I
    )
    found = {
        value(m["n"]): Count(value(m["n"]), m.start("n"), m.end("n"))
        for m in pattern.finditer(reading.document.prose, 0, before)
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _of_studies(words: str) -> Iterator[Count]:
    """Give the numbers of trials or studies, which count no patients."""
    for m in re.finditer(rf"(?P<n>{NUMBER})\s+(?:trials|studies|reviews|reports|cohorts)\b", words, re.I):
        yield Count(value(m["n"]), m.start("n"), m.end("n"))


def _of_list(reading: Reading, line: Line, match: re.Match[str]) -> Iterator[Finding]:
    """Hold "thus the majority were X" against the counts of a list of which X is one item."""
    told = tuple(sorted({*counts(line.words[: match.start()]), *_of_studies(line.words[: match.start()])}))
    told = tuple(c for c in told if 2 * c.value != sum(x.value for x in told))  # without the whole
    if (
        not 2 <= len(told) <= 5
        or re.search(r"\b(?:not|no|never)\b", match["what"])
        or re.search(r"\d\s?%|\bof (?:whom|which)\b", line.words[: match.start()])
    ):
        return
    ends = [*(c.start for c in told[1:]), match.start()]
    items = [(c, stems(line.words[c.end : end])) for c, end in zip(told, ends, strict=True)]
    shared = frozenset.intersection(*(s for _, s in items))
    wanted = stems(match["what"])
    named = [c for c, s in items if (s - shared) & wanted]
    if len(named) != 1:
        return
    share = named[0].value / sum(c.value for c in told)
    if (share < 0.495) != (match["word"].lower() == "minority") and not 0.495 <= share <= 0.505:
        spots = tuple((line.start + c.start, line.start + c.end) for c in told)
        yield _finding(reading, line, match, share, spots)
