"""A number, and a list that says what it is made of, whatever their order: "12 studies: 9 trials and 5 cohorts".

Made of the marks of a sentence alone. A list is a run of counts with a label each, closed by its bracket, by the end of
the clause or by "and"; the number stands before what opens the list, or behind it with "in all".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from evsynth.checks.scanned.facts.marked import Number, marked
from evsynth.text.expressions import Expression


class Told(NamedTuple):
    """A count of the list: its number and what it counts."""

    number: Number
    label: str

    @property
    def value(self) -> int:
        return self.number.whole


class Division(NamedTuple):
    """A number and the parts told of it; `head` stands between them, `opener` opens the list."""

    whole: Number
    parts: tuple[Told, ...]
    head: str
    opener: str
    """One of: colon, bracket, made of, of whom, behind."""
    sized: bool
    """Whether the parts stand in brackets behind their names."""
    ended: bool
    """Whether nothing more is told in the clause behind the list."""
    noun: str
    """The words behind the number."""


_SIZED = Expression(
    r" ?\((?:[^()⟨⟩]{0,16}[,:;] ?)?(?:[nN] ?= ?)?(⟨c\d+⟩)(?: ?[,;/] ?⟨p\d+⟩| ?\(⟨p\d+⟩\))? ?\)(?! ?(?:in all|"
    r"altogether))"
)
_BEFORE = Expression(r"(⟨p\d+⟩) ?\((?:[nN] ?= ?)?(⟨c\d+⟩)\)")
_ASIDE = Expression(
    r" ?\((?![^()]*⟨c)[^()]*\)| ?\([^()]*⟨c\d+⟩ ?(?:/| of | out of )[^()]*\)|(?<=\)), ?⟨p\d+⟩| ?\([^()⟨]*per ⟨[^()]*\)"
)
_MARK = Expression(r"⟨c(\d+)⟩")
_OPENER = Expression(
    r"(?P<colon>: | ?― ?| - (?=⟨c))|(?P<bracket> \()|"
    r"(?P<made>,? (?:(?:that |which )?(?:comprising|comprised|consisting of|consisted of|namely|made up of|composed of|"
    r"divided into|classified (?:as|into)|i\.e\.,?|that is,?)|(?:were|was|being) (?:divided|split|classified|"
    r"grouped|allocated|"
    r"assigned|randomi[sz]ed)(?: into| as| to)?:?) )|"
    r"(?P<whom>,? (?:of (?:whom|which|these|them)|among (?:whom|which|them)),? )|(?P<incl> included )|"
    r"(?P<comma>, |; | - )",
    re.I,
)
_LINK = Expression(r"[,;/|]|\b(?:and|or|plus|but|while|whereas|versus|vs|with the)\b")
_BREAK = Expression(r"\. |: |\(|\)|⟨[dpxmos]\d+⟩[^,;]*\bCI\b")
_TOTAL = Expression(
    r"(?:\b(?:a|the|grand|overall|combined|for a|in a) (?:grand |overall |combined )?total (?:number )?(?:of|was|"
    r"being|came to|:)?|\btotal(?:l?ing|led)|"
    r"\b(?:giving|making|yielding|adding up to|summing to|in all|in total|altogether|all told|together),?|"
    r"\bwhich (?:gives|gave|makes|made))"
    r"(?: an?| the| of| us| up| to| total| overall| all| all told| in all)* ?\(?$|\b(?:all|the|these|both)(?: "
    r"the| these)? $",
    re.I,
)
_TOTAL_BEHIND = Expression(
    r"^[^⟨,;.]{0,30}?(?:in all|in total|altogether|all told|overall|together|combined|in the whole)\b", re.I
)
_BASE = Expression(r"(?: [a-z]+)? (?:out )?of (?:the |these |all |our |those )?| ?/ ?")
_PLACED = Expression(r"\b(?:in|at|from|across|over|within|by|of|on|with|into|after|for|to) (?:the |all )?$")
_PLACES = Expression(
    r"^ (?:[a-z-]+ ){0,3}?(?:homes|hospitals|cent(?:er|re)s|wards|units|clinics|schools|practices|villages|"
    r"countries|sites|"
    r"regions|districts|laboratories|groups|arms|types|categories|cohorts|databases|parts|sets|subgroups|classes|"
    r"stages|levels|phases)\b"
)


@lru_cache(maxsize=4096)
def divisions(words: str) -> tuple[Division, ...]:
    """Give the numbers of a sentence with the lists that may divide them."""
    sentence = marked(words)
    if sum(n.kind == "c" for n in sentence.numbers) < 3:
        return ()
    text = _BEFORE.sub(r"\2", sentence.text)
    text = _SIZED.sub(r" =\1", text)
    for _ in range(2):
        text = _ASIDE.sub("", text)
    text = re.sub(r",? ⟨p\d+⟩(?=[,;.)]| and\b|$)", "", text)
    counts = [m for m in _MARK.finditer(text) if not _aside(text, m)]
    found: list[Division] = []
    bases = {b.start() for a, b in pairwise(counts) if _BASE.fullmatch(text[a.end() : b.start()])}
    for i, mark in enumerate(counts[:-2]):
        if mark.start() not in bases:
            found += _opened(text, sentence.numbers, counts, i, mark, bases)
    for i in range(2, len(counts)):
        found += _behind(text, sentence.numbers, counts, i)
    return tuple(found)


def _aside(text: str, mark: re.Match[str]) -> bool:
    """Say whether a count counts places or is a rate."""
    placed = _PLACED.search(text, max(0, mark.start() - 24), mark.start()) and _PLACES.match(
        text[mark.end() : mark.end() + 60]
    )
    return bool(placed) or re.match(r" ?(?:per|/|:|×|±|-)", text[mark.end() : mark.end() + 4]) is not None


def _opened(
    text: str, numbers: tuple[Number, ...], counts: list[re.Match[str]], i: int, mark: re.Match[str], bases: set[int]
) -> Iterator[Division]:
    """Give a number and the list behind it; the base of the number ("64 of the 298") is passed over."""
    begin = mark.end()
    if counts[i + 1].start() in bases and i + 3 < len(counts):
        i += 1
        begin = counts[i].end()
    first = counts[i + 1]
    gap = text[begin : first.start()]
    if text[mark.start() - 1 : mark.start()] == "=" or len(gap) > 190 or re.search(r"(?<!\b(?:vs|sp|no))\. ", gap):
        return
    if ")" in gap.partition("(")[0] or re.match(
        r" or (?:less|more|fewer|over|under|above|below)\b", text[mark.end() :]
    ):
        return
    openers = list(_OPENER.finditer(gap))
    if not openers:
        return
    sized = text[first.start() - 1] == "="
    strong = [o for o in openers if o.lastgroup != "comma"]
    opener = strong[-1] if strong else openers[-1]
    label = gap[opener.end() :]
    if len(label) > (90 if sized else 45) or (opener.lastgroup == "comma" and label.strip() and not sized):
        return
    if (opener.lastgroup == "made" and not sized and "," in label) or (
        "," in label and opener.lastgroup == "colon" and not sized
    ):
        return  # "33 were classified as good, 21 as poor": the number is one of the list
    if opener.lastgroup == "bracket" and ")" in label:
        return
    run = [first]
    for mark_ in counts[i + 2 :]:
        between = text[run[-1].end() : mark_.start()]
        if (
            (text[mark_.start() - 1] == "=") != sized
            or len(between) > 130
            or not _LINK.search(between)
            or _BREAK.search(between)
        ):
            break
        run.append(mark_)
    for size in range(2, len(run) + 1):
        part = run[:size]
        end = text[part[-1].end() :]
        joint = text[part[-2].end() : part[-1].start()]
        last = size == len(run)
        if not last and not (re.search(r"\b(?:and|or)\b", joint) and re.match(r"[^⟨,;]*[,;]", end)):
            continue
        tail = re.split(r"[;.:)]|, (?!and\b|or\b)|⟨", end)[0]
        told = tuple(_told(text, numbers, part, k, tail, sized, label) for k in range(size))
        ended = (
            re.match(r"[^⟨;:]*?(?:\)|\.? ?$|;|\. |, (?:and|so|which|leaving|with|while|whereas|but)\b)", end)
            is not None
        )
        yield Division(
            numbers[int(mark[1])], told, gap[: opener.start()], str(opener.lastgroup), sized, ended and last,
            gap[: opener.start()][:80],
        )  # fmt: skip


def _told(
    text: str, numbers: tuple[Number, ...], run: list[re.Match[str]], k: int, tail: str, sized: bool, head: str
) -> Told:
    if sized:
        label = head if k == 0 else text[run[k - 1].end() : run[k].start()]
    else:
        label = tail if k == len(run) - 1 else text[run[k].end() : run[k + 1].start()]
    return Told(numbers[int(run[k][1])], label.strip(" ,;="))


def _behind(text: str, numbers: tuple[Number, ...], counts: list[re.Match[str]], i: int) -> Iterator[Division]:
    """Give a list with the number behind it: "three at level 1, six at level 2 and nine at level 3 (18 in all)"."""
    mark = counts[i]
    before, after = text[: mark.start()], text[mark.end() :]
    if not (_TOTAL.search(before) and not re.search(r"\b(?:all|the|these|both) $", before)) and not (
        re.search(r"[,;(] ?(?:or |i\.e\.,? |thus |so )?$", before) and _TOTAL_BEHIND.match(after)
    ):
        return
    sized = text[counts[i - 1].start() - 1] == "="
    run = [counts[i - 1]]
    for mark_ in reversed(counts[: i - 1]):
        between = text[mark_.end() : run[0].start()]
        if (
            (text[mark_.start() - 1] == "=") != sized
            or len(between) > 130
            or not _LINK.search(between)
            or _BREAK.search(between)
        ):
            break
        run.insert(0, mark_)
    last = text[run[-1].end() : mark.start()]
    if len(run) < 2 or len(run) > 9 or re.search(r"\. ", last) or len(last) > 90:
        return
    told = tuple(_told(text, numbers, run, k, re.split(r"[;.,(:]", last)[0], sized, "") for k in range(len(run)))
    yield Division(numbers[int(mark[1])], told, "", "behind", sized, True, after[:60])
