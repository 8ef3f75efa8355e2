"""The words around a result in running text: what it is about, in whom, and when."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evsynth.scan.document import Document
from evsynth.scan.labels import time_in
from evsynth.scan.parts import Phrase
from evsynth.scan.statistics.candidate import Candidate
from evsynth.scan.statistics.groups import Groups, open_bracket
from evsynth.text.expressions import Expression

_ABBREVIATION = Expression(r"\(([A-Za-z][A-Za-z0-9/+-]{1,14})\)")
_LEAD = Expression(
    r"^(?:[\s,;:.]+|(?:and|or|but|vs\.?|versus|compared with|compared to|with|in|of|for|the|a|an|was|were|by|to|"
    r"at|from|as|an?d?|these|those|them|whom|this|it|they|we|which|that|respectively|whereas|while|also|"
    r"followed by|including|than)\b[ \n]*)+",
    re.IGNORECASE,
)
_TRAIL = Expression(
    r"(?:[ \n]+(?:in|was|were|of|at|is|are|as|from|to|for|by|with|the|a|an|than|had|been|being|observed|"
    r"occurred|recorded|reported|found|seen|noted|all))+$"
)
_BREAKS = Expression(
    r"[;:()\[\]―]|,(?=[ \n])|[ \n]{1,4}(?:and|but|whereas|while|although|compared with|vs\.?|versus)[ \n]{1,4}"
)
_JOIN = Expression(r"\b(?:and|or|vs\.?|versus|compared with|compared to|respectively)\b")
_FAR = 600
"""Words further than this many characters from a result say nothing about it."""
_VERB = Expression(r"(?:[a-z]+ )?(?:were|was|had|have|has|did|[a-z]+ed|underwent|met|withdrew)")
_COUNTED = frozenset({"count", "count percent", "fraction", "percent", "group size"})


def described(candidates: Sequence[Candidate], document: Document) -> list[Candidate]:
    """Give the candidates of running text with variable, group and time as far as the words say them."""
    result: list[Candidate] = []
    masked = _masked(candidates, document.prose)
    groups = Groups(document)
    for candidate in candidates:
        sentence = document.sentence_at(candidate.start)
        start, end = (sentence.start, sentence.end) if sentence else (candidate.start - 200, candidate.end)
        start, end = max(0, start, candidate.start - _FAR), min(len(document.prose), end, candidate.end + _FAR)
        opened = open_bracket(document.prose, start, candidate.start)
        group = groups.nearest(candidate.start, candidate.end, opened, start, end)
        variable = _variable(candidate, document, masked, start)
        if candidate.label == "n" and candidate.sort == "group size" and variable is not None:
            group = groups.at_end(variable) or (variable if _short(variable) else group)
        if candidate.group is not None:
            group = candidate.group
        if group is not None and candidate.sort in ("p", "estimate") and groups.several(start, end):
            group = None
        before = result[-1] if result else None
        alike = before is not None and before.start >= start and before.sort == candidate.sort
        if variable is None and before is not None and alike and not _words_in(masked[before.end : candidate.start]):
            variable = before.variable
        at = _time(candidate, document, start, end)
        if candidate.sort == "count" and _VERB.fullmatch(candidate.label):
            after = candidate._replace(end=candidate.figures[0].end)
            variable = _following(after, document, document.prose, end) or variable
        if variable is None and candidate.sort in _COUNTED:
            variable = _following(candidate, document, masked, end)
        result.append(candidate._replace(variable=variable, group=group, at=at))
    return _respectively(result, document, groups)


def _masked(candidates: Sequence[Candidate], prose: str) -> str:
    """Blank the results themselves and the brackets of abbreviations, so that only the words between them are left."""
    letters = list(_ABBREVIATION.sub(lambda m: f" {m[1]} ", prose))
    for candidate in candidates:
        for i in range(candidate.start, candidate.end):
            letters[i] = " " if letters[i] not in "()[]" else letters[i]
    return "".join(letters)


def _variable(candidate: Candidate, document: Document, prose: str, start: int) -> Phrase | None:
    """Give the words before the result: before its bracket if it stands in one, back to the last break."""
    opened = open_bracket(prose, start, candidate.start)
    inside = prose[opened + 1 : candidate.start].strip(" \n,;:") if opened is not None else ""
    if opened is not None and re.search(
        r"[A-Za-z]{2}", re.sub(r"(?i)\b(?:log-rank|p|n|vs|and|all|both|respectively|median|mean|iqr|sd)\b", "", inside)
    ):
        begin = opened + 1
        breaks = [m.end() for m in _BREAKS.finditer(prose, begin, candidate.start) if m.end() <= candidate.start - 2]
        return _phrase(document, breaks[-1] if breaks else begin, candidate.start, prose)
    end = opened if opened is not None else candidate.start
    breaks = [m.end() for m in _BREAKS.finditer(prose, start, end) if m.end() <= end - 2]
    while len(breaks) > 1 and not re.search(r"[A-Za-z]{2}", prose[breaks[-1] : end]):
        end = breaks.pop() - 1
    return _phrase(document, breaks[-1] if breaks else start, end, prose)


def _short(phrase: Phrase) -> bool:
    """Say whether words can be the name of a group: few, and no verb among them."""
    return len(phrase.text.split()) <= 6 and not re.search(r"\b(?:was|were|had|is|are|showed|did)\b", phrase.text)


def _words_in(text: str) -> bool:
    """Say whether a text holds words other than those that join two results."""
    return re.search(r"[A-Za-z]{2}", _JOIN.sub(" ", text)) is not None


def _following(candidate: Candidate, document: Document, prose: str, end: int) -> Phrase | None:
    """Give the words after a count that opens its clause: "14 (78%) improved"."""
    stop = next((m.start() for m in _BREAKS.finditer(prose, candidate.end, end)), end)
    words = prose[candidate.end : stop]
    pieces = list(re.finditer(r"\S+", words))[:12]
    if not pieces or not re.search(r"[A-Za-z]{2}", words):
        return None
    length = len(words[: pieces[-1].end()].rstrip(" .,;\n"))
    return document.phrase(candidate.end + pieces[0].start(), candidate.end + length)


def _phrase(document: Document, start: int, end: int, prose: str = "") -> Phrase | None:
    text = (prose or document.prose)[start:end]
    lead = _LEAD.match(text)
    start += lead.end() if lead else 0
    words = _end_of((prose or document.prose)[start:end])
    pieces = list(re.finditer(r"\S+", words))
    if len(pieces) > 14:
        start += pieces[-14].start()
        words = _end_of((prose or document.prose)[start:end])
    if (
        document.prose[start + len(words) : start + len(words) + 1] == ")"
        and "(" in document.prose[start : start + len(words)]
    ):
        words += ")"  # the abbreviation that ends the phrase
    return document.phrase(start, start + len(words)) if _words_in(words) else None


def _end_of(words: str) -> str:
    """Give words without the verb or preposition that leads on to the result."""
    return _TRAIL.sub("", words.rstrip(" \n,;:=(["))


def _time(candidate: Candidate, document: Document, start: int, end: int) -> Phrase | None:
    near_start, near_end = max(start, candidate.start - 90), min(end, candidate.end + 60)
    before = document.prose[near_start : candidate.start]
    found = None
    position = 0
    while span := time_in(before[position:]):
        found = (near_start + position + span[0], near_start + position + span[1])
        position += span[1]
    if found is None and (span := time_in(document.prose[candidate.end : near_end])):
        found = (candidate.end + span[0], candidate.end + span[1])
    if found is None or document.prose[found[0] : found[1]].strip().lower() in ("before", "after", "pre", "post"):
        return None
    return document.phrase(*found)


def _respectively(candidates: list[Candidate], document: Document, groups: Groups) -> list[Candidate]:
    """Pair "12 and 15 … in groups A and B, respectively" in order, where as many groups as results are named."""
    result = list(candidates)
    by_sentence: dict[int, list[int]] = {}
    for i, candidate in enumerate(candidates):
        sentence = document.sentence_at(candidate.start)
        if sentence is not None:
            by_sentence.setdefault(sentence.index, []).append(i)
    for index, members in by_sentence.items():
        sentence = document.sentences[index]
        words = document.prose[sentence.start : sentence.end]
        end = words.find("respectively")
        if end < 0:
            continue
        names = groups.listed(sentence.start, sentence.start + end)
        alike: dict[str, list[int]] = {}
        for i in members:
            if candidates[i].end <= sentence.start + end:
                alike.setdefault(candidates[i].sort, []).append(i)
        for same in alike.values():
            if len(same) == len(names) >= 2:
                for i, name in zip(same, names, strict=True):
                    result[i] = result[i]._replace(group=name)
    return result
