"""Flaws of design that one sentence states: the words that tell each, and those that answer it."""

from __future__ import annotations

import re
from typing import NamedTuple

from evsynth.text.expressions import Expression

_NOTHING = Expression(r"(?!)")


class Flaw(NamedTuple):
    """A flaw: the words that state it, those the document needs, those of a sentence or document that answer it."""

    code: str
    stated: Expression
    needs: Expression
    spared: Expression
    answered: Expression
    message: str
    hint: str


_UNITS = (
    r"(?:eyes?|teeth|tooth|implants?|knees?|hips?|limbs?|legs?|lesions?|visits?|measurements?|samples?|"
    r"episodes?|nodules?|ears?|wounds?|feet)"
)

FLAWS = (
    Flaw(
        "ANALYSED_AS_TREATED",
        Expression(
            r"\b(?:cross(?:ed|ing)[- ]?over|cross-?overs?|convert(?:ed|ing)|conversions?|switch(?:ed|ing)|"
            r"fail(?:ed|ing|ures?)|"
            r"refused|declined|changed)\b[^.]{0,120}?\b(?:were|was|are|being)\s(?:then\s|all\s|therefore\s|"
            r"subsequently\s)?"
            r"(?:moved|transferred|reassigned|reallocated|reclassified|added) (?:to|into) (?:the|those of the)\s"
            r"(?!(?:same|original|intention)\b)[\w-]+(?:\s[\w-]+)?\s(?:groups?|arms?|cohorts?)\b|"
            r"\b(?:crossed over|converted|switched|changed) to (?:the )?(?P<to>[\w-]{3,})\b[^.]{0,120}?\b(?:were|"
            r"was|are|being)\s"
            r"(?:then\s|all\s|therefore\s)?(?:counted|analy[sz]ed|included|evaluated|considered) (?:in|with|as|among) "
            r"(?:part of )?(?:the |those of the )?(?P=to)\b", re.I,
        ),
        Expression(r"\b(?:randomi[sz]ed|allocated|assigned|groups?|arms?|cohort)\b", re.I),
        Expression(
            r"\b(?:originally|initially|intention|intended|attempted|to which|as (?:allocated|assigned|"
            r"randomi[sz]ed)|remained|per[- ]protocol|"
            r"sensitivity|also|excluded|secondary)\b", re.I,
        ),
        _NOTHING,
        "patients were analysed in the group of the treatment that they changed to",
        "those who change differ from those who do not; analysed so, the groups are no longer comparable",
    ),
    Flaw(
        "REFERENCE_NOT_BLIND",
        Expression(
            r"\b(?:(?:reference|gold)[ -](?:standard|test|method)|was the reference|diagnos(?:is|es) (?:was|were)|"
            r"adjudicat\w+|"
            r"(?:biops|angiogra|ultraso|duplex|endoscop|colonoscop|MRI|CT|culture|autops|histolog|"
            r"patholog)\w*)\b[^.]{0,140}?\b(?:"
            r"(?:who|which) (?:had|knew|saw|was aware of|were aware of|had access to)|with (?:full |prior "
            r")?(?:knowledge of|access to|"
            r"sight of)|aware of|(?:was|were) not (?:blinded|masked|blind) to|unblinded to|knowing|had "
            r"[^.;,]{3,40} at hand)\b"
            r"[^.;]{0,40}?\b(?:results?|findings?|scores?|readings?|index test|scans?|test|values?|marker|assay)\b|"
            r"\b(?:results?|findings?) of the index test (?:was|were) (?:known|available|shown|disclosed) to\b", re.I,
        ),
        Expression(r"\bsensitivit\w+[\s\S]*\bspecificit", re.I),
        Expression(r"\b(?:unaware|without (?:any )?knowledge|blinded to|masked to|blind to|independent\w*|ignorant|"
                   r"clinical (?:data|information))\b(?<!not blinded to)", re.I),
        _NOTHING,
        "the reference was read by somebody who knew the result of the test",
        "knowing it pulls the reference towards the test, and both agree more than they would",
    ),
    Flaw(
        "NO_WASHOUT",
        Expression(
            r"\b(?:no|without(?: an?| any)?)\s(?:intervening |intermediate |further |formal )?wash-?\s?out\b(?! "
            r"(?:effect|of|artefact|was (?:needed|necessary|required)))|"
            r"\bwash-?\s?out (?:period )?was (?:omitted|not (?:used|included|observed|scheduled))\b|"
            r"\bperiods? followed (?:each other|one another) (?:immediately|directly|without (?:a )?(?:break|"
            r"interval|pause))", re.I,
        ),
        Expression(r"\bcross-?\s?over\b", re.I),
        Expression(r"\b(?:because|since|half-li\w+|not (?:needed|necessary|required)|run-in|if|unless)\b", re.I),
        _NOTHING,
        "the periods of a crossover follow each other without a washout",
        "what is left of the first treatment is counted for the second; a test for carry-over has little power",
    ),
    Flaw(
        "CONTROLS_SELECTED",
        Expression(
            r"\bcontrols?\b[^.;]{0,90}?\b(?:from|among|in|attending|at|of) (?:the |a |an |patients (?:of|in|at|"
            r"attending) (?:the |a )?)?"
            r"(?:[\w'-]+ ){0,3}?(?:[a-z]+olog(?:y|ical)|diabet\w*|asthma|ulcer|pain|cancer|fertility|lipid|"
            r"hypertension|heart failure|"
            r"memory|chest|liver|renal|kidney|stroke|orthop\w+|allergy|obesity|smoking|rheumat\w+|"
            r"psychiatr\w+)(?:'s)?\s(?:[\w'-]+\s){0,3}?"
            r"(?:clinics?|wards?|outpatients?|inpatients?|list|department|unit|service|follow-up list)\b", re.I,
        ),
        Expression(r"\bcase[- ]control\b", re.I),
        Expression(r"\b(?:same (?:clinic|ward|department|hospital|unit|cent)|healthy|as (?:the|were) cases|cases "
                   r"and controls|cases were)\b", re.I),
        _NOTHING,
        "the controls were drawn from patients of a special clinic",
        "patients of such a clinic have more, or less, of many exposures than the people from whom the cases came",
    ),
    Flaw(
        "CONDITIONED_ON_FUTURE",
        Expression(
            r"\b(?:non-?users?|unexposed|controls?|comparators?|comparison group|untreated|matched|never[- ]users?|"
            r"reference group|non-?initiators?)\b"
            r"[^.]{0,160}?\b(?:(?:received|were (?:given|dispensed|prescribed)|used|took|had|filled|redeemed) "
            r"(?:no|none of the|neither)\b"
            r"[^.;]{0,50}?\b(?:at any time|(?:until|up to)(?! (?:that|then|the (?:index|same)|this|inclusion|entry|"
            r"baseline))|throughout|through|during (?:the )?(?:whole |entire |complete )?(?:follow-?up|study|"
            r"observation))\b|"
            r"(?:never|not) (?:received|used|took|dispensed|given|prescribed|taken|started)\b[^.;]{0,50}?\b(?:at "
            r"any time (?:during|until|before the end)|"
            r"until (?:the end|december|\d)|throughout (?:the )?(?:follow|study|observation)|during (?:the "
            r")?(?:whole |entire )?(?:follow-?up|observation)))", re.I,
        ),
        Expression(r"\b(?:cohort|hazard|person-years|follow-?up|incidence)\b", re.I),
        Expression(r"\b(?:previous|preceding|prior|before (?:the )?(?:index|inclusion|cohort|entry|enrol)|"
                   r"randomi[sz]ed|placebo|censored|wash-?out|run-in|until (?:the )?index|at baseline)\b", re.I),
        _NOTHING,
        "the unexposed were chosen by what they did not receive during follow-up",
        "whoever lives long has more time to become exposed and to be left out; exposure should be known when "
        "follow-up begins",
    ),
    Flaw(
        "CONFOUNDED_BY_INDICATION",
        Expression(
            r"\b(?:was|were) (?:preferred|favou?red|reserved|chosen|selected|used|given|"
            r"prescribed)\b[^.;]{0,25}?\b(?:in|for|to|when|if)\b"
            r"[^.;]{0,60}?\b(?:severe|sicker|worse|milder|mild|frail\w*|older|younger|fitter|fit|advanced|"
            r"high-risk|low-risk|falling|"
            r"progressive|unstable|stable)\b[^.;]{0,60}?\b(?:whereas|while|and|but)\b[^.;]{0,40}?\b(?:was|were) "
            r"(?:preferred|favou?red|reserved|"
            r"chosen|selected|used|given|prescribed|kept)\b[^.;]{0,25}?\b(?:in|for|to|when|"
            r"if)\b[^.;]{0,40}?\b(?:severe|sicker|worse|milder|"
            r"mild|frail\w*|older|younger|fitter|fit|advanced|high-risk|low-risk|stable|others?|rest)\b", re.I,
        ),
        Expression(r"\b(?:cohort|retrospective\w*|observational|non-?randomi[sz]ed|records|registry)\b", re.I),
        Expression(r"\b(?:previous\w*|et al|guidelines?)\b", re.I),
        Expression(r"propensity|inverse[- ]probability|instrumental|\brandomly (?:assigned|allocated)", re.I),
        "who got which treatment was decided by how ill they were",
        "the groups differ in what decides their outcome; only what was recorded can be adjusted for",
    ),
    Flaw(
        "UNITS_NOT_INDEPENDENT",
        Expression(
            rf"\b{_UNITS} (?:of (?:the same|one) (?:patient|person|participant)s? )?(?:were|was) (?:all |each "
            rf")?(?:treated|analy[sz]ed|regarded|considered|counted|entered|handled) "
            r"as (?:if (?:they were )?|though (?:they were )?)?(?:an? )?(?:independent|separate)(?: \w+)?\b|"
            r"\b(?:cluster(?:ing|s)?|correlation (?:between|within|of)[^.;]{0,40}|pairing|matching) (?:\w+ "
            r"){0,3}?(?:was|were) (?:ignored|disregarded|not (?:taken into account|accounted for|considered|"
            r"allowed for))\b", re.I,
        ),
        Expression(r".", re.I),
        Expression(r"\b(?:limitation|not (?:treated|regarded|considered)|because only)\b", re.I),
        Expression(r"generali[sz]ed estimating|\bGEE\b|mixed[- ](?:effects?|models?)|multilevel|cluster-robust|"
                   r"robust standard|sandwich", re.I),
        "several parts of one patient, or members of one cluster, were analysed as independent",
        "they resemble each other: intervals are too narrow, and P values too small",
    ),
    Flaw(
        "STOPPED_ON_RESULTS",
        Expression(
            r"\b(?:recruit\w+|enrol\w+|inclusion|trial|study|sample(?: size)?|data "
            r"collection)\b[^.;]{0,60}?\b(?:stopped|ended|closed|halted|extended|"
            r"continued|prolonged|increased|enlarged|terminated)\b[^.;]{0,60}?\b(?:once|when|as soon as|because|"
            r"until|after|since|as)\b[^.;]{0,70}?\b"
            r"(?:statistical(?:ly)? significan\w+|significance (?:was|had been) (?:reached|attained)|(?:the "
            r")?p(?:[- ]value)? (?:fell|was|dropped|reached|had)|"
            r"(?:nearly|almost|not yet|just missed|borderline) significan\w+|results? (?:was|were|became) "
            r"significan\w+)", re.I,
        ),
        Expression(r".", re.I),
        Expression(r"\b(?:pre-?specified|planned|o'brien|alpha[- ]spending|haybittle|pocock|monitoring (?:board|"
                   r"committee)|boundary|protocol|interim|sequential)\b", re.I),
        _NOTHING,
        "the number of patients was decided by the result",
        "looking until a result is significant finds one far more often than once in twenty without any effect",
    ),
)  # fmt: skip
