"""Words about a number of people that is divided: what kind its parts are, who left, what makes the list all of it."""

from __future__ import annotations

import re

from evsynth.text.expressions import Expression

REST = Expression(r"\b(?:the|and|in|from|for) (?:remaining|rest|others?|remainder)\b|\bthe other\b", re.I)
LAST = Expression(
    r"\b(?:others?|another|unknown|unclear|undetermined|unspecified|undisclosed|miscellaneous|longer|"
    r"not (?:be )?(?:stated?|known|recorded|specified|classif\w+|determined|disclosed?|give|given|say)|"
    r"prefer\w*|missing|(?:or|and) (?:more|over|above|older|later|higher))\b",
    re.I,
)
ORDINALS = Expression(r"\b(?:first|second|third|fourth|fifth|last|former|latter)\b", re.I)
BANDS = Expression(
    r"\b(?:less|fewer|under|below|up to|younger|shorter|between|over|above|more|for|aged?|from) (?:than )?⟨[mrx]|"
    r"\b(?:longer|older|younger|shorter|or more|or less|fewer|later|earlier)\b|[<>≥≤] ?⟨", re.I,
)  # fmt: skip
OPEN_BAND = Expression(
    r"\b(?:less|fewer|under|below|younger|shorter|longer|older|or more|later|more than|over)\b|[<>≥≤]", re.I
)
SEX = Expression(r"\b(?:wom[ae]n|m[ae]n|males?|females?|boys?|girls?)\b", re.I)
SCALE = Expression(
    r"\b(?:mild\w*|moderate\w*|severe\w*|good|fair|poor|excellent|low|intermediate|medium|high|stages? \S+|"
    r"grades? \S+|"
    r"class \S+|right|left|bilateral\w*|never|former|current|ex-smokers|positive|negative|alive|dead|died|survived|"
    r"singletons?|twins?|benign|malignant|types? \S+|normal|overweight|obese|stopped|reduced|resolved|"
    r"persisted|increased|decreased|susceptible|resistant|urban|rural|continued|interrupted|paused|primary|"
    r"secondary|tertiary|improved|"
    r"unchanged|worse\w*|stable|progress\w+)\b", re.I,
)  # fmt: skip
ONCE = Expression(
    r"\b(?:causes?|reasons?) (?:of|for|was|were|in|being)\b|\bcause in\b|\bdeaths?\b|\bdied\b|"
    r"\bexclu\w+|\bwithdr\w+|\brandomi[sz]ed|\bassigned|\ballocated|\bdue to\b|\bdelivered\b|\bborn\b|"
    r"\bcauses? (?:that|which)\b", re.I,
)  # fmt: skip
DIVIDED = Expression(
    r"\b(?:of|among) (?:whom|which|these|them|those)\b|randomi[sz]|\bassign|allocat|divided|split|included|enrol|"
    r"recruited|comprised|consist|analy[sz]ed|treated|studied|identified|grouped|classified|made up|"
    r"received|started|entered|took part|participated|joined",
    re.I,
)
LOOSE = Expression(
    r"\b(?:including|mainly|mostly|chiefly|e\.g|such as|most (?:often|commonly|frequent\w*|common)|main|at "
    r"least|also|"
    r"median|mean|either|per\b|several|multiple|more than one|overlap\w*|both|respectively|approximately|about|"
    r"nearly|alone|additional\w*|further|of whom|of which|of these|of them|among them|twice|times as|ratio|"
    r"whereas \w+ had|together with|and/or|in addition|as well|followed by|predominant\w*|for example|"
    r"some)\b", re.I,
)  # fmt: skip
EVENTS = Expression(
    r"\b(?:symptoms?|adverse|complications?|comorbid\w*|antibod\w+|mutations?|manifestations?|organs?|involve\w*|"
    r"features?)\b", re.I,
)  # fmt: skip
PARTIAL = Expression(r"\b(?:including|such as|mainly|mostly|at least|most common)\b", re.I)
GROUPS = Expression(r"randomi[sz]|\bassign|allocat|divided|split|\b(?:group|arm)s?\b|\bgiven\b|received", re.I)
ARMS = Expression(r"\b(in|to|on|with|without|for|from|by|of|at|under)\b", re.I)
AFTER = Expression(
    r"^[^⟨.;]{0,40}?\b(?:in all|in total|altogether|all told|overall|as a whole|together|combined|in the "
    r"(?:whole|entire|"
    r"full) \w+|in both (?:groups|arms))\b", re.I,
)  # fmt: skip
BEFORE = Expression(
    r"\b(?:total(?:l?ing)?|altogether|in all|giving|making|makes?|made|gives?|gave|together|all told|"
    r"adding up)\b[^⟨.;]{0,25}$|[,(;] ?(?:i\.e\.|that is|thus|hence|or),? (?:a total of )?$|[;.] ?(?:these|"
    r"the|all(?: of)?(?: the| these)?)[^⟨]{0,10}$",
    re.I,
)

