"""The dose of a drug that the doctors were free to change is reported as an outcome of the treatment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import Line, is_randomised, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("OUTCOME_DECIDED_BY_DOCTORS",)

_DRUG = (
    r"(?P<drug>(?:methyl)?prednis(?:ol)?one|glucocorticoids?|(?:cortico)?steroids?|opioids?|morphine|insulin|"
    r"antihypertensives?|diuretics?|vasopressors?|antiepileptics?|immunosuppressants?|levodopa|analgesics?|"
    r"transfusions?)"
)
_FREE = Expression(
    rf"\b{_DRUG}\b[^.;]{{0,60}}?\b(?:was|were|being)\s(?:gradually |then |individually )?(?:adjusted|tapered|titrated|"
    r"reduced|decided|changed|given|managed)\b[^.;]{0,60}?\b(?:by (?:the )?(?:treating |attending |responsible )?"
    r"(?:physicians?|clinicians?|rheumatologists?|doctors?|team)|at the discretion|according to|based on|depending on)",
    re.I,
)
_OUTCOME = Expression(
    rf"\b(?:dos(?:e|es|age|ages|ing) of (?:\w+ )?{_DRUG.replace('drug', 'd1')}|{_DRUG.replace('drug', 'd2')} "
    r"(?:dos(?:e|es|age|ages)|requirements?|use|consumption)|MPRED|required dosage of \w+)\b[^.;]{0,90}?\b(?:reduc\w+|"
    r"decreas\w+|lower\w*|taper\w+|fell|declin\w+|spar\w+)|"
    r"\b(?:reduc\w+|decreas\w+|lower\w*|taper\w+)\b[^.;]{0,50}?\b(?:dos(?:e|es|age|ages) of "
    rf"(?:\w+ )?{_DRUG.replace('drug', 'd3')}|{_DRUG.replace('drug', 'd4')} (?:dos(?:e|es|age)|requirements?|use|"
    r"consumption))",
    re.I,
)
_PROTOCOL = Expression(r"\b(?:fixed|pre-?specified|prespecified|predefined|standardi[sz]ed) (?:taper|schedule|"
                       r"protocol|algorithm)|\bblind(?:ed|ing)\b", re.I)  # fmt: skip
_NUMBER = Expression(r"\d[^.;]*\b[Pp]\b|\b[Pp]\b\s?[=<]|\d\s?%|\d\s?mg")


def outcome_decided(reading: Reading) -> Iterator[Finding]:
    """Find a dose that was adjusted by the doctors and whose fall is told as a result, with its numbers, once.

    A concern. Left alone: randomised studies, and doses tapered by a fixed schedule or by people who were blinded.
    """
    if is_randomised(reading):
        return
    own = list(lines(reading, ("methods", "body")))
    free = next(((x, m) for x in own if (m := _FREE.search(x.words)) and not _PROTOCOL.search(x.words)), None)
    if free is None:
        return
    drug = _kind(free[1]["drug"])
    for line in lines(reading, ("results", "abstract", "body")):
        found = _OUTCOME.search(line.words)
        if found and _NUMBER.search(line.words) and line.start != free[0].start and _same(found, drug, line):
            yield reading.finding(
                "OUTCOME_DECIDED_BY_DOCTORS", "concern",
                f"the doctors decided the dose of {free[1]['drug'].lower()}, and its fall is told as a result",
                "a lower dose is good in itself; but where the plan was to taper, or the doctors knew the treatment, "
                "it does not show that the treatment works",
                quotes=(free[0].piece(free[1]), line.piece(found)),
            )  # fmt: skip
            return


_STEROID = Expression(r"prednis|corticoid|steroid|MPRED", re.I)


def _kind(drug: str) -> str:
    return "steroid" if _STEROID.search(drug) else drug.lower().rstrip("s")


def _same(found: re.Match[str], drug: str, line: Line) -> bool:
    words = line.words[found.start() : found.end()]
    return bool(_STEROID.search(words)) if drug == "steroid" else drug in words.lower()
