"""Verdicts and the evidence that stands with them in a sentence: before, in the subject's brackets, or behind.

"A (OR 1.22, 0.58-2.57) was an independent predictor", "significant at 6 months (P = 0.01)", "did not differ: P = 0.4".
Made for checks that hold a verdict against what is printed for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from evsynth.checks.scanned.facts.evidence import Evidence
from evsynth.checks.scanned.facts.told_before import INTRO, told_before
from evsynth.checks.scanned.facts.verdicts import Verdict
from evsynth.text.expressions import Expression

_BREAK = Expression(
    r";|:\s|\.\s|\b(?:whereas|while|whilst|but|although|though|however|yet|nor|none|despite|contrary to|unlike|in "
    r"contrast to|as opposed to|not|after|when|compared|than|versus|vs)\b|,\s(?:and|with|"
    r"as)\s(?=[^.;]{0,80}\b(?:was|were|did|had|has|is|are|rose|fell|"
    r"increased|decreased|improved|remained|showed)\b)|\band\san?\s(?:\w+\s){0,2}?(?:increase|decrease|rise|"
    r"drop|fall|decline|reduction|gain|change)\b|\bas\s(?:it|they|the|this|these|\w+ed)\b", re.I,
)  # fmt: skip
_VERBS = Expression(
    r"\b(?:was|were|is|are|did|had|has|remained|rose|fell|increased|decreased|improved|dropped|declined|"
    r"occurred|averaged|"
    r"showed|reduced|lowered|weaken\w*|attenuat\w*|disappear\w*|similar\w*|comparable)\b", re.I,
)  # fmt: skip
_ALL = Expression(r"\b(?:both|all|each|every|respectively|neither|none)\b", re.I)
_KIND = Expression(
    r"\b(?:interaction|trend|heterogen\w*|per[- ]protocol|subgroup\w*|sensitivity|univaria\w*|crude|"
    r"unadjusted)\b",
    re.I,
)
_NOTED = Expression(
    r"\b(?:was|were|is|are|being|has been|have been|had been) (?:also |thus |then |therefore |again |only "
    r")?(?:noted|found|observed|seen|detected|shown|recorded|"
    r"reported|obtained|present|evident|demonstrated|apparent|reached|noticed|achieved|confirmed|identified|"
    r"revealed)\b", re.I,
)  # fmt: skip
_LITTLE = Expression(r"\s?(?:an? )?(?:negligible|minimal|little|trivial|slight|small|no|neither|non)\b", re.I)
_PREDICATE = Expression(
    r"(?:was|were|is|are|remain\w*|proved|emerged|turned|became|stayed|did|does|do|differed|reached|attained|"
    r"achieved|"
    r"retained|failed|fell|independently|significantly (?:predict|associat|relat|correlat))\b", re.I,
)  # fmt: skip
_CLAUSE = Expression(r"[;:,]\s|\.\s|\b(?:whereas|while|whilst|but|although|and|that|which|who)\b")
_NEAR = 130
_BUT_THIS = Expression(
    r"\b(?:not|unlike|except|excluding)\s[^(){}\[\],;]{2,60}[(\[](?:[^()\[\]]|\([^()]*\)|\[[^\[\]]*\])*$", re.I
)
"""'Age (A), but not weight (B), was a predictor'."""
_BUT_NOT = Expression(r"but not\b", re.I)
"""Without evidence before it, what follows "in A, but not in B (P < 0.05)" is that of the main clause."""
_RESPECTIVELY = Expression(r"\brespectively\b", re.I)
_ONLY_IN = Expression(r"\bonly (?:in|for|among|with|at|after|on)\b", re.I)


def verdict_pairs(
    words: str, said: tuple[Verdict, ...], found: tuple[Evidence, ...]
) -> Iterator[tuple[Verdict, list[Evidence]]]:
    """Give each verdict with the evidence that is its own, one by one where it is of each of several things."""
    subjects = [
        _before(words, said[i - 1].end if i else 0, v, found) for i, v in enumerate(said)
    ]  # fmt: skip
    taken = {e.start for own in subjects for e in own}
    for index, verdict in enumerate(said):
        stop = said[index + 1].start if index + 1 < len(said) else len(words)
        begin = said[index - 1].end if index else 0
        before = subjects[index]
        behind = [e for e in _behind(words, verdict, stop, found) if e.start not in taken]
        if _BUT_NOT.match(verdict.text):
            ahead = [e for e in found if e.end <= verdict.start]
            behind = [e for e in behind if ahead and not _opposite(ahead[-1], e)]
        if index and len(behind) > 1 and _RESPECTIVELY.search(words, behind[-1].end, behind[-1].end + 30):
            behind = []
        if before and behind and re.search(r",|;|\band\b", words[verdict.end : behind[0].start]):
            behind = []
        if verdict.every:
            for e in behind:
                yield verdict, [e]
        elif before and behind:
            if len(before) == len(behind) == 1:
                yield verdict, [*before, *behind]
        elif before:
            for e in before:
                yield verdict, [e]
        elif not behind and len(said) == len(found) == 1 and INTRO.fullmatch(words[: verdict.start]):
            yield verdict, list(found)
        elif not behind and index == 0 and (told := told_before(words, begin, stop, verdict, found)):
            yield verdict, told
        elif behind:
            if _ONLY_IN.search(words, verdict.end, behind[0].start):
                yield verdict, [e for e in found if verdict.end <= e.start and e.end <= stop]
            elif _each(words, behind) or _ALL.search(words[max(0, verdict.start - 40) : behind[-1].end + 20]):
                for e in behind:
                    yield verdict, [e]
            else:
                yield verdict, behind


def _opposite(one: Evidence, two: Evidence) -> bool:
    """Say whether two intervals lie on the two sides of no effect: "more likely in A (1.2-1.6), not in B (0.7-0.9)"."""
    if one.interval is None or two.interval is None:
        return False
    null = 1 if one.interval.kind == "ratio" else 0
    (a, b), (c, d) = ((float(x.low), float(x.high)) for x in (one.interval, two.interval))
    return (a > null > d) or (b < null < c)


def _each(words: str, own: list[Evidence]) -> bool:
    """Say whether pieces of evidence stand in one list: "p = 0.03 and p = 0.27"."""
    return len(own) > 1 and all(_ITEM.fullmatch(words[a.end : b.start]) for a, b in pairwise(own))


_ITEM = Expression(
    r"\s?(?:,|;|and|or|, and)\s?|(?:\s(?:for|in|among) [\w-]+(?: [\w-]+)?)?,?\s(?:and|or)(?: with)?\s|"
    r"[^()\[\]]{0,14}[)\]](?:,| and|, and| or| nor)\s[^()\[\],;:.]{2,50}[(\[][^()\[\]]{0,50}"
)
"""What stands between the items of a list, each with its evidence."""


def _before(words: str, begin: int, verdict: Verdict, found: tuple[Evidence, ...]) -> list[Evidence]:
    """Give the evidence in the brackets of the subject of a verdict: "A (E), B (E) and C (E) were predictors"."""
    own: list[Evidence] = []
    if not _PREDICATE.match(verdict.text):
        return own
    at = verdict.start
    for e in reversed([e for e in found if begin <= e.start and e.end <= verdict.start]):
        gap = words[e.end : at]
        if own:
            if not re.fullmatch(
                r"[^()\[\]]{0,14}[)\]]{1,2}\s?(?:,|and|or|, and|,\sor)\s[^()\[\]]{2,60}[(\[][^()\[\]]{0,40}", gap
            ) or _VERBS.search(gap):
                break
        elif not re.fullmatch(
            r"[^()\[\]]{0,14}[)\]]{1,2},?\s(?:(?:which|that|also|therefore|thus|both|all)\s){0,2}(?:\w+ly\s)?", gap
        ):
            break
        if _BUT_THIS.search(words[: e.start]):
            return []
        if _depth(words[: e.start]) < 1 or (not own and _VERBS.search(_CLAUSE.split(_plain(words[: e.start]))[-1])):
            break
        own.append(e)
        at = e.start
    return own[::-1]


def _behind(words: str, verdict: Verdict, stop: int, found: tuple[Evidence, ...]) -> list[Evidence]:
    """Give the evidence that follows a verdict before anything else is said."""
    own: list[Evidence] = []
    for e in found:
        if e.start < verdict.end or e.end > stop:
            continue
        gap = _plain(words[own[-1].end if own else verdict.end : e.start])
        kind = _KIND.search(gap)
        if (
            _BREAK.search(re.sub(r"\bnor\b", " ", gap) if verdict.every else gap)
            or len(gap) > _NEAR
            or (kind and re.search(r"[,;(]", gap[: kind.start()]))
        ):
            break
        if _LITTLE.match(gap) or (not own and _closed_before(words, verdict.start, e.start)):
            break
        if (own or not verdict.every) and _VERBS.search(_NOTED.sub(" ", gap)):
            break
        if own and not verdict.every and not re.match(r"[\s,;and]*$|[^()]*\)?\s?(?:,|and|or|nor)\s", gap):
            break
        own.append(e)
    return own


def _closed_before(words: str, at: int, stop: int) -> bool:
    """Say whether a bracket that an offset stands in closes before another offset."""
    depth = 0 if _depth(words[:at]) > 0 else 10_000
    for letter in words[at:stop]:
        depth += (letter in "([") - (letter in ")]")
        if depth < 0:
            return True
    return False


def _plain(gap: str) -> str:
    """Give what stands between with brackets that are closed left out, and abbreviations of statistics."""
    bare = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", gap)
    return re.sub(r"\bvs\.", "vs", re.sub(r"[(\[][^()\[\]]*$", " ", bare))


def _depth(before: str) -> int:
    return before.count("(") + before.count("[") - before.count(")") - before.count("]")
