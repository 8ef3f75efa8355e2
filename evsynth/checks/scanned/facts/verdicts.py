"""Verdicts on an effect in a sentence: what is said to be significant, related or different, or not to be.

"Was an independent predictor", "no significant interaction", "neither A nor B altered C", "crossed zero", and what only
repeats or turns a verdict before it: "whereas diabetes was not", "was as well", "so did", "nor did".
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from evsynth.text.expressions import Expression

_THING = (
    r"(?:differences?|changes?|associations?|correlations?|improvements?|effects?|reductions?|increases?|decreases?|"
    r"benefits?|relations?(?:hips?)?|impact|interactions?|influence|gains?|advantages?|drop|falls?|rises?|declines?|"
    r"link|contribution|gap|excess|superiority)"
)
_SIG = (
    r"(?:(?:(?:statistically|highly|clearly|strongly|also|still|again|independently|both|all|each|very) "
    r")*significant|statistically (?:meaningful|different|relevant))"
)
_ROLE = (
    r"(?:predictors?|determinants?|risk factors?|factors?|correlates?|markers?|contributors?|associations?|"
    r"predictive|prognostic\w*)"
)
_LINKED = r"(?:associated|related|correlated|linked|predictive|prognostic|connected)"
_BE = (
    r"(?:was|were|is|are|be|been|being|remain(?:s|ed)?|proved(?: to be)?|emerged as|turned out(?: to be)?|"
    r"became|stayed|appeared)"
)
_ADV = (
    r"(?:(?:also|both|all|each|still|again|therefore|thus|however|statistically|further|clearly|even|"
    r"likewise|indeed|now|independently|significantly|then|strongly|highly|positively|negatively|inversely) "
    r")*"
)
_EFFECT_VERB = (
    r"(?:affect\w*|alter\w*|influenc\w*|chang\w*|predict\w*|differ\w*|improv\w*|reduc\w*|lower\w*|rais\w*|"
    r"increas\w*|decreas\w*|correlat\w*|prolong\w*|shorten\w*|modif\w*|associat\w*|relat\w*|contribut\w*|"
    r"depend\w*|separat\w*|distinguish\w*|impact\w*|matter\w*)"
)
_AIM = r"(?:end ?-?points?|outcomes?(?: measures?)?|objectives?|aims?|targets?)"
_NEGATIVE = (
    rf"(?:did|does|had|has|could) not (?:meet|met|reach|reached|achieve|achieved|attain) (?:its|the|their|our) "
    rf"(?:co-?)?primary (?:efficacy )?{_AIM}|fail(?:ed|s) (?:to meet |to reach |on )?(?:its|the|their|our) "
    rf"(?:co-?)?primary (?:efficacy )?{_AIM}"
    rf"|primary (?:efficacy )?{_AIM} (?:was|were) (?:thus |therefore |hence |accordingly )?(?:not (?:met|reached|"
    rf"achieved|attained)|missed)"
    r"|significance (?:was|is|has) (?:therefore |thus |again |also |clearly )?(?:not|never)(?: been)? "
    r"(?:reached|attained|achieved|shown|found)|"
    r"(?-i:(?:(?<=\()|(?<=[,;=:] )|(?<==)|(?<=was )|(?<=were ))N\.?S\.?)(?=\s?(?:[,;.)]|$))"
    r"|had (?:very |broadly )?(?:similar|comparable|equivalent) (?:rates|levels|scores|frequencies|risks|values|"
    r"numbers|proportions|incidences|outcomes)|"
    rf"(?:no|without(?: an?y?)?|lack of|absence of|nor(?: any| an?)?|neither an?) (?:(?:any|clear|overall|"
    rf"further|evidence of "
    rf"an?y?|sign of an?y?|such|other|an?) )*{_SIG}? ?(?:[\w×-]+ ){{0,4}}?{_THING}\b"
    rf"|(?:did|do|does|could|would|had|has|have)(?: not|n't) (?:{_ADV})(?:show\w* |reveal\w* |have |find |"
    rf"produce |exert |cause )?"
    rf"(?:an?y? )?(?:{_SIG}(?:ly)? ?(?:\w+ ){{0,3}}?{_THING}?|{_EFFECT_VERB}|"
    rf"reach\w*[^.;,()]{{0,30}}significance|attain\w*[^.;,()]{{0,20}}significance|"
    rf"achiev\w*[^.;,()]{{0,20}}significance)"
    rf"|{_BE} (?:\w+ )?(?:not|no longer|neither) {_ADV}(?:an? |any )?(?:{_SIG}(?:ly)?(?: different| associated| "
    rf"related| {_ROLE}| independent {_ROLE})?|"
    rf"(?:\w+ ){{0,1}}?{_ROLE}|{_LINKED}|different|independent(?:ly)? (?:{_LINKED}|{_ROLE}))"
    rf"|(?:statistically )?(?:non-?\s?significan\w*|insignificant\w*|not (?:statistically )?significan\w*)|no "
    rf"longer significan\w*"
    rf"|{_BE} (?:\w+ly )?(?:unaffected|unrelated|indistinguishable|unassociated|unaltered|unchanged|similar|"
    rf"comparable)\b"
    r"|(?:fell|falling|stopped) (?:well |just |far )?short of (?:statistical |conventional |the level of "
    r")*significance"
    rf"|fail(?:ed|ing|s) to (?:reach|show|attain|achieve|predict|differ|improve|correlate|separate|alter|affect|"
    rf"influence)(?:[^.;,()]{{0,30}}?(?:significance|{_THING}))?"
    r"|(?:the )?null hypothesis (?:was|could|is|had)(?: to be)? (?:retained|accepted|upheld|kept|not rejected|"
    r"not be rejected)"
    r"|\b(?:unrelated|unassociated|uncorrelated)\b"
    r"|but not (?:after|with|in|for|at|on|when|among|by|of|to|between|independently|significantly)\b"
    r"|(?:(?:had|has|have) )?(?:vanished|disappeared|waned|faded|lost (?:its )?(?:statistical )?significance)"
)  # fmt: skip
_POSITIVE = (
    rf"{_SIG}(?:ly)?\b(?! (?:coronary|carotid|valv|renal|left main|stenos|disease|lesion|bleed|comorbid|fibrosis|"
    r"obstruct|arter|medical|stroke|level|others?\b|threshold|figures|digits))"
    rf"|{_BE} {_ADV}(?:an? |the (?:only )?)?(?:(?:independent(?:ly)?|significant(?:ly)?|strong(?:ly)?|important|"
    rf"only|main) )+(?:{_ROLE}|{_LINKED})"
    rf"|{_BE} {_ADV}(?:{_LINKED}) (?:with|to)\b|(?:an? )?independent(?:ly)? (?:{_ROLE}|{_LINKED}|predict\w+)"
    rf"|(?:was|were) (?:an? )?(?:\w+ )?(?:predictor|determinant)s?\b|(?:main|clear|marked) effects? of\b"
    r"|(?:reach|attain|achiev|retain)(?:ed|es|ing)? (?:(?:statistical|conventional|the (?:\d+ ?%|[\w.]+) level "
    r"of) )*significance"
    r"|(?:reach|attain|pass|surviv)(?:ed|es|ing)? (?:the (?:\d+ ?%|[\w.]+) (?:significance )?level|(?:the "
    r")?(?:\w+ )?correction|the (?:corrected|adjusted) threshold)"
    r"|significance (?:was|is|has been) (?:therefore |thus |again |also |clearly )?(?:reached|attained|achieved|"
    r"shown|found|maintained|retained)"
    rf"|(?:met|reached|achieved|attained) (?:its|the|their|our) (?:co-?)?primary (?:efficacy )?{_AIM}|primary "
    rf"(?:efficacy )?{_AIM} (?:was|were) (?:thus |therefore |hence |accordingly )?(?:met|reached|achieved|"
    rf"attained)"
    r"|(?<!be )(?:predicted|predicts?)\b(?! (?:by|to|values?|probabilit|mortality of|risk of|survival of))"
    rf"|{_BE} (?!not )(?:[\w-]+ ){{0,4}}?(?<!not )(?<!non-)superior (?:to|with regard|in terms)\b|superiority "
    rf"(?:was|is|of [\w -]{{2,40}}? was) (?:thus |therefore |also |hence )?(?:shown|established|demonstrated|met|"
    rf"proven|confirmed|reached|declared)"
    r"|differed\b(?! by)|(?:the )?null hypothesis (?:was|could be|is) rejected"
)  # fmt: skip
_REPEATS = (
    r"(?P<turn>(?:(?:was|were|did|had|has|is|are|do|does) (?:not|n't)|didn't|wasn't|weren't)(?: so| either| do "
    r"so| for \w+)?)(?= ?[.,;(\[]|$)"
    r"|(?P<nor>(?:nor|neither) (?:did|was|were|had|has|is|are)\b)"
    r"|(?P<same>(?:so|as) (?:did|was|were|had|is|are)\b|(?:was|were|did|had) (?:so )?(?:as well|too|likewise|also)\b|"
    r"(?:the same (?:was|held|applied)(?: true)? (?:of|for|to)))"
)  # fmt: skip
_VERDICT = Expression(
    rf"(?<![\w-])(?:(?P<neither>neither\b(?= [a-z])(?=.{{3,300}}?\b(?:{_EFFECT_VERB}|significan|had an?y? ))|"
    rf"(?<!in )(?<!by )none (?:of|was|were|differed|reached)\b"
    rf"(?=.{{0,160}}?\b(?:significan|{_EFFECT_VERB})))|(?P<no>{_NEGATIVE})|(?P<yes>{_POSITIVE})|{_REPEATS})", re.I,
)  # fmt: skip
_DENIED = Expression(
    r"\b(?:no|not|never|nor|neither|without|hardly|scarcely|barely|less|longer|far from)(?: [\w-]+){0,4} $|"
    r"\bfar from(?: being)? $|\bnon-?\s?$",
    re.I,
)

_RESULT = Expression(r"similar|comparable|chang|differ|alter|affect|influenc|impact|same|alike|equal", re.I)
_ROBUST = Expression(
    r"\b(?:results?|findings?|estimates?|conclusions?|effects? (?:was|were|is)|exclu\w+|omi\w+|left out|leaving "
    r"out|restrict\w*|"
    r"sensitivity analys\w*|weights?|imput\w+|adjust\w+|model)\b", re.I,
)  # fmt: skip
_RELATIVE = Expression(r"\b(?:that|which|who|whom) $")
_THOSE = Expression(
    r"\b(?:those|ones|patients|people|participants|women|men|children|cases|controls|subjects|individuals|"
    r"animals|groups?|than)(?: with)? $",
    re.I,
)
"""Who they are, not what was found: "than those without a change"."""
_DIRECTED = Expression(r"\b(?:positive|beneficial|favou?rable|adverse|negative|harmful|detrimental|additional) ", re.I)
"""A denied effect in one direction, which says nothing of the other: "no positive effects"."""
_MAY = Expression(r"\b(?:may|might|can|could|would|should)(?: (?:also|well|still|therefore|thus))? $", re.I)
_SURE = Expression(
    r"superior|statistic|signific|primary|independ|reach|attain|surviv|differ|achiev|retain|reject|pass", re.I
)


class Verdict(NamedTuple):
    """A verdict: its way, whether it is of each of several things (neither, none), and where its words stand."""

    positive: bool
    every: bool
    repeats: bool
    weak: bool
    """Whether it only says that things go together, which some say of any estimate."""
    text: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def verdicts(words: str) -> tuple[Verdict, ...]:
    """Give the verdicts of a sentence in order; one that only turns another needs one before it.

    >>> [(v.positive, v.text) for v in verdicts("A was an independent predictor, whereas B was not.")]
    [(True, 'was an independent predictor'), (False, 'was not')]
    """
    found: list[Verdict] = []
    flat = re.sub(r"\s", " ", words)
    for match in _VERDICT.finditer(flat):
        repeats = bool(match["turn"] or match["nor"] or match["same"])
        if repeats and not found:
            continue
        before = flat[: match.start()]
        if match["yes"] and " of" in match[0] and before.count("(") > before.count(")"):
            continue  # "(main effects of time, P > 0.05)" names a test
        if match["yes"] and _DENIED.search(flat[max(0, match.start() - 60) : match.start()]):
            continue
        if match["yes"] and _MAY.search(flat, max(0, match.start() - 24), match.start()):
            continue
        if (
            found
            and found[-1].every
            and not match["no"]
            and not re.search(r"\bbut\b|\bwhereas\b", flat[found[-1].end : match.start()])
        ):
            continue  # "none was significant"
        if match[0][:2].lower() in ("no", "wi") and _THOSE.search(flat, max(0, match.start() - 20), match.start()):
            continue
        if match["no"] and _DIRECTED.search(match[0]):
            continue
        if match["no"] and _RESULT.search(match[0]) and _ROBUST.search(flat, 0, match.end() + 24):
            continue  # "the result was similar without A (P = 0.03)"
        way = found[-1].positive if match["same"] else bool(match["yes"])
        every = bool(match["neither"])
        if (match["yes"] or match["turn"]) and _RELATIVE.search(flat, max(0, match.start() - 8), match.start()):
            continue
        weak = bool(match["yes"]) and not _SURE.search(match[0])
        found.append(Verdict(way, every, repeats, weak, match[0].strip(), match.start(), match.end()))
    return tuple(found)
