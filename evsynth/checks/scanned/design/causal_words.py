"""A study without randomisation concludes in words of cause and effect."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import Line, is_randomised, lines, says
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.scan.parts import Role
from evsynth.text.expressions import Expression

CODES = ("CAUSAL_WORDS",)

_OBSERVED = Expression(
    r"\b(?:retrospective\w*|observational|cohort study|case series|cross-sectional|case[-–]control|"
    r"before[- ](?:and[- ])?after|single-arm|"
    r"(?<!previous )(?<!earlier )uncontrolled (?=stud|trial|case|series|open|clinical|cohort)|registry|"
    r"non-?randomi[sz]ed|chart review|medical records)\b",
    re.I,
)
_CAUSE = Expression(
    r"\b(?:treatment|therapy|administration|use|addition|combination|drug|(?!(?:al|b|z|g|d|n|horm|ketone)?one\b|"
    r"baseline|decline|routine|"
    r"medicine|outside|inside|guideline|saline|peptide|oxide|late\b|ine\b)\w+(?:mab|nib|mus|ine|one|late|"
    r"olol|pril|statin|ide))\b[^.;()]{0,40}?\b"
    r"(?:led to|resulted in|caused|significantly (?:improve[sd]?|reduce[sd]|ameliorate[sd]?|decrease[sd]|"
    r"prevent(?:s|ed)|slow(?:s|ed))|(?:effectively )?(?:prevents?|slowed|prevented)|has proven|is effective|"
    r"was effective)\b"
    r"|\b(?:confirms?|shows?|demonstrates?|proves?|prove) that\b[^.;]{0,120}?\b(?:improves|reduces|ameliorates|"
    r"prevents|decreases|slows)\b"
    r"|\bsuperior (?:in|at) (?:reducing|improving|preventing|slowing|lowering|prolonging)\b"
    r"|\b(?:treatment|therapy|combination|regimen)\W? not only (?:slow(?:s|ed)|reduc(?:es|ed)|prevent(?:s|ed)|"
    r"improv(?:es|ed)|prolong(?:s|ed))\b",
    re.I,
)


_BARE = Expression(
    r"(?<=[a-z] )causes (?!(?:of|for|were|was|are|is|and|or|that|other|which|among|in|by|to|such)\b)[a-z]|"
    r"\b(?:is|are) (?:therefore |thus |itself )?(?:an?|the) (?:direct |main |major |leading |important |independent "
    r")*cause of|"
    r"\b(?:is|are) (?:therefore |thus )?caused by\b", re.I,
)  # fmt: skip
"""Cause and effect of anything, where a paper concludes."""
_CLAIM = Expression(
    r"\b(?:treatment|therapy|surgery|[a-z]+(?:mab|nib|limus|sone|lone|statin|idone|olol|pril|ciclib|gliptin|flozin|"
    r"glutide|"
    r"prine|fenate)|mycophenolate|methotrexate|colchicine|metformin)\s+(?:(?:significantly|effectively|safely|"
    r"markedly)\s+)?"
    r"(?:improves|reduces|prevents|slows|prolongs|decreases|ameliorates|improved survival|reduced (?:mortality|"
    r"relapse))\b",
    re.I,
)


def causal_words(reading: Reading) -> Iterator[Finding]:
    """Find causal verbs with a treatment as their subject in the words of an observational study that conclude.

    One finding for a study, which quotes every such place: what an abstract page repeats of a full text is told with
    the full text. Left alone: randomised studies, words of association, and other studies' results in a discussion.
    """
    found = _found(reading)
    whole = reading.document.kind == "full text"
    for other in reading.related:
        if not whole and other.document.kind == "full text":
            there = {_plain(m) for _, m in _found(other)}
            found = [(line, m) for line, m in found if _plain(m) not in there]
    if found:
        told = ", ".join(f"'{text}'" for text in dict.fromkeys(_plain(m) for _, m in found))
        here = {_plain(m) for _, m in found}
        again = [
            other.quoted(*line.piece(m))
            for other in reading.related
            if whole and other.document.kind != "full text"
            for line, m in _found(other)
            if _plain(m) in here
        ]
        yield reading.finding(
            "CAUSAL_WORDS", "concern",
            f"a study without randomisation says {told}",
            "authors often write so of change under treatment; without a randomised comparison, natural course, "
            "regression to the mean and treatment given alongside remain as explanations",
            quotes=tuple(line.piece(m) for line, m in found), others=tuple(again),
        )  # fmt: skip


def _found(reading: Reading) -> list[tuple[Line, re.Match[str]]]:
    """Give the causal words of a document, each with its sentence; none in a randomised study."""
    if is_randomised(reading) or not says(reading, _OBSERVED, ("title", "front matter", "abstract", "methods", "body")):
        return []
    roles: tuple[Role, ...] = ("conclusion", "abstract", "results", "discussion", "title")
    return [(line, m) for role in roles for line in lines(reading, (role,)) if (m := _caused(reading, line))]


def _plain(match: re.Match[str]) -> str:
    return " ".join(match[0].split())


def _caused(reading: Reading, line: Line) -> re.Match[str] | None:
    """Give the causal words of a sentence that tells or concludes the study's own results."""
    part = reading.document.sections[line.section].part
    if line.role == "discussion" and not (
        _OWN.search(line.words) or (_is_last(reading, line, 6) and not _OTHERS.search(line.words))
    ):
        return None
    found = None if line.role == "title" else _CAUSE.search(line.words)
    if found is None and (part == "conclusion" or line.role == "title"):
        found = _CLAIM.search(line.words) or (_BARE.search(line.words) if part == "conclusion" else None)
    if (
        found is None
        or _HEDGED.search(line.words[: found.end()].replace("not only", ""))
        or _OTHERWISE.search(found[0])
    ):
        return None
    if line.role == "abstract" and (
        part in ("background", "methods") or (part == "abstract" and not _is_last(reading, line))
    ):
        return None
    return found


_OWN = Expression(
    r"\b(?:we found|our (?:study|results|data|findings|cohort)|this study|in summary|in conclusion)\b", re.I
)
_OTHERS = Expression(
    r"\b(?:trials?|et al|previous\w*|earlier|others|reviews?|guidelines?|studies)\b|\b(?:19|20)\d\d\b|\[\d|\(\d", re.I
)
_HEDGED = Expression(r"\b(?:neither|nor|no|not|whether|may|might)\b", re.I)
_OTHERWISE = Expression(r"\bto (?:this|the|our) (?:\w+ )?(?:model|score)|recommendation", re.I)


def _is_last(reading: Reading, line: Line, many: int = 2) -> bool:
    """Say whether a sentence is one of the last of its section: an abstract, or a discussion, concludes there."""
    section = reading.document.sections[line.section]
    after = [x for x in lines(reading, (section.role,)) if x.section == line.section and x.start > line.start]
    return len(after) < many
