"""The paper itself says that an endpoint, a cut-off or a model was chosen when its results were known."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("CHOSEN_AFTER_RESULTS",)

_WHAT = Expression(
    r"\b(?:primary|main|principal|end[- ]?points?|outcomes?|time[- ]?points?|cut-?offs?|cut-?points?|thresholds?|"
    r"models?|"
    r"combinations?|covariates?|variables?|predictors?|subgroups?|hypothes[ie]s|analys[ie]s|definitions?|measures?)\b",
    re.I,
)
_CHOSEN = Expression(
    r"\b(?:chosen|chose|selected|select|settled on|switched|changed|replaced|defined|redefined|designated|declared|"
    r"decided|kept|retained|picked|adopted|named|set|determined|decided on|made|became|promoted|preferred|"
    r"judged)\b", re.I,
)  # fmt: skip
_KNOWN = Expression(
    r"\b(?:after|once|when|having|as soon as|upon|following|in (?:the )?light of|on the basis of|based on|in view of)\s"
    r"(?:an? |the |all |we had |having |first |preliminary |interim |unblinded |our )*"
    r"(?:(?:see|saw|seen|inspect\w*|look\w*|review\w*|examin\w*|view\w*|know\w*|unblind\w*|inspection)\b[^.;]{0,40}?"
    r"\b(?:results?|data|outcomes?|values?|P values|curves|findings|figures|them)\b|"
    r"(?:\w+ ){0,2}?(?:results?|data|outcomes?|values|P values|findings|curves|code|allocation|blind)\s(?:(?:of|from|"
    r"for|in) "
    r"[^.;]{1,40}? )?"
    r"(?:were|was|had been|became|were seen to be)\s(?:already\s)?(?:known|available|seen|inspected|unblinded|broken|"
    r"analy[sz]ed|opened|at hand|looked at))"
    r"|\b(?:inspected|looked at|seen|examined|known|compared|analy[sz]ed|plotted)\b[^.;]{0,25}?\bbefore\b[^.;]{0,60}?"
    r"\b(?:was|were)\s(?:chosen|selected|designated|defined|fixed|declared|set|decided)\b"
    r"|\b(?:because|since|as) (?:it|this|that|they|these) (?:gave|showed|yielded|had|produced|separated|reached|was|"
    r"were)\s"
    r"(?:the )?(?:largest|greatest|clearest|smallest|lowest|best|most|strongest|significan\w+)\b", re.I,
)  # fmt: skip
_NOT = Expression(
    r"\b(?:not|never|without|nor|no one|before (?:any|the) (?:data|results)|a priori|training (?:set|sample|cohort|"
    r"data)|"
    r"validat\w+|Youden|ROC|AIC|BIC|cross-?validat\w+|information criteri\w+|residual\w*|linear\w*|normal\w*|sample "
    r"size|"
    r"exploratory|hypothesis-generating|previous|earlier|published)\b", re.I,
)  # fmt: skip


def chosen_after(reading: Reading) -> Iterator[Finding]:
    """Find the one sentence that says so. Left alone: what is called exploratory, choices by fit, what was not done."""
    for line in lines(reading, ("abstract", "methods", "results", "body", "discussion")):
        found = _KNOWN.search(line.words)
        if found is None or _NOT.search(line.words) or not _WHAT.search(line.words) or not _CHOSEN.search(line.words):
            continue
        yield reading.finding(
            "CHOSEN_AFTER_RESULTS", "concern",
            f"a choice was made when the results were known: '{' '.join(line.words.split())[:140]}'",
            "it is told openly; but its P value and interval no longer hold as printed, and the effect is likely to be "
            "too large",
            quotes=(line.whole,),
        )  # fmt: skip
        return
