"""A propensity model that holds treatments given because patients got worse."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("ADJUSTED_FOR_LATER_TREATMENT",)

_MODEL = Expression(
    r"\b(?:propensity|inverse[- ]probability|IPTW|adjust(?:ed|ing|ment))\b.{0,160}?"
    r"\b(?:including|included|using|with|for|were)\b(?P<list>[^.;]+)",
    re.I,
)
_RESCUE = Expression(
    r"(?P<what>[^.;:]{5,160}?)\b(?:were|was) (?:permitted|allowed|added|given|administered|used|started|initiated)\b"
    r"[^.;]{0,40}?\b(?:when|if|once|in case of|for|in patients (?:with|whose|who))\b[^.;]{0,60}?"
    r"\b(?:worsen\w*|deteriorat\w*|progress\w*|fail\w*|refractory|inadequate|insufficient|rescue|non-?respon\w*)",
    re.I,
)
_WORSE = Expression(r"worsen|deteriorat|progress|fail|refractory|inadequate|insufficient|rescue|respon", re.I)
_PART = Expression(r"\b(?:prospective|retrospective|derivation|development|validation|training|test)\b", re.I)
_WEIGHTS = Expression(r"\b(?:propensity|inverse[- ]probability|IPTW)\b", re.I)
_COMMON = frozenset(
    "additional therapie therapy treatment dose initial intravenou other agent medication patient rescue combination "
    "exchange".split()
)


def adjusted_for_later(reading: Reading) -> Iterator[Finding]:
    """Find a model of treatment that adjusts for what was given when patients got worse.

    Such a treatment is a consequence of the one compared, so that adjusting for it takes away part of the effect. Where
    the rescue is told of one part of a paper (the prospective one) and the weights of another, the finding says so.
    Left alone: treatments of which the words of the model and of the rescue share none.
    """
    told = [(x, x.words.replace("\n", " ")) for x in lines(reading, ("abstract", "methods", "results", "body"))]
    models = [(x, m) for x, words in told if (m := _MODEL.search(words)) is not None]
    if not models:
        return
    for line, words in told:
        rescue = _RESCUE.search(words) if _WORSE.search(words) else None
        if rescue is None:
            continue
        names = _names(rescue["what"])
        for model, match in models:
            items = [x.strip() for x in re.split(r",| and |\(", match["list"])]
            both = [item for item in items if names & _names(item)]
            if both and model.start != line.start:
                other = _of_another_part(reading, line, model)
                yield reading.finding(
                    "ADJUSTED_FOR_LATER_TREATMENT", "concern",
                    f"the model adjusts for {' and '.join(both)}, given when patients got worse"
                    + (" in another part of the paper; when it was given here is not told" if other else ""),
                    "it may have been given before the start as well; given later, it is a consequence",
                    quotes=((model.start + match.start("list"), model.start + match.end("list")), line.whole),
                )  # fmt: skip
                return


def _of_another_part(reading: Reading, rescue: Line, model: Line) -> bool:
    """Say whether headings put the rescue in one part of a paper, and its propensity model is told of another part."""
    sections = reading.document.sections
    own = _PART.search(sections[rescue.section].heading)
    if own is None:
        return False
    name = own[0].lower()
    if any(m[0].lower() == name for m in _PART.finditer(model.words + " " + sections[model.section].heading)):
        return False
    for line in lines(reading, ("methods", "results", "body")):
        part = _PART.search(sections[line.section].heading)
        if part is not None and part[0].lower() != name and _WEIGHTS.search(line.words):
            return True
    return False


def _names(words: str) -> frozenset[str]:
    return frozenset(w.lower().rstrip("s") for w in re.findall(r"[A-Za-z]{6,}", words)) - _COMMON
