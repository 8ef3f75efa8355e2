"""Exclusive categories with percentages of one number, such as grades of severity, that add up to more than all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.counting import percent_span
from evsynth.reanalyse.result import meets

CODES = ("PARTS_EXCEED",)

_SHARE = re.compile(
    r"(?<![\w.,·/<>=±-])(\d{1,5})(?:\s(?:patients|children|women|men|participants|subjects))?\s?[(\[]\s?(\d+(?:[.·]\d+)?)\s?%\s?[)\]]"
)
_SCALES = (
    r"normal|severe\w*|moderate\w*|mild\w*", r"deficien\w+|insufficien\w+|sufficien\w+|adequate",
    r"underweight|normal|overweight|obes\w+", r"never|former\w*|ex-smok\w+|current\w*", r"good|fair|poor|excellent",
    r"low|intermediate|moderate|high", r"stages? (?:I{1,3}V?|IV|\d)|grades? (?:I{1,3}|IV|\d)",
    r"complete response|partial response|stable disease|progressive disease|progression",
    r"single|married|divorced|widowed", r"improved|unchanged|worse\w*|deteriorated",
)  # fmt: skip
_LOOSE = re.compile(
    r"more than one|several|both|multiple|or (?:more|higher|worse)|at least|respectively|group|arm\b", re.I
)


def categories(reading: Reading) -> Iterator[Finding]:
    """Check three or more shares of one number in a sentence that names the grades of one scale."""
    for line in lines(reading, ("abstract", "results", "body")):
        found = list(_SHARE.finditer(line.words))
        if not 3 <= len(found) <= 5 or _LOOSE.search(line.words):
            continue
        gaps = [line.words[a.end() : b.start()] for a, b in pairwise(found)]
        gaps.append(re.split(r"[.;]", line.words[found[-1].end() :])[0])
        named = [{g.strip(" ,").lower() for g in gaps if re.search(rf"\b(?:{scale})\b", g, re.I)} for scale in _SCALES]
        if max(len(words) for words in named) < len(found) - (len(found) > 3) or any(len(g) > 60 for g in gaps):
            continue
        numbers, percents = [int(m[1]) for m in found], [Printed.parse(m[2]) for m in found]
        total = sum(numbers)
        low = round(
            sum(100 * n / float(p.value) for n, p in zip(numbers, percents, strict=True) if p.value) / len(found)
        )
        one = [
            n for n in range(max(1, low - 20), low + 21)
            if all(meets(p, percent_span(k, n)) for k, p in zip(numbers, percents, strict=True) if k <= n)
        ]  # fmt: skip
        if not one or max(one) >= total or total > 1.25 * max(one) or any(p.decimals < 1 for p in percents):
            continue
        yield reading.finding(
            "PARTS_EXCEED", "inconsistent",
            f"the categories, {' + '.join(map(str, numbers))} = {total}, are more than they can be shares of, "
            f"{max(one)} at most",
            "a patient may be in several categories", quotes=(line.piece(found[0])[:1] + line.piece(found[-1])[1:],),
            computed=(("sum", str(total)),),
        )  # fmt: skip
