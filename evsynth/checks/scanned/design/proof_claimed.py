"""'Prove that the drug restores function', 'a trial is no longer needed', concluded without randomisation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.concluding import concluding
from evsynth.checks.scanned.prose import Line, is_randomised, lines, says
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("CAUSAL_WORDS",)

_OBSERVED = Expression(
    r"\b(?:retrospective\w*|observational|cohort|case series|before[- ](?:and[- ])?after|single-arm|uncontrolled|"
    r"registry|registers?|"
    r"non-?randomi[sz]ed|chart review|medical records|cross-?\s?sectional|questionnaires?|surveys?|case[- ]control|"
    r"ecological|"
    r"no (?:control|comparison) group|matched)\b", re.I,
)  # fmt: skip
_EFFECT = (
    r"(?:caus(?:e[sd]?|ing|al(?:ly)?)|restor\w+|prevent\w*|halt\w*|revers\w+|cur(?:es?|ed|ing)|improv\w+|reduc\w+|"
    r"lower\w*|protect\w*|"
    r"sav(?:es?|ed|ing)|slow\w*|prolong\w*|rais\w+|increas\w+|leads? to|responsible|work(?:s|ed)?|effective|"
    r"efficacious|safe|due to|"
    r"triggers?|provok\w+|eliminat\w+|abolish\w+)"
)
_PROOF = Expression(
    rf"\b(?:prove[sd]? (?:that|beyond)|(?:provides?|is|are|gives?) (?:definit\w+ |conclusive |clear "
    rf")?(?:proof(?![- ]of[- ])|"
    rf"evidence of causation)|"
    rf"establish(?:es|ed)? (?:beyond doubt )?that|leaves? no doubt|beyond (?:any |reasonable )?doubt|definitively "
    rf"(?:show\w*|demonstrat\w*|"
    rf"establish\w*)|conclusively (?:show\w*|demonstrat\w*|establish\w*))\b[^.;]{{0,120}}?\b{_EFFECT}\b|"
    rf"\b(?:been )?(?:shown|demonstrated|proven|established|found) to (?:be the cause|cause)\b|"
    rf"\b(?:demonstrat\w+|show\w*|confirm\w*|establish\w*) that [^.;]{{0,80}}?\b(?:directly |itself |thereby "
    rf")?(?:(?<![\w-])causes?(?![\w-])|caused by|"
    rf"is the cause of|a causal (?:effect|role|relation\w*|link)|itself (?:improves|restores|prevents|reduces|"
    rf"protects|lowers))\b|"
    rf"\b(?:randomi[sz]ed |controlled |further )*(?:trials?|stud(?:y|ies)) (?:is|are|would be) (?:no longer|not|"
    rf"therefore not|thus not) "
    rf"(?:needed|necessary|required|ethical)\b|"
    rf"\bwithout waiting for (?:\w+ )*(?:trials?|stud(?:y|ies))\b", re.I,
)  # fmt: skip
_ALL = Expression(
    r"\b(?:improves|prevents|reduces|protects|saves|cures|halts|restores|lowers|prolongs|"
    r"causes)\b[^.;]{0,90}?\b(?:so that|and|hence|"
    r"therefore|thus)\b[^.;]{0,30}?\b(?:every|all|each|any)\b[^.;]{0,40}?\b(?:should|must|ought to)\b", re.I,
)  # fmt: skip
_DENIED = Expression(
    r"\b(?:not|cannot|no|nor|neither|never|whether|may|might|could|if|would|until|hardly|unless|previous\w*|et al|"
    r"trials? (?:have|has)|"
    r"earlier|meta-analys\w*|well (?:known|established)|guidelines?|known)\b", re.I,
)  # fmt: skip
_ENDING = Expression(r"\b(?:in (?:conclusion|summary)|to conclude|we conclude|these (?:results|data|findings)|the "
                     r"data|our (?:results|data|findings)"
                     r"|this (?:study|shows|proves)|implications?|thus|therefore)\b", re.I)  # fmt: skip


def proof_claimed(reading: Reading) -> Iterator[Finding]:
    """Find words of proof, or of treatment for all, in the last sentences of a study without randomisation, once.

    Left alone: randomised studies, denials, hedges, what other studies are said to have shown.
    """
    if is_randomised(reading) or not says(reading, _OBSERVED, ("title", "abstract", "methods", "body")):
        return
    ends = {line.whole for line in concluding(reading)}
    told = list(lines(reading, ("abstract", "discussion", "conclusion", "body")))
    last = {x.whole for x in _last(told)}
    for line in told:
        if line.whole not in ends | last and not (line.role == "discussion" and _ENDING.search(line.words)):
            continue
        found = _PROOF.search(line.words) or _ALL.search(line.words)
        if found is None or _DENIED.search(_bare(line.words[: found.end()], found)):
            continue
        yield reading.finding(
            "CAUSAL_WORDS", "concern", f"a study without randomisation says '{' '.join(found[0].split())}'",
            "other differences between those with and without it, natural course and chance remain as explanations",
            quotes=(line.whole,),
        )  # fmt: skip
        return


def _bare(words: str, found: re.Match[str]) -> str:
    """Give the words up to the end of a claim without those of "no longer needed", "no doubt", which are the claim."""
    return re.sub(r"\bno (?:longer|doubt)\b|\bnot (?:needed|necessary|required|ethical)\b|\bwithout\b", " ", words)


def _last(told: list[Line]) -> list[Line]:
    """Give the last two sentences of each section."""
    sections: dict[int, list[Line]] = {}
    for line in told:
        sections.setdefault(line.section, []).append(line)
    return [x for found in sections.values() for x in found[-2:]]
