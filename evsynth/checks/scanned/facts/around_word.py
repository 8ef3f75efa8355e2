"""The two values told on both sides of a comparing word: "age in A (54 years) was higher than in B (60 years)".

Made for the reader of the two values that a comparing word stands for.
"""

from __future__ import annotations

import re

from evsynth.checks.scanned.facts.comparatives import THAN, Comparative
from evsynth.checks.scanned.facts.told_values import Value, Values, alike
from evsynth.text.expressions import Expression

_BREAK = Expression(
    r";|,\s+(?:and|but|while|whereas)\b|\b(?:whereas|while|although|but|however|which|who)\b|\.\s|:\s", re.I
)
_VERB = Expression(
    r"(?:^|[)\],\s])(?:(?:[\w-]+ ){0,4}?)(?:was|were|is|are|had|being|proved|took|lasted|needed|remained|showed|cost|"
    r"stayed|spent|lost|gained|used|reached)(?: (?:\w+ly|also|thus|therefore|still|much|far|significantly|a|an|"
    r"the))*\s$",
    re.I,
)  # fmt: skip
_SKIP = Expression(
    r"\b(?:not|no|nor|neither|never|whether|if|difference\w*|ratios?|chang\w*|reduc\w*|declin\w*|decreas\w*|increas\w*|"
    r"fell|rose|from|gain|fall|drop|rise|improv\w*|adjust\w*|expected|predicted|threshold|cut-?off|limit|"
    r"baseline|before|previous\w*|respectively|both|aged|older than|younger than|dose|per)\b", re.I,
)  # fmt: skip
_MONEY = Expression(r"[$€£¥]\s?$")
_FRONT = Expression(r"(?:^|\W)(?:At|With) (?:a (?:mean|median) of )?[$€£¥]?\s?$")
_HELD = Expression(r"(?:[(\[](?:(?:mean|median|i\.e\.|n =|SD|IQR|about)[ ,]*)*|\bof|\bat|[$€£¥])\s?[$€£¥]?\s?$", re.I)
"""What stands before a value that is told of the words before it: a bracket, "of", "at"."""


def around_word(told: Values, word: Comparative) -> tuple[Value, Value] | None:
    """Give the one value of the clause before a word and the one behind its "than", if they can be of one quantity."""
    than = THAN.search(told.words, word.end, word.end + 60)
    if than is None or than[0].lower().startswith(("v", "against")):
        return None
    start = max((m.end() for m in _BREAK.finditer(told.words, 0, word.start)), default=0)
    stop = found.start() if (found := _BREAK.search(told.words, than.end())) else len(told.words)
    before = [v for v in told.values if start <= v.start and v.end <= word.start]
    between = [v for v in told.values if word.end <= v.start < than.end()]
    behind = [v for v in told.values if than.end() <= v.start < stop]
    if len(before) != 1 or between or len(behind) != 1:
        return None
    one, two = before[0], behind[0]
    lead, gap = told.words[start : one.start], told.words[one.end : word.start]
    if not _told(told.words, one) or not _told(told.words, two) or len(gap) > 70 or not _VERB.search(gap):
        return None
    money = [bool(_MONEY.search(told.words[max(0, v.start - 2) : v.start])) for v in (one, two)]
    if not alike(one, two) or (one.counted and not all(money)) or money[0] != money[1]:
        return None
    rest = told.words[than.end() : two.start]
    if _SKIP.search(lead) or _SKIP.search(re.sub(r"^\W*per \w+", " ", gap)) or _SKIP.search(rest) or len(rest) > 60:
        return None
    return one, two


def _told(words: str, value: Value) -> bool:
    """Say whether a value is told in a bracket, or with "of" or "at"; bare behind "than the"."""
    return bool(_HELD.search(words[max(0, value.start - 22) : value.start])) or bool(
        re.search(r"\bthan (?:the )?$", words[max(0, value.start - 9) : value.start])
    )
