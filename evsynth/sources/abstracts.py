"""Split the abstract that a MEDLINE record prints as one text into its labelled sections.

A record prints labels in the running text: `OBJECTIVE: To … METHODS: We …`. A label is taken where a sentence
begins, in capitals, before a colon. Well-known labels are taken anywhere; other capitals (`LEVEL OF
EVIDENCE`, `KEY POINTS`) only in an abstract that begins with a label, and only when a word of them is too
long for an abbreviation, so that a sentence that begins `COPD: …` does not become a section.
`Record.abstract_text` gives back the very text.
"""

from __future__ import annotations

import re

from evsynth.model.record import Section

_KNOWN = re.compile(
    r"\b(?:ABSTRACT|AIMS?|APPROACH|BACKGROUND|CASE|CONCLUSIONS?|CONTEXT|DATA|DESIGN|DISCUSSION|ELIGIBILITY|FINDINGS?"
    r"|FUNDING|GOALS?|HYPOTHESIS|IMPORTANCE|INTERPRETATION|INTERVENTIONS?|INTRODUCTION|KEYWORDS|LIMITATIONS?|MATERIALS?"
    r"|MEASUREMENTS?|METHODS?|METHODOLOGY|OBJECTIVES?|OUTCOMES?|PARTICIPANTS|PATIENTS|POPULATION|PROCEDURES?|PURPOSE"
    r"|RATIONALE|REGISTRATION|RESULTS?|SETTINGS?|SIGNIFICANCE|STUDY|SUBJECTS|SUMMARY|TRIAL)\b"
)
_LABEL = re.compile(r"(?:^|(?<=[.?!)\]\"'”’;:%]) )(?P<label>[A-Z][A-Z0-9 ,/&'’()-]{2,79}): ?")


def sections(abstract: str) -> tuple[Section, ...]:
    """Return the sections of an abstract in order; one without label where the abstract has none.

    >>> [s.label for s in sections("AIM: To see. METHODS: We saw. COPD: no section.")]
    ['AIM', 'METHODS']
    """
    if not abstract:
        return ()
    structured = False
    cuts: list[tuple[int, int, str]] = []
    for found in _LABEL.finditer(abstract):
        label = found["label"]
        known = bool(_KNOWN.search(label))
        long = max(map(len, re.findall(r"[A-Z]+", label))) >= 6
        if not (known or (long and (structured or found.start() == 0))):
            continue
        structured = structured or found.start() == 0
        cuts.append((found.start(), found.end(), label))
    if not cuts:
        return (Section(text=abstract),)
    before = abstract[: cuts[0][0]]
    parts = [Section(text=before)] if before else []
    for (_, start, label), stop in zip(cuts, [c[0] for c in cuts[1:]] + [len(abstract)], strict=True):
        parts.append(Section(label=label, text=abstract[start:stop]))
    rendered = " ".join(" ".join(x for x in (f"{p.label}:" if p.label else "", p.text) if x) for p in parts)
    return tuple(parts) if rendered == abstract else (Section(text=abstract),)
