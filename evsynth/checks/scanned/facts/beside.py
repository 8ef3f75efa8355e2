"""The two values that a comparing word stands for: around its "than", or in brackets behind it.

"More common with A (71 [5.9%]) than with B (97 [8.0%])": the first value is that of the group before "than". "Lower
with A (22.6% v 10.4%)": two values joined by "versus" stand in the order of the groups. Made for every check of a
direction in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.facts.around_word import around_word
from evsynth.checks.scanned.facts.comparatives import THAN, Comparative, comparatives
from evsynth.checks.scanned.facts.concluding import stems
from evsynth.checks.scanned.facts.told_values import Value, Values, alike, told_values
from evsynth.checks.scanned.prose import Line
from evsynth.text.expressions import Expression

_BREAK = Expression(r";|,\s+and\b|\bwhereas\b|\bwhile\b|\balthough\b|\bbut\b|\bhowever\b|\.\s", re.I)
_NEXT_TO = Expression(r"\s*(?:\(\s*)?$")
_JOINED = Expression(
    r"(?:,?\s[nN]\s?=\s?x+)?(?:\)?\s(?:out )?of (?:the )?x+)?\s?(?:[)\]]?\s?,?\s?(?:vs?\.?|versus|against|compared "
    r"(?:with|to)|"
    r"as (?:against|opposed to))|/)\s[^.;:\d]{0,40}$"
)
_AND = Expression(r"\s?(?:and|or)\s$")
_OPENED = Expression(
    r"(?:[(\[,:]|\[\(|\bat|\bwith)\s?(?:an?\s)?(?:mean|median|averag\w+|n\s?=|i\.e\.,?|namely|"
    r"[A-Za-z][\w-]{0,14}(?: [a-z]{1,10})?:?)?(?: of)?\s?$"
)
_LABEL = Expression(r"\s?(?:in|with|for|on|among|after|under|without)\s(?P<group>[^.;,()]{2,60})", re.I)
_NAMED = Expression(
    r"(?<=\s)(?!(?:vs?|versus|compared|with|to|against|as|opposed|mean|median|only|"
    r"just|about|the|an?|average|n|x+|of|and|or|at|out|[A-Za-z]{1,2}|min|hours?|days?|weeks?|months?|years?|"
    r"points?)\b)[A-Za-z][\w-]+[^\d]*$"
)
"""A group named before the second value: "(NPP group 23.2 versus PP group 41.3)"."""
_NAMED_FIRST = Expression(r"[(\[]")
_AS = Expression(r"\bas\b", re.I)
_EITHER = Expression(
    r"^\s(?:or|and/or) (?:higher|lower|greater|more|less|fewer|longer|shorter|larger|smaller|"
    r"better|worse)\b"
)
_AND_PAIR = Expression(r"\(\D{0,12}x*[\d.]+\s?%? and [\d.]+\s?%?\)")
"""Two values of one group in brackets: "(145.3 and 509.0)"."""
_AT_BOTH = Expression(
    r"[^();]{0,25}?\b(?:at|in|after|during|on)\b[^();]{0,20}?\b(?:both|two|time|visits?|"
    r"months|weeks|years|days)\b"
)
FIRST_GROUP = Expression(
    r"\b(?:in|with|among|for) (?:the )?[\w-]+ (?:group|arm|patients|cohort|children|adults|women|"
    r"men)\b[^.;()\d]{0,30}\b"
    r"(?:but|and|while|whereas)\s(?:was |were |is |are |it was )?$"
)
"""Another group named just before the word: its value stands first."""
_DENIED = Expression(r"\b(?:not|no|nor|neither|never|whether|if|ratio|adjust\w*|dose of)\b", re.I)
_ORDERED = Expression(r"^[^();]{0,30}?\b(?:respectively|in (?:the )?[\w -]{2,30} and [\w -]{2,30})\b")
_IN_TURN = Expression(r"\s?%?,?\s?respectively\b")
"""Behind a pair in brackets after "with A than with B": the values stand in the order of these."""
_FRAME = Expression(
    r"^[^,;:]{0,25}?\b(?:[Cc]ompared (?:with|to)|[Ii]n (?:comparison|contrast) (?:with|to)|[Ll]ike|"
    r"[Uu]nlike) [^,;()\d]{3,60},"
)
"""A group named first of all, to which the second value of every pair belongs: "Compared with B, A had ... (a v b)"."""
_FIRST = Expression(r"\b(?:compared|relative|versus|vs|than|unlike|in contrast|as opposed)\b", re.I)
_TIMES = Expression(
    r"\b(?:baseline|before|pre-?treatment|previous(?:ly)?|last|final|initial(?:ly)?|expected|predicted)\b", re.I
)
_SKIP = Expression(
    r"\b(?:not|no|nor|neither|never|whether|if|than expected|ratio|change|difference|differences|improv\w*|reduction|"
    r"decline|decrease|(?<!blood )loss|fall|drop|increase|gain|rise|score for|adjust\w*|dose of)\b", re.I,
)  # fmt: skip


_LACKING = Expression(r"\bthan (?:in |with |among |for )?(?:the )?(?:those|patients|women|men|children|ones)? "
                      r"?(?:who|that|which) "
                      r"(?:did|had|were|was|do|are) not\b", re.I)  # fmt: skip
"""A group named by what it lacks, behind "than": its "not" denies nothing else."""


class Beside(NamedTuple):
    """A comparing word with its two values in the order of its groups, and the words between it and the first."""

    word: Comparative
    one: Value
    two: Value
    lead: str


def beside(line: Line) -> Iterator[Beside]:
    """Give the comparing words of a sentence that have two values of one kind."""
    words = list(comparatives(line.words))
    told = told_values(line) if words else None
    told = told and told._replace(values=tuple(v for v in told.values if not _part(told.words, v)))
    if told is None or len(told.values) < 2:
        return
    framed = _FRAME.search(line.words)
    pairs: list[Beside] = []
    for word, after in zip(words, [*words[1:], None], strict=True):
        if _EITHER.match(line.words[word.end :]):
            continue  # "lower or higher than"
        if (found := _around_than(told, word, after)) is not None:
            yield Beside(word, *found, told.words[word.end : found[0].start])
        elif (found := _pair_behind(told, word, after, chained=bool(pairs) or framed is not None)) is not None:
            pairs.append(Beside(word, *found, told.words[word.end : found[0].start]))
        elif (found := around_word(told, word)) is not None:
            yield Beside(word, *found, told.words[word.end : found[1].start])
    chained = framed is not None or len(pairs) > 1
    fit = sum(b.word.more(b.one.unit or b.two.unit) == (b.one.number > b.two.number) for b in pairs)
    if not chained or (fit and fit >= len(pairs) - 1):  # the other pairs show the order of the groups
        yield from pairs


def _part(words: str, value: Value) -> bool:
    """Say whether a number is the end of a range or a part of a name: "days 5-7", "the 24-2 test", "3D"."""
    start = value.read.start
    return (
        bool(re.search(r"\d\s?[-–]$", words[:start]))
        or bool(re.match(r"[-–]\d|['’′]-", words[value.read.end :]))
        or (value.unit == "D" and words[value.read.end - 2 : value.read.end - 1].isdigit())
    )


def _around_than(told: Values, word: Comparative, after: Comparative | None) -> tuple[Value, Value] | None:
    """Give the last value before 'than' and the first behind it."""
    than = (_AS if " as " in word.word else THAN).search(told.words, word.end, word.end + 160)
    if (
        than is None
        or than[0].lower().startswith(("v", "against"))
        or (after is not None and after.start < than.start())
    ):
        return None
    if _BREAK.search(told.words, word.start, than.start()):
        return None
    before = [v for v in told.values if word.end <= v.start and v.end <= than.start()]
    behind = [v for v in told.values if v.start >= than.end()]
    if len(before) != 1 or not behind or not alike(before[0], behind[0]):
        return None
    gap = told.words[than.end() : behind[0].start]
    if re.search(r"[(\[][^()\[\]]*[:=]", gap):
        return None  # "than others (Cd: 0.17; Zn: 252)": each value is of its own thing
    if len(gap) > 110 or _BREAK.search(gap) or _DENIED.search(told.words[max(0, word.start - 25) : word.start]):
        return None
    if len(behind) > 1 and alike(behind[0], behind[1]) and _JOINED.match(told.words[behind[0].end : behind[1].start]):
        return None
    return before[0], behind[0]


def _pair_behind(
    told: Values, word: Comparative, after: Comparative | None, *, chained: bool
) -> tuple[Value, Value] | None:
    """Give the two values in brackets (or after a comma) behind a comparing word, joined by 'versus'.

    `chained`: a pair before, or a frame, has told of two groups already; the order of both is then that of all.
    """
    behind = [v for v in told.values if v.start >= word.end and (after is None or v.start < after.start)]
    if len(behind) < 2 or not alike(behind[0], behind[1]):
        return None
    one, two = behind[0], behind[1]
    lead, between = told.words[word.end : one.start], told.words[one.end : two.start]
    than = THAN.search(lead)
    start = max((m.end() for m in _BREAK.finditer(told.words, 0, word.start)), default=0)
    before = told.words[start : word.start]
    named_by_lack = _LACKING.sub(" ", lead)
    if len(lead) > 110 or _BREAK.search(lead) or not _OPENED.search(lead) or _SKIP.search(before):
        return None
    if _SKIP.search(named_by_lack):
        return None
    if FIRST_GROUP.search(told.words[max(0, word.start - 90) : word.start]):
        return None
    joined = _JOINED.match(between)
    if than and not joined and (_AND_PAIR.search(told.words[: word.start]) or _AT_BOTH.match(told.words[two.end :])):
        return None  # both values are of the group after "than", or of two times
    if not (joined or (than and _AND.fullmatch(between))) or (_FIRST.search(before) and not chained):
        return None
    if (than and _NEXT_TO.fullmatch(lead[than.end() :])) or _TIMES.search(before + lead):
        return None
    if re.search(r"\d|\bin\b|\bwith\b|\bfor\b|\bon\b", between.replace("compared with", "")):
        return None  # each value names its own group
    named = _NAMED.search(between)
    if named is not None:
        first, group = stems(_NAMED_FIRST.split(lead)[-1]), stems(_NAMED_FIRST.split(lead)[0])
        if not first & group or stems(named[0]) & group:
            return None  # each value names its own group, in another order
    label = _LABEL.match(told.words[two.end :])
    if label is not None and stems(label["group"]) & stems(lead):
        return None
    if _ORDERED.match(told.words[two.end :]) and not (
        than
        and _IN_TURN.match(told.words[two.end :])
        and _LABEL.match(lead[: than.start()])
        and not any(v.end <= word.start and alike(v, one) for v in told.values)
    ):
        return None
    return one, two
