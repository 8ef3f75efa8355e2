"""Effect sizes that a test statistic makes: eta squared of F, phi of chi-square, d of t, r of Z, shared variance of r.

Partial eta squared is F·df1 / (F·df1 + df2); phi is the root of chi-square over N; d of two groups is between 2t/√df
and t/√n (one sample); r of a rank test is |Z|/√N (Rosenthal 1991, doi 10.4135/9781412984997).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.statistics_of_rows import caption_of, groups
from evsynth.checks.scanned.facts.statistics_told import Told
from evsynth.checks.scanned.prose import Line
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("EFFECT_SIZE",)

_GENERAL = Expression(r"generali[sz]ed|ω|omega|epsilon|greenhouse|huynh|multivariate|pillai|wilks", re.I)
_OTHER_R = Expression(r"r\s?=\s?\|?Z\|?\s?/|rank[- ]biserial|partial|biserial|kendall", re.I)
ROOM = 0.005
"""Rounding of the F or t itself beyond its print: none, but of an effect size cut and not rounded."""


def effect_sizes(reading: Reading) -> Iterator[Finding]:
    """Check eta squared, phi, d and r against the statistic told with them."""
    for told in groups(reading):
        line = told.line._replace(words=caption_of(told))
        for test, size, made, how in _made(told.told, line):
            own = span(size.value).absolute()
            own = Span(own.low / 100, own.high / 100) if size.percent else own
            if own.low - ROOM <= made.high and made.low <= own.high + ROOM:
                continue
            yield reading.finding(
                "EFFECT_SIZE", "inconsistent",
                f"{size.name.strip()} {size.value} is inconsistent with {test.name.strip()} {test.value}, which "
                f"{how} "
                f"{made.low:.2g}" + (f" to {made.high:.2g}" if f"{made.low:.2g}" != f"{made.high:.2g}" else ""),
                "the effect size may be of another kind (generalised, corrected, of other patients); otherwise one "
                "of both is misprinted",
                quotes=((line.start + min(test.start, size.start), line.start + max(test.end, size.end)),),
                computed=(("effect size", f"{made.low:.4g} to {made.high:.4g}"),),
            )  # fmt: skip


def _made(group: dict[str, Told], line: Line) -> Iterator[tuple[Told, Told, Span, str]]:
    """Give test, effect size and the values that it can have."""
    f, eta = group.get("f"), group.get("eta2")
    if f is not None and eta is not None and len(f.df) == 2 and min(f.df) > 0 and not _GENERAL.search(line.words):
        ratio = [x * f.df[0] / (x * f.df[0] + f.df[1]) for x in span(f.value).absolute()]
        if "artial" in eta.name or "p" in eta.name or f.df[0] == 1 or float(eta.value) > ratio[1]:
            yield f, eta, Span(*ratio), "makes"  # plain eta squared is smaller where there are several factors
    n = group.get("n")
    if n is None or not float(n.value).is_integer() or float(n.value) < 4:
        chi = group.get("chi2")
        size = chi.df[-1] if chi is not None and len(chi.df) == 2 else None
    else:
        size = float(n.value)
    chi, phi = group.get("chi2"), group.get("phi")
    if size and chi is not None and phi is not None:
        own = span(chi.value).absolute()
        low, high = (math.sqrt(x / size) for x in own)
        degrees = group["df"].value if "df" in group else None
        cells = chi.df[0] if len(chi.df) == 2 else float(degrees) if degrees is not None else 1.0
        least = low / math.sqrt(max(1.0, cells)) if "ram" in phi.name else low
        yield chi, phi, Span(least, high), f"makes in {size:g}"
    z, r = group.get("z"), group.get("r")
    effect = r is not None and (
        re.search(r"effect[- ]sizes?[\s,:(]*$", line.words[: r.start].replace("\n", " "), re.I) is not None
        or _OTHER_R.search(line.words) is not None
    )
    if size and z is not None and r is not None and effect and not re.search("biserial|partial", line.words, re.I):
        low, high = (x / math.sqrt(size) for x in span(z.value).absolute())
        yield (
            z,
            r,
            Span(low / math.sqrt(2), high * math.sqrt(2)) if _PAIRS.search(line.words) else Span(low, high),
            (f"makes in {size:g}"),
        )
    t, d = group.get("t"), group.get("d")
    own_df = t.df[0] if t is not None and t.df else float(group["df"].value) if "df" in group else None
    if t is not None and d is not None and own_df and own_df > 3:
        low, high = span(t.value).absolute()
        # one sample or pairs: t/√n; two groups: 2t/√df where equal, more where not; correlated pairs less or more
        yield t, d, Span(0.6 * low / math.sqrt(own_df + 2), 3.2 * high / math.sqrt(own_df)), "makes"


_PAIRS = Expression(r"signed[- ]rank|paired|before and after|pairs|baseline", re.I)
