"""Ladders of conditions told in words: what meets a rung meets every one before it (any, serious, fatal)."""

from __future__ import annotations

import re

from evsynth.text.expressions import Expression

_RUNGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("grade", (
        r"(?:of |at )?(?:any|all)[ -](?:grades?|severit\w+|toxicity grades?)|(?:any|all)[- ]grade",
        r"grades? (?:≥ ?⟨[a-z]\d+⟩|⟨[a-z]\d+⟩ ?(?:,|to|or|and|-|/|-)? ?(?:⟨[a-z]\d+⟩|higher|more|above|greater|worse)"
        r"(?:,? (?:or|and) ⟨[a-z]\d+⟩)?|III? ?(?:to|or|and|-|/|-) ?(?:IV|V))|severe(?= (?:in|cases)\b)|high[- ]grade",
    )),
    ("serious", (
        r"(?:any |all[- ]cause )?(?:treatment[- ]emergent )?(?:adverse|side) (?:events?|effects?|reactions?)",
        r"serious(?: adverse (?:events?|reactions?)| ones| events?)?|SAEs?",
        r"fatal(?: (?:adverse )?(?:events?|ones|reactions?))?",
    )),
    ("set", (
        r"intent(?:ion)?[- ]to[- ]treat (?:population|set|sample|analysis|cohort)|(?:full analysis|ITT)(?: "
        r"population| set| "
        r"sample| analysis| cohort)|ITT",
        r"modified (?:intent(?:ion)?[- ]to[- ]treat|ITT)(?: population| set| sample| analysis| cohort)?|mITT(?: "
        r"population| set)?",
        r"per[- ]protocol(?: population| set| sample| analysis| cohort)?|completers?(?: population| set)?",
    )),
    ("pregnancy", (
        r"positive (?:hCG|β-?hCG|beta-?hCG|pregnancy) tests?|(?:hCG|β-?hCG) positiv\w+|biochemical pregnanc\w+",
        r"clinical pregnanc\w+", r"ongoing pregnanc\w+", r"live[- ]?births?|(?:live )?deliver(?:y|ies)",
    )),
    ("oocyte", (
        r"oocytes|cumulus-oocyte complexes", r"(?:mature|metaphase II|MII)(?: oocytes)?",
        r"fertili[sz]ed(?: oocytes)?|2PN|zygotes", r"blastocysts?",
    )),
    ("response", (
        r"disease control(?: rate)?|DCR|clinical benefit(?: rate)?|CBR",
        r"(?<!best )(?:objective|overall)(?: tumou?r)? (?:response|remission)(?: rate)?s?|ORR",
        r"complete (?:response|remission)s?(?: rate)?|CRs?",
    )),
    ("survival", (
        r"overall survival|OS",
        r"(?:progression|disease|event|relapse|recurrence|failure|metastasis|leuk[a]?emia)[- ]free survival|PFS|"
        r"DFS|EFS|RFS|FFS|LFS",
    )),
    ("cause of death", (
        r"(?:cancer|disease|cause|tumou?r|melanoma|prostate cancer|breast cancer|bladder cancer|renal)[- ]specific "
        r"survival|CSS|DSS|death[- ]censored graft survival",
        r"(?<!specific )overall survival|OS|(?:overall )?(?:\(non-death-censored\) )?(?<!censored )graft survival",
    )),
    ("look back", (
        r"lifetime|ever", r"(?:(?:in|over|during) the )?(?:past|last|previous)[- ](?:⟨[a-z]\d+⟩ months|year|12 "
            r"months)|⟨m\d+⟩-month",
        r"(?:(?:in|over|during) the )?(?:past|last|previous)[- ](?:⟨[a-z]\d+⟩ days|month|30 days)|current\w*|point",
    )),
    ("infant death", (r"under[- ]five", r"infant", r"neonatal", r"early neonatal")),
    ("all deaths", (
        r"all[- ]cause|overall (?=mortality|deaths?)|total (?=mortality|deaths?)",
        r"(?:cardiovascular|cardiac|cancer|coronary|breast cancer|prostate cancer|disease|treatment|transplant|"
        r"stroke|AIDS)"
        r"(?:[- ](?:related|specific|cause))?(?= (?:mortality|deaths?))",
    )),
    ("late death", (r"(?:⟨[mcx]\d+⟩|one|two|five|six)[- ](?:year|month)s?(?! (?:of age|old))", r"in-?hospital")),
    ("flow", (
        r"screened|assessed for eligibility|approached|invited",
        r"enrol+ed|recruited|randomi[sz]ed|randomly (?:assigned|allocated)",
        r"completed (?:the )?(?:study|trial|follow-up|treatment|programme|program|course|\S+ (?:visit|assessment|"
        r"follow-up))|"
        r"(?:were |was |included |remained )?(?:in )?(?:the )?(?:final |primary |safety |efficacy "
        r")*analy[sz](?:ed|is)|evaluable|completed",
    )),
    ("care", (
        r"(?:were )?(?:diagnosed|identified)", r"linked to care", r"(?:started|began|initiated|received|on) "
            r"(?:antiretroviral|ART|treatment)\w*",
        r"(?:viral\w*|virologic\w*) suppress\w+|suppressed",
    )),
    ("referral", (r"invited|eligible", r"attended|responded|replied|participated", r"referred")),
    ("unit death", (r"(?:in-?|in-?|)hospital (?:mortality|deaths?)", r"(?:ICU|intensive[- ]care(?: unit)?) "
        r"(?:mortality|deaths?)")),
)  # fmt: skip
LADDERS = tuple(
    (
        name,
        tuple(
            Expression(rf"(?<![\w-])(?:{rung})(?![\w⟨])", re.I if name not in ("survival", "cause of death") else 0)
            for rung in rungs
        ),
    )
    for name, rungs in _RUNGS
)
