"""A study that says it had no comparison group concludes that its treatment is better; a model called ready for use."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.concluding import concluding
from evsynth.checks.scanned.prose import Line, is_randomised, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("SUPERIOR_WITHOUT_COMPARISON", "READY_WITHOUT_VALIDATION")

_ALONE = Expression(
    r"\b(?:no|without(?: an?)?|absence of(?: an?)?|lack(?:s|ed)?(?: of)?(?: an?)?|did not (?:have|include)(?: an?)?|"
    r"not (?:have|include)(?: an?)?|lacking an?)\s(?:\w+ ){0,2}?(?:control|comparison|comparator|reference)"
    r"(?: group| arm| cohort|s\b|\b)|\b(?:single|one)-?\s?arm\b|"
    r"\buncontrolled (?:\w+[ -]){0,2}?(?:stud(?:y|ies)|trials?|series|design|case|cohort)\b", re.I,
)  # fmt: skip
_BETTER = Expression(
    r"\b(?:(?:is|was|are|were|proved|appears?|seems?) (?:\w+ ){0,2}?(?:more (?:effective|efficacious|"
    r"beneficial)|superior|"
    r"better|safer)\b(?! (?:FVC|function|outcomes?|quality|control|survival|described|explained|regarded|understood|"
    r"known|seen|suited|tolerated|viewed|called|characteri[sz]ed)\b)|\b(?:superiority "
    r"of|works? better|should (?:therefore |now |thus )?(?:be (?:used|given|preferred|"
    r"offered)|replace)\b[^.;]{0,60}?\b(?:in (?:its|their) place|instead|rather than|in place of|over|in preference))|"
    r"outperform\w*|(?:is|was|are|were) preferable to)", re.I,
)  # fmt: skip
_HEDGED = Expression(
    r"\b(?:higher|lower|more|less|fewer) (?:is|are) (?:better|worse)\b|"
    r"\b(?:not|no|nor|whether|cannot|may|might|could|if|trials?|stud(?:y|ies) (?:are|is)|"
    r"than (?:expected|before|"
    r"baseline|at)|previous\w*|reported|unclear)\b", re.I,
)  # fmt: skip
_NEEDS = Expression(
    r"\b(?:requires?|needs?|awaits?|lacks?|without|no|not (?:been )?|pending|absence of|"
    r"want of)\b[^.;]{0,45}?\bexternal(?:ly)? "
    r"(?:validat\w+|cohort)|\b(?:not|never) (?:been )?(?:externally )?validated (?:in|externally)|external validation "
    r"(?:is|was|will be|has) (?:required|needed|necessary|lacking|not|awaited|warranted)", re.I,
)  # fmt: skip
_READY = Expression(
    r"\b(?:can|should|may) (?:now |already |therefore |thus |be |immediately |safely )*(?:be )?(?:used|applied|adopted|"
    r"implemented|introduced|relied)\b[^.;]{0,30}?\b(?:now|today|routine\w*|immediately|in (?:each|every|all|daily|"
    r"clinical|everyday)|to (?:adjust|guide|select|decide|choose))|\bready (?:for|to be)\b[^.;]{0,25}\b(?:use|used|"
    r"practice|clinic)|\b(?:can|should) (?:now|immediately|already) be (?:used|applied|adopted|introduced)", re.I,
)  # fmt: skip
_MODEL = Expression(r"\b(?:model|score|nomogram|rule|algorithm|signature|equation|calculator|it)\b", re.I)
_LATER = Expression(r"\b(?:once|after|when|if|before|until|provided|not|cannot|no)\b", re.I)


def superior_alone(reading: Reading) -> Iterator[Finding]:
    """Find a conclusion of superiority in a study that says it had no comparison group, and use before validation.

    Left alone: randomised studies, hedges, wishes for trials, comparisons with the values before.
    """
    every = list(lines(reading, ("abstract", "methods", "results", "body", "discussion", "conclusion")))
    alone = next(((x, m) for x in every if (m := _ALONE.search(x.words)) and not _absent(x, m)), None)
    ends = {x.whole for x in concluding(reading)}
    last = [x for x in every if x.whole in ends or x.role in ("conclusion", "discussion", "abstract")]
    if alone is not None and not is_randomised(reading):
        for line in last:
            said = _BETTER.search(line.words)
            if said is None or _HEDGED.search(line.words) or line.whole == alone[0].whole:
                continue
            yield reading.finding(
                "SUPERIOR_WITHOUT_COMPARISON", "concern",
                f"'{' '.join(said[0].split())}' in a study that says '{' '.join(alone[1][0].split())}'",
                "without patients treated otherwise nothing shows that one treatment is better than another",
                quotes=(line.whole, alone[0].piece(alone[1])),
            )  # fmt: skip
            break
    needs = next(((x, m) for x in every if (m := _NEEDS.search(x.words))), None)
    if needs is None:
        return
    for line in last:
        ready = _READY.search(line.words)
        if ready and _MODEL.search(line.words) and not _LATER.search(line.words) and line.whole != needs[0].whole:
            yield reading.finding(
                "READY_WITHOUT_VALIDATION", "concern",
                f"'{' '.join(ready[0].split())}' beside '{' '.join(needs[1][0].split())}'",
                "a model that was not tested in other patients may perform worse there",
                quotes=(line.whole, needs[0].piece(needs[1])),
            )  # fmt: skip
            return


def _absent(line: Line, match: re.Match[str]) -> bool:
    """Say whether the words are of something else: "no control visits", other studies."""
    after = line.words[match.end() : match.end() + 12]
    return bool(re.match(r"\s?(?:visits?|samples?|for|of)\b", after)) or bool(
        re.search(r"\b(?:previous|earlier|other|most|these) (?:studies|trials|reports|series)", line.words)
    )