AMONG = Expression(
    r"\b(?:of|among|made up|make up|comprised|constituted|formed) (?:the|all|these|our|a total of) $", re.I
)
OPENED = Expression(
    r"\b(?:of|among)\b[^⟨]{0,25}⟨⟩|\b(?:the|these|all|our) ⟨⟩|:[^⟨:.]{0,45}$|⟨⟩ "
    r"[^⟨.;]{0,40};[^⟨:.,]{0,12}$|⟨⟩ [a-z-]+(?: [a-z-]+){0,3}, ?$|\b(?:of|among) (?:whom|which|these|them),? "
    r"?$|\b(?:classified|grouped|divided|made up|"
    r"comprised|comprising|consist\w+|split|broken down|composed)\b[^⟨]{0,40}$", re.I,
)  # fmt: skip
DUE = Expression(r"\b(?:due to|to|from|of|by|because|with)\b", re.I)
OUT = Expression(
    r"\b(?:withdr\w+|lost|died|dropped|discontinued|stopped|excluded|refused|declined|relapsed|failed)\b", re.I
)
ALIVE = Expression(r"\b(?:alive|surviv\w+|recovered|lived)\b", re.I)
DEAD = Expression(r"\b(?:died|dead|deaths?|fatal\w*)\b", re.I)
STAYED = Expression(
    r"\b(?:complet\w+|remain\w*|analy[sz]ed|surviv\w+|finished|continued|alive|recovered|stayed|retained)\b", re.I
)
UNITS = Expression(
    r"⟨⟩ (?:[a-z-]+ ){0,2}?(?:events|episodes|fractures|isolates|infections|tumou?rs|lesions|injuries|bleeds|falls|"
    r"calls|births|deliveries|operations|admissions|strokes|relapses|recurrences|implants|strains|"
    r"failures)\b", re.I,
)  # fmt: skip

REASONS = Expression(
    r"\b(?:reasons?|causes?|exclu\w+|withdr\w+|declin\w+|refus\w+|set aside|left out|ineligible|not (?:eligible|"
    r"randomi[sz]ed|enrol\w+|included|analy[sz]ed|analy[sz]able|operated|assessed|seen|tested)|removed|rejected|"
    r"discarded|"
    r"discontinu\w+|stopped|left the|lost|losses|drop(?:ped|s)?[- ]?outs?|missing|died|deaths?|not complet\w+|"
    r"never (?:started|began|received)|did not \w+|ended early|cancel\w+|postponed|abandoned|interrupted|"
    r"deferred|terminated)\b", re.I,
)  # fmt: skip
"""What happens to a person for one reason, told in a list that is closed by its bracket or opened by a colon."""
REASONS_WERE = Expression(r"\b(?:reasons? (?:for|of|were|was)|excluded were|exclusions were)\b[^⟨]*$", re.I)
SEVERAL = Expression(
    r"\b(?:more than one|several|multiple|overlap(?!ping (?:data|samples|cohorts|populations))\w*|"
    r"some|both|also|mainly|mostly|including|such as|at least|"
    r"each|per|most|median|mean|events?|of wh(?:om|ich)|of these|of them|among|respectively)\b", re.I,
)  # fmt: skip
TWO_WAYS = tuple(
    Expression(rf"\b(?:(?P<a>{a})|(?P<b>{b}))\b", re.I)
    for a, b in (
        ("higher|more|larger|greater|longer|up|upregulated|increased|rose|raised",
         "lower|less|fewer|smaller|shorter|down|downregulated|decreased|fell|reduced"),
        ("better|improved|gained", "worse|worsened|lost"), ("wom[ae]n|females?|girls?", "m[ae]n|males?|boys?"),
        ("right|right-sided", "left|left-sided"), ("positive", "negative"), ("alive|survived|lived", "dead|died"),
        ("before", "after"), ("complete", "partial"), ("benign", "malignant"), ("minor", "major"),
        ("early", "late"), ("inpatients?", "outpatients?"), ("rural", "urban"), ("primary", "secondary"),
        ("open", "laparoscopic"), ("elective|planned", "emergency|urgent|unplanned"),
    )
)  # fmt: skip
