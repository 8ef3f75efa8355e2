"""A correction for many tests that is announced, beside P values called significant, and nowhere for which tests."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import lines, says
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("CORRECTION_UNCLEAR",)

_NAMED = Expression(r"\b(?:Bonferroni|Holm|Hochberg|Šid[aá]k|Sidak)\b", re.I)
_CLEAR = Expression(
    r"\b(?:(?:adjusted|corrected) (?:p|significance|alpha)|p[- ]?values? (?:were|was|are|have been) (?:then )?"
    r"(?:adjusted|corrected|multiplied)|after (?:the )?(?:Bonferroni|Holm|correction|adjustment for multiple)|"
    r"(?:Bonferroni|Holm)[- ](?:corrected|adjusted)|(?:Bonferroni|Holm)\w*[^.;]{0,80}\b(?:0?[.·]0[0-4]\d*|tests|"
    r"comparisons (?:of|between|among|for)|pairwise|visits|groups|endpoints|outcomes)|"
    r"survived? correction|corrected for \d+|[pα]\s?[<≤]\s?0?[.·]0(?:[0-4]\d+|[0-4])\b[^.;]{0,30}(?:was|were) "
    r"(?:considered|regarded|taken))",
    re.I,
)
_P = Expression(r"\b[Pp]\s?[=]\s?(?P<p>0?[.·]\d+)")
_SIGNIFICANT = Expression(r"(?<!not )(?<!non-)\bsignifican\w+|\bimproved\b|\blower\b|\bhigher\b|\bbetter\b", re.I)
LOW, HIGH = 0.02, 0.05
"""P values between these do not survive a correction for three tests or more."""


def correction(reading: Reading) -> Iterator[Finding]:
    """Find results at P 0.02 to 0.05 told as differences where a correction is named and its family of tests is not.

    Judged in full texts, once. Left alone: papers that say that printed P values are corrected, the corrected level,
    or the tests it was made for.
    """
    if reading.document.kind != "full text":
        return
    named = next(((x, m) for x in lines(reading, ("methods", "body")) if (m := _NAMED.search(x.words))), None)
    if named is None or says(reading, _CLEAR):
        return
    found = [
        (line.start + match.start(), line.start + match.end(), match["p"])
        for line in lines(reading, ("results", "abstract", "body"))
        if _SIGNIFICANT.search(line.words)
        for match in _P.finditer(line.words)
        if LOW <= float(match["p"].replace("·", ".")) < HIGH
    ]
    if found:
        plain = reading.document.plain
        legends = [(x, m) for x in reading.document.legends if (m := _NAMED.search(plain, x.start, x.end))]
        also = f" and in the legend of Figure {', '.join(x.number for x, _ in legends)}" if legends else ""
        values = list(dict.fromkeys(p for *_, p in found))
        yield reading.finding(
            "CORRECTION_UNCLEAR", "concern",
            f"'{named[1][0]}' is named in the methods{also}; whether P {', '.join(values)} "
            f"{'are' if len(values) > 1 else 'is'} corrected is not told",
            f"corrected already, they stand; uncorrected, they are above {HIGH} once multiplied by three tests or more",
            quotes=(
                named[0].piece(named[1]), *((m.start(), m.end()) for _, m in legends),
                *((start, end) for start, end, _ in found),
            ),
        )  # fmt: skip
