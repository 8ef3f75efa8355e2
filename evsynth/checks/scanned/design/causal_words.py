"""A study without randomisation concludes in words of cause and effect."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import Line, is_randomised, lines, says
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("CAUSAL_WORDS",)

_OBSERVED = Expression(
    r"\b(?:retrospective\w*|observational|cohort study|case series|before[- ](?:and[- ])?after|single-arm|"
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
    r"prevents|decreases|slows)\b",
    re.I,
)


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
    """Find a causal verb with a treatment as its subject in the words of an observational study that conclude, once.

    Left alone: randomised studies, words of association, and other studies' results in a discussion.
    """
    if is_randomised(reading) or not says(reading, _OBSERVED, ("title", "abstract", "methods", "body")):
        return
    for role in ("conclusion", "abstract", "results", "title"):
        for line in lines(reading, (role,)):
            part = reading.document.sections[line.section].part
            found = None if role == "title" else _CAUSE.search(line.words)
            if found is None and (part == "conclusion" or role == "title"):
                found = _CLAIM.search(line.words)
            if found and re.search(r"\b(?:neither|nor|no|not|whether|may|might)\b", line.words[: found.end()], re.I):
                continue
            if found and re.search(r"\bto (?:this|the|our) (?:\w+ )?(?:model|score)|recommendation", found[0], re.I):
                continue
            if found and role == "abstract" and part == "abstract" and not _is_last(reading, line):
                continue
            if found and not (role == "abstract" and part in ("background", "methods")):
                yield reading.finding(
                    "CAUSAL_WORDS", "concern",
                    f"a study without randomisation says '{' '.join(found[0].split())}'",
                    "authors often write so of change under treatment; without a randomised comparison, "
                        "natural course, regression to the "
                    "mean and treatment given alongside remain as explanations",
                    quotes=(line.piece(found),),
                )  # fmt: skip
                return


def _is_last(reading: Reading, line: Line) -> bool:
    """Say whether a sentence is one of the last two of its section: an abstract without parts concludes there."""
    section = reading.document.sections[line.section]
    after = [x for x in lines(reading, (section.role,)) if x.section == line.section and x.start > line.start]
    return len(after) < 2
