"""The effect size r = |Z|/√N of a rank test beside its Z: some number of the paper's patients must give it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.counts import counts
from evsynth.checks.scanned.facts.effects import NUMBER, number
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import span
from evsynth.text.expressions import Expression

CODES = ("EFFECT_SIZE_R",)

_SAID = Expression(
    r"\br\s?=\s?[|(]?\s?Z\s?[|)]?\s?/\s?(?:√|sqrt|the square root)|Z\s?(?:/|divided by)\s?(?:√|the square)", re.I
)
_PAIRS = Expression(
    r"\bN (?:is|was|being|=|denotes) the (?:total )?number of (?:pairs|patients|participants|subjects)", re.I
)
_PAIR = Expression(
    rf"(?<![\w-])[Zz]\s?=\s?(?P<z>[-+−]?\s?{NUMBER})(?P<gap>[^.;()\d]{{0,12}}(?:[Pp]\s?[=<>]\s?0?\.\d+)?[\s,;]{{1,3}})"
    rf"r\s?=\s?(?P<r>[-+−]?\s?0?\.\d+)(?!\d)"
)


def effect_of_z(reading: Reading) -> Iterator[Finding]:
    """Recompute N from Z and r, where the methods say that r is Z over the root of N; no count of the paper fits it.

    Twice a count fits too, where nothing says what N is: some count both observations of a pair.
    """
    prose = reading.document.prose
    if not _SAID.search(prose):
        return
    times = (1,) if _PAIRS.search(prose) else (1, 2)
    told = {c.value for line in lines(reading) for c in counts(line.words)}
    told |= {int(n) for n in re.findall(r"\b[nN]\s?=\s?(\d{1,4})\b", reading.document.plain)}
    told |= {
        int(m[0]) for t in reading.document.tables for row in t.rows for c in row.cells[:3]
        if (m := re.fullmatch(r"\s*\d{1,4}\s*", reading.document.plain[c.start : c.end]))
    }  # fmt: skip
    for line in lines(reading, ("abstract", "results", "body", "figure legend")):
        for match in _PAIR.finditer(line.words):
            z, r = (span(number(match[name].replace("−", "-"))).absolute() for name in ("z", "r"))
            if r.low <= 0:
                continue
            low, high = (z.low / r.high) ** 2, (z.high / r.low) ** 2
            # Zero differences may be left out of a test: somewhat fewer than counted fit too.
            if any(0.85 * k * n <= high and low <= 1.02 * k * n for n in told if n > 4 for k in times):
                continue
            yield reading.finding(
                "EFFECT_SIZE_R", "inconsistent",
                f"r {match['r']} is inconsistent with Z {match['z']}: they give {low:.0f} to {high:.0f} patients, a "
                "number "
                "that the paper does not tell",
                "r may be of another test, or N the number of observations; otherwise Z or r is misprinted",
                quotes=(line.piece(match),), computed=(("N = (Z / r)²", f"{low:.4g} to {high:.4g}"),),
            )  # fmt: skip
