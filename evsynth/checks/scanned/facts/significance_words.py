"""Words that call a result significant, or not: "did not differ", "no association", "reached significance"."""

from __future__ import annotations

import re

from evsynth.text.expressions import Expression

_THING = (
    r"(?:differences?|changes?|associations?|correlations?|improvements?|effects?|reductions?|increases?|decreases?|"
    r"benefits?|"
    r"relationships?|impact|interaction)"
)

NEGATIVE = Expression(
    rf"(?<!compared to )(?<!compared with )(?<!versus )(?<!vs )(?<!than )\b(?:no|without|neither|nor|lack "
    rf"of)\s+(?:any\s+)?"
    rf"(?:(?:statistically|clear|overall)\s+)?(?:significant(?:ly)?\s+)?(?:\w+\s+){{0,2}}?{_THING}\b"
    r"|\b(?:did|do|does|was|were|is|are|had|has)(?: not|n[o']t)\s+(?:\w+ly\s+)?(?:show\w*\s+|have\s+|"
    r"find\s+)?(?:any?\s+)?(?:statistically\s+)?(?:significan\w*|differ\w*|associated|correlated?|"
    r"chang\w*|improve\w*|predict\w*|affect\w*|influenc\w*|relat\w*|depend\w*|"
    r"(?:reach|attain|achiev)\w* (?:(?:statistical|conventional) )?significance)"
    r"|\b(?:was|were|is|are|remained) (?:\w+ly )?(?:unaffected|unrelated|indistinguishable)\b"
    r"|\b(?:was|were|is|are) (?:not|no) (?:any )?(?:more|less) (?:likely|frequent|common|prone)\b"
    r"|\bno evidence (?:of|for|that)\b"
    r"|^(?:but|and|though|although)\s+not (?:with|in|for|between|at|by|of)\b"
    r"|\bnon-?significan\w*|\binsignificant\w*|\bnot (?:statistically )?significant\w*|\bno longer significant|"
    r"\bneither\b[^.;]{3,80}"
    r"\b(?:significant\w*|differ\w*|associated|correlated|predict\w*)|\bfailed to (?:reach|show|predict|differ|"
    r"improve|correlate)\w*",
    re.I,
)

ALIKE = Expression(
    r"(?<!effect )(?<!effects )(?<!difference )(?<!results )(?<!result )(?<!findings )(?<!estimate )\b(?:was|were|"
    r"is|are|"
    r"remained) (?:\w+ )?(?:similar|comparable|balanced)\b(?=[^.;]{0,60}\b(?:between|across|among|both|two|groups|"
    r"arms)\b)|\b(?:groups|arms|cohorts) (?:was|were|are) (?:\w+ )?(?:similar|comparable|balanced)\b",
    re.I,
)

POSITIVE = Expression(
    r"\bsignificant(?:ly)?\b(?! (?:coronary|carotid|valv\w+|renal|left main|stenos\w+|disease|lesions?|bleeding|"
    r"comorbid\w*|fibrosis|obstruct\w*|arter\w+|medical|stroke)\b)|"
    r"\bindependent(?:ly)? (?:predict\w*|associat\w*|risk factor)|\bdiffered\b|"
    r"\bdiffer significantly|\b(?:reach|attain|achiev|retain)(?:ed|es|ing)? "
    r"(?:(?:statistical|conventional) )?significance|"
    r"\bstatistically (?:different|detectable)\b",
    re.I,
)
