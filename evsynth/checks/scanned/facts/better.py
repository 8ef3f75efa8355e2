"""Of which measures more is better, and of which less: what "better", "worse" and "in favour of" mean in numbers.

Only measures that are read one way everywhere; words that tell of none, or of both kinds, give None.
"""

from __future__ import annotations

import re

from evsynth.text.expressions import Expression

_MORE = Expression(
    r"\b(?:surviv\w+|eGFR|glomerular filtration|creatinine clearance|FVC|vital capacity|FEV1?|DLCO|"
    r"peak (?:expiratory )?"
    r"flow|PEF|LVEF|ejection fraction|6MWD|six-minute walk\w*|walk\w* distance|KCCQ|EQ-5D\w*|SF-(?:36|12)|MMT-?8|MMSE|"
    r"MoCA|Barthel|Karnofsky|h(?:a)?emoglobin|albumin|adherence|compliance|remission|cured?|response rate|success|"
    r"handgrip|grip strength|patency|satisfaction|saturation|PaO2|AUC|area under the curve)\b", re.I,
)  # fmt: skip
_LESS = Expression(
    r"\b(?:mortality|deaths?|died|pain|VAS|HbA1c|glycated|CRP|C-reactive|relapses?|recurrences?|SGRQ|HADS|PHQ-?9|"
    r"GAD-?7|HAQ(?:-DI)?|DAS28|SLEDAI|BVAS|proteinuria|UPCR|LDL|blood loss|complications?|infections?|mRS|NIHSS|IPSS|"
    r"readmissions?|bleeding|PASI|failures?|DLQI|Beck|BDI|fatigue score)\b", re.I,
)  # fmt: skip


def better_when_higher(words: str) -> bool | None:
    """Say whether more is better of the measures named; None where none is, or two are that differ.

    >>> better_when_higher("HbA1c was"), better_when_higher("The eGFR at one year"), better_when_higher("weight")
    (False, True, None)
    """
    more, less = bool(_MORE.search(words)), bool(_LESS.search(words))
    return None if more == less else more
